"""A campaign's form: its questions, the checks between them, and what counts as done.

Pure. A form is part of a campaign's definition; a reply is always shown with the version it answered.
"""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from storage.answers import Answers
from storage.questions import Check, Part, Question, lower_first, mistakes_in


class Form(Part):
    """All that one campaign asks: a screen of questions, and in some rounds a second one on a topic."""

    questions: tuple[Question, ...] = Field(min_length=1)
    topic_title: str = ""
    topic_questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    done: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    #: The question by whose answers a digest counts.
    status: str
    #: The questions that say in a line where a partner stands.
    summary: tuple[str, ...]
    #: The free text that asks others for something.
    help: str

    @model_validator(mode="after")
    def _names_its_own_questions(self) -> Self:
        known = {question.ref for question in self.all_questions}
        named = {self.status, self.help, *self.summary, *self.done}
        for check in self.checks:
            named |= {check.at, *check.when} | ({check.after_today} if check.after_today else set())
        if unknown := sorted(named - known):
            raise ValueError(f"there is no question {', '.join(unknown)}")
        for ref, values in [
            *self.done.items(),
            *(pair for check in self.checks for pair in check.when.items()),
        ]:
            if not self.question(ref).offers(values):
                raise ValueError(f"{ref} does not offer {' and '.join(values)}")
        return self

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Those of both screens."""
        return self.questions + self.topic_questions

    def question(self, ref: str) -> Question:
        """The question with that reference; KeyError when there is none."""
        for question in self.all_questions:
            if question.ref == ref:
                return question
        raise KeyError(ref)

    def is_done(self, answers: Answers) -> bool:
        """Whether these answers end the asking. A form without a rule is done by any reply."""
        return all(answers.get(ref) in values for ref, values in self.done.items())

    def summary_words(self, answers: Answers) -> str:
        """Where a partner stands, in a line: 'Review: under way; offer: drafting'."""
        parts = []
        for ref in self.summary:
            if ref in answers:
                question = self.question(ref)
                parts.append(
                    f"{question.short.lower()}: {lower_first(question.words(answers[ref]))}"
                )
        line = "; ".join(parts)
        return line[:1].upper() + line[1:]

    def mistakes(self, answers: Answers, *, today: date) -> dict[str, str]:
        """What must be put right before these answers can be kept: a sentence for each question."""
        return mistakes_in(self.all_questions, self.checks, answers, today=today)
