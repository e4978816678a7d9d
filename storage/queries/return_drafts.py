"""Drafting a full return: each screen is kept as it is passed on, and the whole is sent for signature."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from storage.answers import Answers
from storage.clock import LONDON
from storage.errors import NotYours, RoundOver
from storage.guard import stopped
from storage.queries.replies import Refused
from storage.queries.returns import ReturnAsker, participation_of, return_asked
from storage.questions import typed_in
from storage.read_models import Access, ReturnForm, ReturnStanding, Submission
from storage.tables import Campaign, ReturnDraft, ReturnRevision
from storage.vocabulary import Audience


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """The draft is kept, and nothing was sent: an earlier screen has something to put right."""

    form: ReturnForm
    screen: int
    mistakes: dict[str, str]


def return_form(session: Session, *, asker: ReturnAsker, now: datetime) -> ReturnForm:
    """What a screen starts from.

    Raises:
        NotYours: this Slack user does not lead the partnership.
        RoundOver: late answers are no longer taken.
    """
    _, standing = _draftable(session, asker, now)
    answers = {} if standing.draft is None else standing.draft.answers
    unfinished = next((screen for screen, _ in _unfinished(standing, answers, now)), None)
    return ReturnForm(now=now, standing=standing, unfinished=unfinished)


def keep_draft(
    session: Session,
    *,
    asker: ReturnAsker,
    screen: int,
    submission: Submission,
    now: datetime,
    must_answer: bool,
) -> Refused | ReturnForm:
    """Keep what one screen (from 1) holds; where a sentence is to be put right, nothing of it.

    To pass a screen on, what is required `must_answer`; to save it, it need not. Raises as `return_form` does.
    """
    participation_of(session, asker)
    access, standing = _draftable(session, asker, now)
    before = {} if standing.draft is None else standing.draft.answers
    held = submission.asked or frozenset()
    answers = {ref: answer for ref, answer in before.items() if ref not in held}
    answers |= submission.answers
    mistakes = _mistakes(standing, screen, answers, now=now, must_answer=must_answer)
    if mistakes:
        return Refused(mistakes=mistakes)
    _store(session, asker, standing.asks.kept(answers), submission.audience, access, now)
    return return_form(session, asker=asker, now=now)


def pass_on(
    session: Session, *, asker: ReturnAsker, screen: int, submission: Submission, now: datetime
) -> Refused | Unfinished | ReturnForm:
    """Keep a screen that is answered as it must be; the last one sends the whole for signature.

    It is a new revision only where anything has changed. The same submission a second time changes nothing.
    Raises as `return_form` does.
    """
    participation_of(session, asker)
    form = return_form(session, asker=asker, now=now)
    asks = form.standing.asks
    if _is_stored(session, submission.key):
        return form
    kept = keep_draft(
        session, asker=asker, screen=screen, submission=submission, now=now, must_answer=True
    )
    if isinstance(kept, Refused) or screen < len(asks.screens):
        return kept
    for earlier, mistakes in _unfinished(kept.standing, kept.answers, now):
        return Unfinished(form=kept, screen=earlier, mistakes=mistakes)
    if kept.standing.sent is None or kept.standing.has_unsent_changes:
        declared = {asks.declaration.ref: submission.answers[asks.declaration.ref]}
        _append(session, asker, kept, declared, submission.key)
    return return_form(session, asker=asker, now=now)


def _unfinished(
    standing: ReturnStanding, answers: Answers, now: datetime
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each screen with something to put right; the declaration is made on sending."""
    for screen in range(1, len(standing.asks.screens) + 1):
        mistakes = _mistakes(standing, screen, answers, now=now, must_answer=True)
        mistakes.pop(standing.asks.declaration.ref, None)
        if mistakes:
            yield screen, mistakes


def _mistakes(
    standing: ReturnStanding, screen: int, answers: Answers, *, now: datetime, must_answer: bool
) -> dict[str, str]:
    """The guard comes first: what must not be stored is not checked for anything else."""
    asks, today = standing.asks, now.astimezone(LONDON).date()
    texts = typed_in(asks.asked_on(screen, answers), answers)
    return stopped(texts) or asks.mistakes_on(screen, answers, today=today, must_answer=must_answer)


def _draftable(
    session: Session, asker: ReturnAsker, now: datetime
) -> tuple[Access, ReturnStanding]:
    access, seen = return_asked(session, asker=asker, now=now)
    if not seen.rights.may_draft:
        raise NotYours("Only the partnership’s lead drafts its full return. Ask them to.")
    if not seen.standing.takes_answers(now):
        raise RoundOver(
            "Late answers to this are no longer taken. What was sent and signed stands as it is."
        )
    return access, seen.standing


def _store(
    session: Session,
    asker: ReturnAsker,
    answers: dict[str, str | list[str]],
    audience: Audience | None,
    access: Access,
    now: datetime,
) -> None:
    """Keep these answers, and who gave them when, unless they are kept already."""
    part_id = participation_of(session, asker)
    draft = session.get(ReturnDraft, part_id) or ReturnDraft(
        participation_id=part_id, answers={}, person_id=access.person_id, kept_at=now
    )
    chosen = audience or Audience(draft.audience)
    if (draft.answers, draft.audience) == (answers, chosen):
        return
    draft.answers, draft.audience = answers, chosen
    draft.person_id, draft.kept_at = access.person_id, now
    session.add(draft)
    session.flush()


def _is_stored(session: Session, key: str) -> bool:
    stored = select(ReturnRevision.id).where(ReturnRevision.submission == key)
    return session.exec(stored).first() is not None


def _append(
    session: Session,
    asker: ReturnAsker,
    form: ReturnForm,
    declared: dict[str, str | list[str]],
    key: str,
) -> None:
    """Store what was kept as the next revision, by whoever kept it last."""
    sent = form.standing.sent
    part_id = participation_of(session, asker)
    draft = session.get_one(ReturnDraft, part_id)
    session.add(
        ReturnRevision(
            participation_id=part_id,
            revision=1 if sent is None else sent.revision + 1,
            version_id=session.get_one(Campaign, asker.campaign_id).version_id,
            answers=form.answers | declared,
            audience=form.audience,
            person_id=draft.person_id,
            submitted_at=form.now,
            submission=key,
        )
    )
    session.flush()
