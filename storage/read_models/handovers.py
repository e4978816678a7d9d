"""One colleague asks another to take over a duty: what each of them is shown of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.read_models.standing import Standing


class HandoverState(StrEnum):
    """Where it stands. But for `asked`, nothing is left to answer."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    #: It was agreed, and the colleague no longer answers: their days are over, or they have left.
    ENDED = "ended"
    #: Not answered, and no longer to be: the partner is done, the last day is over, or the duty is not the asker's any more.
    REPLIED = "replied"
    TOO_LATE = "too_late"
    NOT_THEIRS = "not_theirs"


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody as Slack knows them; without `email`, Slack does not give it, or may not."""

    slack_user_id: str
    name: str
    email: str | None


@dataclass(frozen=True, kw_only=True)
class HandedOver:
    """What the one who asked is told. Without a `round_id` it is for good; until `last_day` the colleague can agree, or answers."""

    handover_id: int
    round_id: int | None
    colleague: str
    state: HandoverState
    last_day: date

    @property
    def is_for_good(self) -> bool:
        """Whether it is not for one round alone."""
        return self.round_id is None


@dataclass(frozen=True, kw_only=True)
class PassOnForm:
    """What the form starts from: the duty, the last day on which a colleague would answer, and whom they have asked already."""

    now: datetime
    standing: Standing
    last_day: date
    handovers: tuple[HandedOver, ...]


@dataclass(frozen=True, kw_only=True)
class DutyToPassOn:
    """A duty of somebody who wants to pass one on, and whom they have asked already."""

    standing: Standing
    handovers: tuple[HandedOver, ...]


@dataclass(frozen=True, kw_only=True)
class HandoverRound:
    """A round that a handover is about: what it asks, and the London day for which the colleague wants a reminder."""

    standing: Standing
    ask: str
    another_day: date | None


@dataclass(frozen=True, kw_only=True)
class HandoverItem:
    """One duty that a colleague is asked to take over: for its only round, or those in which replies are taken."""

    handover_id: int
    asked_by: str
    body: str
    partnership: str
    is_for_good: bool
    state: HandoverState
    last_day: date
    rounds: tuple[HandoverRound, ...]
