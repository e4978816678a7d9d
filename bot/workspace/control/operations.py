"""The part of `/control` that is not a person: clock, log, faults, connections, conversations."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import get_type_hints

from bot.workspace.control.requests import Answer, CannotError, Request
from bot.workspace.faults import KINDS, Fault
from bot.workspace.people import Panel, StoryLine
from bot.workspace.refusal import JSON

_FASTEST = 1_000_000
_LINES = 12
_GOODBYES = ("warning", "refresh_requested", "link_disabled", "cut")


async def _log(request: Request) -> JSON:
    log = request.app.log
    return {"accepted": list(log.accepted), "refused": list(log.refused)}


async def _faults(request: Request) -> JSON:
    return {"faults": request.app.faults.as_json()}


async def _add_fault(request: Request) -> JSON:
    kinds = get_type_hints(Fault)
    for name, value in request.body.items():
        if name not in kinds:
            raise CannotError(f"A fault has no {name}.", 400)
        if not isinstance(value, kinds[name]):
            raise CannotError(f"The {name} of a fault cannot be {value!r}.", 400)
    try:
        request.app.faults.add(Fault(**request.body))
    except (TypeError, ValueError) as problem:
        raise CannotError(f"A fault's kind is one of: {', '.join(KINDS)}.", 400) from problem
    return await _faults(request)


async def _clear_faults(request: Request) -> JSON:
    request.app.faults.clear()
    return {"faults": []}


async def _connections(request: Request) -> JSON:
    return {"connections": request.app.socket_mode.connections}


async def _disconnect(request: Request) -> JSON:
    reason = request.body.get("disconnect")
    if reason not in _GOODBYES:
        raise CannotError(f"Give disconnect as one of: {', '.join(_GOODBYES)}.", 400)
    return {"disconnected": await request.app.socket_mode.disconnect(str(reason))}


async def _set_request_url(request: Request) -> JSON:
    url, http = request.body.get("url"), request.app.http
    try:
        if url is not None:
            await http.verify(str(url))
    except ValueError as problem:
        raise CannotError(str(problem), 409) from problem
    http.request_url = None if url is None else str(url)
    return {"url": url}


async def _restrict_history(request: Request) -> JSON:
    request.app.restricted_history = request.body.get("restricted") is True
    return {"restricted": request.app.restricted_history}


async def _add_channel(request: Request) -> JSON:
    workspace = request.app.workspace
    members = request.body.get("members", [])
    if not isinstance(members, list) or any(str(one) not in workspace.people for one in members):
        raise CannotError("Give members as a list of people's ids.", 400)
    name = request.text("name")
    if any(one.name == name for one in workspace.conversations.values()):
        raise CannotError(f"There is a #{name} already.", 409)
    bot = {request.app.team.bot_user_id} if request.body.get("with_bot") else set()
    id_ = f"C{request.app.team.team_id[1:]}{len(workspace.conversations)}"
    workspace.add_conversation(id_, "channel", name, {*members, *bot})
    workspace.tell("people")
    return {"id": id_}


def clock_routes(
    panel_of: Callable[[], Panel | None], tell_everybody: Callable[[], None]
) -> tuple[tuple[str, str, Answer], ...]:
    def panel() -> Panel:
        found = panel_of()
        if found is None:
            raise CannotError("There is no movable clock here.")
        return found

    async def read(_request: Request) -> JSON:
        return await _clock(panel())

    async def move(request: Request) -> JSON:
        await _move(panel(), request.body)
        tell_everybody()
        return await _clock(panel())

    return (("GET", "/control/clock", read), ("POST", "/control/clock", move))


async def _clock(panel: Panel) -> JSON:
    coming, happened = await panel.coming(_LINES), await panel.happened(_LINES)
    return {
        "now": _iso(panel.now()),
        "speed": panel.speed,
        "coming": [_line(one) for one in coming],
        "happened": [_line(one) for one in happened],
    }


def _line(one: StoryLine) -> JSON:
    people = [{"name": name, "user": user} for name, user in one.people]
    return {
        "at": _iso(one.at),
        "what": one.what,
        "people": people,
        "more": one.more,
        "real": one.real,
    }


async def _move(panel: Panel, body: JSON) -> None:
    try:
        if body.get("to_next") is True:
            await panel.move_to_next()
        elif isinstance(body.get("to"), str):
            await panel.move_to(_instant(body["to"]))
        elif isinstance(body.get("speed"), int | float) and 0 <= body["speed"] <= _FASTEST:
            panel.run_at(float(body["speed"]))
        else:
            raise CannotError("Give to (an instant), to_next, or speed (0 or more).", 400)
    except ValueError as problem:
        sentence = str(problem) or "Give the time with its zone, like 2026-09-07T09:00:00Z."
        raise CannotError(sentence, 400) from problem


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError
    return instant


def _iso(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


ROUTES: tuple[tuple[str, str, Answer], ...] = (
    ("GET", "/control/log", _log),
    ("GET", "/control/faults", _faults),
    ("POST", "/control/faults", _add_fault),
    ("DELETE", "/control/faults", _clear_faults),
    ("GET", "/control/socket", _connections),
    ("POST", "/control/socket", _disconnect),
    ("POST", "/control/request-url", _set_request_url),
    ("POST", "/control/history", _restrict_history),
    ("POST", "/control/conversations", _add_channel),
)
