"""Who a colleague is whom somebody has chosen in Slack, and whether they can take over a duty."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from storage.queries.inviting import PassOnRefused
from storage.read_models import Colleague

#: Slack waits three seconds for what a form is answered with.
_WAITS: Final = 2.0
#: Slack’s own account; users.info does not call it a bot.
_SLACKBOT: Final = "USLACKBOT"
_UNKNOWN: Final = frozenset({"user_not_found", "user_not_visible", "users_not_found"})


async def colleague_of(client: AsyncWebClient, *, slack_user_id: str, team_id: str) -> Colleague:
    """What Slack says of this user. Where Vigil may not ask, nothing but their id is known.

    Raises:
        PassOnRefused: they cannot take over a duty, or Slack does not answer.
    """
    if slack_user_id == _SLACKBOT:
        raise PassOnRefused(_NO_PERSON)
    try:
        async with asyncio.timeout(_WAITS):
            answer = await client.users_info(user=slack_user_id)
    except SlackApiError as refusal:
        data = getattr(refusal.response, "data", None)  # what a proxy answers is no JSON
        return _not_seen(slack_user_id, data.get("error") if isinstance(data, dict) else None)
    except (aiohttp.ClientError, TimeoutError, SlackClientError):
        raise PassOnRefused(_NO_ANSWER) from None
    user: Mapping[str, Any] = answer["user"]
    _check(user, team_id)
    profile: Mapping[str, Any] = user.get("profile") or {}
    return Colleague(
        slack_user_id=slack_user_id,
        name=str(profile.get("real_name") or user.get("real_name") or user.get("name")),
        email=profile.get("email") or None,
    )


_NO_PERSON: Final = "This is an app, not a person. Choose a colleague."
_NO_ANSWER: Final = "Slack does not say who this is at present. Try again in a minute."


def _check(user: Mapping[str, Any], team_id: str) -> None:
    if user.get("is_bot"):
        raise PassOnRefused(_NO_PERSON)
    if user.get("deleted"):
        raise PassOnRefused("This person’s Slack account is closed. Choose somebody else.")
    # in an organisation with several workspaces, a colleague may be at home in another one of them
    elsewhere = user.get("team_id") != team_id and not user.get("enterprise_user")
    if user.get("is_stranger") or elsewhere:
        raise PassOnRefused(
            "This person belongs to another organisation’s Slack. Choose somebody in this workspace."
        )


def _not_seen(slack_user_id: str, error: object) -> Colleague:
    if error == "missing_scope":
        return Colleague(slack_user_id=slack_user_id, name=slack_user_id, email=None)
    raise PassOnRefused(
        "Slack does not show this person to Vigil. Choose somebody else."
        if error in _UNKNOWN
        else _NO_ANSWER
    )
