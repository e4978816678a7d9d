"""Opening a campaign that stands ready: from the offer, or from the board."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue
from bot.views.offer import draft_modal
from bot.vigil import asker, vigil_of
from storage.queries import offers


async def look(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """What would be sent, and to whom."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    now = vigil.clock.now()
    await vigil.database.read(
        offers.may_open, **asker(context), partnership_id=about.partnership_id, now=now
    )
    offer = await vigil.database.read(
        vigil.look_ahead, of=[(about.campaign_id, about.partnership_id)], now=now
    )
    await client.views_open(trigger_id=body["trigger_id"], view=draft_modal(offer))


async def open_from_message(
    ack: AsyncAck, action: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """The button in the offer; the message then says that it is open."""
    await ack()
    about = ButtonValue.decode(action["value"])
    await _open(about, context)
    await show_change(client, context, partnership_id=about.partnership_id)


async def open_from_modal(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """The same from the board."""
    about = ButtonValue.decode(view["private_metadata"])
    await _open(about, context)
    await ack()
    await show_change(client, context, partnership_id=about.partnership_id)


async def _open(about: ButtonValue, context: AsyncBoltContext) -> None:
    vigil = vigil_of(context)
    await vigil.database.write(
        offers.open_draft,
        **asker(context),
        campaign_id=about.campaign_id,
        partnership_id=about.partnership_id,
        now=vigil.clock.now(),
    )
