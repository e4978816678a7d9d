"""What the page draws: messages and views as one person sees them."""

from copy import deepcopy

from bot.workspace.blocks import uploaded_pictures
from bot.workspace.blocks.choices import plain_values
from bot.workspace.content.workspace import File, Message, View
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON


def drawn_message(app: Installation, user: str, message: Message) -> JSON:
    filled = message.filled.get(user, {})
    return {
        "ts": message.ts,
        "user": message.user,
        "name": _name_of(app, message.user),
        "bot": message.by_bot,
        "text": message.text,
        "blocks": _with_pictures(app, message.blocks),
        "values": plain_values(message.blocks, filled),
        "files": [_file(app, file) for file in message.files],
        "thread_ts": message.thread_ts,
        "edited": message.edited is not None,
        "ephemeral": message.only_for is not None,
    }


def drawn_view(app: Installation, view: View) -> JSON:
    content = view.content
    return {
        "id": view.id,
        "type": view.kind,
        "title": content.get("title"),
        "blocks": _with_pictures(app, content["blocks"]),
        "submit": content.get("submit"),
        "close": content.get("close"),
        "callback_id": content.get("callback_id", ""),
        "previous_view_id": view.previous_id,
        "values": plain_values(content["blocks"], view.filled),
    }


def drawn_home(app: Installation, user: str) -> JSON:
    home = app.workspace.homes.get(user)
    return {"view": drawn_view(app, home) if home else None}


def _name_of(app: Installation, user: str) -> str:
    if user == app.team.bot_user_id:
        return app.team.app_name
    return app.workspace.people[user].name


def _file(app: Installation, shown: JSON) -> JSON:
    file: File = app.workspace.files[shown["id"]]
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "alt": file.alt_txt,
        "url": file.path,
    }


def _with_pictures(app: Installation, blocks: list[JSON]) -> list[JSON]:
    """Pictures that were uploaded get an address that the page may load."""
    if not any(uploaded_pictures(blocks)):
        return blocks
    drawn = deepcopy(blocks)
    for _, picture in uploaded_pictures(drawn):
        file = app.workspace.files.get(str(picture["slack_file"].get("id")))
        if file is not None:
            picture["image_url"] = file.path
    return drawn
