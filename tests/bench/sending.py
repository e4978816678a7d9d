"""How fast dispatch sends, against a bare loop of posts: `python -m tests.bench.sending`.

Both post the same messages with the same client, as many at once, to the local workspace in another process.
The bare loop's are rendered beforehand and recorded nowhere; dispatch claims, decides, reads, renders, sends and
records them, on SQLite and on PostgreSQL with its own settings. Each in turn, several times; the middle one counts.
"""

import asyncio
import os
import sys
from statistics import median
from time import perf_counter
from typing import Any

from bot.logs import start_logging
from bot.sender import SlackSender
from jobs.dispatch import AT_ONCE, Dispatch
from storage.clock import Clock
from storage.database import Database
from tests.bench.databases import Shelf, shelf
from tests.bench.people import make_respondents
from tests.bench.stand_in import StandIn, stand_in
from tests.factories import TEAM, london, open_review

FIRST_STEP = london(2026, 9, 11, 9)
#: Seconds that each post takes, messages, and how often each is measured.
RUNS = ((0.0, 2000, 5), (0.06, 1000, 3))
KINDS = ("sqlite", "postgresql")
AIM = 0.9


class Recorder:
    """An AsyncWebClient's place: keeps what would be posted."""

    def __init__(self) -> None:
        self.payloads: list[dict[str, Any]] = []
        self.notice_ids: list[str] = []

    async def chat_postMessage(self, **payload: Any) -> dict[str, str]:  # noqa: N802 - Slack's name
        self.payloads.append(payload)
        self.notice_ids.append(payload["metadata"]["event_payload"]["notice_id"])
        return {"ts": f"{len(self.payloads)}.0"}


def dispatch(database: Database, client: Any) -> Dispatch:
    """As the service makes it, at the first step of the review."""
    return Dispatch(
        database=database,
        sender=SlackSender({TEAM: client}),
        clock=Clock(start=FIRST_STEP, speed=0),
        team_id=TEAM,
    )


async def bare_loop(slack: StandIn, payloads: list[dict[str, Any]]) -> float:
    """Messages a second of posts alone."""
    client, left = slack.client(), iter(payloads)

    async def post_some() -> None:
        for payload in left:
            await client.chat_postMessage(**payload)

    began = perf_counter()
    await asyncio.gather(*(post_some() for _ in range(AT_ONCE)))
    return len(payloads) / (perf_counter() - began)


async def by_dispatch(slack: StandIn, database: Database, messages: int) -> float:
    """Messages a second of dispatch, all counted by the workspace."""
    before = len(await slack.posted())
    process = dispatch(database, slack.client())
    began = perf_counter()
    await process.run()
    passed = perf_counter() - began
    posted = (await slack.posted())[before:]
    assert len(posted) == len(set(posted)) == messages
    return messages / passed


async def measure(databases: Shelf, *, delay: float, messages: int, times: int) -> None:
    def fill(database: Database) -> None:
        make_respondents(database, messages)
        open_review(database)

    databases.fill(fill)
    recorder = Recorder()
    with databases.copy("sqlite") as database:
        await dispatch(database, recorder).run()
    rates: dict[str, list[float]] = {name: [] for name in ("bare", *KINDS)}
    async with stand_in(messages) as slack:
        await slack.answer_after(delay)
        for _ in range(times):
            rates["bare"].append(await bare_loop(slack, recorder.payloads))
            for kind in KINDS:
                with databases.copy(kind) as database:
                    rates[kind].append(await by_dispatch(slack, database, messages))
    bare = median(rates["bare"])
    against = ", ".join(
        f"{median(rates[kind]):,.0f} on {kind} ({median(rates[kind]) / bare:.2f} of it)"
        for kind in KINDS
    )
    sys.stdout.write(
        f"posts that take {delay * 1000:.0f} ms, {AT_ONCE} at once: a bare loop {bare:,.0f} messages a second,"
        f" dispatch {against} (aim {AIM})\n"
    )


async def main() -> None:
    with shelf() as databases:
        for delay, messages, times in RUNS:
            await measure(databases, delay=delay, messages=messages, times=times)


def log_to_nowhere() -> None:
    """Log as in earnest, without the cost of a terminal; errors of the measurement itself are still shown."""
    shown, sys.stderr = sys.stderr, open(os.devnull, "w")  # noqa: SIM115, PTH123 - until the end
    start_logging("INFO")
    sys.stderr = shown


if __name__ == "__main__":
    log_to_nowhere()
    asyncio.run(main())
