"""Passing a duty to a colleague: asking, the colleague's answer, and taking it back."""

from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import colleague_of
from bot.home import show_change
from bot.ids import Action, Block, ButtonValue
from bot.views.pass_on_modal import (
    HowLong,
    asked_modal,
    parse_pass_on,
    pass_on_modal,
    taken_back_modal,
)
from bot.vigil import asker, replier, vigil_of
from storage.queries import passing_on, taking_over
from storage.queries.inviting import PassOnRefused


async def open_form(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button that plain words brought."""
    await ack()
    vigil = vigil_of(context)
    form = await vigil.database.read(
        passing_on.pass_on_form,
        replier=replier(context, ButtonValue.decode(action["value"])),
        now=vigil.clock.now(),
    )
    await client.views_open(trigger_id=body["trigger_id"], view=pass_on_modal(form))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """Whom to ask and for how long; what does not do goes back into the open form."""
    vigil, (about, chosen) = vigil_of(context), parse_pass_on(view)
    try:
        colleague = await colleague_of(
            client, slack_user_id=chosen.slack_user_id, team_id=context.team_id or ""
        )
        name = await vigil.database.write(
            passing_on.ask,
            replier=replier(context, about),
            colleague=colleague,
            for_good=chosen.how_long is HowLong.FOR_GOOD,
            now=vigil.clock.now(),
        )
    except PassOnRefused as mistake:
        await ack(response_action="errors", errors={Block(mistake.at): str(mistake)})
        return
    await ack(response_action="update", view=asked_modal(name))
    await show_change(client, context)


async def answer(
    ack: AsyncAck, action: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """‘I agree’ and ‘No, not me’."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    await vigil.database.write(
        taking_over.answer_handover,
        **asker(context),
        handover_id=about.handover_id,
        agrees=action["action_id"] == Action.AGREE,
        now=vigil.clock.now(),
    )
    await show_change(client, context)


async def take_back(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """‘Take it back’, under the message that reminds of the duty and where plain words brought it."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    name = await vigil.database.write(
        taking_over.take_back,
        **asker(context),
        handover_id=about.handover_id,
        now=vigil.clock.now(),
    )
    await client.views_open(trigger_id=body["trigger_id"], view=taken_back_modal(name))
    await show_change(client, context)
