"""What forms start from, and what was filled in."""

from dataclasses import dataclass
from datetime import datetime

from storage.answers import Answers
from storage.calendar_models import TermEvent
from storage.read_models.standing import Said, Standing
from storage.vocabulary import Audience


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one reply form needs: the partner that is answered for, and what it said before.

    `others` owe the same reply and could be given this one too; `also` are those that have been.
    """

    now: datetime
    standing: Standing
    previous: Said | None
    others: tuple[Standing, ...] = ()
    also: tuple[Standing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlsoFor:
    """Another partner that one reply is for, in its own round.

    `reply_id` is what it had said when that was chosen, 0 for nothing; None on a later screen of the same reply.
    """

    round_id: int
    partner_id: int
    reply_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What was filled in on one screen of a form.

    `asked` are the questions that the screen held; without it, all. `audience` is who may read the free text,
    where the screen asked that. `key` is the same when one press arrives twice. `also_for` are the other partners
    that were chosen beside the one whose form it is.
    """

    answers: Answers
    audience: Audience | None
    key: str
    asked: frozenset[str] | None = None
    also_for: tuple[AlsoFor, ...] = ()


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
