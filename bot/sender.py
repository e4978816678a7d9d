"""Sending through Slack: render, call, and say in the port's words what went wrong."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.last_moment import TooLate, leaving_before
from bot.views.blocks import Message
from bot.views.changed_dates import changed_dates
from bot.views.digest import digest
from bot.views.escalation import escalation
from bot.views.handing_over import handing_over
from bot.views.leavers import leavers
from bot.views.offer import offer
from bot.views.preface import with_preface
from bot.views.reminder import reminder
from bot.views.undelivered import undelivered
from jobs.sending import Looked, OutcomeUnknown, Refused, SendDelayed, SendRefused
from storage.read_models import (
    ChangedDates,
    Content,
    Digest,
    Escalation,
    HandingOver,
    Leavers,
    Offer,
    Reminder,
    Undelivered,
)

EVENT_TYPE = "vigil_notice"
#: Slack's own troubles: the call may have been carried out or not.
_TROUBLES = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
#: Nothing works with this token until an administrator changes something. Slack's `account_inactive` is about the
#: bot's own user or workspace, not about who is written to. Source: docs.slack.dev/reference/methods/chat.postMessage
_TOKEN_CODES = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "access_denied",
        "team_access_not_granted",
        "org_login_required",
        "ekm_access_denied",
        "two_factor_setup_required",
        "not_allowed_token_type",
    }
)
#: The app has not been given this right.
_SCOPE_CODES = frozenset({"missing_scope", "no_permission"})
#: This person or conversation cannot be written to.
_PERSON_CODES = frozenset(
    {
        "user_not_found",
        "users_not_found",
        "user_not_visible",
        "user_disabled",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "cannot_dm_bot",
        "restricted_action",
        "restricted_action_read_only_channel",
        "messages_tab_disabled",
    }
)
#: A pause after a call that never reached Slack.
_UNREACHED_SECONDS = 15.0
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500
#: What Slack allows newly made apps in one answer; a private app may ask for more and need not.
_PAGE = 15


class SlackSender:
    """Implements `jobs.sending.Sender` with one client for each workspace."""

    def __init__(self, clients: Mapping[str, AsyncWebClient]) -> None:
        """`clients` by Slack team id, each without retry handlers: a retried post is a second message.

        Their sessions have `last_moment.watching()` among their traces.
        """
        self._clients = clients

    async def open_dm(self, *, team_id: str, slack_user_id: str) -> str:
        """See the port."""
        response = await _answer(self._client(team_id).conversations_open(users=[slack_user_id]))
        return str(response["channel"]["id"])

    async def post(
        self,
        *,
        team_id: str,
        channel: str,
        notice_id: str,
        content: Content,
        leaves_before: float,
    ) -> str:
        """See the port."""
        message = render(content)
        with leaving_before(leaves_before):
            response = await _answer(
                self._client(team_id).chat_postMessage(
                    channel=channel,
                    text=message.text,
                    blocks=message.blocks,
                    metadata=_metadata(notice_id),
                    unfurl_links=False,
                    unfurl_media=False,
                )
            )
        return str(response["ts"])

    async def update(
        self, *, team_id: str, channel: str, message_ts: str, notice_id: str, content: Content
    ) -> None:
        """See the port."""
        message = render(content)
        await _answer(
            self._client(team_id).chat_update(
                channel=channel,
                ts=message_ts,
                text=message.text,
                blocks=message.blocks,
                metadata=_metadata(notice_id),
            )
        )

    async def find(
        self, *, team_id: str, channel: str, notice_id: str, since: datetime, before: str | None
    ) -> Looked:
        """See the port."""
        page = await _answer(
            self._client(team_id).conversations_history(
                channel=channel,
                oldest=f"{since.timestamp():.6f}",
                latest=before,
                include_all_metadata=True,
                limit=_PAGE,
            )
        )
        messages = page["messages"]
        for found in messages:
            if found.get("metadata", {}).get("event_payload", {}).get("notice_id") == notice_id:
                return Looked(message_ts=str(found["ts"]))
        more = bool(page.get("has_more")) and bool(messages)
        return Looked(back_to=str(messages[-1]["ts"]) if more else None)

    def _client(self, team_id: str) -> AsyncWebClient:
        client = self._clients.get(team_id)
        if client is None:
            raise SendRefused("no_token_for_this_workspace", Refused.TOKEN)
        return client


#: What shows each kind of content.
VIEWS: Final[Mapping[type[Content], Callable[[Any], Message]]] = {
    Reminder: reminder,
    Digest: digest,
    Offer: offer,
    ChangedDates: changed_dates,
    Escalation: escalation,
    Undelivered: undelivered,
    Leavers: leavers,
    HandingOver: handing_over,
}


def render(content: Content) -> Message:
    """What a notice looks like in Slack; somebody's first with what Vigil is."""
    return with_preface(VIEWS[type(content)](content), content.preface)


def _metadata(notice_id: str) -> dict[str, Any]:
    return {"event_type": EVENT_TYPE, "event_payload": {"notice_id": notice_id}}


async def _answer(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    try:
        return await call
    except SlackApiError as error:
        raise _in_the_ports_words(error) from None
    except TooLate:
        raise SendDelayed(0) from None
    except aiohttp.ClientConnectorError:
        raise SendDelayed(_UNREACHED_SECONDS) from None  # no connection: Slack has nothing of it
    except (aiohttp.ClientError, TimeoutError, SlackClientError) as error:
        raise OutcomeUnknown(type(error).__name__) from None


def _in_the_ports_words(error: SlackApiError) -> Exception:
    response = error.response
    status = getattr(response, "status_code", 0)
    data = getattr(response, "data", None)
    # what a proxy answers is no JSON
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == _TOO_MANY_REQUESTS or code == "ratelimited":
        return SendDelayed(float(response.headers.get("Retry-After", 30)))
    if status >= _SERVER_ERROR or code in _TROUBLES or not code:
        return OutcomeUnknown(code or f"HTTP {status}")
    return SendRefused(code, _what_is_refused(code))


def _what_is_refused(code: str) -> Refused:
    if code in _TOKEN_CODES:
        return Refused.TOKEN
    if code in _SCOPE_CODES:
        return Refused.SCOPE
    return Refused.PERSON if code in _PERSON_CODES else Refused.MESSAGE
