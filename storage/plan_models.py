"""What planning is given and gives back: frozen, without a session behind them."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.definitions import Definition
from storage.vocabulary import Certainty, ParticipationState, PromptKind, PromptState, Reason


@dataclass(frozen=True, kw_only=True)
class Validity:
    """London days on which something is in force, the last one included."""

    valid_from: date
    valid_to: date | None

    def holds(self, day: date) -> bool:
        """Whether it is in force that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True)
class PostFacts:
    """A respondent's post."""

    post_id: int
    validity: Validity


@dataclass(frozen=True, kw_only=True)
class PartnerFacts:
    """A partner that owes replies, with its respondents and whether it is done."""

    partner_id: int
    validity: Validity
    is_done: bool
    respondents: tuple[PostFacts, ...]


@dataclass(frozen=True, kw_only=True)
class ParticipationFacts:
    """One partnership in one campaign."""

    participation_id: int
    definition: Definition
    school_year: int
    state: ParticipationState
    opened_at: datetime
    region: str
    la_codes: tuple[str, ...]
    partners: tuple[PartnerFacts, ...]


@dataclass(frozen=True, kw_only=True)
class FacilitatorFacts:
    """A facilitator's post; without a region, all England."""

    post_id: int
    region: str | None
    validity: Validity


@dataclass(frozen=True, kw_only=True)
class StoredPrompt:
    """What the plan holds already."""

    prompt_id: int
    key: str
    state: PromptState
    reason: Reason | None
    planned_for: datetime
    useful_until: datetime


@dataclass(frozen=True, kw_only=True)
class StoredRound:
    """A round that is stored, to see whether its dates have changed."""

    round_id: int
    dates: "RoundDates"


@dataclass(frozen=True, kw_only=True)
class PlanningFacts:
    """All that a plan follows from, and what stands already."""

    requests: tuple[int, ...]
    participations: tuple[ParticipationFacts, ...]
    facilitators: tuple[FacilitatorFacts, ...]
    rounds: tuple[StoredRound, ...]
    prompts: tuple[StoredPrompt, ...]


@dataclass(frozen=True, kw_only=True)
class RoundDates:
    """A round as its partnership's term dates give it."""

    participation_id: int
    key: str
    deadline_day: date
    late_until: date
    holiday_start: date
    holiday_end: date
    certainty: Certainty


@dataclass(frozen=True, kw_only=True)
class PlannedPrompt:
    """A prompt as the rules want it: planned, or with the reason why it is not sent."""

    key: str
    kind: PromptKind
    step: str
    post_id: int
    planned_for: datetime
    useful_until: datetime
    round: RoundDates | None = None
    partner_id: int | None = None
    reason: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Move:
    """A stored prompt that gets another time, or is planned again."""

    prompt_id: int
    planned_for: datetime
    useful_until: datetime


@dataclass(frozen=True, kw_only=True)
class PlanChanges:
    """What to write so that the stored plan is the one that the rules want."""

    requests: tuple[int, ...] = ()
    rounds: tuple[RoundDates, ...] = ()
    new: tuple[PlannedPrompt, ...] = ()
    moved: tuple[Move, ...] = ()
    cancelled: tuple[tuple[int, Reason], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.requests or self.rounds or self.new or self.moved or self.cancelled)
