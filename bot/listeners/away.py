"""Somebody is away, or back again."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import Block, ButtonValue
from bot.views.away_modal import away_modal, parse_away
from bot.vigil import asker, vigil_of
from storage.queries import absences


async def ask(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button on the Home tab and on a lead's board."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    form = await vigil.database.read(
        absences.away_form,
        **asker(context),
        person_id=about.person_id or None,
        now=vigil.clock.now(),
    )
    await client.views_open(trigger_id=body["trigger_id"], view=away_modal(form))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """The days as they were given; a mistake goes back into the open form."""
    vigil = vigil_of(context)
    try:
        await vigil.database.write(
            absences.set_away, **asker(context), away=parse_away(view), now=vigil.clock.now()
        )
    except absences.AwayRefused as mistake:
        await ack(response_action="errors", errors={Block(mistake.at): str(mistake)})
        return
    await ack()
    await show_change(client, context)


async def remove(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Remove’ beside an absence: the form shows what is left."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    form = await vigil.database.write(
        absences.come_back, **asker(context), person_id=about.person_id, now=vigil.clock.now()
    )
    await client.views_update(view_id=body["view"]["id"], view=away_modal(form))
    await show_change(client, context)
