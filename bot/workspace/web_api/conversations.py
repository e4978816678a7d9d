"""conversations.*: where messages are."""

import base64
import re

from bot.workspace.content.as_json import conversation_json, message_json
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.rules import limit


def open_(app: Installation, arguments: JSON) -> JSON:
    if "channel" in arguments:
        conversation, already = app.conversation(arguments["channel"]), True
        if conversation.kind == "channel":
            raise RefusedError("method_not_supported_for_channel_type")
        return _opened(app, arguments, conversation.id, already=already)
    users = [user for user in arguments.get("users", "").split(",") if user]
    _check_users(app, users)
    app.needs("im:write" if len(users) == 1 else "mpim:write")
    conversation, already = app.workspace.conversation_with(users)
    if not already:
        app.workspace.tell("people")
    return _opened(app, arguments, conversation.id, already=already)


def _check_users(app: Installation, users: list[str]) -> None:
    if not users:
        raise RefusedError("users_list_not_supplied")
    if len(users) > limit("conversations.open.users"):
        raise RefusedError("too_many_users")
    for user in users:
        if user not in app.workspace.people:
            raise RefusedError("user_not_found")
        if app.workspace.people[user].deleted:
            raise RefusedError("user_disabled")


def _opened(app: Installation, arguments: JSON, channel: str, *, already: bool) -> JSON:
    shown: JSON = {"id": channel}
    if arguments.get("return_im"):
        shown = conversation_json(app.workspace, app.workspace.conversations[channel])
    return {"channel": shown, "no_op": already, "already_open": already}


def history(app: Installation, arguments: JSON) -> JSON:
    conversation = app.conversation(arguments["channel"], "history")
    if app.team.bot_user_id not in conversation.members:
        raise RefusedError("not_in_channel")
    size = _history_size(app, arguments.get("limit", 100))
    oldest = _timestamp(arguments.get("oldest") or "0", "invalid_ts_oldest")
    latest = _timestamp(arguments.get("latest") or "9999999999", "invalid_ts_latest")
    inclusive = bool(arguments.get("inclusive"))
    if arguments.get("cursor"):
        latest, inclusive = _from_cursor(arguments["cursor"]), True
    found = conversation.between(oldest, latest, inclusive=inclusive)
    found = [message for message in reversed(found) if not message.only_for]
    shown, rest = found[:size], found[size:]
    metadata = bool(arguments.get("include_all_metadata"))
    answer: JSON = {
        "messages": [message_json(app.workspace, one, metadata=metadata) for one in shown],
        "has_more": bool(rest),
        "pin_count": 0,
    }
    if rest:
        answer["response_metadata"] = {"next_cursor": _cursor(rest[0].ts)}
    return answer


def _timestamp(text: str, otherwise: str) -> str:
    """As messages have it, so that the two compare as text."""
    found = re.fullmatch(r"(\d{1,10})(?:\.(\d{1,6}))?", text)
    if found is None:
        raise RefusedError(otherwise)
    return f"{found[1]:0>10}.{found[2] or '':0<6}"


def _history_size(app: Installation, asked: int) -> int:
    if not 1 <= asked <= limit("history.limit"):
        raise RefusedError("invalid_limit")
    if not app.restricted_history:
        return asked
    a_minute = limit("history.restricted.a_minute")
    app.pacing.take(("conversations.history", "restricted"), a_minute=a_minute, burst=a_minute)
    return min(asked, limit("history.restricted.limit"))


def info(app: Installation, arguments: JSON) -> JSON:
    conversation = app.conversation(arguments["channel"], "read")
    return {"channel": conversation_json(app.workspace, conversation)}


def members(app: Installation, arguments: JSON) -> JSON:
    conversation = app.conversation(arguments["channel"], "read")
    page, cursor = paged(sorted(conversation.members), arguments, 100)
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def paged(everything: list[str], arguments: JSON, unless_told: int) -> tuple[list[str], str]:
    """One page of ids and the cursor of the next one, which is empty at the end."""
    size = arguments.get("limit") or unless_told
    if not 1 <= size <= limit("page"):
        raise RefusedError("invalid_limit")
    first = _from_cursor(arguments["cursor"]) if arguments.get("cursor") else ""
    rest = [one for one in everything if one >= first]
    following = rest[size : size + 1]
    return rest[:size], _cursor(following[0]) if following else ""


def _cursor(place: str) -> str:
    return base64.b64encode(f"next:{place}".encode()).decode()


def _from_cursor(cursor: str) -> str:
    try:
        word, _, place = base64.b64decode(cursor, validate=True).decode().partition(":")
    except ValueError:
        word = place = ""
    if word != "next":
        raise RefusedError("invalid_cursor")
    return place
