"""Where handovers stand: what those who asked are told, and what a colleague is asked in a message."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.clock import LONDON
from storage.queries.board import Scope, standings
from storage.queries.campaigns import definitions_by_round
from storage.queries.handover_facts import last_day_of
from storage.queries.snoozes import days_asked_for
from storage.queries.validity import validity_of
from storage.read_models import (
    HandedOver,
    HandingOver,
    HandoverItem,
    HandoverRound,
    HandoverState,
    Standing,
)
from storage.tables import Handover, Partner, Partnership, Person, Post, Prompt, id_of
from storage.vocabulary import PromptKind

#: What those who asked are told of.
_SHOWN = (HandoverState.ASKED, HandoverState.AGREED, HandoverState.DECLINED)
#: By the person who asked and the partner.
Asked = dict[tuple[int, int], list[HandedOver]]


def handed_over_by(session: Session, *, people: Collection[int], now: datetime) -> Asked:
    """What these people have asked of colleagues and not taken back, the first asked first."""
    today = now.astimezone(LONDON).date()
    own, invited = aliased(Post), aliased(Post)
    query = (
        select(Handover, own, Person.name)
        .join(own, col(own.id) == col(Handover.post_id))
        .join(invited, col(invited.id) == col(Handover.invited_post_id))
        .join(Person, col(Person.id) == col(invited.person_id))
        .where(col(own.person_id).in_(people))
        .order_by(col(Handover.id))
    )
    found: Asked = defaultdict(list)
    for handover, post, name in session.exec(query).all():
        last_day = last_day_of(session, handover)
        shown = HandedOver(
            handover_id=id_of(handover),
            round_id=handover.round_id,
            colleague=name,
            state=_state(session, handover, post, last_day=last_day, now=now),
            last_day=last_day,
        )
        if shown.state in _SHOWN and (shown.is_for_good or today <= shown.last_day):
            found[post.person_id, post.partner_id or 0].append(shown)
    return found


def shown_in(handovers: Iterable[HandedOver], *, round_id: int) -> tuple[HandedOver, ...]:
    """What is said of one round: who has agreed and who is still asked, or else who said no last."""
    here = [each for each in handovers if each.round_id in {None, round_id}]
    standing = [each for each in here if each.state is not HandoverState.DECLINED]
    return tuple(standing or here[-1:])


def _state(
    session: Session, handover: Handover, post: Post, *, last_day: date, now: datetime
) -> HandoverState:
    """`post` is the one that is handed over; until `last_day` the colleague can agree."""
    today = now.astimezone(LONDON).date()
    if handover.answer is not None:
        taken = session.get(Post, handover.taken_post_id) if handover.taken_post_id else None
        has_left = taken is not None and not validity_of(taken).holds(today)
        return HandoverState.ENDED if has_left else HandoverState(handover.answer)
    if not validity_of(post).holds(today):
        return HandoverState.NOT_THEIRS
    invited = session.get_one(Post, handover.invited_post_id)
    can_agree = validity_of(invited).holds(today) and today <= last_day
    return HandoverState.ASKED if can_agree else HandoverState.TOO_LATE


def handing_over(session: Session, *, notice_id: str, now: datetime) -> HandingOver:
    """What this notice asks a colleague to take over, as it stands at that moment."""
    prompts = session.exec(
        select(Prompt)
        .where(Prompt.notice_id == notice_id, Prompt.kind == PromptKind.HANDOVER)
        .order_by(col(Prompt.id))
    ).all()
    items = (item(session, handover_id=int(prompt.step), now=now) for prompt in prompts)
    return HandingOver(now=now, items=tuple(items))


def item(session: Session, *, handover_id: int, now: datetime) -> HandoverItem:
    """One of them."""
    handover = session.get_one(Handover, handover_id)
    post = session.get_one(Post, handover.post_id)
    partner = session.get_one(Partner, post.partner_id)
    duties = _duties(session, handover, id_of(partner), now=now)
    last_day = last_day_of(session, handover)
    state = _state(session, handover, post, last_day=last_day, now=now)
    if state is HandoverState.ASKED and handover.round_id is not None:
        if not duties:  # the partner has ended
            state = HandoverState.TOO_LATE
        elif duties[0].is_done:
            state = HandoverState.REPLIED
    rounds = {duty.round_id for duty in duties}
    days, definitions = days_asked_for(session, rounds), definitions_by_round(session, rounds)
    taken_post_id = handover.taken_post_id or 0
    return HandoverItem(
        handover_id=handover_id,
        asked_by=session.get_one(Person, post.person_id).name,
        body=partner.body,
        partnership=session.get_one(Partnership, partner.partnership_id).name,
        is_for_good=handover.round_id is None,
        state=state,
        last_day=last_day,
        rounds=tuple(
            HandoverRound(
                standing=duty,
                ask=definitions[duty.round_id].ask,
                another_day=days.get((taken_post_id, duty.round_id, duty.partner_id)),
            )
            for duty in duties
        ),
    )


def _duties(
    session: Session, handover: Handover, partner_id: int, *, now: datetime
) -> list[Standing]:
    """The round that it is for; for good, those in which replies are taken."""
    rounds = None if handover.round_id is None else [handover.round_id]
    rows = standings(session, scope=Scope(rounds=rounds, partners=[partner_id]), as_of=now)
    today = now.astimezone(LONDON).date()
    return [row for row in rows if rounds is not None or today <= row.late_until]
