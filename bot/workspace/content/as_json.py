"""How messages, views, people, conversations and files look in Slack's JSON."""

from typing import Any

from bot.workspace.blocks import state_values
from bot.workspace.content.workspace import SLACKBOT, Conversation, File, Message, View, Workspace
from bot.workspace.people import WorkspacePerson
from bot.workspace.refusal import JSON


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
        shown["bot_profile"] = {
            "id": team.bot_id,
            "app_id": team.app_id,
            "name": team.app_name,
            "icons": {},
            "deleted": False,
            "updated": 0,
            "team_id": team.team_id,
        }
    extra = {
        "blocks": escaped(message.blocks),
        "edited": message.edited,
        "thread_ts": message.thread_ts,
        "files": message.files,
        "metadata": message.metadata if metadata else None,
    }
    return shown | {name: value for name, value in extra.items() if value}


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


def view_json(workspace: Workspace, view: View) -> JSON:
    team, content = workspace.team, view.content
    return {
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


def conversation_json(workspace: Workspace, conversation: Conversation) -> JSON:
    bot = workspace.team.bot_user_id
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
        (other,) = conversation.members - {bot}
        person = workspace.people[other]
        return {**common, "user": other, "is_user_deleted": person.deleted, "is_open": True}
    return {
        **common,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind == "channel",
        "is_group": False,
        "is_private": conversation.kind == "mpim",
        "is_member": bot in conversation.members,
        "num_members": len(conversation.members),
    }


def person_json(workspace: Workspace, person: WorkspacePerson, *, email: bool) -> JSON:
    shown = _user_json(workspace, person.user_id, user_name(person), person.name)
    shown["deleted"] = person.deleted
    shown["profile"]["title"] = person.title
    shown["is_bot"] = person.is_bot
    if person.is_stranger:
        shown["is_stranger"] = True
    if email and person.email:
        shown["profile"]["email"] = person.email
    return shown


def slackbot_json(workspace: Workspace) -> JSON:
    """Slack's own account; reference/objects/user-object does not call it a bot."""
    return _user_json(workspace, SLACKBOT, "slackbot", "Slackbot")


def bot_user_json(workspace: Workspace) -> JSON:
    team = workspace.team
    name = team.app_name.lower().replace(" ", "")
    shown = _user_json(workspace, team.bot_user_id, name, team.app_name)
    shown["is_bot"] = True
    shown["profile"] |= {"bot_id": team.bot_id, "api_app_id": team.app_id}
    return shown


def _user_json(workspace: Workspace, user: str, name: str, real_name: str) -> JSON:
    team = workspace.team.team_id
    not_these = ("deleted", "is_bot", "is_app_user", "is_admin", "is_owner", "is_restricted")
    return {
        "id": user,
        "team_id": team,
        "name": name,
        "real_name": real_name,
        "tz": "Europe/London",
        "tz_label": "Greenwich Mean Time",
        "tz_offset": 0,
        **dict.fromkeys((*not_these, "is_ultra_restricted"), False),
        "updated": 0,
        "profile": {"real_name": real_name, "display_name": real_name, "team": team},
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
        "url_private": f"{url}{file.path}",
    }
