"""A campaign's full return: once for a partnership, drafted by its lead, signed by each of its bodies.

Pure. It is part of a campaign's definition; a return that was sent is always shown with the version it answered.
"""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from storage.answers import Answers
from storage.questions import Check, Part, Question, QuestionKind, asked_of, mistakes_in

#: Nobody reads a longer screen on a phone.
_MOST_QUESTIONS = 6
#: Each may have a line of reasons beside it; Slack takes 100 blocks in a view.
_MOST_INPUTS = 36


class Screen(Part):
    """What is asked at once."""

    title: str = Field(min_length=1, max_length=60)
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_one_screen(self) -> Self:
        before: dict[str, Question] = {}
        for question in self.questions:
            for other in filter(None, (question.part_of, question.for_each)):
                if other not in before:
                    raise ValueError(f"there is no question {other} before {question.ref}")
            each = question.for_each
            if each and before[each].kind is not QuestionKind.CHOICES:
                raise ValueError(f"{each} is not a choice of several")
            before[question.ref] = question
        if self.counted > _MOST_QUESTIONS:
            raise ValueError(f"a screen has at most {_MOST_QUESTIONS} questions")
        inputs = sum(
            len(before[each.for_each].options) if each.for_each else 1 for each in self.questions
        )
        if inputs > _MOST_INPUTS:
            raise ValueError(f"a screen has at most {_MOST_INPUTS} fields to fill in")
        return self

    @property
    def counted(self) -> int:
        """How many questions it asks; what completes another one is part of that."""
        return sum(question.part_of is None for question in self.questions)

    @property
    def leading(self) -> frozenset[str]:
        """The questions whose answers decide what else is asked."""
        return frozenset(each.for_each for each in self.questions if each.for_each)


class Signing(Part):
    """What the bodies of one sector add when they sign."""

    sector: str = Field(pattern=r"^[a-z_]+$")
    questions: tuple[Question, ...] = Field(min_length=1, max_length=_MOST_QUESTIONS - 1)


class FullReturn(Part):
    """What one partnership returns."""

    title: str = Field(min_length=1, max_length=16)
    ask: str = Field(min_length=1, max_length=300)
    screens: tuple[Screen, ...] = Field(min_length=1, max_length=9)
    checks: tuple[Check, ...] = ()
    #: What whoever sends or signs has to tick.
    declaration: Question
    signing: tuple[Signing, ...] = ()

    @model_validator(mode="after")
    def _asks_each_question_once(self) -> Self:
        refs = [each.ref for screen in self.screens for each in screen.questions]
        refs.append(self.declaration.ref)
        if len(set(refs)) != len(refs):
            raise ValueError("two questions have the same name")
        sectors = [signing.sector for signing in self.signing]
        if len(set(sectors)) != len(sectors):
            raise ValueError("a sector is asked twice what it adds")
        for signing in self.signing:
            own = [question.ref for question in signing.questions]
            if len({*own, *refs}) != len(own) + len(refs):
                raise ValueError(f"a question of {signing.sector} has the name of another")
        for check in self.checks:
            named = {check.at, *check.when} | ({check.after_today} if check.after_today else set())
            if unknown := sorted(named - set(refs)):
                raise ValueError(f"there is no question {', '.join(unknown)}")
        return self

    @model_validator(mode="after")
    def _ends_with_a_tick(self) -> Self:
        if self.declaration.kind is not QuestionKind.TICK or not self.declaration.required:
            raise ValueError("the declaration is a required tick")
        if self.screens[-1].counted >= _MOST_QUESTIONS:
            raise ValueError(
                f"with the declaration, the last screen has over {_MOST_QUESTIONS} questions"
            )
        return self

    def asked_on(self, screen: int, answers: Answers) -> list[Question]:
        """What a screen (from 1) asks, given these answers; the last one ends with the declaration."""
        asked = list(asked_of(self.screens[screen - 1].questions, answers))
        return [*asked, self.declaration] if screen == len(self.screens) else asked

    def asked(self, answers: Answers) -> list[Question]:
        """All that is asked, given these answers."""
        return [
            each
            for number in range(1, len(self.screens) + 1)
            for each in self.asked_on(number, answers)
        ]

    def added_by(self, sector: str) -> tuple[Question, ...]:
        """What a body of that sector adds when it signs, without the declaration."""
        return next((each.questions for each in self.signing if each.sector == sector), ())

    def to_sign(self, sector: str) -> list[Question]:
        """The same with the declaration."""
        return [*self.added_by(sector), self.declaration]

    def mistakes_on(
        self, screen: int, answers: Answers, *, today: date, must_answer: bool = True
    ) -> dict[str, str]:
        """What must be put right on a screen: a sentence for each question."""
        asked = self.asked_on(screen, answers)
        return mistakes_in(asked, self.checks, answers, today=today, must_answer=must_answer)

    def kept(self, answers: Answers) -> dict[str, str | list[str]]:
        """The answers to what is asked; the declaration is given anew each time."""
        asked = {each.ref for each in self.asked(answers)} - {self.declaration.ref}
        return {ref: answer for ref, answer in answers.items() if ref in asked and answer}

    def changed(self, before: Answers, after: Answers) -> list[Question]:
        """The questions that are answered otherwise than before, those that are asked no more at the end."""
        by_ref = {each.ref: each for each in [*self.asked(after), *self.asked(before)]}
        return [each for ref, each in by_ref.items() if before.get(ref) != after.get(ref)]
