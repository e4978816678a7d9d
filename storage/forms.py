"""A campaign's form: its questions, the checks between them, and what counts as done.

Pure. A form is part of a campaign's definition; a reply is always shown with the version it answered.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

#: What was answered: an option's value, several of them, an ISO date, or words; by question.
Answers = Mapping[str, str | list[str]]


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TEXT = "text"


class Part(BaseModel):
    """A part of a form; unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Part):
    """One answer on offer. One that stands `alone` cannot be chosen beside others."""

    value: str = Field(pattern=r"^[a-z_]+$", max_length=75)
    text: str = Field(min_length=1, max_length=74)
    alone: bool = False


class Question(Part):
    """One question, with the sentence of the letter that it comes from."""

    ref: str = Field(pattern=r"^[A-Z0-9_]+$")
    text: str = Field(min_length=1, max_length=200)
    short: str = Field(min_length=1, max_length=40)
    kind: QuestionKind
    source: str
    required: bool = False
    options: tuple[Option, ...] = Field(default=(), max_length=10)
    max_length: int = Field(default=300, ge=1, le=500)

    @model_validator(mode="after")
    def _offers_answers_where_they_are_chosen(self) -> Self:
        chosen = self.kind in {QuestionKind.CHOICE, QuestionKind.CHOICES}
        if chosen is not bool(self.options):
            raise ValueError("a choice has options, and nothing else has")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise ValueError("two options have the same value")
        return self

    def offers(self, values: Iterable[str]) -> bool:
        """Whether each of these can be chosen."""
        return {option.value for option in self.options}.issuperset(values)

    def words(self, answer: str | list[str]) -> str:
        """An answer as people read it; options that this version does not know stay as they are."""
        names = {option.value: option.text for option in self.options}
        if isinstance(answer, list):
            return ", ".join(names.get(value, value) for value in answer)
        return names.get(answer, answer)


class Check(Part):
    """Answers that cannot stand together: all of `when`, and a date after today where one is named."""

    when: dict[str, tuple[str, ...]]
    after_today: str | None = None
    at: str
    say: str

    def is_broken(self, answers: Answers, *, today: date) -> bool:
        """Whether these answers break the check on that day in London."""
        if any(answers.get(ref) not in values for ref, values in self.when.items()):
            return False
        if self.after_today is None:
            return True
        given = answers.get(self.after_today)
        return isinstance(given, str) and given > today.isoformat()


class Form(Part):
    """All that one campaign asks: a screen of questions, and in some rounds a second one on a topic."""

    questions: tuple[Question, ...] = Field(min_length=1)
    topic_title: str = ""
    topic_questions: tuple[Question, ...] = ()
    checks: tuple[Check, ...] = ()
    done: dict[str, tuple[str, ...]] = {}
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
                    f"{question.short.lower()}: {_lower_first(question.words(answers[ref]))}"
                )
        line = "; ".join(parts)
        return line[:1].upper() + line[1:]

    def mistakes(self, answers: Answers, *, today: date) -> dict[str, str]:
        """What must be put right before these answers can be kept: a sentence for each question."""
        found: dict[str, str] = {}
        for question in self.all_questions:
            if sentence := _mistake_in(question, answers.get(question.ref)):
                found[question.ref] = sentence
        for check in self.checks:
            if check.at not in found and check.is_broken(answers, today=today):
                found[check.at] = check.say
        return found


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _mistake_in(question: Question, answer: str | list[str] | None) -> str | None:
    if answer is None or answer in ("", []):
        return "Choose an answer. You can change it later." if question.required else None
    match question.kind:
        case QuestionKind.CHOICE | QuestionKind.CHOICES:
            return _mistake_in_choice(question, answer)
        case QuestionKind.DATE:
            return None if _is_date(answer) else "Choose a date, such as 23 October 2026."
        case QuestionKind.TEXT:
            if not isinstance(answer, str) or len(answer) > question.max_length:
                return f"Write at most {question.max_length} characters."
            return None


def _mistake_in_choice(question: Question, answer: str | list[str]) -> str | None:
    several = question.kind is QuestionKind.CHOICES
    if isinstance(answer, list) is not several:
        return "Choose from the answers on offer."
    chosen = answer if isinstance(answer, list) else [answer]
    offered = {option.value: option for option in question.options}
    if any(value not in offered for value in chosen):
        return "Choose from the answers on offer."
    alone = next((offered[value] for value in chosen if offered[value].alone), None)
    if alone and len(chosen) > 1:
        return f"Choose either ‘{alone.text}’ or the others, not both."
    return None


def _is_date(answer: str | list[str]) -> bool:
    try:
        return isinstance(answer, str) and bool(date.fromisoformat(answer))
    except ValueError:
        return False
