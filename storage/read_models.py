"""What crosses the layers: frozen, without a session behind it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from storage.calendar_models import TermEvent
from storage.clock import LONDON
from storage.forms import Answers, Form
from storage.vocabulary import Audience, Certainty, PromptKind


@dataclass(frozen=True, kw_only=True)
class Remit:
    """What a facilitator facilitates: a sector, in some regions; without any, in all England."""

    sector_key: str
    sector: str
    regions: tuple[str, ...]

    def covers(self, region: str) -> bool:
        """Whether a region lies in it."""
        return not self.regions or region in self.regions

    @property
    def words(self) -> str:
        """'Police, West Midlands' or 'Police, all England'."""
        return f"{self.sector}, {' and '.join(self.regions) or 'all England'}"


@dataclass(frozen=True, kw_only=True)
class Access:
    """What one person's posts let them see and do, today."""

    person_id: int
    name: str
    answers_for: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    oversees: frozenset[int] = frozenset()
    facilitates: tuple[Remit, ...] = ()
    is_administrator: bool = False

    @property
    def has_posts(self) -> bool:
        """Whether there is anything here for them."""
        return bool(self.answers_for or self.oversees or self.facilitates or self.is_administrator)


@dataclass(frozen=True, kw_only=True)
class Said:
    """A reply, with the form that it answered."""

    reply_id: int
    revision: int
    form: Form
    answers: dict[str, str | list[str]]
    audience: Audience
    is_done: bool
    is_confirmation: bool
    by: str
    at: datetime

    @property
    def summary(self) -> str:
        """Where the partner stands, in a line."""
        return self.form.summary_words(self.answers)

    @property
    def status(self) -> str:
        """The answer that digests count by, in words."""
        return self.form.question(self.form.status).words(
            self.answers.get(self.form.status, "No answer")
        )

    @property
    def asks(self) -> str | None:
        """The free text that asks others for something; who may read it is for `access` to say."""
        words = self.answers.get(self.form.help)
        return words if isinstance(words, str) and words else None


@dataclass(frozen=True, kw_only=True)
class Coming:
    """The next prompt about a partner: when, and to whom."""

    at: datetime
    to: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one partner stands in one round: a row of the board."""

    round_id: int
    partner_id: int
    partnership_id: int
    campaign_title: str
    round_title: str = ""
    partnership: str
    region: str
    sector_key: str
    sector: str
    body: str
    deadline_day: date
    late_until: date
    certainty: Certainty
    form: Form
    said: Said | None
    respondents: tuple[str, ...] = ()
    asked_at: datetime | None = None
    coming: Coming | None = None

    @property
    def is_done(self) -> bool:
        """Whether the asking has ended for this partner."""
        return self.said is not None and self.said.is_done

    @property
    def is_late(self) -> bool:
        """Whether the reply came after the deadline day, in London."""
        return self.said is not None and self.said.at.astimezone(LONDON).date() > self.deadline_day

    def is_overdue(self, now: datetime) -> bool:
        """Whether the deadline has passed without a reply."""
        return self.said is None and now.astimezone(LONDON).date() > self.deadline_day


@dataclass(frozen=True, kw_only=True)
class Board:
    """One partnership's standings, in the order of sectors."""

    partnership_id: int
    partnership: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class SectorCount:
    """How one facilitator's remit stands in one campaign."""

    remit: Remit
    campaign_title: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A campaign that this person could open in a partnership."""

    campaign_id: int
    partnership_id: int
    campaign_title: str
    partnership: str


@dataclass(frozen=True, kw_only=True)
class ReviewStatus:
    """The answer to /review-status for one person: their own parts only."""

    now: datetime
    access: Access | None
    drafts: tuple[Draft, ...] = ()
    boards: tuple[Board, ...] = ()
    duties: tuple[Standing, ...] = ()
    counts: tuple[SectorCount, ...] = ()


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
class ReminderItem:
    """One duty in a reminder. `asked_at` is the time of the step that it is asked for."""

    standing: Standing
    step_words: str
    ask: str
    asked_at: datetime
    previous: Said | None
    replied: int
    expected: int

    @property
    def is_answered(self) -> bool:
        """Whether nothing more is asked here: the partner is done, or has replied since the step."""
        said = self.standing.said
        return said is not None and (said.is_done or said.at >= self.asked_at)


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """A reminder as it now stands: what was asked, and what has been answered since."""

    now: datetime
    items: tuple[ReminderItem, ...]

    @property
    def is_wanted(self) -> bool:
        """Whether anything in it is still to be done."""
        return any(not item.is_answered for item in self.items)


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
    """One remit in one campaign, for the weekly digest."""

    remit: Remit
    campaign_title: str
    standings: tuple[Standing, ...]
    changes: tuple[Change, ...]
    requests: tuple[tuple[Standing, str], ...]
    by_region: tuple[Count, ...]
    other_sectors: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A facilitator's weekly digest; `since` is the last one that was actually sent."""

    now: datetime
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
class Offer:
    """What a lead is offered: campaigns that stand ready."""

    now: datetime
    items: tuple[OfferItem, ...]


@dataclass(frozen=True, kw_only=True)
class ChangedDate:
    """A duty whose deadline is not what its holder was told."""

    standing: Standing
    told: date


@dataclass(frozen=True, kw_only=True)
class ChangedDates:
    """One message about all of somebody's changed deadlines."""

    now: datetime
    items: tuple[ChangedDate, ...]


Content = Reminder | Digest | Offer | ChangedDates


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


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Whom a notice goes to, and where it stands."""

    notice_id: str
    person_id: int
    kind: PromptKind
    team_id: str
    slack_user_id: str
    channel: str | None
    lease_until: datetime
    attempts: int
    as_of: datetime
    may_be_sent: bool
    message_ts: str | None


@dataclass(frozen=True, kw_only=True)
class ForeseenDuty:
    """One duty that a foreseen notice carries."""

    partnership: str
    body: str
    step: str
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A notice to come, or prompts that will not be sent, for `vigil preview`."""

    at: datetime
    kind: PromptKind
    to: str
    slack_user_id: str
    state: str
    duties: tuple[ForeseenDuty, ...] = field(default=())
