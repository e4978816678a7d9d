"""A lead drafts the full return, screen by screen, and sends it for signature."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue, View
from bot.views.filled_in import errors_at, filled_in
from bot.views.questions import shows_why
from bot.views.return_screens import screen_modal, sent_modal
from bot.vigil import return_asker, vigil_of
from storage.queries import return_drafts
from storage.queries.replies import Refused
from storage.queries.return_drafts import Unfinished
from storage.read_models import ReturnForm


async def start(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button on the board; a draft goes on where it was left."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    form = await vigil.database.read(
        return_drafts.return_form, asker=return_asker(context, about), now=vigil.clock.now()
    )
    view = screen_modal(form, screen=form.unfinished or 1)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def pass_on(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Next’, or on the last screen ‘Send for signature’: the next screen stands in the place of this one."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    outcome = await vigil.database.write(
        return_drafts.pass_on,
        asker=return_asker(context, about),
        screen=about.screen,
        submission=filled_in(view),
        now=vigil.clock.now(),
    )
    if isinstance(outcome, Refused):
        await ack(response_action="errors", errors=errors_at(view, outcome.mistakes))
        return
    await ack(response_action="update", view=_next_view(outcome, about.screen))
    await show_change(client, context)


def _next_view(outcome: Unfinished | ReturnForm, screen: int) -> dict[str, Any]:
    if isinstance(outcome, Unfinished):
        return screen_modal(
            outcome.form,
            screen=outcome.screen,
            mistakes=outcome.mistakes,
            until_then="Nothing is sent until you put this right.",
        )
    is_sent = screen >= len(outcome.standing.asks.screens)
    return sent_modal(outcome) if is_sent else screen_modal(outcome, screen=screen + 1)


async def save_and_go_back(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Back’: what was filled in here stays."""
    await ack()
    await _save(body["view"], client, context, steps=-1)


async def save(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Save’, with whatever is still open."""
    await ack()
    await _save(body["view"], client, context)


async def toggle_why(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Why we ask’."""
    await ack()
    await _save(body["view"], client, context, toggles_why=True)


async def follow(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """An answer that decides what else is asked was changed."""
    await ack()
    if body.get("view", {}).get("callback_id") == View.RETURN:
        await _save(body["view"], client, context)


async def _save(
    view: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
    *,
    steps: int = 0,
    toggles_why: bool = False,
) -> None:
    """Keep the screen as it is, and show it or another one.

    What is refused is told above the questions, and Slack keeps what was typed, since the fields keep their names.
    """
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    who, now, submission = return_asker(context, about), vigil.clock.now(), filled_in(view)
    outcome = await vigil.database.write(
        return_drafts.keep_draft,
        asker=who,
        screen=about.screen,
        submission=submission,
        now=now,
        must_answer=False,
    )
    screen, shows = about.screen, shows_why(view) is not toggles_why
    if isinstance(outcome, Refused):
        form = await vigil.database.read(return_drafts.return_form, asker=who, now=now)
        good = {
            ref: answer for ref, answer in submission.answers.items() if ref not in outcome.mistakes
        }
        form, mistakes = replace(form, unsaved=good), outcome.mistakes
    else:
        form, mistakes = outcome, {}
        screen = max(screen + steps, 1)
    shown = screen_modal(form, screen=screen, shows_why=shows, mistakes=mistakes)
    await client.views_update(view_id=view["id"], view=shown)
