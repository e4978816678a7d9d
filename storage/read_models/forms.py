"""What forms start from, and what was filled in."""

from dataclasses import dataclass
from datetime import datetime

from storage.answers import Answers
from storage.calendar_models import TermEvent
from storage.read_models.standing import Said, Standing
from storage.vocabulary import Audience


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one reply form needs: the partner that is answered for, and what it said before."""

    now: datetime
    standing: Standing
    previous: Said | None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was filled in on one screen of a form.

    `asked` are the questions that the screen held; without it, all. `audience` is who may read the free text,
    where the screen asked that. `key` is the same when one press arrives twice.
    """

    answers: Answers
    audience: Audience | None
    key: str
    asked: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class AskedDates:
    """What a lead is asked: which break, of which areas (code and name)."""

    round_id: int
    partnership: str
    event: TermEvent
    school_year: int
    areas: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class SaidDates:
    """What a lead filled in; days as ISO dates, or empty."""

    la_code: str
    first_day: str
    last_day: str
    last_school_day: str
