"""`/control`: how requests are read, and mistakes answered. docs/local-workspace.md has the API."""

import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.workspace.blocks.choices import NotOnOfferError
from bot.workspace.content.workspace import Conversation, View
from bot.workspace.installation import Installation
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON, NotDeliveredError, RefusedError

Answer = Callable[["Request"], Awaitable[JSON]]


class CannotError(Exception):
    """A person cannot do that; the argument is a sentence for them, `status` the HTTP status."""

    def __init__(self, sentence: str, status: int = 404) -> None:
        super().__init__(sentence)
        self.status = status


class Request:
    """One request of the control API, with the names in its path looked up."""

    def __init__(self, app: Installation, request: web.Request, body: JSON) -> None:
        self.app = app
        self.query: Mapping[str, str] = request.query
        self.body = body
        self._path = request.match_info

    @property
    def person(self) -> WorkspacePerson:
        person = self.app.workspace.people.get(self._path["user"])
        if person is None or person.deleted or person.is_bot or person.is_stranger:
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


def as_handler(
    answer: Answer, installation_of: Callable[[web.Request], Installation]
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        app = installation_of(request)
        try:
            asked = Request(app, request, await _read(request))
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
