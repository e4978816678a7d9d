"""What became of everybody's message, told by the workspace's own log and by nothing that Vigil wrote down."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.workspace.content.as_json import escape
from bot.workspace.installation import Installation

#: Slack's refusals to let the app read a conversation at all: whether a message arrived there, nobody can look up.
_CANNOT_LOOK = frozenset({"missing_scope", "channel_not_found", "not_in_channel"})


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """People by what became of their message."""

    sent: frozenset[str]
    doubled: frozenset[str]
    lost: frozenset[str]
    unknown: frozenset[str]
    #: They replied, and their message does not show it.
    stale: frozenset[str]

    @property
    def is_good(self) -> bool:
        """Nobody was written to twice, nobody was forgotten, and every reply is shown."""
        return not self.doubled and not self.lost and not self.stale

    @property
    def who(self) -> str:
        """Those for whom something went wrong."""
        wrong = {"doubled": self.doubled, "lost": self.lost, "stale": self.stale}
        return ", ".join(f"{kind}: {_named(users)}" for kind, users in wrong.items() if users)

    @property
    def words(self) -> str:
        """The counts."""
        return (
            f"sent {len(self.sent)}, doubled {len(self.doubled)}, lost {len(self.lost)},"
            f" unknown for good {len(self.unknown)}"
        )


def _named(users: Collection[str]) -> str:
    """The first few of them."""
    few = sorted(users)[:5]
    return ", ".join(few) if len(few) == len(users) else f"{', '.join(few)} and more"


def judge(
    app: Installation, duties: Mapping[str, set[str]], *, replied: Collection[str] = ()
) -> Verdict:
    """`duties`: the partnerships that each person's one message has to name; `replied`: who answered theirs."""
    messages: dict[str, list[str]] = defaultdict(list)
    for call in app.log.accepted:
        if call["method"] == "chat.postMessage":
            messages[call["channel"]].append(json.dumps(call["arguments"], ensure_ascii=False))
    blind = {
        call["arguments"]["channel"]
        for call in app.log.refused
        if call["method"] == "conversations.history" and call["error"] in _CANNOT_LOOK
    }
    found: dict[str, set[str]] = defaultdict(set)
    for user, names in duties.items():
        channel = _channel(user)
        found[_what_became(messages.get(channel, []), names, blind=channel in blind)].add(user)
    # a message that nobody is owed is one too many
    found["doubled"] |= messages.keys() - {_channel(user) for user in duties}
    found["stale"] = {
        user for user in found["sent"].intersection(replied) if not _shows_a_reply(app, user)
    }
    return Verdict(**{kind: frozenset(found[kind]) for kind in Verdict.__annotations__})


def _what_became(messages: list[str], names: set[str], *, blind: bool) -> str:
    if len(messages) > 1:
        return "doubled"
    if blind:
        return "unknown"
    if not messages or any(escape(name) not in messages[0] for name in names):
        return "lost"
    return "sent"


def _shows_a_reply(app: Installation, user: str) -> bool:
    messages = app.workspace.conversations[_channel(user)].messages
    return any(one.by_bot and "Your reply" in str(one.blocks) for one in messages)


def _channel(user: str) -> str:
    return f"D{user[1:]}"
