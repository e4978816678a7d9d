"""The partnerships that are stored, and their bodies, as the reference data has them."""

from collections import defaultdict
from collections.abc import Iterable

from sqlmodel import Session, col, select

from storage.areas import ReferenceBody, ReferencePartnership, known_partnerships
from storage.tables import Partner, Partnership, PartnershipArea, id_of

_ByBody = dict[tuple[str, str], Partner]


def keep_partnerships(
    session: Session, references: Iterable[ReferencePartnership]
) -> dict[str, tuple[int, bool]]:
    """By name the id of each partnership as the reference data has it today, and whether it is new.

    Each holds every body that ever owed replies in it, whether or not anybody answers for it. What is stored already
    keeps its id, and so its replies, and takes the days from which and until which it is in force.
    """
    references = list(references)
    names = [reference.name for reference in references]
    query = select(Partnership).where(col(Partnership.name).in_(names))
    stored = {partnership.name: partnership for partnership in session.exec(query)}
    kept = {each.name: stored.get(each.name) or _new(each) for each in references}
    for reference in references:
        partnership = kept[reference.name]
        partnership.valid_from, partnership.valid_to = reference.valid_from, reference.valid_to
    session.add_all(kept.values())
    session.flush()
    ids = {name: id_of(partnership) for name, partnership in kept.items()}
    bodies = _stored_bodies(session, ids.values())
    for reference in references:
        partnership_id = ids[reference.name]
        if reference.name not in stored:
            session.add_all(
                PartnershipArea(partnership_id=partnership_id, la_code=area.la_code)
                for area in reference.areas
            )
        _keep_bodies(session, partnership_id, reference.bodies(), bodies[partnership_id])
    session.flush()
    return {name: (partnership_id, name not in stored) for name, partnership_id in ids.items()}


def stored_references(session: Session) -> dict[str, ReferencePartnership]:
    """What the reference data says of the partnerships that are stored, by name."""
    known = known_partnerships()
    return {name: known[name] for name in session.exec(select(Partnership.name)) if name in known}


def _new(reference: ReferencePartnership) -> Partnership:
    return Partnership(
        name=reference.name, region=reference.region, valid_from=reference.valid_from
    )


def _stored_bodies(session: Session, partnership_ids: Iterable[int]) -> dict[int, _ByBody]:
    query = select(Partner).where(col(Partner.partnership_id).in_(partnership_ids))
    bodies: dict[int, _ByBody] = defaultdict(dict)
    for partner in session.exec(query):
        bodies[partner.partnership_id][partner.sector_key, partner.body] = partner
    return bodies


def _keep_bodies(
    session: Session, partnership_id: int, bodies: Iterable[ReferenceBody], stored: _ByBody
) -> None:
    for each in bodies:
        partner = stored.get((each.sector_key, each.body)) or Partner(
            partnership_id=partnership_id,
            sector_key=each.sector_key,
            body=each.body,
            valid_from=each.valid_from,
        )
        partner.valid_from, partner.valid_to = each.valid_from, each.valid_to
        session.add(partner)
