"""‘Not now’, ‘Nothing has changed’, and what plain words offer to do instead of a reply."""

from datetime import date
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import show_change
from bot.ids import Block, ButtonValue
from bot.views.leaving import give_up_modal
from bot.views.modals import sorry_modal
from bot.views.not_now_modal import Choice, not_now_modal, parse_not_now, reminded_on
from bot.views.pass_on_modal import pass_on_modal
from bot.views.plain_words import done_message
from bot.vigil import asker, replier, vigil_of
from storage.clock import LONDON
from storage.queries import absences, leaving, passing_on, pressed_replies, replies, snoozes
from storage.read_models import Away


async def ask(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button in a reminder."""
    await ack()
    vigil = vigil_of(context)
    duty = await vigil.database.read(
        replies.duty,
        replier=replier(context, ButtonValue.decode(action["value"])),
        now=vigil.clock.now(),
    )
    await client.views_open(trigger_id=body["trigger_id"], view=not_now_modal(duty))


async def take(
    ack: AsyncAck, view: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    """What was chosen; a day that does not do goes back into the open form."""
    vigil, (about, chosen) = vigil_of(context), parse_not_now(view)
    now = vigil.clock.now()
    if chosen.choice is Choice.GIVE_UP:
        duties = await vigil.database.read(
            leaving.duties_held, **asker(context), partner_id=about.partner_id, now=now
        )
        await ack(response_action="update", view=give_up_modal(duties))
        return
    if chosen.choice is Choice.HAND_OVER:
        form = await vigil.database.read(
            passing_on.pass_on_form, replier=replier(context, about), now=now
        )
        await ack(response_action="update", view=pass_on_modal(form))
        return
    on = chosen.remind_on(now.astimezone(LONDON).date())
    if chosen.choice is Choice.ANOTHER_WAY:
        await vigil.database.write(
            pressed_replies.reply_another_way, replier=replier(context, about), now=now
        )
    elif on is None:
        await ack(response_action="errors", errors={Block.DAY: "Choose the day here."})
        return
    else:
        try:
            await vigil.database.write(
                snoozes.snooze,
                **asker(context),
                on=on,
                duties=[(about.round_id, about.partner_id)],
                now=now,
            )
        except snoozes.SnoozeRefused as mistake:
            at = Block.DAY if chosen.choice is Choice.ON_A_DAY else Block.WHEN
            await ack(response_action="errors", errors={at: str(mistake)})
            return
    await ack()
    await show_change(client, context)


async def nothing_changed(
    ack: AsyncAck,
    action: dict[str, Any],
    body: dict[str, Any],
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """One press says again what was said last time; what no longer holds is told."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    refused = await vigil.database.write(
        pressed_replies.confirm_last_time,
        replier=replier(context, about),
        reply_id=about.reply_id,
        now=vigil.clock.now(),
    )
    if refused is not None:
        sentence = " ".join(refused.mistakes.values())
        view = sorry_modal(f"Last time’s answer does not hold any more. {sentence} Press ‘Reply’.")
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        return
    await show_change(client, context)


async def another_way(
    ack: AsyncAck,
    action: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The button that plain words brought."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    await vigil.database.write(
        pressed_replies.reply_another_way, replier=replier(context, about), now=vigil.clock.now()
    )
    await _say("It is kept that you have replied another way.", respond, client, context)


async def remind_me(
    ack: AsyncAck,
    action: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The day that plain words said, confirmed with a press: for all that the person owes."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    on = date.fromisoformat(about.day)
    await vigil.database.write(
        snoozes.snooze, **asker(context), on=on, duties=None, now=vigil.clock.now()
    )
    await _say(reminded_on(on), respond, client, context)


async def am_away(
    ack: AsyncAck,
    action: dict[str, Any],
    respond: AsyncRespond,
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> None:
    """The absence that plain words said, or its end, confirmed with a press."""
    await ack()
    vigil, about = vigil_of(context), ButtonValue.decode(action["value"])
    now = vigil.clock.now()
    form = await vigil.database.read(absences.away_form, **asker(context), person_id=None, now=now)
    if not about.day:
        await vigil.database.write(
            absences.come_back, **asker(context), person_id=form.own_id, now=now
        )
        await _say("Welcome back. Reminders come again.", respond, client, context)
        return
    away = Away(
        person_id=form.own_id,
        first_day=date.fromisoformat(about.day),
        last_day=date.fromisoformat(about.last_day),
    )
    await vigil.database.write(absences.set_away, **asker(context), away=away, now=now)
    await _say(
        "It is kept that you are away. Your deputy is asked meanwhile, if you have one.",
        respond,
        client,
        context,
    )


async def leave_it(ack: AsyncAck, respond: AsyncRespond) -> None:
    """Nothing is kept of what was typed."""
    await ack()
    message = done_message("Nothing was kept.")
    await respond(text=message.text, blocks=message.blocks, replace_original=True)


async def _say(
    sentence: str, respond: AsyncRespond, client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    message = done_message(sentence)
    await respond(text=message.text, blocks=message.blocks, replace_original=True)
    await show_change(client, context)
