"""Start, memory and idle work of `vigil run`, with the pace beside it: `python -m tests.bench.service`.

`vigil run` is a child of this process and the local workspace another, so that nothing else counts as its own. The
idle minute mostly waits, and so does a queue at Slack's pace: both are measured in the same minute. The processor
time is the child's alone, from Linux's /proc, on a database with a planned review of 600 respondents.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from storage.database import Database
from storage.upgrade import upgrade
from tests.bench import pace
from tests.bench.people import make_respondents
from tests.bench.stand_in import StandIn, stand_in
from tests.bot.workspace.example import make_team
from tests.factories import TEAM, open_review
from tests.flows.running import free_port

ROOT = Path(__file__).parents[2]
PEOPLE, STARTS, IDLE_SECONDS = 600, 5, 60
#: After the start it plans once; then it is idle.
SETTLES_SECONDS = 5
HELLO_AIM, ADDRESS_AIM, MEMORY_AIM, IDLE_AIM = 1.0, 1.2, 100, 0.1


@asynccontextmanager
async def vigil(
    folder: Path, *arguments: str, **settings: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`vigil run` in this folder with these settings alone, until the end of the block."""
    environment: Mapping[str, str] = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VIGIL_LOG_LEVEL": "WARNING", **settings,
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", *arguments, cwd=folder, env=environment,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def seconds_to_address(folder: Path) -> float:
    """From nothing to the sample's page."""
    began = perf_counter()
    async with vigil(folder, VIGIL_PORT=str(free_port())) as process:
        assert process.stdout is not None
        line = await process.stdout.readline()
        assert b"http://" in line, line
        return perf_counter() - began


@asynccontextmanager
async def connected(
    folder: Path, slack: StandIn
) -> AsyncIterator[tuple[asyncio.subprocess.Process, float]]:
    """The bot in the stand-in, and the seconds from nothing to Socket Mode's hello."""
    team = make_team(TEAM)
    began = perf_counter()
    async with vigil(
        folder,
        "--start-at",
        "2026-09-07T09:30",
        SLACK_BOT_TOKEN=team.bot_token,
        SLACK_APP_TOKEN=team.app_token,
        SLACK_API_URL=slack.api_url,
        DATABASE_URL=f"sqlite:///{folder}/vigil.sqlite",
    ) as process:
        while not await slack.connections():  # noqa: ASYNC110 - another process, which tells nobody
            await asyncio.sleep(0.005)
        yield process, perf_counter() - began


def make_database(folder: Path) -> None:
    database = Database(f"sqlite:///{folder}/vigil.sqlite")
    upgrade(database)
    make_respondents(database, PEOPLE)
    open_review(database)
    database.dispose()


def memory(pid: int) -> float:
    """What the process holds resident, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def processor_seconds(pid: int) -> float:
    """User and system time that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def start(folder: Path, slack: StandIn) -> None:
    hellos = []
    for _ in range(STARTS):
        async with connected(folder, slack) as (_process, hello):
            hellos.append(hello)
        while await slack.connections():  # noqa: ASYNC110 - another process, which tells nobody
            await asyncio.sleep(0.005)
    addresses = [await seconds_to_address(folder) for _ in range(STARTS)]
    sys.stdout.write(
        f"from nothing to Socket Mode's hello: {median(hellos):.2f} s (aim {HELLO_AIM:.0f});"
        f" to the sample's page: {median(addresses):.2f} s (aim {ADDRESS_AIM}); the middle of {STARTS}\n"
    )


async def idle(folder: Path, slack: StandIn) -> None:
    async with connected(folder, slack) as (process, _hello):
        await asyncio.sleep(SETTLES_SECONDS)
        before = processor_seconds(process.pid)
        await asyncio.sleep(IDLE_SECONDS)
        used = processor_seconds(process.pid) - before
        resident = memory(process.pid)
    sys.stdout.write(
        f"idle: {used:.2f} s of processor time in {IDLE_SECONDS} s (aim {IDLE_AIM});"
        f" {resident:.0f} MB resident (aim {MEMORY_AIM})\n"
    )


async def main() -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        make_database(folder)
        async with stand_in(PEOPLE) as slack:
            await start(folder, slack)
            await asyncio.gather(idle(folder, slack), pace.main())


if __name__ == "__main__":
    asyncio.run(main())
