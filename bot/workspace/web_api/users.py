"""auth.test, apps.connections.open and users.*."""

from bot.workspace.content.as_json import bot_user_json, person_json, slackbot_json
from bot.workspace.content.workspace import SLACKBOT
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON, RefusedError
from bot.workspace.web_api.conversations import paged


def auth_test(app: Installation, _arguments: JSON) -> JSON:
    team = app.team
    return {
        "url": f"{app.url}/",
        "team": team.name,
        "user": team.app_name.lower().replace(" ", ""),
        "team_id": team.team_id,
        "user_id": team.bot_user_id,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(app: Installation, _arguments: JSON) -> JSON:
    address = app.url.replace("http", "ws", 1)
    ticket = app.socket_mode.new_ticket()
    return {"url": f"{address}/socket/link?ticket={ticket}&app_id={app.team.app_id}"}


def info(app: Installation, arguments: JSON) -> JSON:
    return {"user": _user_json(app, arguments.get("user", ""))}


def list_(app: Installation, arguments: JSON) -> JSON:
    everybody = sorted([*app.workspace.people, app.team.bot_user_id])
    page, cursor = paged(everybody, arguments, 1000)
    return {
        "members": [_user_json(app, user) for user in page],
        "cache_ts": app.workspace.story_seconds(),
        "response_metadata": {"next_cursor": cursor},
    }


def lookup_by_email(app: Installation, arguments: JSON) -> JSON:
    wanted = arguments["email"].strip().lower()
    for person in app.workspace.people.values():
        if person.email.lower() == wanted and not person.deleted:
            return {"user": _user_json(app, person.user_id)}
    raise RefusedError("users_not_found")


def _user_json(app: Installation, user: str) -> JSON:
    if user == app.team.bot_user_id:
        return bot_user_json(app.workspace)
    if user == SLACKBOT:
        return slackbot_json(app.workspace)
    person = app.workspace.people.get(user)
    if person is None:
        raise RefusedError("user_not_found")
    email = "users:read.email" in app.team.scopes
    return person_json(app.workspace, person, email=email)
