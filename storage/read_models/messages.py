"""What each kind of message tells, and of whom it is the message."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.read_models.handovers import HandedOver, HandoverItem, HandoverState
from storage.read_models.people import Remit
from storage.read_models.standing import Said, Standing
from storage.vocabulary import Certainty, Leaving, PostKind, Reason


@dataclass(frozen=True, kw_only=True)
class Preface:
    """What somebody's first message says besides: the posts for which they get it, in words, and who gave them these.

    Without `added_by` the posts came with a roster. `answers`: one of them answers for a partner.
    """

    posts: tuple[str, ...]
    added_by: str | None
    answers: bool


@dataclass(frozen=True, kw_only=True)
class AnyContent:
    """What every message has: the moment as of which it tells, and a preface where it is the person's first."""

    now: datetime
    preface: Preface | None = None


@dataclass(frozen=True, kw_only=True)
class ReminderItem:
    """One duty in a reminder. `asked_at` is the time of the step that it is asked for.

    `another_day` is the London day for which its holder asked instead. `stands_in`: it is asked of a deputy, since those who answer in the first place are away or have said nothing.
    `is_theirs`: whoever got it still answers for the partner.
    """

    standing: Standing
    step_words: str
    ask: str
    asked_at: datetime
    previous: Said | None
    replied: int
    expected: int
    stands_in: bool = False
    another_day: date | None = None
    is_theirs: bool = True
    #: Which colleagues were asked to take it over, and what became of that.
    handovers: tuple[HandedOver, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is asked here: the partner is done, or has replied since the step."""
        said = self.standing.said
        return said is not None and (said.is_done or said.at >= self.asked_at)


@dataclass(frozen=True, kw_only=True)
class Reminder(AnyContent):
    """A reminder as it now stands: what was asked, and what has been answered since."""

    items: tuple[ReminderItem, ...]

    @property
    def not_wanted(self) -> Reason | None:
        """Why nothing in it is to be done by them any more; None while something is."""
        theirs = [item for item in self.items if item.is_theirs]
        if self.items and not theirs:
            return Reason.POST_ENDED
        return Reason.REPLIED if all(item.is_answered for item in theirs) else None


@dataclass(frozen=True, kw_only=True)
class Change:
    """A partner whose status is not what it was at the last digest."""

    standing: Standing
    before: str


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many of those expected have replied, of a region or a sector."""

    of: str
    replied: int
    expected: int


@dataclass(frozen=True, kw_only=True)
class DigestPart:
    """One remit in one campaign, for the weekly digest. A request without words was withdrawn after it was told."""

    remit: Remit
    campaign_title: str
    standings: tuple[Standing, ...]
    changes: tuple[Change, ...]
    requests: tuple[tuple[Standing, str | None], ...]
    by_region: tuple[Count, ...]
    other_sectors: tuple[Count, ...]
    #: Partners that have said nothing although their deputies and leads were told.
    silent: tuple[Standing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest(AnyContent):
    """A facilitator's weekly digest; `since` is the last one that was actually sent."""

    since: datetime | None
    parts: tuple[DigestPart, ...]


@dataclass(frozen=True, kw_only=True)
class OfferedNotice:
    """What would be sent at one time if a campaign were opened, and to whom."""

    at: datetime
    step_words: str
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OfferItem:
    """A campaign that a lead can open in a partnership, or has opened."""

    campaign_id: int
    partnership_id: int
    campaign_title: str
    partnership: str
    deadline_day: date
    late_until: date
    certainty: Certainty
    opened_at: datetime | None
    notices: tuple[OfferedNotice, ...]
    without_contact: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Offer(AnyContent):
    """What a lead is offered: campaigns that stand ready."""

    items: tuple[OfferItem, ...]


@dataclass(frozen=True, kw_only=True)
class ChangedDate:
    """A duty whose deadline is not what its holder was told."""

    standing: Standing
    told: date


@dataclass(frozen=True, kw_only=True)
class ChangedDates(AnyContent):
    """One message about all of somebody's changed deadlines."""

    items: tuple[ChangedDate, ...]


@dataclass(frozen=True, kw_only=True)
class EscalationItem:
    """A partner that has said nothing, and how often it was asked."""

    standing: Standing
    times_asked: int


@dataclass(frozen=True, kw_only=True)
class Escalation(AnyContent):
    """What a lead is told: who in their partnership has said nothing."""

    items: tuple[EscalationItem, ...]

    @property
    def not_wanted(self) -> Reason | None:
        """Why it need not be told any more; None while anybody in it has said nothing."""
        return Reason.REPLIED if all(item.standing.said for item in self.items) else None


@dataclass(frozen=True, kw_only=True)
class UndeliveredItem:
    """Somebody whose messages do not arrive, by name and post, since when, and why."""

    name: str
    post: str
    since: datetime
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Undelivered(AnyContent):
    """What a lead or an administrator is told: whose messages do not arrive."""

    items: tuple[UndeliveredItem, ...]


@dataclass(frozen=True, kw_only=True)
class Leaver:
    """Somebody whose post has ended, by name and post, since when and why.

    `others` are the names of those who hold the same post still; of a partner, all who answer for it.
    """

    name: str
    kind: PostKind
    post: str
    since: datetime
    why: Leaving
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Leavers(AnyContent):
    """What leads or administrators are told: who has left, and whether anybody is left."""

    items: tuple[Leaver, ...]


@dataclass(frozen=True, kw_only=True)
class HandingOver(AnyContent):
    """What a colleague is asked to take over, in one message."""

    items: tuple[HandoverItem, ...]

    @property
    def not_wanted(self) -> Reason | None:
        """Why it need not be asked any more; None while anything in it is to be answered."""
        is_asked = any(item.state is HandoverState.ASKED for item in self.items)
        return None if is_asked else Reason.STEP_WITHDRAWN


#: What a notice can carry.
Content = (
    Reminder | Digest | Offer | ChangedDates | Escalation | Undelivered | Leavers | HandingOver
)
