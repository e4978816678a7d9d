"""What people type to the bot."""

from typing import Any
from zoneinfo import ZoneInfo

from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.say.async_say import AsyncSay

from bot.views.blocks import Message
from bot.views.leaving import not_mine
from bot.views.pass_on_modal import duties_to_pass_on
from bot.views.plain_words import answer as answer_to
from bot.views.plain_words import end
from bot.vigil import asker, vigil_of
from storage.clock import LONDON
from storage.meanings import Help, NotMine, PassOn, SomethingElse, Thanks, Worry
from storage.queries import passing_on
from storage.queries.leaving import duties_held
from storage.queries.snoozes import owed_by

#: What is answered the same whoever asks; a worry about a child does not wait for a database.
_SAME_FOR_ALL = (Worry, Help, Thanks, SomethingElse)


async def answer(event: dict[str, Any], say: AsyncSay, context: AsyncBoltContext) -> None:
    """A kind answer to a person's own words; nothing of them is kept or logged."""
    if event.get("channel_type") == "im" and "subtype" not in event and "bot_id" not in event:
        message = await _message(str(event.get("text", "")), context)
        await say(text=message.text, blocks=message.blocks)


async def _message(typed: str, context: AsyncBoltContext) -> Message:
    vigil = vigil_of(context)
    now = vigil.clock.now()
    meaning = vigil.understand(typed, now=now, zone=LONDON)
    if isinstance(meaning, _SAME_FOR_ALL):
        return answer_to(meaning, [])
    if isinstance(meaning, NotMine):
        return not_mine(
            await vigil.database.read(duties_held, **asker(context), partner_id=None, now=now)
        )
    if isinstance(meaning, PassOn):
        duties = await vigil.database.read(passing_on.duties_to_pass_on, **asker(context), now=now)
        return duties_to_pass_on(duties, end())
    owed = await vigil.database.read(owed_by, **asker(context), now=now)
    return answer_to(vigil.understand(typed, now=now, zone=ZoneInfo(owed.zone)), owed.duties)
