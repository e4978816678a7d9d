"""The table of Web API methods: what each may be given, needs and costs.

Tiers: `metadata/web-api/rate_limit_tiers.json` in slackapi/java-slack-sdk. Scopes and arguments: the
method's page under docs.slack.dev/reference/methods.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.workspace import (
    methods_chat,
    methods_conversations,
    methods_files,
    methods_users,
    methods_views,
)
from bot.workspace.installation import Installation
from bot.workspace.refusal import JSON


@dataclass(frozen=True, kw_only=True)
class Method:
    run: Callable[[Installation, JSON], JSON]
    #: One of these is enough. Where the kind of conversation decides, the method asks for more.
    scopes: tuple[str, ...] = ()
    #: None: the method has a limit of its own.
    tier: int | None
    required: dict[str, str] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)
    app_token: bool = False
    #: The older methods that only read drop a JSON body without a word: kortix-ai/suna pull
    #: request 6616.
    reads_json: bool = True
    changes: bool = False


_TEXT = {"channel": "text"}
_CONTENT = {"text": "text", "blocks": "list", "link_names": "flag", "parse": "text"}
_PAGE = {"cursor": "text", "limit": "whole"}
_VIEW = {"view": "object"}


def _any_kind(what: str) -> tuple[str, ...]:
    return tuple(f"{kind}:{what}" for kind in ("channels", "groups", "im", "mpim"))


METHODS: dict[str, Method] = {
    "auth.test": Method(run=methods_users.auth_test, tier=None),
    "apps.connections.open": Method(run=methods_users.connections_open, tier=1, app_token=True),
    "users.info": Method(
        run=methods_users.info,
        scopes=("users:read",),
        tier=4,
        optional={"user": "text", "include_locale": "flag"},
        reads_json=False,
    ),
    "users.list": Method(
        run=methods_users.list_,
        scopes=("users:read",),
        tier=2,
        optional={**_PAGE, "include_locale": "flag"},
        reads_json=False,
    ),
    "users.lookupByEmail": Method(
        run=methods_users.lookup_by_email,
        scopes=("users:read.email",),
        tier=3,
        required={"email": "text"},
        reads_json=False,
    ),
    "conversations.open": Method(
        run=methods_conversations.open_,
        scopes=("channels:manage", "groups:write", "im:write", "mpim:write"),
        tier=3,
        optional={
            "users": "text",
            "channel": "text",
            "return_im": "flag",
            "prevent_creation": "flag",
        },
        changes=True,
    ),
    "conversations.history": Method(
        run=methods_conversations.history,
        scopes=_any_kind("history"),
        tier=3,
        required=_TEXT,
        optional={
            **_PAGE,
            "latest": "text",
            "oldest": "text",
            "inclusive": "flag",
            "include_all_metadata": "flag",
        },
    ),
    "conversations.info": Method(
        run=methods_conversations.info,
        scopes=_any_kind("read"),
        tier=3,
        required=_TEXT,
        optional={"include_locale": "flag", "include_num_members": "flag"},
    ),
    "conversations.members": Method(
        run=methods_conversations.members,
        scopes=_any_kind("read"),
        tier=4,
        required=_TEXT,
        optional=_PAGE,
    ),
    "chat.postMessage": Method(
        run=methods_chat.post_message,
        scopes=("chat:write",),
        tier=None,
        required=_TEXT,
        optional={
            **_CONTENT,
            "thread_ts": "text",
            "reply_broadcast": "flag",
            "unfurl_links": "flag",
            "unfurl_media": "flag",
            "mrkdwn": "flag",
            "metadata": "object",
        },
        changes=True,
    ),
    "chat.postEphemeral": Method(
        run=methods_chat.post_ephemeral,
        scopes=("chat:write",),
        tier=4,
        required={**_TEXT, "user": "text"},
        optional={**_CONTENT, "thread_ts": "text"},
        changes=True,
    ),
    "chat.update": Method(
        run=methods_chat.update,
        scopes=("chat:write",),
        tier=3,
        required={**_TEXT, "ts": "text"},
        optional={**_CONTENT, "metadata": "object"},
        changes=True,
    ),
    "chat.delete": Method(
        run=methods_chat.delete,
        scopes=("chat:write",),
        tier=3,
        required={**_TEXT, "ts": "text"},
        changes=True,
    ),
    "views.open": Method(
        run=methods_views.open_,
        tier=4,
        required={**_VIEW, "trigger_id": "text"},
        changes=True,
    ),
    "views.push": Method(
        run=methods_views.push,
        tier=4,
        required={**_VIEW, "trigger_id": "text"},
        changes=True,
    ),
    "views.update": Method(
        run=methods_views.update,
        tier=4,
        required=_VIEW,
        optional={"view_id": "text", "external_id": "text", "hash": "text"},
        changes=True,
    ),
    "views.publish": Method(
        run=methods_views.publish,
        tier=4,
        required={**_VIEW, "user_id": "text"},
        optional={"hash": "text"},
        changes=True,
    ),
    "files.getUploadURLExternal": Method(
        run=methods_files.get_upload_url_external,
        scopes=("files:write",),
        tier=4,
        required={"filename": "text", "length": "whole"},
        optional={"alt_txt": "text"},
    ),
    "files.completeUploadExternal": Method(
        run=methods_files.complete_upload_external,
        scopes=("files:write",),
        tier=4,
        required={"files": "list"},
        optional={
            "channel_id": "text",
            "channels": "text",
            "initial_comment": "text",
            "thread_ts": "text",
        },
        changes=True,
    ),
}
