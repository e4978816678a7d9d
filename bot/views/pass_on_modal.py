"""The form by which a colleague is asked to take over a duty, once or for good, and what follows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import Block, RadioButtonsElement, UserSelectElement

from bot.ids import Action, ButtonValue
from bot.ids import Block as BlockId
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views import words
from bot.views.blocks import Message, button, context, message, name, section
from bot.views.handing_over import standing_of
from bot.views.inputs import field, filled_fields, form_modal, option, plain
from bot.views.modals import plain_modal
from storage.read_models import DutyToPassOn, HandoverState, PassOnForm

#: With more duties, /review-status lists them all.
_MOST = 5


class HowLong(StrEnum):
    """For how long a colleague is to answer."""

    ONCE = "once"
    FOR_GOOD = "for_good"


@dataclass(frozen=True, kw_only=True)
class PassOn:
    """What was filled in: whom to ask, and for how long."""

    slack_user_id: str
    how_long: HowLong


def pass_on_modal(form: PassOnForm) -> dict[str, Any]:
    """Whom to ask, for how long, and what will happen."""
    standing = form.standing
    options = [
        option(HowLong.ONCE, "Only this time"),
        option(HowLong.FOR_GOOD, "From now on"),
    ]
    blocks = [
        section(stands.heading(standing, now=form.now)),
        *_asked_already(form),
        field(
            BlockId.COLLEAGUE,
            "Which colleague?",
            UserSelectElement(action_id=Action.ANSWER, placeholder=plain("Choose a colleague")),
        ),
        field(
            BlockId.HOW_LONG,
            "For how long?",
            RadioButtonsElement(action_id=Action.ANSWER, options=options),
        ),
        section("\n".join(_what_happens(form))),
    ]
    return form_modal(
        ViewId.HAND_OVER,
        stands.value(standing),
        blocks,
        title="Pass it to a colleague",
        submit="Ask them",
        close="Cancel",
    )


def _asked_already(form: PassOnForm) -> list[Block]:
    return [
        section(
            f"You have asked {name(each.colleague)} already. If you ask somebody else, they are not asked any more."
        )
        for each in form.handovers
        if each.state is HandoverState.ASKED
    ]


def _what_happens(form: PassOnForm) -> list[str]:
    return [
        "Vigil asks your colleague first. Nothing changes until they agree.",
        f"*Only this time:* they answer until {words.day(form.last_day)}.",
        "You are not reminded of it, and you can take it back.",
        "*From now on:* they answer for good. You no longer answer for this partner.",
        "Your partnership’s lead sees who answers. Vigil keeps your colleague’s name and work email address.",
    ]


def parse_pass_on(view: Mapping[str, Any]) -> tuple[ButtonValue, PassOn]:
    """What was filled in, and for which duty."""
    values = filled_fields(view)
    return ButtonValue.decode(view["private_metadata"]), PassOn(
        slack_user_id=values[BlockId.COLLEAGUE]["selected_user"],
        how_long=HowLong(values[BlockId.HOW_LONG]["selected_option"]["value"]),
    )


def asked_modal(colleague: str) -> dict[str, Any]:
    """What is said when a colleague is asked."""
    return plain_modal(
        "Pass it to a colleague",
        [
            section(f"*Vigil asks {name(colleague)}.*"),
            context("Until they agree, it is still yours, and you are reminded as before."),
        ],
    )


def taken_back_modal(colleague: str) -> dict[str, Any]:
    """What is said when it was taken back."""
    return plain_modal(
        "Taken back",
        [section(f"*It is yours again.* {name(colleague)} is not asked for it any more.")],
    )


def duties_to_pass_on(duties: Sequence[DutyToPassOn], ending: Block) -> Message:
    """The answer to somebody who wants to pass on a duty: a button for each; or what to do where there is none."""
    if not duties:
        return message(
            [
                section(
                    "There is nothing that you have to answer at present."
                    " To name somebody else for good, ask your partnership’s lead or business manager."
                ),
                ending,
            ]
        )
    blocks = [section("Which duty do you want to pass on? Your colleague is asked first.")]
    for duty in duties[:_MOST]:
        blocks += _duty(duty)
    if len(duties) > _MOST:
        blocks.append(
            context(f"There are {len(duties) - _MOST} more. Type /review-status to see them.")
        )
    return message([*blocks, ending])


def _duty(duty: DutyToPassOn) -> list[Block]:
    row = duty.standing
    heading = f"*{name(row.body)}*, {name(row.partnership)}\n{stands.title(row)}"
    pass_on = button("Pass it on", Action.HAND_OVER, stands.value(row), about=stands.about(row))
    return [section(heading, button=pass_on), *standing_of(duty.handovers, row)]
