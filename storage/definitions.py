"""A campaign as its TOML file defines it: what is asked of whom, when, and what ends the asking.

Pure. A definition is kept by version in the database and never changed there; planning and every text
read it from there, so that all processes agree and last year's reply is shown with last year's words.
docs/campaigns.md describes the file for those who write one.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from storage.calendar_models import TermEvent
from storage.forms import Form
from storage.full_returns import FullReturn
from storage.questions import Part, Question
from storage.vocabulary import Reminding


class RoundRule(StrEnum):
    """How a campaign's rounds follow from an area's term dates."""

    OCTOBER_HALF_TERM = "october-half-term"
    SUMMER_WEEKLY = "summer-weekly"

    @property
    def event(self) -> TermEvent:
        """The break that the rounds are counted from."""
        return _EVENTS[self]


_EVENTS = {
    RoundRule.OCTOBER_HALF_TERM: TermEvent.OCTOBER_HALF_TERM,
    RoundRule.SUMMER_WEEKLY: TermEvent.SUMMER_HOLIDAY,
}


#: No October break is known to last longer.
_BREAK_OVER = "11-08"
_HOW_OFTEN = {reminding: often for often, reminding in enumerate(Reminding)}


class Rounds(Part):
    """When the rounds are, and how long late replies are taken.

    `late_until` is a day of the school year's first calendar year, as MM-DD; `late_days` counts from each
    round's deadline. `offer_days_before` is how long before the first step a lead is offered to open it.
    """

    rule: RoundRule
    late_until: str | None = Field(default=None, pattern=r"^\d\d-\d\d$")
    late_days: int | None = Field(default=None, ge=0, le=180)
    offer_days_before: int = Field(default=7, ge=1, le=90)

    @field_validator("late_until")
    @classmethod
    def _is_a_day_of_every_year(cls, late_until: str | None) -> str | None:
        try:
            date.fromisoformat(f"2026-{late_until or '01-01'}")
        except ValueError:
            raise ValueError(f"not every year has a day {late_until} (month-day)") from None
        return late_until

    @model_validator(mode="after")
    def _takes_late_replies_after_the_break(self) -> Self:
        if (
            self.rule is RoundRule.OCTOBER_HALF_TERM
            and self.late_until
            and self.late_until < _BREAK_OVER
        ):
            raise ValueError(
                f"late replies to a half-term review are taken until {_BREAK_OVER} at least"
            )
        return self

    @model_validator(mode="after")
    def _says_once_how_long(self) -> Self:
        if (self.late_until is None) == (self.late_days is None):
            raise ValueError("rounds have either late_until or late_days")
        return self


#: How the step of somebody's own day is called, with that day after it.
SNOOZED = "snoozed"


class EscalatesTo(StrEnum):
    """Who else hears that a partner has said nothing; a facilitator in the weekly digest."""

    DEPUTY = "deputy"
    LEAD = "lead"
    FACILITATOR = "facilitator"


class Step(Part):
    """One time at which partners that are not done are asked.

    Counted from the deadline day, or from the day on which a round is asked. Of partners that have said nothing in the
    round by then, others hear as well. `reminding` is from which wish on somebody is asked at this step: a light one is
    for everybody, an active one only for those who want more than usual.
    """

    key: str = Field(pattern=r"^[a-z_]+$")
    words: str = Field(min_length=1, max_length=120)
    days_before: int | None = Field(default=None, ge=0, le=180)
    working_days_after: int | None = Field(default=None, ge=1, le=60)
    days_after_opening: int | None = Field(default=None, ge=0, le=6)
    escalates_to: EscalatesTo | None = None
    reminding: Reminding = Reminding.STANDARD

    @model_validator(mode="after")
    def _counts_one_way(self) -> Self:
        ways = (self.days_before, self.working_days_after, self.days_after_opening)
        if sum(way is not None for way in ways) != 1:
            raise ValueError(
                "a step has one of days_before, working_days_after and days_after_opening"
            )
        return self

    def is_for(self, reminding: Reminding) -> bool:
        """Whether it is for those who want to be reminded as often as that."""
        return _HOW_OFTEN[self.reminding] <= _HOW_OFTEN[reminding]

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the order of a round's steps."""
        if self.working_days_after is not None:
            return (1, self.working_days_after)
        return (
            0,
            -self.days_before if self.days_before is not None else self.days_after_opening or 0,
        )


class TopicWeek(StrEnum):
    """When in the holiday a topic is asked, where it is not simply the next in order."""

    IN_ORDER = "in order"
    WEEK_BEFORE = "week before"
    LAST_WEEK = "last week"


class Topic(Part):
    """What one week asks beside the questions that are the same every week."""

    key: str = Field(pattern=r"^[a-z_]+$")
    title: str = Field(min_length=1, max_length=75)
    week: TopicWeek = TopicWeek.IN_ORDER
    questions: tuple[Question, ...] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _requires_nothing(self) -> Self:
        if any(question.required for question in self.questions):
            raise ValueError(
                "a topic's questions cannot be required: they come after the reply is stored"
            )
        return self


class Definition(Part):
    """All of one campaign, in one version."""

    key: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    version: int = Field(ge=1)
    title: str = Field(min_length=1, max_length=100)
    ask: str = Field(min_length=1, max_length=300)
    rounds: Rounds
    steps: tuple[Step, ...] = Field(min_length=1)
    form: Form
    topics: tuple[Topic, ...] = ()
    full_return: FullReturn | None = None

    @model_validator(mode="after")
    def _has_everything_once(self) -> Self:
        for what, keys in (
            ("steps", [step.key for step in self.steps]),
            ("topics", [topic.key for topic in self.topics]),
            ("questions", [question.ref for question in self._all_questions()]),
        ):
            if len(set(keys)) != len(keys):
                raise ValueError(f"two {what} have the same name")
        for week in (TopicWeek.WEEK_BEFORE, TopicWeek.LAST_WEEK):
            if sum(topic.week is week for topic in self.topics) > 1:
                raise ValueError(f"two topics are for the {week}")
        return self

    @model_validator(mode="after")
    def _has_its_steps_in_order(self) -> Self:
        places = [step.place for step in self.steps]
        if places != sorted(places):
            raise ValueError("the steps are not in the order of time")
        return self

    @model_validator(mode="after")
    def _counts_its_steps_from_its_rounds(self) -> Self:
        weekly = self.rounds.rule is RoundRule.SUMMER_WEEKLY
        if any((step.days_after_opening is not None) is not weekly for step in self.steps):
            raise ValueError(
                "weekly rounds count their steps with days_after_opening, and no others do"
            )
        if self.topics and not weekly:
            raise ValueError("only weekly rounds have topics")
        return self

    def _all_questions(self) -> list[Question]:
        return [*self.form.questions, *(each for topic in self.topics for each in topic.questions)]

    def step_words(self, key: str) -> str:
        """What a step is called in the message; a withdrawn step has no words."""
        if key.startswith(SNOOZED):
            return "the day that you asked for"
        return next((step.words for step in self.steps if step.key == key), "")

    def topic(self, key: str | None) -> Topic | None:
        """The topic with that key; None for a round without one."""
        return next((topic for topic in self.topics if topic.key == key), None)

    def form_of(self, topic_key: str | None) -> Form:
        """What a round with that topic asks: the questions of every round, then the topic's."""
        topic = self.topic(topic_key)
        if topic is None:
            return self.form
        return self.form.model_copy(
            update={"topic_title": topic.title, "topic_questions": topic.questions}
        )

    def round_title(self, *, week: int | None, topic_key: str | None) -> str:
        """'Week 2: Out of education'; nothing where a campaign has one round."""
        if week is None:
            return ""
        name = f"Week {week}" if week else "The week before the holiday"
        topic = self.topic(topic_key)
        return name if topic is None else f"{name}: {topic.title}"

    def year_title(self, school_year: int) -> str:
        """The title with its school year: 'October half-term review 2026 to 2027'."""
        return f"{self.title} {school_year} to {school_year + 1}"
