"""What people type to the bot."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.say.async_say import AsyncSay

from bot.views.plain_words import answer as answer_to
from bot.vigil import asker, vigil_of
from storage.errors import NotYours
from storage.queries.people import zone_of
from storage.queries.snoozes import to_answer


async def answer(event: dict[str, Any], say: AsyncSay, context: AsyncBoltContext) -> None:
    """A kind answer to a person's own words; nothing of them is kept or logged."""
    if event.get("channel_type") != "im" or "subtype" in event or "bot_id" in event:
        return
    vigil = vigil_of(context)
    now = vigil.clock.now()
    try:
        zone = await vigil.database.read(zone_of, **asker(context))
        duties = await vigil.database.read(to_answer, **asker(context), now=now)
    except NotYours:
        zone, duties = "Europe/London", []
    meaning = vigil.understand(str(event.get("text", "")), now=now, zone=ZoneInfo(zone))
    message = answer_to(meaning, duties)
    await say(text=message.text, blocks=message.blocks)
