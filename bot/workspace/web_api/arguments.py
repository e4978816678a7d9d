"""A call's arguments, however they were sent: query string, form, multipart or JSON."""

import json
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl

from aiohttp import web

from bot.workspace.refusal import JSON, RefusedError, invalid_arguments

#: Arguments that every method takes.
_EVERYWHERE = {"token", "pretty", "team_id"}


@dataclass(frozen=True)
class Sent:
    token: str
    query: JSON
    body: JSON
    is_json: bool

    def arguments(self, *, json: bool = True) -> JSON:
        """All that was sent; a method that does not read JSON never sees it."""
        merged = {**self.query, **({} if self.is_json and not json else self.body)}
        return {name: value for name, value in merged.items() if name not in _EVERYWHERE}


async def read(request: web.Request) -> Sent:
    """Raises RefusedError when the body cannot be read as what it says it is."""
    query: JSON = dict(request.query)
    body: JSON = {}
    is_json = request.content_type == "application/json"
    if request.method == "POST" and request.can_read_body:
        body = await _read_body(request)
    # With JSON, Slack looks for the token only in the header.
    token = str(query.get("token", "") if is_json else {**query, **body}.get("token", ""))
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = credentials.strip()
    return Sent(token, query, body, is_json)


async def _read_body(request: web.Request) -> JSON:
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text())
        except ValueError as problem:
            raise RefusedError("invalid_json") from problem
        if not isinstance(body, dict):
            raise RefusedError("json_not_object")
        return body
    if request.content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(await request.text(), keep_blank_values=True))
    if request.content_type == "multipart/form-data":
        return dict(await request.post())
    if request.content_type == "text/plain":
        return {}  # A valid type, in which nothing is read.
    raise RefusedError("invalid_post_type")


@cache
def _kinds(takes: str) -> dict[str, tuple[str, bool]]:
    """For each argument its kind, and whether it has to be there."""
    kinds = {}
    for word in takes.split():
        name, _, kind = word.rstrip("!").partition(":")
        kinds[name] = (kind or "text", word.endswith("!"))
    return kinds


def checked(sent: JSON, takes: str) -> JSON:
    """The arguments as the kinds that a method asks for: text, whole, flag, object or list.

    Raises:
        RefusedError: one is missing, unknown or of the wrong kind.
    """
    kinds = _kinds(takes)
    for name, (_, required) in kinds.items():
        if required and sent.get(name) in (None, ""):
            raise invalid_arguments(f"missing required field: {name}", f"/{name}")
    arguments: JSON = {}
    for name, value in sent.items():
        if name not in kinds:
            raise invalid_arguments(f"no such argument: {name}", f"/{name}")
        if value is not None:
            arguments[name] = _as_kind(name, value, kinds[name][0])
    return arguments


def _as_kind(name: str, value: object, kind: str) -> object:
    if kind == "text":
        if isinstance(value, bool | dict | list):
            raise invalid_arguments("must be a string", f"/{name}")
        return str(value)
    if kind == "flag":
        if str(value).lower() not in {"true", "1", "false", "0", ""}:
            raise invalid_arguments("must be a boolean", f"/{name}")
        return str(value).lower() in {"true", "1"}
    if kind == "whole":
        try:
            return int(str(value))
        except ValueError as problem:
            raise invalid_arguments("must be an integer", f"/{name}") from problem
    return _structure(name, value, kind)


def _structure(name: str, value: object, kind: str) -> object:
    """Blocks, views and metadata: in a form they arrive as JSON in a string."""
    wrong = {
        "blocks": RefusedError("invalid_blocks_format"),
        "metadata": RefusedError("invalid_metadata_format"),
    }.get(name, invalid_arguments("must be valid JSON", f"/{name}"))
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError as problem:
            raise wrong from problem
    if not isinstance(value, dict if kind == "object" else list):
        raise wrong
    return value
