"""What a notice says: a reminder as it now stands, a facilitator's digest."""

from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, select

from storage.access import may_read_words
from storage.definitions import Definition
from storage.queries.board import Scope, previous_said, standings
from storage.queries.campaigns import definition_of
from storage.queries.people import access_of_person
from storage.read_models import (
    Access,
    Change,
    Content,
    Digest,
    DigestPart,
    Reminder,
    ReminderItem,
    Remit,
    Standing,
)
from storage.tables import Campaign, Notice, Participation, Prompt, Round, id_of
from storage.vocabulary import NoticeState, PromptKind

NO_REPLY = "No reply"


def content(session: Session, *, notice_id: str, now: datetime) -> Content:
    """What this notice says at that moment."""
    notice = session.get_one(Notice, notice_id)
    if notice.kind == PromptKind.REMINDER:
        return _reminder(session, notice_id, now)
    posts = set(session.exec(select(Prompt.post_id).where(Prompt.notice_id == notice_id)))
    return digest(
        session, person_id=notice.person_id, posts=posts, now=now, before_notice=notice_id
    )


def _reminder(session: Session, notice_id: str, now: datetime) -> Reminder:
    prompts = session.exec(
        select(Prompt).where(Prompt.notice_id == notice_id).order_by(col(Prompt.id))
    ).all()
    rounds = {prompt.round_id for prompt in prompts if prompt.round_id is not None}
    rows = standings(session, scope=Scope(rounds=rounds), as_of=now)
    by_partner = {(row.round_id, row.partner_id): row for row in rows}
    asked = [
        row
        for prompt in prompts
        if (row := by_partner.get((prompt.round_id or 0, prompt.partner_id or 0)))
    ]
    steps = {(prompt.round_id, prompt.partner_id): prompt.step for prompt in prompts}
    before = previous_said(session, asked)
    progress: dict[int, list[bool]] = defaultdict(list)
    for row in rows:
        progress[row.round_id].append(row.said is not None)
    definitions = _definitions(session, rounds)
    return Reminder(
        now=now,
        items=tuple(
            ReminderItem(
                standing=row,
                step_words=definitions[row.round_id].step_words(
                    steps[row.round_id, row.partner_id]
                ),
                ask=definitions[row.round_id].ask,
                letter=definitions[row.round_id].letter,
                previous=before.get((row.round_id, row.partner_id)),
                replied=sum(progress[row.round_id]),
                expected=len(progress[row.round_id]),
            )
            for row in asked
        ),
    )


def _definitions(session: Session, rounds: set[int]) -> dict[int, Definition]:
    query = (
        select(Round, Campaign)
        .join(Participation, col(Participation.id) == col(Round.participation_id))
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .where(col(Round.id).in_(rounds))
    )
    return {
        id_of(row): definition_of(session, campaign.version_id)
        for row, campaign in session.exec(query)
    }


def digest(
    session: Session,
    *,
    person_id: int,
    posts: set[int],
    now: datetime,
    before_notice: str | None = None,
) -> Digest:
    """A facilitator's digest for these posts, against the last one that was actually sent to them."""
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
    remits = [remit for remit in access.facilitates if remit.post_id in posts]
    return Digest(
        now=now,
        since=since,
        parts=tuple(
            part
            for remit in remits
            for part in _parts(session, access, remit, since=since, now=now)
        ),
    )


def _parts(
    session: Session, access: Access, remit: Remit, *, since: datetime | None, now: datetime
) -> list[DigestPart]:
    """One for each campaign that is asked in this remit."""
    everyone = standings(session, scope=Scope(region=remit.region), as_of=now)
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
                    and row.said.asks
                    and _is_new(row, since)
                    and may_read_words(access, row)
                ),
                other_sectors=tuple(
                    _counts([row for row in asked if row.sector_key != remit.sector_key])
                ),
            )
        )
    return parts


def _earlier(session: Session, remit: Remit, since: datetime | None) -> dict[tuple[int, int], str]:
    if since is None:
        return {}
    rows = standings(
        session, scope=Scope(sector_key=remit.sector_key, region=remit.region), as_of=since
    )
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


def _counts(others: list[Standing]) -> list[tuple[str, int, int]]:
    sectors = dict.fromkeys(row.sector for row in others)
    return [
        (
            sector,
            sum(row.said is not None for row in others if row.sector == sector),
            sum(row.sector == sector for row in others),
        )
        for sector in sectors
    ]
