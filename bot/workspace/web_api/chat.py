"""chat.*: messages of the bot."""

from bot.workspace.blocks import checked_message_blocks, checked_metadata, uploaded_pictures
from bot.workspace.content.as_json import escape, message_json
from bot.workspace.content.workspace import Conversation, Message
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rules import limit


def post_message(app: Installation, arguments: JSON) -> JSON:
    conversation = _place_to_post(app, arguments["channel"])
    _pace(app, conversation)
    message = new_message(app, arguments)
    message.metadata = checked_metadata(arguments.get("metadata"))
    message.thread_ts = _thread(conversation, arguments)
    shown = publish(app, conversation, message)
    answer = {"channel": conversation.id, "ts": message.ts, "message": shown}
    if len(arguments.get("text", "")) > limit("message.text"):
        answer["response_metadata"] = {"warnings": ["message_truncated"]}
    return answer


def post_ephemeral(app: Installation, arguments: JSON) -> JSON:
    conversation = _place_to_post(app, arguments["channel"])
    user = arguments["user"]
    if user not in conversation.members or user not in app.workspace.people:
        raise RefusedError("user_not_in_channel")
    message = new_message(app, arguments)
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
    metadata = checked_metadata(arguments.get("metadata"))
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


def new_message(app: Installation, content: JSON) -> Message:
    """A message of the bot with that text and those blocks, if Slack would show them."""
    blocks, text = content_blocks(app, content), content.get("text", "")[: limit("message.text")]
    return Message(app.workspace.stamp(), app.team.bot_user_id, text, blocks, by_bot=True)


def publish(app: Installation, conversation: Conversation, message: Message) -> JSON:
    """Adds the message, tells the app of it, and returns it in Slack's JSON."""
    app.workspace.add_message(conversation, message)
    shown = message_json(app.workspace, message)
    app.deliveries.message_event(conversation, {**shown, "event_ts": message.ts})
    return shown


def changed(app: Installation, conversation: Conversation, message: Message, before: JSON) -> None:
    after = {"message": message_json(app.workspace, message), "previous_message": before}
    _tell_of_change(app, conversation, message, "message_changed", after)


def remove(app: Installation, conversation: Conversation, message: Message) -> None:
    conversation.messages.remove(message)
    gone = {"deleted_ts": message.ts, "previous_message": message_json(app.workspace, message)}
    _tell_of_change(app, conversation, message, "message_deleted", gone)


def _tell_of_change(
    app: Installation, conversation: Conversation, message: Message, subtype: str, what: JSON
) -> None:
    app.workspace.tell_about(conversation, message)
    if not message.only_for:
        stamp = app.workspace.stamp()
        event = {"type": "message", "subtype": subtype, "hidden": True, **what}
        app.deliveries.message_event(conversation, {**event, "ts": stamp, "event_ts": stamp})


def content_blocks(app: Installation, arguments: JSON) -> list[JSON]:
    """Raises RefusedError when there is nothing to show or Slack would not show it."""
    blocks = arguments.get("blocks")
    text = arguments.get("text", "")
    if not isinstance(text, str):
        raise invalid_arguments("must be a string", "/text")
    if not blocks and not text.strip():
        raise RefusedError("no_text")
    checked = checked_message_blocks(blocks) if blocks else []
    for index, picture in uploaded_pictures(checked):
        file = app.workspace.files.get(str(picture["slack_file"].get("id")))
        if file is None or not file.complete:
            message = f"[ERROR] invalid slack file [json-pointer:/blocks/{index}/slack_file]"
            raise RefusedError("invalid_blocks", messages=[message])
    return checked


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
    a_minute, burst = limit("post.a_minute_a_channel"), limit("post.burst_a_channel")
    app.pacing.take(("post", conversation.id), a_minute=a_minute, burst=burst)
    everywhere = limit("post.a_minute_a_workspace")
    app.pacing.take(("post",), a_minute=everywhere, burst=everywhere)


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
