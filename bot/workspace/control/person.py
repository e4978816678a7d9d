"""`/control`: all that a person can do."""

from dataclasses import replace

from bot.workspace.content.workspace import Conversation
from bot.workspace.control import interactions
from bot.workspace.control.drawn import drawn_home, drawn_message, drawn_view
from bot.workspace.control.requests import Answer, CannotError, Request
from bot.workspace.refusal import JSON


async def _people(request: Request) -> JSON:
    app = request.app
    unread = app.workspace.unread()
    people = [
        {"id": id_, "name": one.name, "title": one.title, "unread": unread[id_]}
        for id_, one in app.workspace.people.items()
        if not (one.deleted or one.is_bot or one.is_stranger)
    ]
    shown = {one["id"] for one in people}
    others = [
        {"id": id_, "name": name}
        for id_, name in app.workspace.members().items()
        if id_ not in shown
    ]
    team = {"id": app.team.team_id, "name": app.team.name}
    return {"team": team, "people": people, "others": others}


async def _conversations(request: Request) -> JSON:
    user, workspace = request.person.user_id, request.app.workspace
    workspace.direct_message(user)
    theirs = [one for one in workspace.conversations.values() if user in one.members]
    theirs.sort(key=lambda one: (one.kind != "im", one.name))
    return {"conversations": [_conversation(one, user) for one in theirs]}


def _conversation(one: Conversation, user: str) -> JSON:
    kind = "im" if one.kind == "im" else "channel"
    return {"id": one.id, "kind": kind, "name": one.name, "unread": one.unread_by(user)}


async def _messages(request: Request) -> JSON:
    user, conversation = request.person.user_id, request.conversation
    try:
        size = min(max(int(request.query.get("limit", "50")), 1), 200)
    except ValueError as problem:
        raise CannotError("Give limit as a whole number.", 400) from problem
    seen = conversation.seen_by(user)
    before = request.query.get("before")
    read_up_to = conversation.read_up_to.get(user, "")
    earlier = [message for message in seen if before is None or message.ts < before]
    if seen and before is None and conversation.unread_by(user):
        conversation.read_up_to[user] = seen[-1].ts
        request.app.workspace.tell("people")
    return {
        "messages": [drawn_message(request.app, user, one) for one in earlier[-size:]],
        "has_more": len(earlier) > size,
        "read_up_to": read_up_to,
    }


async def _type(request: Request) -> JSON:
    person, conversation, text = request.person, request.conversation, request.text("text")
    thread = request.body.get("thread_ts")
    if thread is not None and conversation.message(str(thread)) is None:
        raise CannotError("There is no such message here.")
    message = interactions.type_message(request.app, person, conversation, text, thread)
    return {"ts": message.ts}


async def _act_on_message(request: Request) -> JSON:
    conversation, user = request.conversation, request.person.user_id
    message = conversation.message(str(request.body.get("ts")))
    if message is None or message.only_for not in {None, user}:
        raise CannotError("There is no such message here.")
    person, press = request.person, request.body
    await interactions.act_on_message(request.app, person, conversation, message, press)
    return {"acknowledged": True}


async def _give_command(request: Request) -> JSON:
    conversation, line = request.conversation_of(request.body.get("channel")), request.text("text")
    await interactions.give_command(request.app, request.person, conversation, line)
    return {"acknowledged": True}


async def _commands(request: Request) -> JSON:
    commands = [
        {"command": one.command, "description": one.description, "usage_hint": one.usage_hint}
        for one in request.app.team.commands
    ]
    return {"commands": commands}


async def _view(request: Request) -> JSON:
    stack = request.app.workspace.stacks.get(request.person.user_id)
    return {"view": drawn_view(request.app, stack[-1]) if stack else None}


async def _act_on_view(request: Request) -> JSON:
    await interactions.act_on_view(request.app, request.person, request.view(), request.body)
    return {"acknowledged": True}


async def _submit(request: Request) -> JSON:
    values = request.body.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
        raise CannotError("Give values as {BLOCK: {ACTION: value}}.", 400)
    result = await interactions.submit(request.app, request.person, request.view(), values)
    if result["result"] == "updated":
        stack = request.app.workspace.stacks[request.person.user_id]
        result["view"] = drawn_view(request.app, stack[-1])
    return result


async def _close(request: Request) -> JSON:
    await interactions.close(request.app, request.person, request.view())
    return {"result": "closed"}


async def _open_home(request: Request) -> JSON:
    tab = request.body.get("tab", "home")
    if tab not in {"home", "messages"}:
        raise CannotError("Give tab as home or messages.", 400)
    await interactions.open_tab(request.app, request.person, tab)
    return drawn_home(request.app, request.person.user_id)


async def _home(request: Request) -> JSON:
    return drawn_home(request.app, request.person.user_id)


async def _deactivate(request: Request) -> JSON:
    request.app.put_person(replace(request.person, deleted=True))
    return {"deactivated": True}


_USER = "/control/people/{user}"
_CHANNEL = _USER + "/conversations/{channel}"
ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/control/people", _people),
    ("GET", "/control/commands", _commands),
    ("POST", f"{_USER}/deactivate", _deactivate),
    ("GET", f"{_USER}/conversations", _conversations),
    ("GET", f"{_CHANNEL}/messages", _messages),
    ("POST", f"{_CHANNEL}/messages", _type),
    ("POST", f"{_CHANNEL}/actions", _act_on_message),
    ("POST", f"{_USER}/commands", _give_command),
    ("GET", f"{_USER}/view", _view),
    ("POST", f"{_USER}/view/actions", _act_on_view),
    ("POST", f"{_USER}/view/submit", _submit),
    ("POST", f"{_USER}/view/close", _close),
    ("GET", f"{_USER}/home", _home),
    ("POST", f"{_USER}/home", _open_home),
)
