"""How fast dispatch sends, against a bare loop of posts: `python -m tests.bench.sending`.

Both post the same messages with the same client, as many at once, to the local workspace in another process.
The bare loop's are rendered beforehand and recorded nowhere; dispatch claims, decides, reads, renders, sends and
records them, on SQLite and on PostgreSQL with its own settings. Each in turn, several times; the middle one counts.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
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
RUNS = ((0.0, 1200, 5), (0.06, 800, 3))
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


@dataclass(frozen=True)
class Rate:
    """Messages a second, and the milliseconds of this process's own time that each took."""

    a_second: float
    own: float


@contextmanager
def timed(messages: int) -> Iterator[list[Rate]]:
    """Fills the list with the rate at which the block sent them."""
    found: list[Rate] = []
    began, used = perf_counter(), process_time()
    yield found
    own = (process_time() - used) / messages * 1000
    found.append(Rate(messages / (perf_counter() - began), own))


async def bare_loop(slack: StandIn, payloads: list[dict[str, Any]]) -> Rate:
    """Posts alone."""
    client, left = slack.client(), iter(payloads)

    async def post_some() -> None:
        for payload in left:
            await client.chat_postMessage(**payload)

    with timed(len(payloads)) as rate:
        await asyncio.gather(*(post_some() for _ in range(AT_ONCE)))
    return rate[0]


async def by_dispatch(slack: StandIn, database: Database, messages: int) -> Rate:
    """Dispatch; the workspace has each message once."""
    before = len(await slack.posted())
    process = dispatch(database, slack.client())
    with timed(messages) as rate:
        await process.run()
    posted = (await slack.posted())[before:]
    assert len(posted) == len(set(posted)) == messages
    return rate[0]


async def measure(databases: Shelf, *, delay: float, messages: int, times: int) -> None:
    def fill(database: Database) -> None:
        make_respondents(database, messages)
        open_review(database)

    databases.fill(fill)
    recorder = Recorder()
    with databases.copy("sqlite") as database:
        await dispatch(database, recorder).run()
    rates: dict[str, list[Rate]] = {name: [] for name in ("bare", *KINDS)}
    async with stand_in(messages) as slack:
        await slack.answer_after(delay)
        for _ in range(times):
            rates["bare"].append(await bare_loop(slack, recorder.payloads))
            for kind in KINDS:
                with databases.copy(kind) as database:
                    rates[kind].append(await by_dispatch(slack, database, messages))
    tell(delay, {name: middle(measured) for name, measured in rates.items()})


def middle(measured: list[Rate]) -> Rate:
    """The middle one of each figure."""
    return Rate(median(each.a_second for each in measured), median(each.own for each in measured))


def tell(delay: float, rates: dict[str, Rate]) -> None:
    bare = rates["bare"]
    against = ", ".join(
        f"{rates[kind].a_second:,.0f} on {kind} ({rates[kind].a_second / bare.a_second:.2f} of it,"
        f" {rates[kind].own:.2f} ms)"
        for kind in KINDS
    )
    sys.stdout.write(
        f"posts that take {delay * 1000:.0f} ms, {AT_ONCE} at once: a bare loop {bare.a_second:,.0f} messages a second"
        f" ({bare.own:.2f} ms of processor time each), dispatch {against} (aim {AIM})\n"
    )
    sys.stdout.flush()


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
