"""The form as a modal, and reading back what was filled in."""

from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
)
from slack_sdk.models.views import View as SlackView

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views.blocks import context, name, section
from storage.questions import Question, QuestionKind
from storage.read_models import Duty, Said, Submission
from storage.vocabulary import Audience

WARNING = "Do not include anything about a child, family or case."
_AUDIENCES = {
    Audience.FACILITATORS: "My partnership and the national facilitators",
    Audience.PARTNERSHIP: "My partnership only",
}


def reply_modal(duty: Duty) -> dict[str, Any]:
    """The form for one partner, filled in with what it said in this round."""
    standing, said = duty.standing, duty.standing.said
    blocks: list[Block] = [
        section(
            f"*{name(standing.body)}*\n{name(standing.partnership)}\n{stands.reply_by(standing, now=duty.now)}"
        ),
    ]
    if said is None and duty.previous is not None:
        blocks.append(
            context(f"Last time: {duty.previous.summary}. {stands.sent_line(duty.previous)}")
        )
    for question in standing.form.questions:
        blocks.append(_input(question, said))
        if question.ref == standing.form.help:
            blocks.append(_audience(said))
    return _form(
        ViewId.REPLY, duty, blocks, title="Your reply", submit="Send reply", close="Cancel"
    )


def topic_modal(duty: Duty) -> dict[str, Any]:
    """The second screen of a week that has a topic: the reply is stored by now, and this adds to it."""
    form, said = duty.standing.form, duty.standing.said
    blocks: list[Block] = [
        section(f"*Your reply is stored.*\nThis week also asks about: {form.topic_title}."),
        *(_input(question, said) for question in form.topic_questions),
    ]
    return _form(
        ViewId.TOPIC,
        duty,
        blocks,
        title="This week’s topic",
        submit="Add to my reply",
        close="Skip",
    )


def _form(
    view_id: ViewId, duty: Duty, blocks: list[Block], *, title: str, submit: str, close: str
) -> dict[str, Any]:
    value = ButtonValue(round_id=duty.standing.round_id, partner_id=duty.standing.partner_id)
    return SlackView(
        type="modal",
        callback_id=view_id,
        title=PlainTextObject(text=title, emoji=False),
        submit=PlainTextObject(text=submit, emoji=False),
        close=PlainTextObject(text=close, emoji=False),
        private_metadata=value.encode(),
        blocks=blocks,
    ).to_dict()


def _input(question: Question, said: Said | None) -> InputBlock:
    given = None if said is None else said.answers.get(question.ref)
    hint = (
        f"{WARNING} At most {question.max_length} characters."
        if question.kind is QuestionKind.TEXT
        else None
    )
    return InputBlock(
        block_id=question.ref,
        label=PlainTextObject(text=question.text, emoji=False),
        element=_element(question, given),
        hint=None if hint is None else PlainTextObject(text=hint, emoji=False),
        optional=not question.required,
    )


def _element(question: Question, given: str | list[str] | None) -> InputInteractiveElement:
    options = {option.value: _option(option.value, option.text) for option in question.options}
    match question.kind:
        case QuestionKind.CHOICE:
            return RadioButtonsElement(
                action_id=Action.ANSWER,
                options=list(options.values()),
                initial_option=options.get(given) if isinstance(given, str) else None,
            )
        case QuestionKind.CHOICES:
            chosen = [options[value] for value in given or [] if value in options]
            return CheckboxesElement(
                action_id=Action.ANSWER,
                options=list(options.values()),
                initial_options=chosen or None,
            )
        case QuestionKind.DATE:
            return DatePickerElement(
                action_id=Action.ANSWER, initial_date=given if isinstance(given, str) else None
            )
        case QuestionKind.TEXT:
            return PlainTextInputElement(
                action_id=Action.ANSWER,
                multiline=True,
                max_length=question.max_length,
                initial_value=given if isinstance(given, str) else None,
            )


def _audience(said: Said | None) -> InputBlock:
    options = {audience: _option(audience, text) for audience, text in _AUDIENCES.items()}
    chosen = Audience.FACILITATORS if said is None else said.audience
    return InputBlock(
        block_id=BlockId.AUDIENCE,
        label=PlainTextObject(text="If you wrote something, who may read it?", emoji=False),
        element=RadioButtonsElement(
            action_id=Action.ANSWER, options=list(options.values()), initial_option=options[chosen]
        ),
    )


def _option(value: str, text: str) -> Option:
    return Option(value=value, text=PlainTextObject(text=text, emoji=False))


def parse_reply(view: Mapping[str, Any]) -> tuple[ButtonValue, Submission]:
    """What was filled in and for whom.

    The view's id and what was filled in make the same submission the same when it comes twice; a form that stayed
    open, as when the answer to it was lost, may be sent again with other words.
    """
    answers: dict[str, str | list[str]] = {}
    audience: Audience | None = None
    for block_id, actions in view["state"]["values"].items():
        value = _value_of(actions[Action.ANSWER])
        if block_id == BlockId.AUDIENCE:
            audience = Audience(str(value))
        elif value:
            answers[block_id] = value
    submission = Submission(
        answers=answers,
        asked=frozenset(view["state"]["values"]),
        audience=audience,
        # a modal that is replaced by its next screen keeps its id
        key=f"view {view['id']} {view['callback_id']} {_digest(answers, audience)}",
    )
    return ButtonValue.decode(view["private_metadata"]), submission


def _digest(answers: Mapping[str, str | list[str]], audience: Audience | None) -> str:
    return sha256(dumps([answers, audience], sort_keys=True).encode()).hexdigest()[:16]


def _value_of(element: Mapping[str, Any]) -> str | list[str]:
    match element["type"]:
        case "radio_buttons":
            chosen = element.get("selected_option")
            return str(chosen["value"]) if chosen else ""
        case "checkboxes":
            return [str(option["value"]) for option in element.get("selected_options") or []]
        case "datepicker":
            return str(element.get("selected_date") or "")
        case _:
            return str(element.get("value") or "").strip()
