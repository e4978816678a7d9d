"""How long a queue takes at Slack's published pace; measured in `tests.bench.service`.

The local workspace takes 300 posts a minute, 300 of them in a burst. The least time for N is (N - 300) / 5 seconds.
Dispatch beats every two seconds, as in the service, and adapts to the pauses that it is asked for.
"""

import asyncio
import sys
from time import perf_counter

from bot.sender import SlackSender
from bot.workspace.rules import limit
from jobs.dispatch import Dispatch
from storage.clock import Clock
from storage.database import Database
from tests.bench.databases import shelf
from tests.bench.people import make_respondents
from tests.bench.sending import FIRST_STEP
from tests.bench.stand_in import StandIn, stand_in
from tests.factories import TEAM, open_review

MESSAGES = 600
BEAT_SECONDS = 2
A_MINUTE = limit("post.a_minute_a_workspace")
LEAST_SECONDS = (MESSAGES - A_MINUTE) * 60 / A_MINUTE
AIM = 1.05


async def drain(database: Database, slack: StandIn) -> float:
    """Seconds until the workspace has them all."""
    process = Dispatch(
        database=database,
        sender=SlackSender({TEAM: slack.client()}),
        clock=Clock(start=FIRST_STEP, speed=0),
        team_id=TEAM,
    )
    began = perf_counter()
    while True:
        beat = asyncio.create_task(asyncio.sleep(BEAT_SECONDS))
        await process.run()
        passed = perf_counter() - began
        posted = await slack.posted()
        if len(posted) >= MESSAGES:
            beat.cancel()
            assert len(posted) == len(set(posted)) == MESSAGES
            return passed
        await beat


async def main() -> None:
    def fill(database: Database) -> None:
        make_respondents(database, MESSAGES)
        open_review(database)

    with shelf() as databases:
        databases.fill(fill)
        with databases.copy("sqlite") as database:
            async with stand_in(MESSAGES, rate_limits=True) as slack:
                passed = await drain(database, slack)
                refused = await slack.refused()
    sys.stdout.write(
        f"{MESSAGES} messages at Slack's pace of {A_MINUTE} a minute after a burst: {passed:.1f} s, where"
        f" {LEAST_SECONDS:.0f} s is the least: {passed / LEAST_SECONDS:.3f} of it (aim {AIM}), with {refused} calls"
        " refused for their rate\n"
    )
