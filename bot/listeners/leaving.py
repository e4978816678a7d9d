"""‘This is not my duty any more’, confirmed; and somebody whose account Slack says is closed."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue
from bot.views.leaving import gave_up_modal, give_up_modal
from bot.vigil import asker, vigil_of
from storage.queries import leaving


async def ask(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """A button that names one duty, or none of several: what would happen."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    duties = await vigil.database.read(
        leaving.duties_held,
        **asker(context),
        partner_id=about.partner_id or None,
        now=vigil.clock.now(),
    )
    await client.views_open(trigger_id=body["trigger_id"], view=give_up_modal(duties))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """It is confirmed."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    await vigil.database.write(
        leaving.give_up,
        **asker(context),
        partner_id=about.partner_id or None,
        now=vigil.clock.now(),
    )
    await ack(response_action="update", view=gave_up_modal())
    await show_change(client, context)


async def account_changed(event: dict[str, Any], context: AsyncBoltContext) -> None:
    """Something about a user has changed: only that the account is closed matters here; who is called how does not."""
    user = event.get("user")
    if not isinstance(user, dict) or user.get("deleted") is not True:
        return
    vigil = vigil_of(context)
    if await vigil.database.write(
        leaving.account_closed,
        team_id=context.team_id or "",
        slack_user_id=str(user.get("id")),
        now=vigil.clock.now(),
    ):
        vigil.wake()
