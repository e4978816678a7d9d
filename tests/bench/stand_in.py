"""The local workspace in a process of its own, so that it shares neither our time nor our lock.

`python -m tests.bench.stand_in PEOPLE [limits]` prints its address, and ends with its standard input.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import LocalWorkspace, Team, WorkspacePerson
from storage.clock import Clock
from tests.bot.workspace.example import make_team
from tests.factories import TEAM

SEND_TIMEOUT_SECONDS = 30
_FOR_EVER = 10**9


def team(people: int) -> Team:
    """So many people, all of whom have talked with the bot before."""
    return make_team(
        TEAM,
        people=tuple(
            WorkspacePerson(user_id=user, name=f"Respondent {user}", email=f"{user}@example.gov.uk")
            for user in map(user_id, range(people))
        ),
    )


def user_id(number: int) -> str:
    """The Slack id of that person."""
    return f"U{number:05}"


def channel_of(user: str) -> str:
    """Their conversation with the bot."""
    return f"D{user[1:]}"


@dataclass(frozen=True)
class StandIn:
    """The workspace from outside."""

    url: str
    session: aiohttp.ClientSession

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def client(self) -> AsyncWebClient:
        """As the bot makes it: one session, and no retries."""
        return AsyncWebClient(
            token=make_team(TEAM).bot_token,
            base_url=self.api_url,
            session=self.session,
            retry_handlers=[],
        )

    async def answer_after(self, seconds: float) -> None:
        """From now on every post takes that long."""
        async with self.session.delete(f"{self.url}/control/faults") as answer:
            assert answer.status == 200, await answer.text()
        slow = {"kind": "slow", "method": "chat.postMessage", "count": _FOR_EVER}
        if seconds:
            await self._control("faults", {**slow, "seconds": seconds})

    async def connections(self) -> int:
        """How many Socket Mode connections it has greeted."""
        async with self.session.get(f"{self.url}/control/socket") as answer:
            return int((await answer.json())["connections"])

    async def refused(self) -> int:
        """How many calls it refused."""
        return len((await self._log())["refused"])

    async def posted(self) -> list[str]:
        """The ids of the notices that it took, each as often as it took it."""
        return [
            entry["arguments"]["metadata"]["event_payload"]["notice_id"]
            for entry in (await self._log())["accepted"]
            if entry["method"] == "chat.postMessage"
        ]

    async def _log(self) -> dict[str, list[Any]]:
        async with self.session.get(f"{self.url}/control/log") as answer:
            return dict(await answer.json())

    async def _control(self, path: str, body: dict[str, object]) -> None:
        async with self.session.post(f"{self.url}/control/{path}", json=body) as answer:
            assert answer.status == 200, await answer.text()


@asynccontextmanager
async def stand_in(people: int, *, rate_limits: bool = False) -> AsyncIterator[StandIn]:
    """A workspace with so many people, until the end of the block."""
    arguments = [str(people), *(["limits"] if rate_limits else [])]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.stand_in", *arguments,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()
    timeout = aiohttp.ClientTimeout(total=SEND_TIMEOUT_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield StandIn(url, session)
    process.stdin.close()
    await process.wait()


async def serve(people: int, *, rate_limits: bool) -> None:
    workspace = LocalWorkspace(teams=[team(people)], clock=Clock(), rate_limits=rate_limits)
    for user in map(user_id, range(people)):
        workspace.installations[TEAM].workspace.direct_message(user)
    await workspace.start()
    sys.stdout.write(f"{workspace.url}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    await workspace.stop()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), rate_limits="limits" in sys.argv))
