"""Taking out what somebody typed: the buttons, and what will happen, to be confirmed."""

from typing import Any

from slack_sdk.models.blocks import ButtonElement

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import standing as stands
from bot.views.blocks import button, name, section
from bot.views.inputs import form_modal
from storage.questions import lower_first
from storage.read_models import ReturnStanding, Standing

_TITLE = "Withdraw the words"
_CANNOT = (
    "*What cannot be undone*\n"
    "People may have read, copied or exported the words, or seen them in a notification."
    " A backup made before keeps them."
)


def withdraw_button(standing: Standing) -> ButtonElement:
    """For a lead: to take out what the partner typed in this round."""
    value = _value_of_reply(standing)
    about = f"{standing.body}, {standing.round_title or standing.partnership}"
    return button(_TITLE, Action.WITHDRAW_REPLY, value, about=about)


def withdraw_return_button(standing: ReturnStanding) -> ButtonElement:
    """The same for a full return."""
    about = f"{standing.asks.title}, {standing.partnership}"
    return button(_TITLE, Action.WITHDRAW_RETURN, _value_of_return(standing), about=about)


def withdraw_modal(standing: Standing) -> dict[str, Any]:
    """What becomes of a partner's words, its choices and the messages that show them."""
    lines = [
        "What they typed is taken out of every version of this reply.",
        "The same words go from this partner’s other replies too. In another partnership its own lead withdraws them.",
        "What they chose stays, so all counts stay right.",
        "Nobody can bring the words back, not even you.",
        "Vigil’s own messages that show the words are changed.",
        "They are told that a lead withdrew the words, and on which day.",
        "They are not told why. You can tell them in person.",
    ]
    about = f"*{name(standing.body)}*, {name(standing.partnership)}\n{stands.title(standing)}"
    return _modal(ViewId.WITHDRAW_REPLY, _value_of_reply(standing), about, lines)


def withdraw_return_modal(standing: ReturnStanding) -> dict[str, Any]:
    """The same for a full return: its draft, what was sent, and what the sectors added."""
    lines = [
        "What was typed is taken out of the draft, of everything that was sent, and of what the sectors added.",
        "Web addresses go too.",
        "What was chosen stays, and so do signatures and counts.",
        "Nobody can bring the words back, not even you.",
        "Whoever reads the return is told that a lead withdrew the words, and on which day.",
        "They are not told why. You can tell them in person.",
    ]
    about = (
        f"*{name(standing.partnership)}*\n"
        f"The {lower_first(standing.asks.title)}, {standing.campaign_title}"
    )
    return _modal(ViewId.WITHDRAW_RETURN, _value_of_return(standing), about, lines)


def _modal(view_id: ViewId, value: ButtonValue, about: str, lines: list[str]) -> dict[str, Any]:
    happens = "\n".join(["*If you withdraw the words*", *(f"• {line}" for line in lines)])
    blocks = [section(about), section(happens), section(_CANNOT)]
    return form_modal(view_id, value, blocks, title=_TITLE, submit="Withdraw", close="Cancel")


def _value_of_reply(standing: Standing) -> ButtonValue:
    return ButtonValue(
        round_id=standing.round_id,
        partner_id=standing.partner_id,
        partnership_id=standing.partnership_id,
    )


def _value_of_return(standing: ReturnStanding) -> ButtonValue:
    return ButtonValue(campaign_id=standing.campaign_id, partnership_id=standing.partnership_id)
