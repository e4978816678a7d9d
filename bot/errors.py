"""What people see when something goes wrong: a known mistake in its own words, else a reference."""

import asyncio
import json
import logging
from typing import Any
from uuid import uuid4

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.views.modals import sorry_modal
from storage.errors import VigilError

log = logging.getLogger("vigil.errors")

#: Bolt looks for an acknowledgement every 10 ms, and takes one back when the listener has failed by then: Slack
#: would show a warning of its own, and the catch-all would answer too.
_ACKNOWLEDGEMENT_IS_SEEN = 0.05


async def tell(
    error: Exception,
    body: dict[str, Any],
    ack: AsyncAck,
    respond: AsyncRespond,
    client: AsyncWebClient,
    context: AsyncBoltContext,
) -> BoltResponse | None:
    """Bolt's error handler: answer in the place where the person is looking."""
    sentence = _sentence(error, context)
    if ack.response is not None:
        await asyncio.sleep(_ACKNOWLEDGEMENT_IS_SEEN)
    if body.get("type") == "view_submission":
        if ack.response is not None:
            return None  # the form has its answer, and what it said is stored
        answer = {"response_action": "update", "view": sorry_modal(sentence)}
        return BoltResponse(
            status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]}
        )
    if body.get("response_url"):
        await respond(text=sentence, response_type="ephemeral", replace_original=False)
    elif body.get("trigger_id"):
        await _open(client, body["trigger_id"], sentence)
    return None


def _sentence(error: Exception, context: AsyncBoltContext) -> str:
    if isinstance(error, VigilError):
        return str(error)
    reference = uuid4().hex[:8]
    log.error(
        "listener failed",
        exc_info=error,
        extra={"reference": reference, "team_id": context.team_id},
    )
    return f"Something went wrong. Try again. If it goes on, tell your administrator: {reference}."


async def _open(client: AsyncWebClient, trigger_id: str, sentence: str) -> None:
    try:
        await client.views_open(trigger_id=trigger_id, view=sorry_modal(sentence))
    except SlackApiError as refusal:  # the trigger was used or is too old; the log has the error
        log.warning("could not tell", extra={"slack_error": refusal.response.get("error")})
