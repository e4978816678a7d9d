"""Reading a full return that was sent, and signing it."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import ButtonValue
from bot.views.filled_in import errors_at, filled_in
from bot.views.questions import shows_why
from bot.views.return_signing import read_modal, sign_modal, signed_modal
from bot.vigil import return_asker, vigil_of
from storage.queries import return_signatures
from storage.queries.replies import Refused
from storage.queries.return_signatures import SentAgain
from storage.queries.returns import return_to_read
from storage.read_models import ReturnToSign


async def read(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Read it’."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    found = await vigil.database.read(
        return_to_read, asker=return_asker(context, about), now=vigil.clock.now()
    )
    await client.views_open(trigger_id=body["trigger_id"], view=read_modal(found))


async def start(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Read and sign’."""
    await ack()
    found = await _to_sign(context, ButtonValue.decode(action["value"]))
    await client.views_open(trigger_id=body["trigger_id"], view=sign_modal(found))


async def toggle_why(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Why we ask’."""
    await ack()
    view = body["view"]
    found = await _to_sign(context, ButtonValue.decode(view["private_metadata"]))
    shown = sign_modal(found, shows_why=not shows_why(view))
    await client.views_update(view_id=view["id"], view=shown)


async def sign(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Sign’; a return that was sent again meanwhile is shown anew."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    outcome = await vigil.database.write(
        return_signatures.sign_return,
        asker=return_asker(context, about),
        partner_id=about.partner_id,
        revision=about.revision,
        submission=filled_in(view),
        now=vigil.clock.now(),
    )
    if isinstance(outcome, Refused):
        await ack(response_action="errors", errors=errors_at(view, outcome.mistakes))
        return
    shown = (
        sign_modal(outcome.to_sign, is_sent_again=True)
        if isinstance(outcome, SentAgain)
        else signed_modal(outcome)
    )
    await ack(response_action="update", view=shown)
    await show_change(client, context)


async def _to_sign(context: AsyncBoltContext, about: ButtonValue) -> ReturnToSign:
    vigil = vigil_of(context)
    return await vigil.database.read(
        return_signatures.return_to_sign,
        asker=return_asker(context, about),
        partner_id=about.partner_id,
        now=vigil.clock.now(),
    )
