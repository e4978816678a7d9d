"""What planning is given and gives back: frozen, without a session behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from storage.calendar_models import StandingDates
from storage.definitions import Definition
from storage.vocabulary import (
    Certainty,
    Leaving,
    ParticipationState,
    PromptKind,
    PromptState,
    Reason,
)
from storage.wishes import AS_USUAL, Wishes


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
    """A post, with the wishes of whoever holds it, and the first and last days on which they are away.

    `taken_over_on` is the London day on which they agreed to take it over: the message that asked them asks for the rest.
    """

    post_id: int
    validity: Validity
    absences: tuple[tuple[date, date], ...] = ()
    wishes: Wishes = AS_USUAL
    taken_over_on: date | None = None

    def is_there(self, day: date) -> bool:
        """Whether somebody holds it that day who is not away."""
        return self.validity.holds(day) and not self.is_away(day)

    def is_away(self, day: date) -> bool:
        """Whether whoever holds it is away that day."""
        return any(first <= day <= last for first, last in self.absences)


@dataclass(frozen=True, kw_only=True)
class PartnerFacts:
    """A partner that owes replies, with its respondents and deputies.

    By their keys: the rounds in which it is done, in which it has replied at all, and in which its lead has stopped
    the reminders. `snoozes` are, by post and round, the day on which another day was asked for, and that day;
    `handed_over` the last day on which a colleague answers instead. Posts that answer in some rounds alone are in
    `only_in`.
    """

    partner_id: int
    sector_key: str
    validity: Validity
    done_rounds: frozenset[str]
    replied_rounds: frozenset[str] = frozenset()
    stopped_rounds: frozenset[str] = frozenset()
    respondents: tuple[PostFacts, ...]
    deputies: tuple[PostFacts, ...] = ()
    snoozes: Mapping[tuple[int, str], tuple[date, date]] = field(default_factory=dict)
    handed_over: Mapping[tuple[int, str], date] = field(default_factory=dict)
    only_in: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def respondents_in(self, round_key: str) -> tuple[PostFacts, ...]:
        """The respondents who are asked in that round."""
        if not self.only_in:
            return self.respondents
        return tuple(
            post
            for post in self.respondents
            if round_key in self.only_in.get(post.post_id, (round_key,))
        )

    def is_handed_over(self, post: PostFacts, round_key: str, day: date) -> bool:
        """Whether a colleague answers in that round instead of whoever holds the post, that day."""
        last = self.handed_over.get((post.post_id, round_key))
        return last is not None and day <= last


@dataclass(frozen=True, kw_only=True)
class ParticipationFacts:
    """One partnership in one campaign.

    A draft is not stored: its `participation_id` is 0, and `opened_at` is when it would be opened.
    """

    participation_id: int
    campaign_id: int
    definition: Definition
    school_year: int
    state: ParticipationState
    opened_at: datetime
    partnership_id: int
    region: str
    la_codes: tuple[str, ...]
    partners: tuple[PartnerFacts, ...]
    leads: tuple[PostFacts, ...]


@dataclass(frozen=True, kw_only=True)
class FacilitatorFacts:
    """A facilitator's post; without a region, all England."""

    post_id: int
    sector_key: str
    region: str | None
    validity: Validity
    wishes: Wishes = AS_USUAL

    def covers(self, region: str) -> bool:
        """Whether a region is theirs."""
        return self.region in {None, region}


@dataclass(frozen=True, kw_only=True)
class LeaverFacts:
    """A post that its holder has left, and the posts of others who can do something about it.

    `entry_id` is the entry that was kept of it: a post that is given back and left again has another.
    """

    entry_id: int
    post_id: int
    left_at: datetime
    why: Leaving
    leads: tuple[PostFacts, ...]
    administrators: tuple[PostFacts, ...]


@dataclass(frozen=True, kw_only=True)
class HandoverFacts:
    """A colleague who is asked to take over a duty, can agree until `last_day`, and has not answered.

    `post_id` is whose duty it is, `invited_post_id` the colleague's. In `quiet`, the first and last days of the
    partnership's own holiday, nobody is asked.
    """

    handover_id: int
    post_id: int
    invited_post_id: int
    asked_at: datetime
    last_day: date
    quiet: tuple[date, date] | None = None


@dataclass(frozen=True, kw_only=True)
class StoredPrompt:
    """What the plan holds already. `deadline_told` is set before a prompt is sent, and stays if it then is not."""

    prompt_id: int
    key: str
    kind: PromptKind
    state: PromptState
    reason: Reason | None
    planned_for: datetime
    due_at: datetime
    useful_until: datetime
    round_id: int | None
    partner_id: int | None
    post_id: int
    deadline_told: date | None
    about_post_id: int | None = None
    only_if_silent: bool = False
    step: str = ""

    @property
    def is_still_to_be_told(self) -> bool:
        """Whether it waits, or failed for a token that Slack refused: with a new one it is told all the same."""
        return self.state is PromptState.PLANNED or self.reason is Reason.TOKEN_REFUSED

    @property
    def is_under_way(self) -> bool:
        """Whether it is with Slack, or was sent."""
        return self.state in {PromptState.CLAIMED, PromptState.SENT}


@dataclass(frozen=True, kw_only=True)
class StoredRound:
    """A round that is stored, to see whether its dates have changed."""

    round_id: int
    withdrawn: bool
    dates: "RoundDates"


@dataclass(frozen=True, kw_only=True)
class PlanningFacts:
    """All that a plan follows from, and what stands already."""

    now: datetime
    requests: tuple[int, ...]
    participations: tuple[ParticipationFacts, ...]
    drafts: tuple[ParticipationFacts, ...]
    facilitators: tuple[FacilitatorFacts, ...]
    administrators: tuple[PostFacts, ...] = ()
    leavers: tuple[LeaverFacts, ...] = ()
    handovers: tuple[HandoverFacts, ...] = ()
    term_dates: tuple[StandingDates, ...]
    rounds: tuple[StoredRound, ...]
    prompts: tuple[StoredPrompt, ...]


@dataclass(frozen=True, kw_only=True)
class RoundDates:
    """A round as its partnership's term dates give it."""

    participation_id: int
    key: str
    opens_on: date
    deadline_day: date
    late_until: date
    certainty: Certainty
    quiet_from: date | None = None
    quiet_to: date | None = None
    week: int | None = None
    topic: str | None = None


@dataclass(frozen=True, kw_only=True)
class PlannedPrompt:
    """A prompt as the rules want it: planned, or with the reason why it is not sent.

    `put_off_to`: when whoever gets it is back, if they are away at the rule's time.
    """

    key: str
    kind: PromptKind
    step: str
    post_id: int
    planned_for: datetime
    useful_until: datetime
    round: RoundDates | None = None
    partner_id: int | None = None
    campaign_id: int | None = None
    about_post_id: int | None = None
    only_if_silent: bool = False
    reason: Reason | None = None
    put_off_to: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """When it is to be sent."""
        return self.put_off_to or self.planned_for


@dataclass(frozen=True, kw_only=True)
class Move:
    """A stored prompt that gets another time, or is planned again."""

    prompt_id: int
    planned_for: datetime
    due_at: datetime
    useful_until: datetime
    only_if_silent: bool = False


@dataclass(frozen=True, kw_only=True)
class PlanChanges:
    """What to write so that the stored plan is the one that the rules want."""

    requests: tuple[int, ...] = ()
    rounds: tuple[RoundDates, ...] = ()
    withdrawn_rounds: tuple[int, ...] = ()
    new: tuple[PlannedPrompt, ...] = ()
    moved: tuple[Move, ...] = ()
    cancelled: tuple[tuple[int, Reason], ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.requests
            or self.rounds
            or self.withdrawn_rounds
            or self.new
            or self.moved
            or self.cancelled
        )
