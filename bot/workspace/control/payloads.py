"""The payloads of interactions and commands, in Slack's shape."""

from bot.workspace.blocks import state_values
from bot.workspace.content.as_json import escaped, message_json, user_name, view_json
from bot.workspace.content.workspace import Conversation, Message, View
from bot.workspace.delivery.deliveries import verification_token
from bot.workspace.installation import Installation
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON


def command(
    app: Installation, person: WorkspacePerson, conversation: Conversation, name: str, text: str
) -> JSON:
    team = app.team
    return {
        "token": verification_token(app.workspace),
        "team_id": team.team_id,
        "team_domain": team.domain,
        "channel_id": conversation.id,
        "channel_name": _channel_name(conversation),
        "user_id": person.user_id,
        "user_name": user_name(person),
        "command": name,
        "text": text,
        "api_app_id": team.app_id,
        "is_enterprise_install": "false",
        "response_url": _response_url(app, person, conversation, None),
        "trigger_id": app.tickets.new_trigger(person.user_id),
    }


def message_action(
    app: Installation,
    person: WorkspacePerson,
    conversation: Conversation,
    message: Message,
    action: JSON,
) -> JSON:
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
        "channel": {"id": conversation.id, "name": _channel_name(conversation)},
        "state": {"values": escaped(state_values(message.blocks, filled))},
        "response_url": _response_url(app, person, conversation, message),
        "actions": [escaped(action)],
    }
    if message.only_for is None:
        # Slack leaves the message out when it is ephemeral.
        payload["message"] = message_json(app.workspace, message)
    return payload


def in_view(
    app: Installation, person: WorkspacePerson, view: View, kind: str, **more: object
) -> JSON:
    """What a person did in a view: `block_actions`, `view_submission` or `view_closed`."""
    payload: JSON = {
        "type": kind,
        **_common(app, person),
        "view": view_json(app.workspace, view),
        **more,
    }
    if kind != "view_closed":
        payload["trigger_id"] = app.tickets.new_trigger(person.user_id, view)
    if kind == "block_actions":
        payload["container"] = {"type": "view", "view_id": view.id}
    return payload


def _channel_name(conversation: Conversation) -> str:
    return "directmessage" if conversation.kind == "im" else conversation.name


def _response_url(
    app: Installation, person: WorkspacePerson, conversation: Conversation, source: Message | None
) -> str:
    secret = app.tickets.new_response_url(person.user_id, conversation, source)
    return f"{app.url}/respond/{app.team.team_id}/{secret}"


def _common(app: Installation, person: WorkspacePerson) -> JSON:
    team = app.team
    name = user_name(person)
    return {
        "user": {"id": person.user_id, "username": name, "name": name, "team_id": team.team_id},
        "api_app_id": team.app_id,
        "token": verification_token(app.workspace),
        "team": {"id": team.team_id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }
