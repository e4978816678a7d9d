"""The payloads of interactions and commands, in Slack's shape."""

from bot.workspace.deliveries import verification_token
from bot.workspace.installation import Installation
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON
from bot.workspace.state import Conversation, Message, View
from bot.workspace.wire import escaped, message_json, state_values, user_name, view_json


def command(
    app: Installation, person: WorkspacePerson, conversation: Conversation, name: str, text: str
) -> JSON:
    team = app.team
    secret = app.tickets.new_response_url(person.user_id, conversation, None)
    return {
        "token": verification_token(app.workspace),
        "team_id": team.team_id,
        "team_domain": team.domain,
        "channel_id": conversation.id,
        "channel_name": channel_name(conversation),
        "user_id": person.user_id,
        "user_name": user_name(person),
        "command": name,
        "text": text,
        "api_app_id": team.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(app, secret),
        "trigger_id": app.tickets.new_trigger(person.user_id),
    }


def message_action(
    app: Installation,
    person: WorkspacePerson,
    conversation: Conversation,
    message: Message,
    action: JSON,
) -> JSON:
    secret = app.tickets.new_response_url(person.user_id, conversation, message)
    filled = message.filled.get(person.user_id, {})
    payload: JSON = {
        "type": "block_actions",
        **_common(app, person),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": conversation.id,
            "is_ephemeral": message.only_for is not None,
        },
        "trigger_id": app.tickets.new_trigger(person.user_id),
        "channel": {"id": conversation.id, "name": channel_name(conversation)},
        "state": {"values": escaped(state_values(message.blocks, filled))},
        "response_url": response_url(app, secret),
        "actions": [escaped(action)],
    }
    if message.only_for is None:
        # Slack leaves the message out when it is ephemeral.
        payload["message"] = message_json(app.workspace, message)
    return payload


def view_action(app: Installation, person: WorkspacePerson, view: View, action: JSON) -> JSON:
    return {
        "type": "block_actions",
        **_common(app, person),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": app.tickets.new_trigger(person.user_id, view),
        "view": view_json(app.workspace, view),
        "actions": [action],
    }


def view_submission(app: Installation, person: WorkspacePerson, view: View) -> JSON:
    return {
        "type": "view_submission",
        **_common(app, person),
        "trigger_id": app.tickets.new_trigger(person.user_id, view),
        "view": view_json(app.workspace, view),
        "response_urls": [],
    }


def view_closed(app: Installation, person: WorkspacePerson, view: View, *, cleared: bool) -> JSON:
    return {
        "type": "view_closed",
        **_common(app, person),
        "view": view_json(app.workspace, view),
        "is_cleared": cleared,
    }


def channel_name(conversation: Conversation) -> str:
    return "directmessage" if conversation.kind == "im" else conversation.name


def response_url(app: Installation, secret: str) -> str:
    return f"{app.url}/respond/{app.team.team_id}/{secret}"


def _common(app: Installation, person: WorkspacePerson) -> JSON:
    team = app.team
    return {
        "user": {
            "id": person.user_id,
            "username": user_name(person),
            "name": user_name(person),
            "team_id": team.team_id,
        },
        "api_app_id": team.app_id,
        "token": verification_token(app.workspace),
        "team": {"id": team.team_id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
