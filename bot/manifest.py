"""The Slack app as Slack is told of it; `manifest.json` is what `vigil manifest` prints."""

from typing import Any

from bot.ids import Command

#: chat:write sends; im:write opens a conversation; im:history hears what people type to the bot and finds
#: a message whose sending was cut short; commands is /review-status; users:read hears whose account is closed, and
#: says with users:read.email who a colleague is who is asked to take over a duty.
BOT_SCOPES = ("chat:write", "commands", "im:history", "im:write", "users:read", "users:read.email")
BOT_EVENTS = ("app_home_opened", "message.im", "user_change")
APP_NAME = "Vigil"
DESCRIPTION = (
    "Asks your safeguarding partnership for its half-term review, and shows who has replied."
)
COMMANDS = (
    {
        "command": Command.REVIEW_STATUS.value,
        "description": "See who has replied, who has not and why",
        "usage_hint": "[help]",
        "should_escape": True,
    },
)


def manifest() -> dict[str, Any]:
    """For Socket Mode; for HTTP, switch it off in Slack and give the address of /slack/events."""
    return {
        "display_information": {
            "name": APP_NAME,
            "description": DESCRIPTION,
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": APP_NAME, "always_online": True},
            "slash_commands": list(COMMANDS),
        },
        "oauth_config": {"scopes": {"bot": list(BOT_SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(BOT_EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }
