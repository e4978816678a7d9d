"""How messages, views, people and conversations look in Slack's JSON."""

from copy import deepcopy
from typing import Any

from bot.workspace.blocks import interactive_elements
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON
from bot.workspace.state import Conversation, File, Message, View, Workspace

#: The field of `state.values` that holds a person's choice, by type of element.
CHOICE_FIELD = {
    "plain_text_input": "value",
    "number_input": "value",
    "url_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "users_select": "selected_user",
}
_INITIAL_FIELD = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_user": "initial_user",
}


def message_json(workspace: Workspace, message: Message, *, metadata: bool = False) -> JSON:
    team = workspace.team
    shown: JSON = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": team.team_id,
    }
    if message.by_bot:
        shown |= {"bot_id": team.bot_id, "app_id": team.app_id}
        shown["bot_profile"] = workspace.bot_profile()
    if message.blocks:
        shown["blocks"] = escaped(message.blocks)
    if message.edited:
        shown["edited"] = message.edited
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.files:
        shown["files"] = message.files
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown


def escaped(value: Any) -> Any:  # noqa: ANN401  # any part of a block
    """Slack gives plain text back with its control characters escaped.

    Apps that repeat a button's text from a payload stumble over it: slackapi/bolt-python issue 513.
    """
    if isinstance(value, list):
        return [escaped(one) for one in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "plain_text":
        return {**value, "text": escape(value["text"])}
    return {name: escaped(one) for name, one in value.items()}


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def state_values(blocks: list[JSON], filled: JSON) -> JSON:
    """`state.values`: what each field of these blocks holds, chosen or initial."""
    values: JSON = {}
    for block, element in interactive_elements(blocks):
        choice = CHOICE_FIELD.get(element["type"])
        if choice is None:
            continue
        empty: list[JSON] | None = [] if choice == "selected_options" else None
        initial = element.get(_INITIAL_FIELD[choice], empty)
        chosen = filled.get(block["block_id"], {}).get(element["action_id"])
        value = chosen or {"type": element["type"], choice: deepcopy(initial)}
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def view_json(workspace: Workspace, view: View) -> JSON:
    team, content = workspace.team, view.content
    shown: JSON = {
        "id": view.id,
        "team_id": team.team_id,
        "type": view.kind,
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "external_id": content.get("external_id", ""),
        "state": {"values": state_values(content["blocks"], view.filled)},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title"}),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": team.app_id,
        "app_installed_team_id": team.team_id,
        "bot_id": team.bot_id,
    }
    return shown


def conversation_json(workspace: Workspace, conversation: Conversation) -> JSON:
    common: JSON = {
        "id": conversation.id,
        "created": conversation.created,
        "is_im": conversation.kind == "im",
        "is_mpim": conversation.kind == "mpim",
        "is_archived": False,
        "is_org_shared": False,
        "context_team_id": workspace.team.team_id,
    }
    if conversation.kind == "im":
        (other,) = conversation.members - {workspace.team.bot_user_id}
        person = workspace.people[other]
        return {**common, "user": other, "is_user_deleted": person.deleted, "is_open": True}
    return {
        **common,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind == "channel",
        "is_group": False,
        "is_private": conversation.kind == "mpim",
        "is_member": workspace.team.bot_user_id in conversation.members,
        "num_members": len(conversation.members),
    }


def person_json(workspace: Workspace, person: WorkspacePerson, *, email: bool) -> JSON:
    profile: JSON = {
        "real_name": person.name,
        "display_name": person.name,
        "title": person.title,
        "team": workspace.team.team_id,
    }
    if email:
        profile["email"] = person.email
    return {
        "id": person.user_id,
        "team_id": workspace.team.team_id,
        "name": user_name(person),
        "real_name": person.name,
        "deleted": person.deleted,
        "tz": "Europe/London",
        "tz_label": "Greenwich Mean Time",
        "tz_offset": 0,
        "is_bot": False,
        "is_app_user": False,
        "is_admin": False,
        "is_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "updated": 0,
        "profile": profile,
    }


def bot_user_json(workspace: Workspace) -> JSON:
    team = workspace.team
    return {
        "id": team.bot_user_id,
        "team_id": team.team_id,
        "name": team.app_name.lower().replace(" ", ""),
        "real_name": team.app_name,
        "deleted": False,
        "tz": "Europe/London",
        "is_bot": True,
        "is_app_user": False,
        "updated": 0,
        "profile": {
            "real_name": team.app_name,
            "display_name": team.app_name,
            "bot_id": team.bot_id,
            "api_app_id": team.app_id,
            "team": team.team_id,
        },
    }


def user_name(person: WorkspacePerson) -> str:
    return person.email.partition("@")[0]


def file_json(workspace: Workspace, file: File, url: str) -> JSON:
    return {
        "id": file.id,
        "created": workspace.story_seconds(),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "size": file.length,
        "user": workspace.team.bot_user_id,
        "alt_txt": file.alt_txt,
        "mode": "hosted",
        "is_external": False,
        "url_private": f"{url}/files/{file.id}/{file.secret}",
    }
