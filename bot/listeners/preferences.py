"""When in the day and how often somebody wants to be reminded."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.views.preferences_modal import parse_preferences, preferences_modal
from bot.vigil import asker, vigil_of
from storage.queries.wishes import keep_wishes, own_wishes


async def ask(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """The button on the Home tab."""
    await ack()
    vigil = vigil_of(context)
    wishes = await vigil.database.read(own_wishes, **asker(context), now=vigil.clock.now())
    await client.views_open(trigger_id=body["trigger_id"], view=preferences_modal(wishes))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """What was chosen."""
    vigil = vigil_of(context)
    await vigil.database.write(
        keep_wishes, **asker(context), wishes=parse_preferences(view), now=vigil.clock.now()
    )
    await ack()
    await show_change(client, context)
