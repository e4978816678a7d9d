"""The table of Web API methods: what each may be given, needs and costs.

Tiers: `metadata/web-api/rate_limit_tiers.json` in slackapi/java-slack-sdk. Scopes and arguments: the
method's page under docs.slack.dev/reference/methods.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON
from bot.workspace.web_api import chat, conversations, files, users, views


@dataclass(frozen=True)
class Method:
    run: Callable[[Installation, JSON], JSON]
    #: `channel! limit:whole` reads: a text that has to be there, and a whole number.
    takes: str
    #: None: the method has a limit of its own.
    tier: int | None
    #: One of these is enough. Where the kind of conversation decides, the method asks for more.
    scopes: tuple[str, ...] = ()
    changes: bool = False
    app_token: bool = False
    #: The older methods that only read drop a JSON body without a word: kortix-ai/suna pull
    #: request 6616.
    reads_json: bool = True


def _changes(
    run: Callable[[Installation, JSON], JSON], takes: str, tier: int | None, *scopes: str
) -> Method:
    return Method(run, takes, tier, scopes, changes=True)


def _users(run: Callable[[Installation, JSON], JSON], takes: str, tier: int, scope: str) -> Method:
    return Method(run, takes, tier, (scope,), reads_json=False)


def _any_kind(what: str) -> tuple[str, ...]:
    return tuple(f"{kind}:{what}" for kind in ("channels", "groups", "im", "mpim"))


_OPENS = ("channels:manage", "groups:write", "im:write", "mpim:write")
_CONTENT = "text blocks:list link_names:flag parse thread_ts"
_UNFURLS = "unfurl_links:flag unfurl_media:flag mrkdwn:flag reply_broadcast:flag"
_RANGE = "latest oldest inclusive:flag include_all_metadata:flag"
_PAGE = "cursor limit:whole"
_UPDATE = "text blocks:list link_names:flag parse metadata:object"
_COMPLETE = "files:list! channel_id channels initial_comment thread_ts"

METHODS: dict[str, Method] = {
    "auth.test": Method(users.auth_test, "", None),
    "apps.connections.open": Method(users.connections_open, "", 1, app_token=True),
    "users.info": _users(users.info, "user include_locale:flag", 4, "users:read"),
    "users.list": _users(users.list_, f"{_PAGE} include_locale:flag", 2, "users:read"),
    "users.lookupByEmail": _users(users.lookup_by_email, "email!", 3, "users:read.email"),
    "conversations.open": _changes(conversations.open_, "users channel return_im:flag", 3, *_OPENS),
    "conversations.history": Method(
        conversations.history, f"channel! {_PAGE} {_RANGE}", 3, _any_kind("history")
    ),
    "conversations.info": Method(
        conversations.info,
        "channel! include_locale:flag include_num_members:flag",
        3,
        _any_kind("read"),
    ),
    "conversations.members": Method(
        conversations.members, f"channel! {_PAGE}", 4, _any_kind("read")
    ),
    "chat.postMessage": _changes(
        chat.post_message, f"channel! {_CONTENT} {_UNFURLS} metadata:object", None, "chat:write"
    ),
    "chat.postEphemeral": _changes(
        chat.post_ephemeral, f"channel! user! {_CONTENT}", 4, "chat:write"
    ),
    "chat.update": _changes(chat.update, f"channel! ts! {_UPDATE}", 3, "chat:write"),
    "chat.delete": _changes(chat.delete, "channel! ts!", 3, "chat:write"),
    "views.open": _changes(views.open_, "trigger_id! view:object!", 4),
    "views.push": _changes(views.push, "trigger_id! view:object!", 4),
    "views.update": _changes(views.update, "view:object! view_id external_id hash", 4),
    "views.publish": _changes(views.publish, "user_id! view:object! hash", 4),
    "files.getUploadURLExternal": Method(
        files.get_upload_url_external, "filename! length:whole! alt_txt", 4, ("files:write",)
    ),
    "files.completeUploadExternal": _changes(
        files.complete_upload_external, _COMPLETE, 4, "files:write"
    ),
}
