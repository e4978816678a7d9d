"""What people see when something goes wrong: a known mistake in its own words, else a reference."""

import asyncio
import json
import logging
from typing import Any
from uuid import uuid4

import aiohttp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.deliveries import AnswerLost
from bot.views.modals import sorry_home, sorry_modal
from storage.errors import DatabaseAway, VigilError

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
    if ack.response is not None:
        await asyncio.sleep(_ACKNOWLEDGEMENT_IS_SEEN)
    if isinstance(error, AnswerLost):
        log.warning("answer lost", extra={"team_id": context.team_id})
        return None
    sentence = _sentence(error, context)
    if body.get("type") == "view_submission":
        # where the form has its answer, what it said is stored
        return None if ack.response is not None else _answer_form(error, body["view"], sentence)
    try:
        await _say(sentence, body, respond, client)
    except SlackApiError as refusal:  # the trigger was used or is too old; the log has the error
        log.warning("could not tell", extra={"slack_error": refusal.response.get("error")})
    except (AnswerLost, aiohttp.ClientError, TimeoutError) as lost:
        log.warning("could not tell", extra={"error_type": type(lost).__name__})
    return None


async def _say(
    sentence: str, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient
) -> None:
    event = body.get("event", {})
    if body.get("response_url"):
        await respond(text=sentence, response_type="ephemeral", replace_original=False)
    elif body.get("trigger_id"):
        await client.views_open(trigger_id=body["trigger_id"], view=sorry_modal(sentence))
    elif event.get("type") == "app_home_opened":
        await client.views_publish(user_id=event["user"], view=sorry_home(sentence))


def _answer_form(error: Exception, view: dict[str, Any], sentence: str) -> BoltResponse:
    """A form that could not be stored stays open as it was typed; one that never will be gives way to the reason."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    is_final = isinstance(error, VigilError) and not isinstance(error, DatabaseAway)
    answer: dict[str, Any] = {"response_action": "update", "view": sorry_modal(sentence)}
    if inputs and not is_final:
        answer = {"response_action": "errors", "errors": {inputs[0]: sentence}}
    return BoltResponse(
        status=200, body=json.dumps(answer), headers={"content-type": ["application/json"]}
    )


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
