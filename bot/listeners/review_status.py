"""/review-status, and opening one partnership of several."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.ids import ButtonValue
from bot.views import answers
from bot.views import review_status as views
from bot.views.blocks import Message
from bot.views.modals import board_modal, sorry_modal
from bot.vigil import asker, vigil_of
from storage.queries.review_status import review_status


async def answer(
    ack: AsyncAck, command: dict[str, Any], respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    """Privately, what the person's posts allow; `help` explains."""
    await ack()
    message = await _message(command.get("text", "").strip().casefold(), context)
    await respond(text=message.text, blocks=message.blocks, response_type="ephemeral")


async def _message(words: str, context: AsyncBoltContext) -> Message:
    if words == "help":
        return answers.help_message()
    if words:
        return answers.unknown_words_message()
    vigil = vigil_of(context)
    return views.review_status(
        await vigil.database.read(review_status, **asker(context), now=vigil.clock.now())
    )


async def open_board(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button beside one of a lead's partnerships."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    status = await vigil.database.read(review_status, **asker(context), now=vigil.clock.now())
    board = next(
        (board for board in status.boards if board.partnership_id == about.partnership_id), None
    )
    view = (
        sorry_modal("You no longer see this partnership.")
        if board is None
        else board_modal(status, board)
    )
    await client.views_open(trigger_id=body["trigger_id"], view=view)
