"""The reply form: opening it, taking what was filled in, and ‘Still so’."""

from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue, View
from bot.views.also_for import kept_modal, read
from bot.views.filled_in import errors_at, filled_in
from bot.views.modals import stored_modal
from bot.views.questions import shows_why
from bot.views.reply_modal import reply_modal, topic_modal
from bot.vigil import replier, vigil_of
from storage.queries import pressed_replies, shared_replies
from storage.queries.replies import Refused, Stored


async def open_form(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button in a reminder, on the board or on the Home tab."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    duty = await vigil.database.read(
        shared_replies.duty, replier=replier(context, about), now=vigil.clock.now()
    )
    await client.views_open(trigger_id=body["trigger_id"], view=reply_modal(duty))


async def toggle_why(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Why we ask’, on either screen: Slack keeps what was filled in, since the fields keep their names."""
    await ack()
    vigil, view = vigil_of(context), body["view"]
    about = ButtonValue.decode(view["private_metadata"])
    duty = await vigil.database.read(
        shared_replies.duty,
        replier=replier(context, about),
        now=vigil.clock.now(),
        also_for=read(about.also_for),
    )
    draw = topic_modal if view["callback_id"] == View.TOPIC else reply_modal
    shown = draw(duty, shows_why=not shows_why(view))
    await client.views_update(view_id=view["id"], view=shown)


async def submit(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Send reply’: mistakes go back into the open form, with everything as it was typed."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    submission = filled_in(view)
    if about.also_for:
        submission = replace(submission, also_for=read(about.also_for))
    outcome = await vigil.database.write(
        shared_replies.submit,
        replier=replier(context, about),
        submission=submission,
        now=vigil.clock.now(),
    )
    if isinstance(outcome, Refused):
        await ack(response_action="errors", errors=errors_at(view, outcome.mistakes))
        return
    next_view = _next_view(view, outcome)
    await (ack() if next_view is None else ack(response_action="update", view=next_view))
    await show_change(client, context)


def _next_view(view: dict[str, Any], outcome: Stored) -> dict[str, Any] | None:
    """The topic's screen where the round has one; for whom it was kept, and the receipt where no message becomes it."""
    if view["callback_id"] == View.REPLY and outcome.duty.standing.form.topic_questions:
        return topic_modal(outcome.duty)
    if outcome.duty.also:
        return kept_modal(outcome.duty)
    return None if outcome.has_message else stored_modal()


async def confirm(
    ack: AsyncAck, action: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Still so’: one press."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    await vigil.database.write(
        pressed_replies.confirm,
        replier=replier(context, about),
        reply_id=about.reply_id,
        now=vigil.clock.now(),
    )
    await show_change(client, context)
