"""Presses that nothing answers any more: an old message, an old form."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot.views.modals import sorry_modal

_OLD = "This belongs to an older version of Vigil. Type /review-status to see how things stand and to reply."


async def answer_action(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
) -> None:
    """A button that is not ours any more; choosing in a form is no press and needs no answer."""
    await ack()
    if action.get("type") == "button":
        await client.views_open(trigger_id=body["trigger_id"], view=sorry_modal(_OLD))


async def answer_view(ack: AsyncAck) -> None:
    """A form that is not ours any more."""
    await ack(response_action="update", view=sorry_modal(_OLD))
