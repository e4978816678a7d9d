"""files.*: an upload in three steps."""

import mimetypes
from functools import partial
from secrets import token_hex

from aiohttp import web

from bot.workspace.content.as_json import file_json
from bot.workspace.content.workspace import Conversation, File, Message
from bot.workspace.faults import through
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments, refused
from bot.workspace.rules import limit
from bot.workspace.web_api.chat import publish

#: What a browser may show by itself; everything else is a download.
_PICTURES = {"image/png", "image/jpeg", "image/gif"}


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
        comment, bot = arguments.get("initial_comment", ""), app.team.bot_user_id
        message = Message(app.workspace.stamp(), bot, comment, [], by_bot=True, files=shown)
        message.thread_ts = arguments.get("thread_ts")
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


async def upload(app: Installation, file: File, request: web.Request) -> web.StreamResponse:
    """The second step: the bytes, as they are or as a form's one file."""
    try:
        return await through(app.faults.take("upload"), request, partial(_take_in, request, file))
    except RefusedError as refusal:
        return refused(refusal)


async def _take_in(request: web.Request, file: File) -> web.StreamResponse:
    if request.content_type == "multipart/form-data":
        parts = (await request.post()).values()
        uploads = [part for part in parts if isinstance(part, web.FileField)]
        content = uploads[0].file.read() if uploads else b""
    else:
        content = await request.read()
    if len(content) != file.length:
        return web.Response(status=400, text="The length is not the one that was announced.")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


def download(file: File) -> web.StreamResponse:
    if file.content is None or not file.complete:
        raise web.HTTPNotFound(text="There is no such file here.")
    headers = {} if file.mimetype in _PICTURES else {"Content-Disposition": "attachment"}
    return web.Response(body=file.content, content_type=file.mimetype, headers=headers)
