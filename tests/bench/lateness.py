"""How late messages are, with 5,000 due at once and no rate limit: `python -m tests.bench.lateness`.

The story's clock runs in real time here and begins when they fall due; each delay is what the notice's row says.
"""

import asyncio
import sys
from datetime import datetime
from statistics import quantiles

from sqlmodel import Session, col, select

from bot.sender import SlackSender
from jobs.dispatch import Dispatch
from storage.clock import Clock
from storage.database import Database
from storage.tables import Notice
from storage.vocabulary import NoticeState
from tests.bench.databases import shelf
from tests.bench.people import make_respondents
from tests.bench.sending import FIRST_STEP, KINDS, log_to_nowhere
from tests.bench.stand_in import stand_in
from tests.factories import TEAM, open_review

MESSAGES = 5000


def sent_at(session: Session) -> list[datetime]:
    """When each was sent."""
    query = select(Notice.sent_at).where(
        Notice.state == NoticeState.SENT, col(Notice.sent_at).is_not(None)
    )
    return [at for at in session.exec(query) if at is not None]


async def delays(database: Database) -> list[float]:
    """Seconds from due to sent, of each message."""
    async with stand_in(MESSAGES) as slack:
        process = Dispatch(
            database=database,
            sender=SlackSender({TEAM: slack.client()}),
            clock=Clock(start=FIRST_STEP),
            team_id=TEAM,
        )
        await process.run()
        posted = await slack.posted()
    found = [(at - FIRST_STEP).total_seconds() for at in database.read_now(sent_at)]
    assert len(found) == len(posted) == len(set(posted)) == MESSAGES
    return found


async def main() -> None:
    def fill(database: Database) -> None:
        make_respondents(database, MESSAGES)
        open_review(database)

    with shelf() as databases:
        databases.fill(fill)
        told = []
        for kind in KINDS:
            with databases.copy(kind) as database:
                percent = quantiles(await delays(database), n=100)
                told.append(f"{percent[49]:.1f} s and {percent[98]:.1f} s on {kind}")
    sys.stdout.write(
        f"{MESSAGES:,} due at once, no rate limit: from due to sent, half within and 99 of 100 within"
        f" {', '.join(told)}\n"
    )


if __name__ == "__main__":
    log_to_nowhere()
    asyncio.run(main())
