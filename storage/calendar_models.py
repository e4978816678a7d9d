"""Term dates as they cross the layers: frozen. All days are London days, both ends included."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.vocabulary import Certainty


class TermEvent(StrEnum):
    """The two breaks that Vigil plans by."""

    OCTOBER_HALF_TERM = "october half-term"
    SUMMER_HOLIDAY = "summer holiday"


@dataclass(frozen=True, kw_only=True)
class GivenDates:
    """One area's break in one school year, as somebody gave it.

    The break runs from `start` to `end`, without the INSET days that touch it (staff work on those).
    `last_day` is the last day with pupils before it. `school_year` 2026 is 1 August 2026 to 31 July 2027;
    a break belongs to the year in which it starts.
    """

    la_code: str
    event: TermEvent
    school_year: int
    start: date
    end: date
    last_day: date
    source: str


@dataclass(frozen=True, kw_only=True)
class StandingDates:
    """The dates that stand for an area, with who said so and when (an instant in UTC)."""

    dates: GivenDates
    certainty: Certainty
    said_by: str
    said_at: datetime
