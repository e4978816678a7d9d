"""A lead stops the reminders to a partner, or goes on with them."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import Action, ButtonValue
from bot.views import review_status as views
from bot.views.modals import board_modal
from bot.vigil import asker, vigil_of
from storage.queries.reminder_stops import Stopper, resume_reminders, stop_reminders
from storage.read_models import ReviewStatus


async def change(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Stop reminders’ and ‘Go on with reminders’, in the message and on the board."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    stops = action["action_id"] == Action.STOP_REMINDERS
    await vigil.database.write(
        stop_reminders if stops else resume_reminders,
        stopper=Stopper(**asker(context), round_id=about.round_id, partner_id=about.partner_id),
        now=vigil.clock.now(),
    )
    status = await show_change(client, context)
    if status is not None:
        await _show_board(status, about, body, respond, client)


async def _show_board(
    status: ReviewStatus,
    about: ButtonValue,
    body: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
) -> None:
    """The board on which it was pressed, as it now stands; a message of Vigil's own is brought up to date by dispatch."""
    view = body.get("view") or {}
    if (body.get("container") or {}).get("is_ephemeral"):
        shown = views.review_status(status)
        await respond(text=shown.text, blocks=shown.blocks, replace_original=True)
    elif view.get("type") == "modal":
        for board in status.boards:
            if board.partnership_id == about.partnership_id:
                await client.views_update(view_id=view["id"], view=board_modal(status, board))
