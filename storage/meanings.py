"""What somebody means by plain words: kinds and days only, never the words themselves.

Here, below the rules that read the words, so that what answers them need not know those rules.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Progress(StrEnum):
    """How far somebody says that they are."""

    DONE = "done"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    UNCHANGED = "unchanged"
    NOT_YET = "not yet"


#: What must never be read into words that hold a 'not'.
GOOD_NEWS = (Progress.DONE, Progress.ON_TRACK)


class DayOff(StrEnum):
    """Why nobody is reminded on a day."""

    WEEKEND = "weekend"
    BANK_HOLIDAY = "bank holiday"


class WhyNot(StrEnum):
    """Why a day cannot be taken."""

    PAST = "past"
    TOO_FAR = "too far"
    NO_SUCH_DAY = "no such day"


class Doubt(StrEnum):
    """What has to be asked before anything is done."""

    WHICH_WEEK = "which week"  # 'next Friday' on a Thursday
    TODAY_OR_NEXT_WEEK = "today or next week"  # 'Tuesday' on a Tuesday
    DAY_OR_MONTH = "day or month"  # '03/09'
    DAY_AND_DATE = "day and date"  # 'Friday 26 November', a Thursday
    WHICH_DAY = "which day"  # 'remind me later'
    UNTIL_WHEN = "until when"  # 'I am away'
    LAST_DAY_OR_BACK = "last day or back"  # 'away until Friday'
    REMIND_OR_AWAY = "remind or away"  # 'Friday'
    HOW_FAR = "how far"  # 'not on track'
    HERE_OR_ANOTHER_WAY = "here or another way"  # 'already replied'
    WHICH_FIRST = "which first"  # two things in one message


@dataclass(frozen=True, kw_only=True)
class Report:
    """How things stand. Nothing is stored until the person confirms it."""

    progress: Progress


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The day that was said, and why it is not the day taken."""

    said: date
    because: DayOff


@dataclass(frozen=True, kw_only=True)
class RemindMe:
    """A reminder on a working day; `moved` where another day was said."""

    on: date
    moved: Moved | None = None


@dataclass(frozen=True, kw_only=True)
class Away:
    """Away on these days, both ends included, the first no earlier than today."""

    first: date
    last: date


@dataclass(frozen=True)
class BackNow:
    """An absence is over."""


@dataclass(frozen=True)
class NotMine:
    """The duty is not this person's, or no longer."""


@dataclass(frozen=True)
class PassOn:
    """A colleague is to answer."""


@dataclass(frozen=True)
class StopReminding:
    """No more reminders are wanted."""


@dataclass(frozen=True)
class AnotherWay:
    """The reply was sent by e-mail, by telephone or at a meeting."""


@dataclass(frozen=True)
class WantsToReply:
    """The form is wanted, or a change to what was sent."""


@dataclass(frozen=True)
class ShowStatus:
    """How things stand is wanted."""


@dataclass(frozen=True)
class Help:
    """What this is and what it does is wanted."""


@dataclass(frozen=True)
class Thanks:
    """Nothing is wanted."""


@dataclass(frozen=True)
class Worry:
    """It may be about a child: the words about 999 and the front door come before all else."""


@dataclass(frozen=True)
class SomethingElse:
    """Not understood."""


@dataclass(frozen=True, kw_only=True)
class CannotTake:
    """A day was said that cannot be taken."""

    why: WhyNot


Plain = (
    Report
    | RemindMe
    | Away
    | BackNow
    | NotMine
    | PassOn
    | StopReminding
    | AnotherWay
    | WantsToReply
    | ShowStatus
    | Help
    | Thanks
    | Worry
    | SomethingElse
    | CannotTake
)


@dataclass(frozen=True, kw_only=True)
class AskBack:
    """What has to be asked, and what can be offered to choose from; nothing, where only a day will do."""

    doubt: Doubt
    readings: tuple[Plain, ...] = ()


Meaning = Plain | AskBack
