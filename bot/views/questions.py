"""Questions as the fields of a form, and why each is asked.

A block is called by its question's reference. What follows a ~ tells apart blocks of one question: a second list of
its options, or a tick that is to be given anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
)

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.views.blocks import button, context, escape
from bot.views.inputs import option, plain
from storage import questions as asked
from storage.answers import MOST_COUNTED, TICKED, Answers
from storage.letter import sentences_of
from storage.questions import Question, QuestionKind
from storage.vocabulary import Audience

WARNING = "Do not include anything about a child, family or case."
_AUDIENCES = {
    Audience.FACILITATORS: "My partnership and the national facilitators",
    Audience.PARTNERSHIP: "My partnership only",
}
_MOST_CHECKBOXES = 10  # slack-limits.md
_WHY = "why_"


def fields(
    questions: Iterable[Question],
    answers: Answers,
    *,
    shows_why: bool = False,
    leading: frozenset[str] = frozenset(),
    anew: str = "",
) -> list[Block]:
    """A field for each question, filled in with these answers, and why it is asked where that is wanted.

    Questions in a row that are asked for the same reason have it once, below the last of them. An answer to one of the
    `leading` questions is told at once. A tick is given again where `anew` is another.
    """
    blocks: list[Block] = []
    parted = {about: list(parts) for about, parts in groupby(questions, key=_asks_about)}
    for source, group in groupby(
        chain(*parted.values()), key=lambda each: parted[_asks_about(each)][0].source
    ):
        together = list(group)
        for question in together:
            given = answers.get(question.ref)
            blocks += _fields(question, given, is_leading=question.ref in leading, anew=anew)
        if shows_why and source:
            blocks.append(_reason(together))
    return blocks


def audience_field(chosen: Audience, question: str) -> Block:
    """Who may read what is written freely."""
    options = {audience: option(audience, text) for audience, text in _AUDIENCES.items()}
    return InputBlock(
        block_id=BlockId.AUDIENCE,
        label=plain(question),
        element=RadioButtonsElement(
            action_id=Action.ANSWER, options=list(options.values()), initial_option=options[chosen]
        ),
    )


def why_button(action: Action, value: ButtonValue, *, shows_why: bool) -> ButtonElement:
    """The button that shows and hides the letter's sentences."""
    return button("Hide why we ask" if shows_why else "Why we ask", action, value)


def shows_why(view: Mapping[str, Any]) -> bool:
    """Whether a form shows the letter's sentences."""
    return any(str(block["block_id"]).startswith(_WHY) for block in view["blocks"])


def _fields(
    question: Question, given: str | list[str] | None, *, is_leading: bool, anew: str
) -> Iterator[Block]:
    lists = _lists(question)
    for number, options in enumerate(lists, start=1):
        suffix = f"~{number}" if number > 1 else ""
        if question.kind is QuestionKind.TICK and anew:
            suffix = f"~{anew}"
        hint = _hint(question, is_parted=len(lists) > 1)
        yield InputBlock(
            block_id=f"{question.ref}{suffix}",
            label=plain(question.text + (" (continued)" if number > 1 else "")),
            element=_element(question, options, given),
            hint=plain(hint) if hint else None,
            # Slack would ask for a tick in each of the lists
            optional=not question.required or len(lists) > 1,
            dispatch_action=is_leading or None,
        )


def _lists(question: Question) -> list[tuple[asked.Option, ...]]:
    """The options, in as few lists of about the same length as Slack takes."""
    parts = -(-len(question.options) // _MOST_CHECKBOXES) or 1
    size = -(-len(question.options) // parts)
    return [question.options[size * part : size * (part + 1)] for part in range(parts)]


def _hint(question: Question, *, is_parted: bool) -> str:
    parts = [question.hint]
    if is_parted:
        parts.append("The answers are in two lists.")
        parts += ["Tick at least one."] if question.required else []
    if question.is_typed:
        parts += [WARNING, f"At most {question.max_length} characters."]
    return " ".join(filter(None, parts))


def _element(
    question: Question, options: tuple[asked.Option, ...], given: str | list[str] | None
) -> InputInteractiveElement:
    by_value = {each.value: option(each.value, each.text) for each in options}
    words = given if isinstance(given, str) else None
    match question.kind:
        case QuestionKind.CHOICE:
            return RadioButtonsElement(
                action_id=Action.ANSWER,
                options=list(by_value.values()),
                initial_option=by_value.get(words or ""),
            )
        case QuestionKind.CHOICES:
            return _checkboxes(by_value, given)
        case QuestionKind.TICK:
            return _checkboxes({TICKED: option(TICKED, "Yes, this is so")}, given)
        case QuestionKind.DATE:
            return DatePickerElement(action_id=Action.ANSWER, initial_date=words)
        case QuestionKind.NUMBER:
            return NumberInputElement(
                action_id=Action.ANSWER,
                is_decimal_allowed=False,
                min_value="0",
                max_value=str(MOST_COUNTED),
                initial_value=words,
            )
        case QuestionKind.TEXT | QuestionKind.WEB_ADDRESS:
            return PlainTextInputElement(
                action_id=Action.ANSWER,
                multiline=question.kind is QuestionKind.TEXT,
                max_length=question.max_length,
                initial_value=words,
            )


def _checkboxes(
    options: dict[str, Option], given: str | list[str] | None
) -> InputInteractiveElement:
    chosen = [options[value] for value in given or [] if value in options]
    return CheckboxesElement(
        action_id=Action.ANSWER, options=list(options.values()), initial_options=chosen or None
    )


def _asks_about(question: Question) -> str:
    """The question that it is, or that it is a part of."""
    return question.part_of or question.ref


def _reason(together: Sequence[Question]) -> Block:
    asked_for = len({_asks_about(question) for question in together})
    these = "" if asked_for == 1 else f" these {asked_for} questions"
    words = " ".join(sentences_of(together[0].source))
    block = context(f"*Why we ask{these}.* The letter of 29 July 2021 says: {escape(words)}")
    block.block_id = f"{_WHY}{_asks_about(together[-1])}"
    return block
