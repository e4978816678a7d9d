"""Where full returns stand: what is drafted, what was sent, who has signed. A few queries, however many there are."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.definitions import Definition
from storage.full_returns import FullReturn
from storage.queries.campaigns import definition_of
from storage.queries.validity import in_force
from storage.read_models import ReturnDraft, ReturnStanding, SentReturn, Signature, Signer
from storage.tables import (
    Campaign,
    Participation,
    Partner,
    Partnership,
    Person,
    ReturnRevision,
    ReturnSignature,
    Round,
    Sector,
    id_of,
)
from storage.tables import ReturnDraft as DraftRow
from storage.vocabulary import Audience, Certainty, ParticipationState


@dataclass(frozen=True, kw_only=True)
class ReturnRow:
    """One partnership in one campaign with a full return, and the last of its rounds."""

    part: Participation
    title: str
    asks: FullReturn
    partnership: Partnership
    round: Round


def asked_returns(
    session: Session,
    partnerships: Collection[int] | None,
    today: date,
    *,
    campaign_id: int | None = None,
) -> list[ReturnRow]:
    """Whose full return is asked by that day in these partnerships, or in all, in the campaigns that are open there.

    With `campaign_id`, of that campaign alone, even where it has been closed.
    """
    query = (
        select(Participation, Campaign, Partnership, Round)
        .join(Campaign, col(Campaign.id) == col(Participation.campaign_id))
        .join(Partnership, col(Partnership.id) == col(Participation.partnership_id))
        .join(Round, col(Round.participation_id) == col(Participation.id))
        .where(col(Round.withdrawn).is_(False), col(Round.opens_on) <= today)
        .order_by(
            col(Campaign.school_year).desc(),
            col(Campaign.key),
            col(Partnership.name),
            col(Round.deadline_day),
        )
    )
    if partnerships is not None:
        query = query.where(col(Partnership.id).in_(partnerships))
    if campaign_id is None:
        query = query.where(Participation.state == ParticipationState.OPEN)
    else:
        query = query.where(Campaign.id == campaign_id)
    found: dict[int, ReturnRow] = {}
    definitions: dict[int, Definition] = {}
    for part, campaign, partnership, round_ in session.exec(query):
        if campaign.version_id not in definitions:
            definitions[campaign.version_id] = definition_of(session, campaign.version_id)
        definition = definitions[campaign.version_id]
        if definition.full_return is not None:
            found[id_of(part)] = ReturnRow(
                part=part,
                title=definition.year_title(campaign.school_year),
                asks=definition.full_return,
                partnership=partnership,
                round=round_,
            )
    return list(found.values())


def return_standings(
    session: Session, rows: list[ReturnRow], *, today: date
) -> Iterator[ReturnStanding]:
    """How far each of them is, by the bodies that have to sign that day."""
    parts = [id_of(row.part) for row in rows]
    drafts = _drafts(session, parts)
    sent = _last_sent(session, parts)
    signers = _signers(session, rows, today)
    for row in rows:
        part_id = id_of(row.part)
        yield ReturnStanding(
            campaign_id=row.part.campaign_id,
            partnership_id=row.part.partnership_id,
            campaign_title=row.title,
            partnership=row.partnership.name,
            region=row.partnership.region,
            deadline_day=row.round.deadline_day,
            late_until=row.round.late_until,
            certainty=Certainty(row.round.certainty),
            is_open=row.part.state == ParticipationState.OPEN,
            asks=row.asks,
            draft=drafts.get(part_id),
            sent=sent.get(part_id),
            signers=tuple(signers[part_id]),
        )


def _drafts(session: Session, parts: list[int]) -> dict[int, ReturnDraft]:
    query = (
        select(DraftRow, Person.name)
        .join(Person, col(Person.id) == col(DraftRow.person_id))
        .where(col(DraftRow.participation_id).in_(parts))
    )
    return {
        draft.participation_id: ReturnDraft(
            answers=draft.answers, audience=Audience(draft.audience), by=by, at=draft.kept_at
        )
        for draft, by in session.exec(query)
    }


def _last_sent(session: Session, parts: list[int]) -> dict[int, SentReturn]:
    later = aliased(ReturnRevision)
    superseded = (
        select(later.id)
        .where(
            later.participation_id == ReturnRevision.participation_id,
            later.revision > ReturnRevision.revision,
        )
        .exists()
    )
    query = (
        select(ReturnRevision, Person.name)
        .join(Person, col(Person.id) == col(ReturnRevision.person_id))
        .where(col(ReturnRevision.participation_id).in_(parts), ~superseded)
    )
    found = session.exec(query).all()
    asked = {
        version: full_return_of(session, version)
        for version in {row.version_id for row, _ in found}
    }
    return {
        row.participation_id: sent_return(row, asks=asked[row.version_id], by=by)
        for row, by in found
    }


def _signers(session: Session, rows: list[ReturnRow], today: date) -> dict[int, list[Signer]]:
    """The bodies that have to sign today, by participation, in the order of sectors."""
    partnerships = {id_of(row.partnership) for row in rows}
    bodies = session.exec(
        select(Partner, Sector)
        .join(Sector, col(Sector.key) == col(Partner.sector_key))
        .where(col(Partner.partnership_id).in_(partnerships), *in_force(Partner, today))
        .order_by(col(Sector.position), col(Partner.body))
    ).all()
    last = _last_signatures(session, [id_of(row.part) for row in rows])
    return {
        id_of(row.part): [
            Signer(
                partner_id=id_of(partner),
                sector_key=sector.key,
                sector=sector.name,
                body=partner.body,
                last=last.get((id_of(row.part), id_of(partner))),
            )
            for partner, sector in bodies
            if partner.partnership_id == row.partnership.id
        ]
        for row in rows
    }


def _last_signatures(session: Session, parts: list[int]) -> dict[tuple[int, int], Signature]:
    query = (
        select(ReturnSignature, ReturnRevision, Person.name)
        .join(ReturnRevision, col(ReturnRevision.id) == col(ReturnSignature.revision_id))
        .join(Person, col(Person.id) == col(ReturnSignature.person_id))
        .where(col(ReturnRevision.participation_id).in_(parts))
        .order_by(col(ReturnSignature.id))
    )
    return {
        (revision.participation_id, signed.partner_id): Signature(
            revision=revision.revision, answers=signed.answers, by=by, at=signed.signed_at
        )
        for signed, revision, by in session.exec(query)
    }


def sent_return(row: ReturnRevision, *, asks: FullReturn, by: str) -> SentReturn:
    """A stored revision with the questions that it answered."""
    return SentReturn(
        revision_id=id_of(row),
        revision=row.revision,
        asks=asks,
        answers=row.answers,
        audience=Audience(row.audience),
        by=by,
        at=row.submitted_at,
        withdrawn_at=row.withdrawn_at,
    )


def full_return_of(session: Session, version_id: int) -> FullReturn:
    """What that version of a campaign, of which a return was sent, asks."""
    asks = definition_of(session, version_id).full_return
    if asks is None:
        raise LookupError(f"Version {version_id} has no full return.")
    return asks
