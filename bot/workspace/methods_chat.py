"""chat.*: messages of the bot."""

import json

from bot.workspace.blocks import checked_message_blocks
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rules import limit
from bot.workspace.shapes import Findings, metadata_shape
from bot.workspace.state import Conversation, Message
from bot.workspace.wire import escape, message_json


def post_message(app: Installation, arguments: JSON) -> JSON:
    conversation = _place_to_post(app, arguments["channel"])
    _pace(app, conversation)
    text, truncated = _cut(arguments.get("text", ""))
    message = new_message(app, text, content_blocks(app, arguments))
    message.metadata = checked_metadata(arguments)
    message.thread_ts = _thread(conversation, arguments)
    publish(app, conversation, message)
    shown = message_json(app.workspace, message)
    answer = {"channel": conversation.id, "ts": message.ts, "message": shown}
    if truncated:
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


def post_ephemeral(app: Installation, arguments: JSON) -> JSON:
    conversation = _place_to_post(app, arguments["channel"])
    user = arguments["user"]
    if user not in conversation.members or user not in app.workspace.people:
        raise RefusedError("user_not_in_channel")
    text, _ = _cut(arguments.get("text", ""))
    message = new_message(app, text, content_blocks(app, arguments))
    message.only_for, message.thread_ts = user, _thread(conversation, arguments)
    app.workspace.add_message(conversation, message)
    return {"message_ts": message.ts}


def update(app: Installation, arguments: JSON) -> JSON:
    conversation = app.conversation(arguments["channel"])
    message = _own_message(app, conversation, arguments["ts"], "cant_update_message")
    if not {"text", "blocks", "metadata"} & arguments.keys():
        raise RefusedError("no_text")
    if len(escape(arguments.get("text", "")).encode()) > limit("message.update_bytes"):
        raise RefusedError("msg_too_long")
    text = arguments.get("text", message.text)
    blocks = None
    if arguments.keys() & {"text", "blocks"}:
        blocks = content_blocks(app, {**arguments, "text": text})
    metadata = checked_metadata(arguments)
    before = message_json(app.workspace, message)
    if blocks is not None:
        # Text without blocks takes the old blocks away: methods/chat.update.
        message.blocks, message.text = blocks, text
    if "metadata" in arguments:
        message.metadata = metadata
    if "text" in arguments and not blocks:
        message.edited = {"user": app.team.bot_user_id, "ts": app.workspace.stamp()}
    changed(app, conversation, message, before)
    shown = message_json(app.workspace, message)
    return {"channel": conversation.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(app: Installation, arguments: JSON) -> JSON:
    conversation = app.conversation(arguments["channel"])
    message = _own_message(app, conversation, arguments["ts"], "cant_delete_message")
    remove(app, conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def new_message(app: Installation, text: str, blocks: list[JSON]) -> Message:
    return Message(app.workspace.stamp(), app.team.bot_user_id, text, blocks, by_bot=True)


def publish(app: Installation, conversation: Conversation, message: Message) -> None:
    app.workspace.add_message(conversation, message)
    event = {**message_json(app.workspace, message), "event_ts": message.ts}
    app.deliveries.message_event(conversation, event)


def changed(app: Installation, conversation: Conversation, message: Message, before: JSON) -> None:
    app.workspace.tell_about(conversation, message)
    if message.only_for:
        return
    stamp = app.workspace.stamp()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "message": message_json(app.workspace, message),
        "previous_message": before,
        "ts": stamp,
        "event_ts": stamp,
    }
    app.deliveries.message_event(conversation, event)


def remove(app: Installation, conversation: Conversation, message: Message) -> None:
    conversation.messages.remove(message)
    app.workspace.tell_about(conversation, message)
    if message.only_for:
        return
    stamp = app.workspace.stamp()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "deleted_ts": message.ts,
        "previous_message": message_json(app.workspace, message),
        "ts": stamp,
        "event_ts": stamp,
    }
    app.deliveries.message_event(conversation, event)


def content_blocks(app: Installation, arguments: JSON) -> list[JSON]:
    """Raises RefusedError when there is nothing to show or Slack would not show it."""
    blocks = arguments.get("blocks")
    text = arguments.get("text", "")
    if not isinstance(text, str):
        raise invalid_arguments("must be a string", "/text")
    if not blocks and not text.strip():
        raise RefusedError("no_text")
    checked = checked_message_blocks(blocks) if blocks else []
    for index, block in enumerate(checked):
        file = block.get("slack_file")
        known = app.workspace.files.get(str(file.get("id"))) if file else None
        if file and (known is None or not known.complete):
            message = f"[ERROR] invalid slack file [json-pointer:/blocks/{index}/slack_file]"
            raise RefusedError("invalid_blocks", messages=[message])
    return checked


def checked_metadata(arguments: JSON) -> JSON | None:
    metadata = arguments.get("metadata")
    if not metadata:
        return None
    findings = Findings()
    metadata_shape(findings, metadata, "/metadata")
    if findings.messages:
        raise RefusedError("invalid_metadata_schema", messages=findings.messages)
    if len(json.dumps(metadata)) > limit("message.metadata"):
        raise RefusedError("metadata_too_large")
    return dict(metadata)


def _place_to_post(app: Installation, channel: str) -> Conversation:
    if channel in app.workspace.people:
        # A user id stands for the direct message with that person. Slack takes it even when the
        # person was deactivated: slackapi/python-slack-sdk issue 1156.
        return app.workspace.direct_message(channel)[0]
    conversation = app.conversation(channel)
    public = conversation.kind == "channel" and "chat:write.public" in app.team.scopes
    if app.team.bot_user_id not in conversation.members and not public:
        raise RefusedError("not_in_channel")
    return conversation


def _pace(app: Installation, conversation: Conversation) -> None:
    workspace_wide = limit("post.a_minute_a_workspace")
    app.pacing.take(
        ("post", conversation.id),
        a_minute=limit("post.a_minute_a_channel"),
        burst=limit("post.burst_a_channel"),
    )
    app.pacing.take(("post",), a_minute=workspace_wide, burst=workspace_wide)


def _cut(text: str) -> tuple[str, bool]:
    most = limit("message.text")
    return text[:most], len(text) > most


def _thread(conversation: Conversation, arguments: JSON) -> str | None:
    ts: str | None = arguments.get("thread_ts")
    if ts and conversation.message(ts) is None:
        raise RefusedError("thread_not_found")
    return ts


def _own_message(app: Installation, conversation: Conversation, ts: str, otherwise: str) -> Message:
    message = conversation.message(ts)
    if message is None or message.only_for:
        # chat.update and chat.delete cannot reach ephemeral messages.
        raise RefusedError("message_not_found")
    if message.user != app.team.bot_user_id:
        raise RefusedError(otherwise)
    return message
