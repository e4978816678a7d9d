"""A lead takes out what somebody typed: what it will do is shown first."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change, show_overseers
from bot.ids import ButtonValue
from bot.views.modals import sorry_modal, withdrawn_modal
from bot.views.withdrawal import withdraw_modal, withdraw_return_modal
from bot.vigil import asker, return_asker, vigil_of
from storage.queries import return_withdrawals, withdrawals
from storage.queries.withdrawals import Withdrawer

_NOTHING_LEFT = "Nothing that was typed is left here, so there is nothing to withdraw."


async def ask(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Withdraw the words’, beside a partner's reply."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    standing = await vigil.database.read(
        withdrawals.words_to_withdraw, withdrawer=_who(context, about), now=vigil.clock.now()
    )
    view = sorry_modal(_NOTHING_LEFT) if standing is None else withdraw_modal(standing)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Withdraw’."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    await vigil.database.write(
        withdrawals.withdraw, withdrawer=_who(context, about), now=vigil.clock.now()
    )
    await _done(about, ack, client, context)


async def ask_return(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Withdraw the words’, below a full return."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    standing = await vigil.database.read(
        return_withdrawals.return_words_to_withdraw,
        asker=return_asker(context, about),
        now=vigil.clock.now(),
    )
    view = sorry_modal(_NOTHING_LEFT) if standing is None else withdraw_return_modal(standing)
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def take_return(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘Withdraw’."""
    vigil, about = vigil_of(context), ButtonValue.decode(view["private_metadata"])
    await vigil.database.write(
        return_withdrawals.withdraw_return,
        asker=return_asker(context, about),
        now=vigil.clock.now(),
    )
    await _done(about, ack, client, context)


async def _done(
    about: ButtonValue, ack: AsyncAck, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Say so; the words leave the messages and Home tabs that show them, and the database's files."""
    await ack(response_action="update", view=withdrawn_modal())
    await show_change(client, context)
    await vigil_of(context).database.forget()
    await show_overseers(client, context, about.partnership_id)


def _who(context: AsyncBoltContext, about: ButtonValue) -> Withdrawer:
    return Withdrawer(**asker(context), round_id=about.round_id, partner_id=about.partner_id)
