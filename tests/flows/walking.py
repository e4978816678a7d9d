"""Several people in two partnerships and their conversations with Vigil, for a walk that Hypothesis leads."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from shutil import copy
from tempfile import mkdtemp
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from bot.ids import View
from bot.sample import TEAM_ID
from bot.workspace.content.workspace import Message
from bot.workspace.faults import CallLog, Fault
from bot.workspace.installation import Installation
from storage.database import Database
from storage.vocabulary import PostKind
from tests.bot.workspace.every_call import slipped_past
from tests.factories import lead, london, post
from tests.flows.moves import join
from tests.flows.running import running
from tests.flows.story import NothingCame, ShownNoMore, Story

BIRMINGHAM = ("U0COUNCIL", "U0HEALTH", "U0POLICE", "U0POLDEP", "U0LEAD")
SOLIHULL = ("U0SOLPOL", "U0SOLLEAD")
#: In the workspace, on no roster until a colleague asks them.
NEWCOMER = "U0STRANGER"
EVERYBODY = (*BIRMINGHAM, *SOLIHULL, NEWCOMER)


class Walk(RuleBasedStateMachine):
    """The story, and what people can do in it without knowing what is on their screens."""

    sample: Path
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        path = Path(mkdtemp(dir=self.folder)) / "walk.sqlite"
        copy(self.sample, path)
        self.database = Database(f"sqlite:///{path}")
        self.open = AsyncExitStack()
        self.story: Story = self.run(self.open.enter_async_context(running(self.database)))
        self.run(join(self.story, *_others()))
        self.run(self.story.to(london(2026, 9, 11, 9)))  # everybody has a first reminder
        self.kept: list[tuple[Any, ...]] = []
        self.pressed = 0
        self.has_given_up = False

    def run(self, doing: Any) -> Any:
        return self.loop.run_until_complete(doing)

    def teardown(self) -> None:
        complaints = slipped_past(self.story.workspace)
        self.run(self.open.aclose())
        self.database.dispose()
        self.loop.close()
        assert not complaints, complaints

    # How they do it

    @property
    def app(self) -> Installation:
        return self.story.workspace.installations[TEAM_ID]

    @property
    def log(self) -> CallLog:
        return self.app.log

    def deliver_twice(self, what: str) -> None:
        self.app.faults.clear()
        self.app.faults.add(Fault("redeliver", what))

    async def press_somewhere(self, user: str, label: str) -> bool:
        """Press the newest button with that text that this person sees; whether there is one."""
        me = self.story.be(user)
        for message in reversed(await me.messages()):
            if label in message.buttons():
                try:
                    await me.press(message, label)
                except ShownNoMore:
                    return await self.press_somewhere(user, label)
                return True
        return False

    async def opens(self, user: str, label: str, form: str) -> bool:
        """Press that button; whether the form opens. There may be no such button, or its duty may just have ended."""
        await self.close(user)
        if not await self.press_somewhere(user, label):
            return False
        try:
            view = await self.story.be(user).view()
        except NothingCame:
            return False
        return bool(view["callback_id"] == form)

    async def sends(self, user: str, **answers: Any) -> str | None:
        """Send the open form; what became of it. None where something else came up before it was sent."""
        try:
            return str((await self.story.be(user).send(**answers))["result"])
        except ShownNoMore:
            return None

    async def choose_not_now(self, user: str, choice: str, **then: Any) -> str | None:
        """‘Not now’, a choice, and the form that it may bring; what became of the choice, None where there was none."""
        became = None
        if await self.opens(user, "Not now", View.NOT_NOW):
            became = await self.sends(user, when=choice)
            if became == "updated":
                await self.sends(user, **then)
        await self.close(user)
        return became

    async def fill_in(self, user: str, answers: dict[str, Any]) -> str | None:
        """Reply, or change the reply; what became of the form, and None where there is nothing to reply to."""
        became = None
        if await self.opens(user, "Reply", View.REPLY) or await self.opens(
            user, "Change my reply", View.REPLY
        ):
            became = await self.sends(user, **answers)
        await self.close(user)
        return became

    async def close(self, user: str) -> None:
        """Close whatever modal is open."""
        path = f"/control/people/{user}/view"
        while (view := (await self.story.call("GET", path))["view"]) is not None:
            with suppress(ShownNoMore):
                await self.story.call("POST", f"{path}/close", {"view_id": view["id"]})

    def all_that_is_seen(self, user: str) -> list[Any]:
        """All that a person has in front of them: messages, modals, the Home tab."""
        workspace = self.app.workspace
        return [
            *([each.text, each.blocks] for each in self.messages(user)),
            *(each.content for each in workspace.stacks.get(user, [])),
            *(home.content for home in [workspace.homes.get(user)] if home),
        ]

    def messages(self, user: str) -> list[Message]:
        """What a person and the bot wrote to each other."""
        return [
            message
            for conversation in self.app.workspace.conversations.values()
            if conversation.kind == "im" and user in conversation.members
            for message in conversation.seen_by(user)
        ]

    def duties_asked(self) -> Iterator[str]:
        """Each reminder's person, step and moment, as its message says."""
        for user in EVERYBODY:
            for message in self.messages(user):
                if message.only_for is None and "Reminder: " in message.text:
                    step = message.text.split("Reminder: ", 1)[1].split(".", 1)[0]
                    yield f"{user} {message.ts.split('.')[0]} {step}"


def _others() -> list[Any]:
    return [
        post("U0POLDEP", PostKind.DEPUTY, name="Police deputy, Birmingham"),
        post("U0SOLPOL", area="Solihull", name="Police respondent, Solihull"),
        lead("U0SOLLEAD", area="Solihull", name="Business manager, Solihull"),
    ]
