"""A campaign as its TOML file defines it: what is asked of whom, when, and what ends the asking.

Pure. A definition is kept by version in the database and never changed there; planning and every text
read it from there, so that all processes agree and last year's reply is shown with last year's words.
"""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from storage.forms import Form, Part


class RoundRule(StrEnum):
    """How a campaign's rounds follow from an area's term dates."""

    OCTOBER_HALF_TERM = "october-half-term"


class Step(Part):
    """One time at which partners that are not done are asked, counted from the deadline day."""

    key: str = Field(pattern=r"^[a-z_]+$")
    words: str = Field(min_length=1, max_length=120)
    days_before: int | None = Field(default=None, ge=0, le=180)
    working_days_after: int | None = Field(default=None, ge=1, le=60)

    @model_validator(mode="after")
    def _counts_one_way(self) -> Self:
        if (self.days_before is None) == (self.working_days_after is None):
            raise ValueError("a step has either days_before or working_days_after")
        return self


class Definition(Part):
    """All of one campaign, in one version."""

    key: str = Field(pattern=r"^[a-z0-9-]+$", max_length=40)
    version: int = Field(ge=1)
    title: str = Field(min_length=1, max_length=100)
    ask: str = Field(min_length=1, max_length=300)
    rounds: RoundRule
    #: Late replies are taken until this day of the school year's first calendar year, as MM-DD.
    late_until: str = Field(pattern=r"^\d\d-\d\d$")
    steps: tuple[Step, ...] = Field(min_length=1)
    form: Form

    @field_validator("late_until")
    @classmethod
    def _is_a_day_of_every_year(cls, late_until: str) -> str:
        try:
            date.fromisoformat(f"2026-{late_until}")
        except ValueError:
            raise ValueError(f"not every year has a day {late_until} (month-day)") from None
        return late_until

    @model_validator(mode="after")
    def _has_each_step_once(self) -> Self:
        keys = [step.key for step in self.steps]
        if len(set(keys)) != len(keys):
            raise ValueError("two steps have the same key")
        return self

    def step_words(self, key: str) -> str:
        """What a step is called in the message; a withdrawn step has no words."""
        return next((step.words for step in self.steps if step.key == key), "")

    def year_title(self, school_year: int) -> str:
        """The title with its school year: 'October half-term review 2026 to 2027'."""
        return f"{self.title} {school_year} to {school_year + 1}"
