"""Replies that one press makes: still so, nothing has changed, replied another way."""

from datetime import datetime

from sqlmodel import Session

from storage.queries.board import previous_said
from storage.queries.replies import (
    Answered,
    Refused,
    Replier,
    answerable,
    append,
    keep,
    mistakes_in,
    take_turns,
)
from storage.tables import Reply
from storage.vocabulary import Audience


def confirm(session: Session, *, replier: Replier, reply_id: int, now: datetime) -> None:
    """Say that a reply short of done still holds: a new revision with the same answers.

    A second press, or one after somebody else replied, changes nothing. Raises as `duty` does.
    """
    take_turns(session, replier.partner_id)
    access, standing = answerable(session, replier, now)
    if standing.said is None or standing.said.reply_id != reply_id:
        return
    held = session.get_one(Reply, reply_id)
    fields = held.model_dump(exclude={"id", "revision", "withdrawn_at", "withdrawn_by"})
    fields |= {"is_confirmation": True, "person_id": access.person_id, "submitted_at": now}
    fields["answers"] = dict(standing.said.answers)
    append(session, Reply(**fields | {"revision": 0, "submission": f"still so: {reply_id}"}))


def reply_another_way(session: Session, *, replier: Replier, now: datetime) -> None:
    """Keep that the partner has replied elsewhere: nothing more is asked in this round. Who said so, and when, stays.

    A second press changes nothing. Raises as `duty` does.
    """
    take_turns(session, replier.partner_id)
    access, standing = answerable(session, replier, now)
    if standing.said is not None and standing.said.another_way:
        return
    after = 0 if standing.said is None else standing.said.reply_id
    answered = Answered(answers={}, audience=Audience.PARTNERSHIP, is_done=True, another_way=True)
    submission = f"another way: {replier.round_id}/{replier.partner_id} after {after}"
    keep(session, replier, access, answered, submission=submission, now=now)


def confirm_last_time(
    session: Session, *, replier: Replier, reply_id: int, now: datetime
) -> Refused | None:
    """Say in this round what was said in the last one: the same answers, as far as both ask for them.

    A second press, or one after somebody has replied, changes nothing. What does not hold any more is told, and nothing
    is stored. Raises as `duty` does.
    """
    take_turns(session, replier.partner_id)
    access, standing = answerable(session, replier, now)
    previous = previous_said(session, [standing]).get((standing.round_id, standing.partner_id))
    if standing.said is not None or previous is None or previous.reply_id != reply_id:
        return None
    refs = {question.ref for question in standing.form.questions}
    answers = {ref: answer for ref, answer in previous.answers.items() if ref in refs}
    if mistakes := mistakes_in(standing.form, answers, now=now):
        return Refused(mistakes=mistakes)
    answered = Answered(
        answers=answers,
        audience=previous.audience,
        is_done=standing.form.is_done(answers),
        is_confirmation=True,
    )
    submission = f"nothing has changed: {replier.round_id}/{replier.partner_id} since {reply_id}"
    keep(session, replier, access, answered, submission=submission, now=now)
    return None
