"""What a person does on the page, for tests to tell as a story."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from bot.workspace import LocalWorkspace
from storage.clock import Clock
from storage.database import Database


class ShownNoMore(AssertionError):
    """What somebody wanted to press or send was changed after they had looked."""


class NothingCame(AssertionError):
    """What was waited for did not come."""


@dataclass(frozen=True)
class Seen:
    """A message as a person sees it."""

    ts: str
    text: str
    blocks: list[dict[str, Any]]
    ephemeral: bool

    def words(self) -> str:
        """Everything it says."""
        return "\n".join([self.text, *(str(block) for block in self.blocks)])

    def button(self, label: str) -> dict[str, str]:
        """Where a button with that text is."""
        for block in self.blocks:
            for element in [*block.get("elements", []), block.get("accessory") or {}]:
                if element.get("type") == "button" and element["text"]["text"] == label:
                    return {"block_id": block["block_id"], "action_id": element["action_id"]}
        raise AssertionError(f"There is no button {label!r} in {self.text!r}")

    def buttons(self) -> list[str]:
        """The texts of all buttons."""
        return [
            element["text"]["text"]
            for block in self.blocks
            for element in [*block.get("elements", []), block.get("accessory") or {}]
            if element.get("type") == "button"
        ]


@dataclass(frozen=True, kw_only=True)
class Story:
    """The running sample."""

    workspace: LocalWorkspace
    session: aiohttp.ClientSession
    clock: Clock
    database: Database

    def be(self, user: str) -> "Me":
        """Become somebody."""
        return Me(self, user)

    async def to_next(self) -> None:
        """Move the clock to the next notice, with all that happens then."""
        await self.call("POST", "/control/clock", {"to_next": True})

    async def to(self, instant: datetime) -> None:
        """Move the clock."""
        await self.call("POST", "/control/clock", {"to": instant.isoformat()})

    async def call(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """The control API; a refusal fails the test. What is sent is always JSON."""
        sent = body if method == "GET" else body or {}
        async with self.session.request(
            method, f"{self.workspace.url}{path}", json=sent
        ) as response:
            answer = await response.json()
            if response.status == 409:
                raise ShownNoMore(answer["error"])
            assert response.status == 200, answer
            return answer


@dataclass(frozen=True)
class Me:
    """One person, looking at their conversation with Vigil."""

    story: Story
    user: str

    async def messages(self) -> list[Seen]:
        """The conversation, oldest first."""
        found = await self.story.call("GET", f"{await self._conversation()}/messages")
        return [
            Seen(
                ts=each["ts"],
                text=each["text"],
                blocks=each["blocks"] or [],
                ephemeral=each["ephemeral"],
            )
            for each in found["messages"]
        ]

    async def press(self, message: Seen, label: str) -> None:
        """Press a button on a message."""
        button = message.button(label)
        await self.story.call(
            "POST", f"{await self._conversation()}/actions", {"ts": message.ts, **button}
        )

    async def view(self) -> dict[str, Any]:
        """The open modal; it may take a moment to open."""
        return await eventually(self._view)

    async def _view(self) -> dict[str, Any] | None:
        return (await self.story.call("GET", f"/control/people/{self.user}/view"))["view"]

    async def send(self, **answers: Any) -> dict[str, Any]:
        """Fill in the open modal and send it; gives what became of it. One that takes its place meanwhile is sent instead."""
        view = await self.view()
        values = {block: {"answer": value} for block, value in answers.items()}
        path = f"/control/people/{self.user}/view/submit"
        try:
            return await self.story.call("POST", path, {"view_id": view["id"], "values": values})
        except ShownNoMore:
            if (await self.view())["id"] == view["id"]:
                raise
            return await self.send(**answers)

    async def close(self) -> None:
        """Close the open modal."""
        path = f"/control/people/{self.user}/view/close"
        await self.story.call("POST", path, {"view_id": (await self.view())["id"]})

    async def type(self, text: str) -> Seen:
        """Type a slash command, or a message; gives what comes back."""
        before = len(await self.messages())
        channel = (await self._conversation()).rsplit("/", 1)[-1]
        if text.startswith("/"):
            body = {"channel": channel, "text": text}
            await self.story.call("POST", f"/control/people/{self.user}/commands", body)
            before -= 1
        else:
            await self.story.call("POST", f"{await self._conversation()}/messages", {"text": text})

        async def answer() -> Seen | None:
            messages = await self.messages()
            return messages[-1] if len(messages) > before + 1 else None

        return await eventually(answer)

    async def home(self) -> str:
        """What the Home tab says."""
        await self.story.call("POST", f"/control/people/{self.user}/home")

        async def published() -> str | None:
            view = (await self.story.call("GET", f"/control/people/{self.user}/home"))["view"]
            return str(view["blocks"]) if view else None

        return await eventually(published)

    async def _conversation(self) -> str:
        found = await self.story.call("GET", f"/control/people/{self.user}/conversations")
        channel = next(each["id"] for each in found["conversations"] if each["kind"] == "im")
        return f"/control/people/{self.user}/conversations/{channel}"


async def eventually(look: Any, seconds: float = 5) -> Any:
    """What `look` gives as soon as it gives something."""
    for _ in range(int(seconds / 0.02)):
        if found := await look():
            return found
        await asyncio.sleep(0.02)
    raise NothingCame(f"Nothing after {seconds} seconds.")
