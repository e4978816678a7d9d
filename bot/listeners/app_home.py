"""The Home tab."""

from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.home import open_home


async def publish(event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext) -> None:
    """Somebody opened the tab; the messages tab raises the same event and needs nothing."""
    if event.get("tab") == "home":
        await open_home(client, context)
