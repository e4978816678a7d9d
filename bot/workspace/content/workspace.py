"""What one workspace holds in memory: people, conversations, messages, views and files."""

import asyncio
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex

from bot.workspace.people import Team, WorkspacePerson
from bot.workspace.refusal import JSON
from storage.clock import Clock

#: The user id of Slack's own account, in every workspace.
SLACKBOT = "USLACKBOT"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(eq=False)
class Message:
    ts: str
    user: str
    text: str
    blocks: list[JSON]
    by_bot: bool
    metadata: JSON | None = None
    edited: JSON | None = None
    files: list[JSON] = field(default_factory=list)
    thread_ts: str | None = None
    only_for: str | None = None
    #: What each person has chosen in it so far: user, block, action.
    filled: dict[str, JSON] = field(default_factory=dict)


@dataclass
class Conversation:
    id: str
    kind: str
    name: str
    members: set[str]
    created: int
    messages: list[Message] = field(default_factory=list)
    read_up_to: dict[str, str] = field(default_factory=dict)

    @property
    def scope_family(self) -> str:
        """The first half of the scopes that such a conversation needs."""
        return "channels" if self.kind == "channel" else self.kind

    def message(self, ts: str) -> Message | None:
        at = bisect_left(self.messages, ts, key=lambda message: message.ts)
        found = self.messages[at : at + 1]
        return found[0] if found and found[0].ts == ts else None

    def between(self, oldest: str, latest: str, *, inclusive: bool) -> list[Message]:
        """Those strictly between two timestamps (or at them), oldest first."""
        first, last = (bisect_left, bisect_right) if inclusive else (bisect_right, bisect_left)
        low = first(self.messages, oldest, key=lambda message: message.ts)
        high = last(self.messages, latest, key=lambda message: message.ts)
        return self.messages[low:high]

    def seen_by(self, user: str) -> list[Message]:
        return [message for message in self.messages if message.only_for in {None, user}]

    def unread_by(self, user: str) -> int:
        read = self.read_up_to.get(user, "")
        newer = self.messages[bisect_right(self.messages, read, key=lambda m: m.ts) :]
        return sum(one.only_for in {None, user} and one.user != user for one in newer)


@dataclass(eq=False)
class View:
    id: str
    user: str
    content: JSON
    hash: str
    root_id: str
    previous_id: str | None
    #: What the person has chosen so far: block, action.
    filled: JSON = field(default_factory=dict)
    open: bool = True

    @property
    def kind(self) -> str:
        return str(self.content["type"])


@dataclass
class File:
    id: str
    name: str
    length: int
    secret: str
    alt_txt: str = ""
    title: str = ""
    content: bytes | None = None
    mimetype: str = "application/octet-stream"
    complete: bool = False

    @property
    def path(self) -> str:
        return f"/files/{self.id}/{self.secret}"


@dataclass(frozen=True)
class Audience:
    """Somebody who watches the page; with an empty `user`, nobody in particular yet."""

    user: str
    queue: asyncio.Queue[tuple[str, JSON] | None]


class Workspace:
    def __init__(self, team: Team, clock: Clock) -> None:
        self.team = team
        self.clock = clock
        self.people: dict[str, WorkspacePerson] = {person.user_id: person for person in team.people}
        self.conversations: dict[str, Conversation] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.audience: set[Audience] = set()
        self._last_stamp = 0
        members = {person.user_id for person in team.people if not person.deleted}
        self.add_conversation(f"C{team.team_id[1:]}", "channel", "general", members)

    def members(self) -> dict[str, str]:
        """The names of all who can be chosen in a menu of users, by their ids: Slack leaves closed accounts out."""
        people = {id_: one.name for id_, one in self.people.items() if not one.deleted}
        return {**people, self.team.bot_user_id: self.team.app_name, SLACKBOT: "Slackbot"}

    def stamp(self) -> str:
        """A timestamp of the story, later than every earlier one in this workspace."""
        now = self.clock.now() - _EPOCH
        self._last_stamp = max(now // timedelta(microseconds=1), self._last_stamp + 1)
        seconds, micro = divmod(self._last_stamp, 1_000_000)
        return f"{seconds}.{micro:06d}"

    def story_seconds(self) -> int:
        return int(self.clock.now().timestamp())

    def add_conversation(
        self, id_: str, kind: str, name: str, members: Iterable[str]
    ) -> Conversation:
        conversation = Conversation(id_, kind, name, set(members), self.story_seconds())
        self.conversations[id_] = conversation
        return conversation

    def direct_message(self, user: str) -> tuple[Conversation, bool]:
        """The conversation between a person and the bot, and whether it was open already."""
        return self.conversation_with([user])

    def conversation_with(self, users: list[str]) -> tuple[Conversation, bool]:
        """The bot's conversation with one person or several."""
        alone = len(users) == 1
        id_ = ("D" if alone else "G") + "".join(sorted(user[1:] for user in users))
        if id_ in self.conversations:
            return self.conversations[id_], True
        kind, name = ("im", self.team.app_name) if alone else ("mpim", "mpdm")
        return self.add_conversation(id_, kind, name, {*users, self.team.bot_user_id}), False

    def add_message(self, conversation: Conversation, message: Message) -> None:
        conversation.messages.append(message)
        if not message.by_bot:
            conversation.read_up_to[message.user] = message.ts
        self.tell_about(conversation, message)

    def mark_read(self) -> None:
        """Everybody has read everything."""
        for conversation in self.conversations.values():
            if conversation.messages:
                last = conversation.messages[-1].ts
                conversation.read_up_to = dict.fromkeys(conversation.members, last)

    def unread(self) -> Counter[str]:
        """How much each member of any conversation has not read, in one pass over them all."""
        count: Counter[str] = Counter()
        for conversation in self.conversations.values():
            for user in conversation.members:
                count[user] += conversation.unread_by(user)
        return count

    def tell_about(self, conversation: Conversation, message: Message) -> None:
        only = {message.only_for} if message.only_for else conversation.members
        self.tell("message", only, channel=conversation.id)
        self.tell("people")

    def tell(self, event: str, users: Iterable[str] | None = None, **data: str) -> None:
        """Lets pages know that something changed; `None` means everybody's."""
        if not self.audience:
            return
        chosen = None if users is None else set(users)
        for watcher in self.audience:
            if chosen is None or watcher.user in chosen:
                watcher.queue.put_nowait((event, data))

    def new_view(self, user: str, content: JSON, previous: View | None) -> View:
        id_ = f"V{token_hex(5).upper()}"
        view = View(
            id=id_,
            user=user,
            content=content,
            hash=self.new_hash(),
            root_id=previous.root_id if previous else id_,
            previous_id=previous.id if previous else None,
        )
        self.views[id_] = view
        return view

    def new_hash(self) -> str:
        return f"{self.story_seconds()}.{token_hex(4)}"

    def close_views(self, views: list[View]) -> None:
        for view in views:
            view.open = False
            self.views.pop(view.id, None)
