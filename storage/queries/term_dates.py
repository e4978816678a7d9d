"""Term dates that were given: who said what, and what stands. Append only: the last word stands."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from storage.calendar_models import GivenDates, StandingDates, TermEvent
from storage.tables import PlanRequest, TermDate
from storage.vocabulary import Certainty


def standing_dates(
    session: Session, *, la_codes: Iterable[str] | None = None, school_year: int | None = None
) -> list[StandingDates]:
    """The dates that stand, for these areas and that school year or for all."""
    query = select(TermDate).order_by(col(TermDate.id))
    if la_codes is not None:
        query = query.where(col(TermDate.la_code).in_(la_codes))
    if school_year is not None:
        query = query.where(TermDate.school_year == school_year)
    standing = {}
    for row in session.exec(query):
        standing[row.la_code, row.event, row.school_year] = _standing(row)
    return list(standing.values())


def _standing(row: TermDate) -> StandingDates:
    return StandingDates(
        dates=GivenDates(
            la_code=row.la_code,
            event=TermEvent(row.event),
            school_year=row.school_year,
            start=row.starts_on,
            end=row.ends_on,
            last_day=row.last_day,
            source=row.source,
        ),
        certainty=Certainty(row.certainty),
        said_by=row.said_by,
        said_at=row.said_at,
    )


def contradictions(
    session: Session, *, dates: Iterable[GivenDates]
) -> list[tuple[StandingDates, GivenDates]]:
    """Where these dates differ from those that stand: what stands, and what is given."""
    standing = {
        (each.dates.la_code, each.dates.event, each.dates.school_year): each
        for each in standing_dates(session)
    }
    found = []
    for given in dates:
        stands = standing.get((given.la_code, given.event, given.school_year))
        if stands is not None and _days(stands.dates) != _days(given):
            found.append((stands, given))
    return found


def give(
    session: Session,
    *,
    dates: Iterable[GivenDates],
    certainty: Certainty,
    said_by: str,
    now: datetime,
) -> int:
    """Let these dates stand; gives how many are new. The same dates said again change nothing."""
    standing = {
        (each.dates.la_code, each.dates.event, each.dates.school_year): each
        for each in standing_dates(session)
    }
    new = [
        given
        for given in dates
        if not _is_known(
            standing.get((given.la_code, given.event, given.school_year)), given, certainty
        )
    ]
    session.add_all(
        TermDate(
            la_code=given.la_code,
            event=given.event,
            school_year=given.school_year,
            starts_on=given.start,
            ends_on=given.end,
            last_day=given.last_day,
            certainty=certainty,
            source=given.source,
            said_by=said_by,
            said_at=now,
        )
        for given in new
    )
    if new:
        session.add(PlanRequest(cause="term dates"))
    return len(new)


def _is_known(stands: StandingDates | None, given: GivenDates, certainty: Certainty) -> bool:
    return (
        stands is not None and _days(stands.dates) == _days(given) and stands.certainty is certainty
    )


def _days(dates: GivenDates) -> tuple[object, ...]:
    return dates.start, dates.end, dates.last_day
