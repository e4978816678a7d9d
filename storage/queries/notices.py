"""What a notice says: reminders as they now stand, changed dates, a facilitator's digest."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from storage.access import may_read_words
from storage.clock import LONDON
from storage.queries.board import Scope, previous_said, standings
from storage.queries.campaigns import definitions_by_round
from storage.queries.escalations import told_in_digest
from storage.queries.handovers import handed_over_by, shown_in
from storage.queries.people import access_of_person
from storage.queries.snoozes import days_asked_for
from storage.queries.validity import in_force
from storage.read_models import (
    Access,
    Change,
    ChangedDate,
    ChangedDates,
    Count,
    Digest,
    DigestPart,
    Reminder,
    ReminderItem,
    Remit,
    Said,
    Standing,
)
from storage.tables import Notice, Post, Prompt, Reply, id_of
from storage.vocabulary import ANSWERING, NoticeState, PostKind, PromptKind, PromptState
from storage.wishes import falls_due

NO_REPLY = "No reply"


def reminders(
    session: Session, *, notice_ids: Collection[str], now: datetime
) -> dict[str, Reminder]:
    """What each of these reminders says at that moment, by its id."""
    prompts = session.exec(
        select(Prompt).where(col(Prompt.notice_id).in_(notice_ids)).order_by(col(Prompt.id))
    ).all()
    rounds = {prompt.round_id for prompt in prompts if prompt.round_id is not None}
    rows = standings(
        session, scope=Scope(rounds=rounds), as_of=_with_all_replies(session, rounds, now)
    )
    by_partner = {(row.round_id, row.partner_id): row for row in rows}
    about = {(prompt.round_id or 0, prompt.partner_id or 0) for prompt in prompts}
    before = previous_said(session, [row for key, row in by_partner.items() if key in about])
    progress: dict[int, list[bool]] = defaultdict(list)
    for row in rows:
        progress[row.round_id].append(row.said is not None)
    definitions = definitions_by_round(session, rounds)
    days = days_asked_for(session, rounds)
    posts = _posts(session, {prompt.post_id for prompt in prompts})
    answering = _answering(session, posts.values(), on=now.astimezone(LONDON).date())
    handovers = handed_over_by(session, people={post.person_id for post in posts.values()}, now=now)
    items: dict[str | None, list[ReminderItem]] = defaultdict(list)
    for prompt in prompts:
        asked = by_partner.get((prompt.round_id or 0, prompt.partner_id or 0))
        if asked is None or any(item.standing is asked for item in items[prompt.notice_id]):
            continue  # who holds two posts of a partner is asked once
        post = posts[prompt.post_id]
        theirs = handovers[post.person_id, asked.partner_id]
        definition = definitions[asked.round_id]
        items[prompt.notice_id].append(
            ReminderItem(
                standing=asked,
                step_words=definition.step_words(prompt.step),
                ask=definition.ask,
                asked_at=falls_due(prompt.planned_for),
                previous=before.get((asked.round_id, asked.partner_id)),
                replied=sum(progress[asked.round_id]),
                expected=len(progress[asked.round_id]),
                stands_in=post.kind == PostKind.DEPUTY,
                is_theirs=(post.person_id, prompt.partner_id) in answering,
                another_day=days.get((prompt.post_id, asked.round_id, asked.partner_id)),
                handovers=shown_in(theirs, round_id=asked.round_id),
            )
        )
    return {notice_id: Reminder(now=now, items=tuple(items[notice_id])) for notice_id in notice_ids}


def _posts(session: Session, posts: Collection[int]) -> dict[int, Post]:
    return {id_of(post): post for post in session.exec(select(Post).where(col(Post.id).in_(posts)))}


def _answering(session: Session, posts: Iterable[Post], *, on: date) -> set[tuple[int, int | None]]:
    """For which partners the holders of these posts answer that day: a post that ended may have been given anew."""
    query = select(Post.person_id, Post.partner_id).where(
        col(Post.person_id).in_({post.person_id for post in posts}),
        col(Post.kind).in_(ANSWERING),
        *in_force(Post, on),
    )
    return set(session.exec(query))


def _with_all_replies(session: Session, rounds: Collection[int], now: datetime) -> datetime:
    """That moment, or a later one: the clock of the machine that took a reply may be ahead of this one's."""
    newest: datetime | None = session.exec(
        select(func.max(Reply.submitted_at)).where(col(Reply.round_id).in_(rounds))
    ).one()
    return now if newest is None else max(now, newest)


def changed_dates(session: Session, *, notice_id: str, now: datetime) -> ChangedDates:
    """Which deadlines are not what this person was told, at that moment."""
    prompts = session.exec(
        select(Prompt).where(Prompt.notice_id == notice_id).order_by(col(Prompt.id))
    ).all()
    rounds = {prompt.round_id for prompt in prompts if prompt.round_id is not None}
    rows = {
        (row.round_id, row.partner_id): row
        for row in standings(session, scope=Scope(rounds=rounds), as_of=now)
    }
    told = _told_before(session, rounds, notice_id)
    items = []
    for prompt in prompts:
        row = rows.get((prompt.round_id or 0, prompt.partner_id or 0))
        if row is None:
            continue
        telling = prompt.deadline_told or row.deadline_day
        others = told[prompt.round_id, prompt.partner_id, prompt.post_id]
        before = [day for day in others if day != telling]
        if before:
            items.append(ChangedDate(standing=row, told=before[-1]))
    return ChangedDates(now=now, items=tuple(items))


def _told_before(
    session: Session, rounds: set[int], notice_id: str
) -> dict[tuple[int | None, int | None, int], list[date]]:
    """What each post was told by other messages up to this one, the last at the end."""
    sent = select(Notice.as_of).where(Notice.id == notice_id).scalar_subquery()
    query = (
        select(Prompt)
        .join(Notice, col(Notice.id) == col(Prompt.notice_id))
        .where(
            col(Prompt.round_id).in_(rounds),
            Prompt.state == PromptState.SENT,
            Prompt.notice_id != notice_id,
            col(Notice.as_of) <= sent,
        )
        .order_by(col(Prompt.due_at))
    )
    found: dict[tuple[int | None, int | None, int], list[date]] = defaultdict(list)
    for prompt in session.exec(query):
        if prompt.deadline_told is not None:
            found[prompt.round_id, prompt.partner_id, prompt.post_id].append(prompt.deadline_told)
    return found


def digest(
    session: Session, *, person_id: int, now: datetime, before_notice: str | None = None
) -> Digest:
    """A facilitator's digest, against the last one that was actually sent to them."""
    access = access_of_person(session, person_id=person_id, now=now)
    since = session.exec(
        select(Notice.as_of)
        .where(
            Notice.person_id == person_id,
            Notice.kind == PromptKind.DIGEST,
            Notice.state == NoticeState.SENT,
            Notice.id != (before_notice or ""),
            col(Notice.as_of) <= now,
        )
        .order_by(col(Notice.as_of).desc())
    ).first()
    told = told_in_digest(session, person_id=person_id, now=now)
    parts = [
        replace(part, silent=tuple(row for row in part.standings if _is_silent(row, told)))
        for remit in access.facilitates
        for part in _parts(session, access, remit, since=since, now=now)
    ]
    return Digest(now=now, since=since, parts=tuple(parts))


def _is_silent(row: Standing, told: set[tuple[int, int]]) -> bool:
    return row.said is None and (row.round_id, row.partner_id) in told


def _parts(
    session: Session, access: Access, remit: Remit, *, since: datetime | None, now: datetime
) -> list[DigestPart]:
    """One for each campaign that is asked in this remit."""
    today = now.astimezone(LONDON).date()
    scope = Scope(regions=remit.regions, asked_before=today)
    everyone = standings(session, scope=scope, as_of=now)
    titles = dict.fromkeys(row.campaign_title for row in everyone)
    earlier = _earlier(session, remit, since)
    parts = []
    for title in titles:
        asked = [row for row in everyone if row.campaign_title == title]
        own = [row for row in asked if row.sector_key == remit.sector_key]
        parts.append(
            DigestPart(
                remit=remit,
                campaign_title=title,
                standings=tuple(own),
                changes=tuple(_changes(own, earlier)),
                requests=tuple(
                    (row, row.said.asks)
                    for row in own
                    if row.said
                    and (row.said.asks or _is_withdrawn_since(row.said, now))
                    and _is_new(row, since)
                    and may_read_words(access, row)
                ),
                by_region=_counts(own, lambda row: row.region),
                other_sectors=_counts(
                    (row for row in asked if row.sector_key != remit.sector_key),
                    lambda row: row.sector,
                ),
            )
        )
    return parts


def _earlier(session: Session, remit: Remit, since: datetime | None) -> dict[tuple[int, int], str]:
    if since is None:
        return {}
    scope = Scope(sector_key=remit.sector_key, regions=remit.regions)
    rows = standings(session, scope=scope, as_of=since)
    return {(row.round_id, row.partner_id): row.said.summary for row in rows if row.said}


def _changes(own: list[Standing], earlier: dict[tuple[int, int], str]) -> list[Change]:
    found = []
    for row in own:
        before = earlier.get((row.round_id, row.partner_id), NO_REPLY)
        if row.said is not None and row.said.summary != before:
            found.append(Change(standing=row, before=before))
    return found


def _is_new(row: Standing, since: datetime | None) -> bool:
    return row.said is not None and (since is None or row.said.at > since)


def _is_withdrawn_since(said: Said, at: datetime) -> bool:
    """Whether a digest of that moment told words that have been taken out since: where they stood, it says so."""
    return said.has_withdrawn_asks and said.withdrawn_at is not None and said.withdrawn_at >= at


def _counts(rows: Iterable[Standing], by: Callable[[Standing], str]) -> tuple[Count, ...]:
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[by(row)].append(row.said is not None)
    return tuple(
        Count(of=of, replied=sum(replied), expected=len(replied)) for of, replied in found.items()
    )
