"""Drafting a full return: its screens, which replace each other, and what is said once it is sent."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId
from bot.views import words
from bot.views.blocks import actions, button, context, name, section
from bot.views.inputs import form_modal
from bot.views.modals import plain_modal
from bot.views.questions import audience_field, fields, why_button
from bot.views.return_answers import finish_by, saved, signed
from storage.read_models import ReturnForm, ReturnStanding


def screen_modal(
    form: ReturnForm,
    *,
    screen: int,
    shows_why: bool = False,
    mistakes: Mapping[str, str] | None = None,
    until_then: str = "Nothing is saved until you put this right.",
) -> dict[str, Any]:
    """One screen (from 1) of the draft. `mistakes` could not be shown at their questions, and stand above them."""
    standing = form.standing
    asks, count = standing.asks, len(standing.asks.screens)
    value = ButtonValue(
        campaign_id=standing.campaign_id, partnership_id=standing.partnership_id, screen=screen
    )
    shown = asks.screens[screen - 1]
    blocks: list[Block] = [
        section(
            f"*{name(standing.partnership)}*\n{shown.title}\n{finish_by(standing, now=form.now)}"
        ),
        context(f"{saved(standing)} Moving on, going back and saving each keep what you wrote."),
    ]
    if standing.sent is not None:
        blocks.append(_sent_already(standing))
    if mistakes:
        blocks.append(_to_put_right(form, screen, mistakes, until_then))
    asked = [each for each in asks.asked_on(screen, form.answers) if each != asks.declaration]
    blocks += fields(asked, form.answers, shows_why=shows_why, leading=shown.leading)
    if screen == count:
        blocks += _ending(form)
    blocks.append(_buttons(value, shows_why=shows_why))
    return form_modal(
        ViewId.RETURN,
        value,
        blocks,
        title=f"{asks.title}, {screen} of {count}",
        submit="Send for signature" if screen == count else "Next",
        close="Close",
    )


def sent_modal(form: ReturnForm) -> dict[str, Any]:
    """It is with the sectors now."""
    standing = form.standing
    at = "" if standing.sent is None else f"Sent at {words.moment(standing.sent.at)}. "
    return plain_modal(
        standing.asks.title,
        [
            section(
                f"*Your return is sent for signature.*\n{name(standing.partnership)}\n{at}{signed(standing)}"
            ),
            section(
                "Each sector’s respondents find it on Vigil’s Home tab, and with */review-status*."
                " No message is sent to them, so tell them that it is there."
            ),
            context(
                "It counts once every sector has signed. If you change it, all of them sign again."
            ),
        ],
    )


def _sent_already(standing: ReturnStanding) -> Block:
    text = f"*You have sent this for signature.* {signed(standing)}"
    if standing.has_unsent_changes:
        text += " The draft has changes that have not been sent."
    return section(f"{text}\nIf you send it with changes, every sector sees them and signs again.")


def _to_put_right(
    form: ReturnForm, screen: int, mistakes: Mapping[str, str], until_then: str
) -> Block:
    asked = form.standing.asks.asked_on(screen, form.answers)
    texts = {question.ref: question.text for question in asked}
    lines = [f"• {texts.get(ref, ref)}\n{sentence}" for ref, sentence in mistakes.items()]
    return section("\n".join([f"*{until_then}*", *lines]))


def _ending(form: ReturnForm) -> list[Block]:
    """Who may read what was written, and what whoever sends it declares."""
    asks = form.standing.asks
    return [
        audience_field(form.audience, "Who may read what you wrote in your own words?"),
        section(f"You are replying for *{name(form.standing.partnership)}*, as its lead."),
        *fields([asks.declaration], {}),
    ]


def _buttons(value: ButtonValue, *, shows_why: bool) -> Block:
    buttons = [
        button("Save", Action.SAVE_RETURN, value),
        why_button(Action.WHY_RETURN, value, shows_why=shows_why),
    ]
    if value.screen > 1:
        buttons.insert(0, button("Back", Action.RETURN_BACK, value))
    return actions(*buttons)
