"""The Bolt app: one client, two middlewares, the table of routes, one error handler."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.deliveries import Deliveries
from bot.errors import tell
from bot.listeners import register
from bot.vigil import Vigil


def build_app(
    *,
    client: AsyncWebClient,
    vigil: Vigil,
    deliveries: Deliveries,
    signing_secret: str | None,
) -> AsyncApp:
    """An app for the workspace of this client; without a signing secret, for Socket Mode only."""
    app = AsyncApp(
        client=client,
        # without a name Bolt looks for its caller’s file through the whole stack; it sets the level of a logger so named
        name="slack_bolt.app",
        logger=logging.getLogger("slack_bolt"),  # Bolt gives its own loggers this one's level
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
    )
    deliveries.watch(app)
    app.use(vigil.into_context)
    app.error(tell)
    register(app)
    return app
