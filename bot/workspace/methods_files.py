"""files.*: an upload in three steps."""

import mimetypes
from secrets import token_hex

from bot.workspace.installation import Installation
from bot.workspace.methods_chat import new_message, publish
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rules import limit
from bot.workspace.state import Conversation, File
from bot.workspace.wire import file_json


def get_upload_url_external(app: Installation, arguments: JSON) -> JSON:
    if arguments["length"] <= 0:
        raise RefusedError("missing_argument")
    alt_txt = arguments.get("alt_txt", "")
    if len(alt_txt) > limit("file.alt_txt"):
        raise RefusedError("alt_txt_too_large")
    name = arguments["filename"]
    file = File(
        id=f"F{token_hex(5).upper()}",
        name=name,
        length=arguments["length"],
        secret=token_hex(16),
        alt_txt=alt_txt,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
    )
    app.workspace.files[file.id] = file
    return {"upload_url": f"{app.url}/upload/{file.id}/{file.secret}", "file_id": file.id}


def complete_upload_external(app: Installation, arguments: JSON) -> JSON:
    if not all(isinstance(item, dict) for item in arguments["files"]):
        raise invalid_arguments("must provide an object", "/files")
    files = [_uploaded(app, item) for item in arguments["files"]]
    if not files:
        raise invalid_arguments("no less than 1 items allowed", "/files")
    channels = [*arguments.get("channels", "").split(","), arguments.get("channel_id", "")]
    places = [_place(app, channel) for channel in channels if channel]
    for file, title in files:
        file.complete, file.title = True, title or file.title
    shown = [file_json(app.workspace, file, app.url) for file, _ in files]
    for place in places:
        message = new_message(app, arguments.get("initial_comment", ""), [])
        message.files, message.thread_ts = shown, arguments.get("thread_ts")
        publish(app, place, message)
    return {"files": shown}


def _uploaded(app: Installation, item: JSON) -> tuple[File, str]:
    file = app.workspace.files.get(str(item.get("id")))
    if file is None or file.content is None or file.complete:
        raise RefusedError("file_not_found")
    return file, str(item.get("title") or "")


def _place(app: Installation, channel: str) -> Conversation:
    conversation = app.workspace.conversations.get(channel)
    if conversation is None:
        raise RefusedError("invalid_channel")
    if app.team.bot_user_id not in conversation.members:
        raise RefusedError("posting_to_channel_denied")
    return conversation
