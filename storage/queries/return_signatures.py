"""Signing a full return: each body signs what was sent last, and adds what its sector is asked. Append only."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from storage.clock import LONDON
from storage.errors import NotYours, RoundOver
from storage.guard import stopped
from storage.queries.replies import Refused
from storage.queries.return_standings import full_return_of, sent_return
from storage.queries.returns import ReturnAsker, participation_of, return_asked
from storage.questions import mistakes_in, typed_in
from storage.read_models import (
    Access,
    ReturnToSign,
    SeenReturn,
    SentReturn,
    Signer,
    Submission,
)
from storage.tables import Person, ReturnRevision, ReturnSignature


@dataclass(frozen=True, kw_only=True)
class SentAgain:
    """Nothing was signed: the return has been sent anew since this was shown."""

    to_sign: ReturnToSign


def return_to_sign(
    session: Session, *, asker: ReturnAsker, partner_id: int, now: datetime
) -> ReturnToSign:
    """What a signature starts from.

    Raises:
        NotYours: this Slack user does not answer for that partner, or nothing has been sent yet.
        RoundOver: late signatures are no longer taken.
    """
    _, to_sign = _signable(session, asker, partner_id, now)
    return to_sign


def sign_return(
    session: Session,
    *,
    asker: ReturnAsker,
    partner_id: int,
    revision: int,
    submission: Submission,
    now: datetime,
) -> Refused | SentAgain | ReturnToSign:
    """Sign that revision for that partner; a later signature of the same partner stands instead.

    The same submission a second time changes nothing. Raises as `return_to_sign` does.
    """
    participation_of(session, asker)  # a lead may send the return anew at the same moment
    access, to_sign = _signable(session, asker, partner_id, now)
    if to_sign.sent.revision != revision:
        return SentAgain(to_sign=to_sign)
    asked = to_sign.sent.asks.to_sign(to_sign.signer.sector_key)
    answers = {
        each.ref: submission.answers[each.ref] for each in asked if each.ref in submission.answers
    }
    today = now.astimezone(LONDON).date()
    if mistakes := stopped(typed_in(asked, answers)) or mistakes_in(
        asked, (), answers, today=today
    ):
        return Refused(mistakes=mistakes)
    stored = select(ReturnSignature.id).where(ReturnSignature.submission == submission.key)
    if session.exec(stored).first() is None:
        session.add(
            ReturnSignature(
                revision_id=to_sign.sent.revision_id,
                partner_id=partner_id,
                answers=answers,
                person_id=access.person_id,
                signed_at=now,
                submission=submission.key,
            )
        )
        session.flush()
    return return_to_sign(session, asker=asker, partner_id=partner_id, now=now)


def _signable(
    session: Session, asker: ReturnAsker, partner_id: int, now: datetime
) -> tuple[Access, ReturnToSign]:
    access, seen = return_asked(session, asker=asker, now=now)
    sent = seen.standing.sent
    if sent is None or partner_id not in seen.rights.signs_for:
        raise NotYours(
            "You do not hold a post that signs this for that partner. Ask your partnership’s lead to add you."
        )
    if not seen.standing.takes_answers(now):
        raise RoundOver(
            "Late signatures are no longer taken. Tell your partnership’s lead what has changed."
        )
    return access, _to_sign(session, seen, sent, partner_id, now)


def _to_sign(
    session: Session, seen: SeenReturn, sent: SentReturn, partner_id: int, now: datetime
) -> ReturnToSign:
    signer = next(each for each in seen.standing.signers if each.partner_id == partner_id)
    before = _signed_before(session, sent, signer)
    changed = () if before is None else sent.asks.changed(before.answers, sent.answers)
    return ReturnToSign(
        now=now,
        standing=seen.standing,
        sent=sent,
        signer=signer,
        before=before,
        changed=tuple(changed),
    )


def _signed_before(session: Session, sent: SentReturn, signer: Signer) -> SentReturn | None:
    """The revision that this partner signed last, where that is not the one to sign."""
    if signer.last is None or signer.last.revision == sent.revision:
        return None
    part_id = session.get_one(ReturnRevision, sent.revision_id).participation_id
    row = session.exec(
        select(ReturnRevision).where(
            ReturnRevision.participation_id == part_id,
            ReturnRevision.revision == signer.last.revision,
        )
    ).one()
    by = session.get_one(Person, row.person_id).name
    return sent_return(row, asks=full_return_of(session, row.version_id), by=by)
