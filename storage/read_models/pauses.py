"""What the form for absences starts from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class Away:
    """London days on which somebody is away, both included."""

    person_id: int
    first_day: date
    last_day: date


@dataclass(frozen=True, kw_only=True)
class AwayForm:
    """Whom somebody may say to be away (names by id), who is chosen, and the absences that lie ahead."""

    now: datetime
    own_id: int
    person_id: int
    people: Mapping[int, str]
    away: tuple[Away, ...]
