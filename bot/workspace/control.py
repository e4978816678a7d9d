"""`/control`: all that a person can do, as JSON. docs/local-workspace.md describes it."""

import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.workspace import interactions
from bot.workspace.chosen import NotOnOfferError
from bot.workspace.deliveries import NotDeliveredError
from bot.workspace.drawn import drawn_home, drawn_message, drawn_view
from bot.workspace.installation import Installation
from bot.workspace.interactions import CannotError
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.state import Conversation, View

Answer = Callable[["Request"], Awaitable[JSON]]


class Request:
    """One request of the control API, with the names in its path looked up."""

    def __init__(
        self, app: Installation, path: Mapping[str, str], query: Mapping[str, str]
    ) -> None:
        self.app = app
        self.query = query
        self._path = path
        self.body: JSON = {}

    @property
    def person(self) -> WorkspacePerson:
        person = self.app.workspace.people.get(self._path["user"])
        if person is None or person.deleted:
            raise CannotError("There is no such person here.")
        return person

    @property
    def conversation(self) -> Conversation:
        return self.conversation_of(self._path["channel"])

    def conversation_of(self, channel: object) -> Conversation:
        found = self.app.workspace.conversations.get(str(channel))
        if found is None or self.person.user_id not in found.members:
            raise CannotError("There is no such conversation here.")
        return found

    def view(self) -> View:
        """The view that the body names, if it is on top of that person's screen."""
        user, workspace = self.person.user_id, self.app.workspace
        home = workspace.homes.get(user)
        top = workspace.stacks.get(user, [])[-1:]
        for view in [*top, *([home] if home else [])]:
            if view.id == self.body.get("view_id"):
                return view
        raise CannotError("That view is not open.", 409)

    def text(self, name: str) -> str:
        value = self.body.get(name)
        if not isinstance(value, str) or not value.strip():
            raise CannotError(f"Give {name} as text that is not empty.", 400)
        return value


async def _people(request: Request) -> JSON:
    app = request.app
    unread = app.workspace.unread()
    people = [
        {
            "id": person.user_id,
            "name": person.name,
            "title": person.title,
            "unread": unread[person.user_id],
        }
        for person in app.workspace.people.values()
        if not person.deleted
    ]
    return {"team": {"id": app.team.team_id, "name": app.team.name}, "people": people}


def _conversations_of(app: Installation, person: WorkspacePerson) -> list[Conversation]:
    everything = app.workspace.conversations.values()
    return [one for one in everything if person.user_id in one.members]


async def _conversations(request: Request) -> JSON:
    person = request.person
    request.app.workspace.direct_message(person.user_id)
    found = sorted(
        _conversations_of(request.app, person), key=lambda one: (one.kind != "im", one.name)
    )
    return {
        "conversations": [
            {
                "id": one.id,
                "kind": "im" if one.kind == "im" else "channel",
                "name": one.name,
                "unread": one.unread_by(person.user_id),
            }
            for one in found
        ]
    }


async def _messages(request: Request) -> JSON:
    user, conversation = request.person.user_id, request.conversation
    try:
        size = min(max(int(request.query.get("limit", "50")), 1), 200)
    except ValueError as problem:
        raise CannotError("Give limit as a whole number.", 400) from problem
    seen = conversation.seen_by(user)
    before = request.query.get("before")
    earlier = [message for message in seen if before is None or message.ts < before]
    if seen and before is None and conversation.unread_by(user):
        conversation.read_up_to[user] = seen[-1].ts
        request.app.workspace.tell("people", [user])
    return {
        "messages": [drawn_message(request.app, user, one) for one in earlier[-size:]],
        "has_more": len(earlier) > size,
    }


async def _type(request: Request) -> JSON:
    message = interactions.type_message(
        request.app, request.person, request.conversation, request.text("text")
    )
    return {"ts": message.ts}


async def _act_on_message(request: Request) -> JSON:
    conversation, user = request.conversation, request.person.user_id
    message = conversation.message(str(request.body.get("ts")))
    if message is None or message.only_for not in {None, user}:
        raise CannotError("There is no such message here.")
    await interactions.act_on_message(
        request.app, request.person, conversation, message, request.body
    )
    return {"acknowledged": True}


async def _give_command(request: Request) -> JSON:
    conversation = request.conversation_of(request.body.get("channel"))
    await interactions.give_command(request.app, request.person, conversation, request.text("text"))
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
    await interactions.open_home(request.app, request.person)
    return drawn_home(request.app, request.person.user_id)


async def _home(request: Request) -> JSON:
    return drawn_home(request.app, request.person.user_id)


_USER = "/control/people/{user}"
_CHANNEL = _USER + "/conversations/{channel}"
ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/control/people", _people),
    ("GET", "/control/commands", _commands),
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


def as_handler(
    answer: Answer, installation_of: Callable[[web.Request], Installation]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        app = installation_of(request)
        try:
            asked = Request(app, request.match_info, request.query)
            asked.body = await _read(request)
            return web.json_response(await answer(asked))
        except CannotError as problem:
            return _error(str(problem), problem.status)
        except NotOnOfferError as problem:
            return _error(str(problem), 400)
        except RefusedError as refusal:
            app.log.refuse(method="acknowledgement", **refusal.as_json())
            return _error(f"The app's answer is one that Slack refuses: {refusal.error}.", 502)
        except NotDeliveredError as problem:
            return _error(_not_delivered(app.team.app_name, problem.reason), 504)

    return handler


async def _read(request: web.Request) -> JSON:
    if request.method == "GET" or not request.can_read_body:
        return {}
    try:
        body = json.loads(await request.text())
    except ValueError as problem:
        raise CannotError("The body is not JSON.", 400) from problem
    if not isinstance(body, dict):
        raise CannotError("The body has to be a JSON object.", 400)
    return body


def _not_delivered(app_name: str, reason: str) -> str:
    if reason == "connection_failed":
        return f"{app_name} is not connected."
    if reason in {"timeout", "http_timeout"}:
        return f"{app_name} did not answer within 3 seconds."
    return f"{app_name} answered with an error."


def _error(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
