"""`/respond/TEAM/SECRET`: response URLs, and the answers that slash commands give at once."""

import json
from functools import partial

from aiohttp import web

from bot.workspace.blocks import checked_metadata
from bot.workspace.content.as_json import message_json
from bot.workspace.content.workspace import Conversation, Message
from bot.workspace.faults import through
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, refused
from bot.workspace.tickets import ResponseUrl
from bot.workspace.web_api.chat import changed, content_blocks, new_message, publish, remove

_KNOWN = {
    "text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts",
    "unfurl_links", "unfurl_media", "mrkdwn", "metadata", "link_names", "parse",
}  # fmt: skip


async def respond(app: Installation, request: web.Request) -> web.StreamResponse:
    try:
        fault = app.faults.take("respond")
        return await through(fault, request, partial(_answer, app, request))
    except RefusedError as refusal:
        app.log.refuse(method="respond", **refusal.as_json())
        if refusal.retry_after is not None:
            return refused(refusal)
        gone = refusal.error in {"expired_url", "used_url"}
        return web.json_response(refusal.as_json(), status=404 if gone else 400)


async def _answer(app: Installation, request: web.Request) -> web.StreamResponse:
    ticket = app.tickets.response_url(request.match_info["secret"])
    body = await _read(request)
    message = _follow(app, ticket, body)
    ticket.uses += 1
    ts = message.ts if message else None
    channel, user = ticket.conversation.id, ticket.user
    app.accepted("respond", channel=channel, user=user, ts=ts, arguments=body)
    return web.Response(text="ok")


async def _read(request: web.Request) -> JSON:
    try:
        body = json.loads(await request.text())
    except ValueError:
        body = None
    if not isinstance(body, dict) or body.keys() - _KNOWN:
        raise RefusedError("invalid_payload")
    return body


def _follow(app: Installation, ticket: ResponseUrl, body: JSON) -> Message | None:
    original = ticket.source
    if original is not None and original not in ticket.conversation.messages:
        original = None
    if body.get("delete_original"):
        if original is not None:
            remove(app, ticket.conversation, original)
        return original
    if body.get("replace_original") and original is not None:
        before = message_json(app.workspace, original)
        original.blocks, original.text = content_blocks(app, body), body.get("text", "")
        changed(app, ticket.conversation, original, before)
        return original
    return answer_in(app, ticket.conversation, ticket.user, body)


def answer_in(app: Installation, conversation: Conversation, user: str, body: JSON) -> Message:
    """A new message: to that person only, unless `response_type` says `in_channel`."""
    message = new_message(app, body)
    message.thread_ts = body.get("thread_ts")
    message.metadata = checked_metadata(body.get("metadata"))
    if body.get("response_type") == "in_channel":
        publish(app, conversation, message)
    else:
        message.only_for = user
        app.workspace.add_message(conversation, message)
    return message
