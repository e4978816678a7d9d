"""Where one partner stands in one round: a row of the board."""

from dataclasses import dataclass
from datetime import date, datetime

from storage.clock import LONDON
from storage.forms import Form
from storage.questions import typed_in
from storage.vocabulary import Audience, Certainty


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
    another_way: bool = False
    #: When something that was typed in it was taken out, and whether that was what asks others for something.
    withdrawn_at: datetime | None = None
    has_withdrawn_asks: bool = False

    @property
    def summary(self) -> str:
        """Where the partner stands, in a line."""
        if self.another_way:
            return "Replied another way"
        return self.form.summary_words(self.answers)

    @property
    def status(self) -> str:
        """The answer that digests count by, in words."""
        if self.another_way:
            return "Another way"
        return self.form.question(self.form.status).words(
            self.answers.get(self.form.status, "No answer")
        )

    @property
    def asks(self) -> str | None:
        """The free text that asks others for something; who may read it is for `access` to say."""
        words = self.answers.get(self.form.help)
        return words if isinstance(words, str) and words else None

    @property
    def typed(self) -> dict[str, str]:
        """All that somebody typed, by question."""
        return typed_in(self.form.all_questions, self.answers)


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
    deputies: tuple[str, ...] = ()
    #: Who of these is away at that instant, and until which London day.
    away: tuple[tuple[str, date], ...] = ()
    is_stopped: bool = False
    #: Whether somebody typed words, if only in an earlier revision, that who looks at this may take out.
    may_withdraw: bool = False
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
