"""A lead gives their area's term dates."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue
from bot.views.dates_modal import dates_modal, parse_dates
from bot.vigil import asker, vigil_of
from storage.queries import lead_dates
from storage.queries.replies import Refused


async def ask(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button beside an estimated deadline."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    asked = await vigil.database.read(
        lead_dates.dates_to_give, **asker(context), round_id=about.round_id, now=vigil.clock.now()
    )
    await client.views_open(trigger_id=body["trigger_id"], view=dates_modal(asked))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """The dates as the lead says them; mistakes go back into the open form."""
    vigil, (about, given) = vigil_of(context), parse_dates(view)
    outcome = await vigil.database.write(
        lead_dates.take,
        **asker(context),
        round_id=about.round_id,
        given=given,
        now=vigil.clock.now(),
    )
    if isinstance(outcome, Refused):
        await ack(response_action="errors", errors=outcome.mistakes)
        return
    await ack()
    await show_change(client, context)
