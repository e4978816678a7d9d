"""‘This is not my duty any more’: which one, and what happens then. Nothing ends before it is confirmed."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import words
from bot.views.blocks import (
    NOT_FOR_CONCERNS,
    Message,
    actions,
    button,
    context,
    message,
    name,
    section,
)
from bot.views.inputs import form_modal
from bot.views.modals import plain_modal
from storage.read_models import HeldDuty

#: So many partners are listed with a button each; with more, all can be given up at once.
_MOST = 40
_MOST_NAMES = 4
_MOST_PLACES = 2
_TITLE = "Not my duty any more"
_AWAY = "If it is only for a time, say that you are away: your deputy is asked meanwhile, if you have one."


def not_mine(duties: Sequence[HeldDuty]) -> Message:
    """The answer to who typed that a duty is not theirs: a button for each, which asks once more."""
    if not duties:
        text = "You answer for no partner. If you hold another post and it has ended, tell your Vigil administrator."
        return message([section(text), context(NOT_FOR_CONCERNS)])
    blocks: list[Block] = [section(f"Which is not your duty any more? {_AWAY}")]
    blocks += [
        section(
            f"*{name(duty.body)}*\n{name(duty.partnership)}",
            button=button(
                "Not my duty",
                Action.GIVE_UP,
                ButtonValue(partner_id=duty.partner_id),
                about=f"{duty.partnership}, {duty.body}",
            ),
        )
        for duty in duties[:_MOST]
    ]
    others = [button("I am away", Action.SAY_AWAY, ButtonValue())]
    if len(duties) > 1:
        others.append(button("None is my duty", Action.GIVE_UP, ButtonValue()))
    return message(
        [
            *blocks,
            actions(*others),
            context(
                f"What you typed is not kept. Nothing ends before you confirm it. {NOT_FOR_CONCERNS}"
            ),
        ]
    )


def give_up_modal(duties: Sequence[HeldDuty]) -> dict[str, Any]:
    """What happens if they give up this duty, or all of these, to be confirmed."""
    partner_id = duties[0].partner_id if len(duties) == 1 else 0
    lines = [
        "You get no more messages about it, from now on.",
        f"{_who_is_told(duties)} is told, and can have somebody else named.",
        *_who_is_left(duties),
        "What you have replied stays.",
        "Messages that asked you for it lose their buttons.",
    ]
    blocks = [
        section(f"*You will no longer be asked for {_what(duties)}.*"),
        section("\n".join(f"• {line}" for line in lines)),
        context(
            f"It does not come back by itself: only the administrator can name you again. {_AWAY}"
        ),
    ]
    return form_modal(
        ViewId.GIVE_UP,
        ButtonValue(partner_id=partner_id),
        blocks,
        title=_TITLE,
        submit="It is not mine",
        close="Keep it",
    )


def _what(duties: Sequence[HeldDuty]) -> str:
    """'West Midlands Police in Birmingham …', or how many partners and in which partnerships."""
    if len(duties) == 1:
        return f"{name(duties[0].body)} in {name(duties[0].partnership)}"
    where = [name(duty.partnership) for duty in duties]
    return f"any of your {len(duties)} partners, in {words.listed(where, at_most=_MOST_PLACES)}"


def _who_is_told(duties: Sequence[HeldDuty]) -> str:
    if len(duties) == 1:
        return "Your partnership’s lead" if duties[0].has_lead else "Vigil’s administrator"
    everywhere = all(duty.has_lead for duty in duties)
    return f"Each partnership’s lead{'' if everywhere else ', or Vigil’s administrator,'}"


def _who_is_left(duties: Sequence[HeldDuty]) -> list[str]:
    alone = [duty for duty in duties if not duty.others]
    if len(duties) > 1:
        return (
            [f"For {len(alone)} of them nobody else answers until somebody is named."]
            if alone
            else []
        )
    if alone:
        return ["Nobody else answers for it until somebody is named."]
    others = list(map(name, duties[0].others))
    verb = "answers" if len(others) == 1 else "answer"
    return [f"{words.listed(others, at_most=_MOST_NAMES)} still {verb} for it."]


def gave_up_modal() -> dict[str, Any]:
    """That it is so."""
    return plain_modal(
        _TITLE,
        [
            section("*It is not your duty any more.* You get no more messages about it."),
            section("Whoever can have somebody else named is told. Thank you for your work."),
        ],
    )
