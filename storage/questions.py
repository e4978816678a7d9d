"""Questions: how each is answered, and what is wrong with an answer.

Pure. Forms and the full return are made of them; each comes from a sentence of the letter.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from storage.answers import MOST_COUNTED, TICKED, Answers, is_count, is_date, is_secure_address
from storage.letter import sentences_of

_MOST_RADIO_BUTTONS = 10  # slack-limits.md


class QuestionKind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TEXT = "text"
    NUMBER = "number"
    WEB_ADDRESS = "web_address"
    TICK = "tick"


_CHOSEN = (QuestionKind.CHOICE, QuestionKind.CHOICES)


class Part(BaseModel):
    """A part of a form; unknown keys are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(Part):
    """One answer on offer. One that stands `alone` cannot be chosen beside others."""

    value: str = Field(pattern=r"^[a-z_]+$", max_length=75)
    text: str = Field(min_length=1, max_length=74)
    alone: bool = False


class Question(Part):
    """One question, with the sentences of the letter that it comes from.

    One that is `part_of` another, on the same screen, completes it and is not counted. One that is asked
    `for_each` is asked once for each option that is ticked there.
    """

    ref: str = Field(pattern=r"^[A-Z0-9_]+$")
    text: str = Field(min_length=1, max_length=200)
    short: str = Field(min_length=1, max_length=40)
    kind: QuestionKind
    source: str
    hint: str = Field(default="", max_length=200)
    required: bool = False
    options: tuple[Option, ...] = Field(default=(), max_length=20)
    max_length: int = Field(default=300, ge=1, le=500)
    part_of: str | None = None
    for_each: str | None = None

    @field_validator("source")
    @classmethod
    def _names_sentences_of_the_letter(cls, source: str) -> str:
        try:
            sentences_of(source)
        except KeyError as unknown:
            raise ValueError(
                f"the letter has no sentence {unknown.args[0]!r}: name them as S15, or S15, S11"
            ) from None
        return source

    @model_validator(mode="after")
    def _offers_answers_where_they_are_chosen(self) -> Self:
        if (self.kind in _CHOSEN) is not bool(self.options):
            raise ValueError("a choice has options, and nothing else has")
        values = [option.value for option in self.options]
        if len(set(values)) != len(values):
            raise ValueError("two options have the same value")
        if self.kind is QuestionKind.CHOICE and len(values) > _MOST_RADIO_BUTTONS:
            raise ValueError(f"one of at most {_MOST_RADIO_BUTTONS} can be chosen")
        if self.for_each and (self.options or self.required):
            raise ValueError("what is asked for each of several has no options and is not required")
        return self

    @property
    def is_typed(self) -> bool:
        """Whether people type words into it, which the guard must see."""
        return self.kind in {QuestionKind.TEXT, QuestionKind.WEB_ADDRESS}

    def offers(self, values: Iterable[str]) -> bool:
        """Whether each of these can be chosen."""
        return {option.value for option in self.options}.issuperset(values)

    def about(self, option: Option) -> "Question":
        """The same question about one of the options that it is asked for."""
        return self.model_copy(
            update={
                "ref": f"{self.ref}_{option.value.upper()}",
                "text": f"{self.text} {option.text}",
                "short": f"{self.short}: {lower_first(option.text)}",
                "part_of": self.ref,
                "for_each": None,
            }
        )

    def words(self, answer: str | list[str]) -> str:
        """An answer as people read it; options that this version does not know stay as they are."""
        if self.kind is QuestionKind.TICK:
            return "Yes"
        names = {option.value: option.text for option in self.options}
        if isinstance(answer, list):
            return ", ".join(names.get(value, value) for value in answer)
        return names.get(answer, answer)

    def mistake(self, answer: str | list[str] | None, *, must_answer: bool = True) -> str | None:
        """What must be put right in this answer, in a sentence, or None."""
        if answer is None or answer in ("", []):
            return self._missing() if self.required and must_answer else None
        if self.kind is QuestionKind.TICK:
            return None if answer == [TICKED] else self._missing()
        if self.kind in _CHOSEN:
            return _mistake_in_choice(self, answer)
        return _mistake_in_words(self, answer)

    def _missing(self) -> str:
        if self.kind is QuestionKind.TICK:
            return "Tick this to go on, once it is so."
        return "Choose an answer. You can change it later."


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


def asked_of(questions: Iterable[Question], answers: Answers) -> Iterator[Question]:
    """The questions that these answers leave to ask: one for each ticked option, where one is asked so."""
    known: dict[str, Question] = {}
    for question in questions:
        known[question.ref] = question
        if question.for_each is None:
            yield question
            continue
        ticked = answers.get(question.for_each, [])
        for option in known[question.for_each].options:
            if option.value in ticked and not option.alone:
                yield question.about(option)


def typed_in(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """What people typed, by question: the guard sees all of it before anything of the form is stored."""
    return {
        question.ref: words
        for question in questions
        if question.is_typed and isinstance(words := answers.get(question.ref), str)
    }


def words_in(questions: Iterable[Question], answers: Answers) -> dict[str, str]:
    """What must go where words are taken out: what was typed, and any answer to a question that is not among these.

    A newer version of the campaign may no longer know the question that somebody typed into.
    """
    chosen = {question.ref for question in questions if not question.is_typed}
    return {
        ref: words
        for ref, words in answers.items()
        if isinstance(words, str) and words and ref not in chosen
    }


def mistakes_in(
    questions: Iterable[Question],
    checks: Iterable[Check],
    answers: Answers,
    *,
    today: date,
    must_answer: bool = True,
) -> dict[str, str]:
    """What must be put right before these answers can be kept: a sentence for each question."""
    asked = list(questions)
    found = {
        question.ref: sentence
        for question in asked
        if (sentence := question.mistake(answers.get(question.ref), must_answer=must_answer))
    }
    refs = {question.ref for question in asked}
    for check in checks:
        if check.at in refs - found.keys() and check.is_broken(answers, today=today):
            found[check.at] = check.say
    return found


def lower_first(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


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


def _mistake_in_words(question: Question, answer: str | list[str]) -> str | None:
    told, is_good = {
        QuestionKind.DATE: ("Choose a date, such as 23 October 2026.", is_date),
        QuestionKind.NUMBER: (f"Enter a whole number from 0 to {MOST_COUNTED}.", is_count),
        QuestionKind.WEB_ADDRESS: (
            "Enter a whole web address that starts with https://, such as https://www.gov.uk.",
            is_secure_address,
        ),
    }.get(question.kind, ("", lambda _: True))
    too_long = f"Write at most {question.max_length} characters."
    if not isinstance(answer, str):
        return told or too_long
    if len(answer) > question.max_length:
        return too_long
    return None if is_good(answer) else told
