"""What people type to the bot."""

from typing import Any

from slack_bolt.context.say.async_say import AsyncSay

from bot.views.answers import typed_answer


async def answer(event: dict[str, Any], say: AsyncSay) -> None:
    """A kind answer to a person's own words; nothing of them is kept or logged."""
    if event.get("channel_type") == "im" and "subtype" not in event and "bot_id" not in event:
        message = typed_answer()
        await say(text=message.text, blocks=message.blocks)
