"""The quick form as a modal."""

from typing import Any

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views.also_for import also_for_blocks, kept_for_blocks, written
from bot.views.blocks import actions, context, section
from bot.views.inputs import form_modal
from bot.views.questions import audience_field, fields, why_button
from storage.answers import Answers
from storage.read_models import Duty, Said
from storage.vocabulary import Audience


def reply_modal(duty: Duty, *, shows_why: bool = False) -> dict[str, Any]:
    """The form for one partner, filled in with what it said in this round, or in the last one of the same campaign."""
    standing, said = duty.standing, duty.standing.said
    questions = standing.form.questions
    answers = _last_times(duty) if said is None else said.answers
    blocks: list[Block] = [section(stands.heading(standing, now=duty.now)), *_last_time(duty)]
    upto_help = 1 + [question.ref for question in questions].index(standing.form.help)
    blocks += fields(questions[:upto_help], answers, shows_why=shows_why)
    chosen = Audience.FACILITATORS if said is None else said.audience
    blocks.append(audience_field(chosen, "If you wrote something, who may read it?"))
    blocks += fields(questions[upto_help:], answers, shows_why=shows_why)
    if duty.others:
        blocks += also_for_blocks(duty)
    value = _value(duty)
    blocks.append(actions(why_button(Action.WHY_REPLY, value, shows_why=shows_why)))
    return form_modal(
        ViewId.REPLY, value, blocks, title="Your reply", submit="Send reply", close="Cancel"
    )


def topic_modal(duty: Duty, *, shows_why: bool = False) -> dict[str, Any]:
    """The second screen of a week that has a topic: the reply is stored by now, and this adds to it."""
    form, value = duty.standing.form, _value(duty)
    blocks: list[Block] = [
        *_stored(duty, f"This week also asks about: {form.topic_title}."),
        *fields(form.topic_questions, _answers(duty.standing.said), shows_why=shows_why),
        actions(why_button(Action.WHY_REPLY, value, shows_why=shows_why)),
    ]
    return form_modal(
        ViewId.TOPIC,
        value,
        blocks,
        title="This week’s topic",
        submit="Add to my reply",
        close="Skip",
    )


def _stored(duty: Duty, next_: str) -> list[Block]:
    """That the reply is stored, for whom where that is more than one, and what comes next."""
    if not duty.also:
        return [section(f"*Your reply is stored.*\n{next_}")]
    return [*kept_for_blocks(duty), section(f"{next_} What you add is for all of them.")]


def _answers(said: Said | None) -> Answers:
    return {} if said is None else said.answers


def _last_times(duty: Duty) -> Answers:
    """What a form of a campaign in weekly rounds starts from: last time's answers, but nothing that was typed then.

    A year is too long for that: a review that was signed off last autumn is not signed off now.
    """
    if duty.previous is None or not duty.standing.round_title:
        return {}
    given = duty.previous.answers
    return {
        question.ref: given[question.ref]
        for question in duty.standing.form.questions
        if question.ref in given and not question.is_typed
    }


def _last_time(duty: Duty) -> list[Block]:
    """What was said then, where nothing has been said in this round."""
    if duty.standing.said is not None or duty.previous is None:
        return []
    filled_in = (
        " Your answers are filled in: change what is different." if _last_times(duty) else ""
    )
    said = f"Last time: {duty.previous.summary}. {stands.sent_line(duty.previous)}"
    return [context(f"{said}{filled_in}")]


def _value(duty: Duty) -> ButtonValue:
    return ButtonValue(
        round_id=duty.standing.round_id,
        partner_id=duty.standing.partner_id,
        also_for=written(duty.also),
    )
