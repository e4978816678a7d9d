"""A lead takes out of a full return what somebody typed and should not have; what was chosen and signed stays."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from storage.access import may_withdraw
from storage.errors import NotYours
from storage.queries.audit import record
from storage.queries.return_standings import full_return_of
from storage.queries.returns import ReturnAsker, participation_of, return_asked
from storage.questions import Question, words_in
from storage.read_models import Access, ReturnStanding, SeenReturn
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    ReturnDraft,
    ReturnRevision,
    ReturnSignature,
)
from storage.vocabulary import Deed

#: A row with answers, the questions that it answers, and the revision that it is or that it signs.
_Held = tuple[ReturnDraft | ReturnRevision | ReturnSignature, list[Question], ReturnRevision | None]


def with_words(
    session: Session, returns: Iterable[SeenReturn], access: Access
) -> tuple[SeenReturn, ...]:
    """The same returns, saying in which of them words stand that this person may take out."""
    return tuple(
        replace(
            seen,
            rights=replace(
                seen.rights,
                may_withdraw=may_withdraw(access, seen.standing.partnership_id)
                and _holds_words(session, seen.standing),
            ),
        )
        for seen in returns
    )


def _holds_words(session: Session, standing: ReturnStanding) -> bool:
    if standing.draft is None and standing.sent is None:
        return False
    part_id = session.exec(
        select(Participation.id).where(
            Participation.campaign_id == standing.campaign_id,
            Participation.partnership_id == standing.partnership_id,
        )
    ).one()
    return any(words_in(asked, row.answers) for row, asked, _ in _all_of(session, part_id or 0))


def return_words_to_withdraw(
    session: Session, *, asker: ReturnAsker, now: datetime
) -> ReturnStanding | None:
    """How far the return is; None where nothing that was typed is left. Raises as `withdraw_return` does."""
    _, standing = _leading(session, asker, now)
    return standing if _holds_words(session, standing) else None


def withdraw_return(session: Session, *, asker: ReturnAsker, now: datetime) -> None:
    """Take all that was typed out of the draft, of every revision, and of what the sectors added.

    A second time changes nothing.

    Raises:
        NotYours: this Slack user does not lead the partnership.
    """
    part_id = participation_of(session, asker)
    access, _ = _leading(session, asker, now)
    is_left = False
    for row, asked, revision in _all_of(session, part_id):
        words = words_in(asked, row.answers)
        if not words:
            continue
        is_left = True
        row.answers = {ref: given for ref, given in row.answers.items() if ref not in words}
        session.add(row)
        if revision is not None:
            revision.withdrawn_at, revision.withdrawn_by = now, access.person_id
            session.add(revision)
    if is_left:
        record(
            session,
            deed=Deed.RETURN_WITHDRAWN,
            at=now,
            person_id=access.person_id,
            participation_id=part_id,
        )


def _leading(session: Session, asker: ReturnAsker, now: datetime) -> tuple[Access, ReturnStanding]:
    access, seen = return_asked(session, asker=asker, now=now)
    if not may_withdraw(access, asker.partnership_id):
        raise NotYours("Only a lead of the partnership can withdraw what was typed. Ask them to.")
    return access, seen.standing


def _all_of(session: Session, part_id: int) -> Iterator[_Held]:
    """The draft, every revision, and every signature."""
    version_id = session.exec(
        select(Campaign.version_id)
        .join(Participation, col(Participation.campaign_id) == col(Campaign.id))
        .where(Participation.id == part_id)
    ).one()
    draft = session.get(ReturnDraft, part_id)
    if draft is not None:
        yield draft, full_return_of(session, version_id).asked(draft.answers), None
    sent = select(ReturnRevision).where(ReturnRevision.participation_id == part_id)
    for revision in session.exec(sent.order_by(col(ReturnRevision.revision))).all():
        asks = full_return_of(session, revision.version_id)
        yield revision, asks.asked(revision.answers), revision
        signed = (
            select(ReturnSignature, Partner.sector_key)
            .join(Partner, col(Partner.id) == col(ReturnSignature.partner_id))
            .where(ReturnSignature.revision_id == revision.id)
        )
        for signature, sector in session.exec(signed).all():
            yield signature, asks.to_sign(sector), revision
