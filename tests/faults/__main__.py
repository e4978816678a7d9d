"""`make faults`: schedules from new seeds, every point on both kinds of database, and one schedule with 5,000 notices."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import SystemRandom
from time import monotonic

from tests.faults.databases import POSTGRESQL, SQLITE, Databases
from tests.faults.play import Result, play
from tests.faults.points import POINTS
from tests.faults.schedules import CROWD, SIZES, Schedule, draw, with_a_crowd
from tests.faults.test_points import PEOPLE, all_killed


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


async def _play_all(
    schedules: Sequence[Schedule], databases: Databases, folder: Path, at_once: int
) -> list[Result]:
    slots = asyncio.Semaphore(at_once)

    async def one(schedule: Schedule) -> Result:
        async with slots:
            result = await play(schedule, databases, folder / f"{schedule.seed} {schedule.people}")
            _say(result.words)
            return result

    # the longest first, so that none of them is waited for at the end
    ordered = sorted(schedules, key=lambda each: -each.longest)
    return await asyncio.gather(*map(one, ordered))


def _main() -> int:
    given = _given()
    first = SystemRandom().randrange(1, 1_000_000) if given.first is None else given.first
    last = first + given.schedules - 1
    folder = Path(tempfile.mkdtemp(prefix="vigil-faults-"))
    _say(f"Seeds {first} to {last}. What the processes log is in {folder}.")
    schedules = [draw(seed) for seed in range(first, last + 1)]
    if not given.small:
        schedules.append(with_a_crowd(first))
    began = monotonic()
    databases = Databases({PEOPLE, *SIZES}, crowds=() if given.small else (CROWD,))
    try:
        points = [] if given.small else list(product(POINTS, (SQLITE, POSTGRESQL)))
        killed = asyncio.run(all_killed(databases, folder, points))
        _say(f"Killed at {len(points)} points, gone wrong: {killed or 'none'}")
        results = asyncio.run(_play_all(schedules, databases, folder, given.at_once))
    finally:
        databases.close()
    bad = [result for result in results if not result.is_good]
    for result in bad:
        _say(f"Gone wrong: {result.words}")
    _say(f"{monotonic() - began:.0f} seconds")
    _say(f"seeds {first} to {last}: {len(results)} schedules, {_counts(results)}")
    return 1 if bad or killed else 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--first", type=int, help="the first seed; any, unless told")
    parser.add_argument("--schedules", type=int, default=200)
    parser.add_argument("--at-once", type=int, default=10, help="so many schedules at once")
    parser.add_argument("--small", action="store_true", help="neither the points nor the crowd")
    return parser.parse_args()


def _counts(results: Sequence[Result]) -> str:
    verdicts = [result.verdict for result in results]
    return (
        f"sent {sum(len(each.sent) for each in verdicts)},"
        f" doubled {sum(len(each.doubled) for each in verdicts)},"
        f" lost {sum(len(each.lost) for each in verdicts)},"
        f" unknown for good {sum(len(each.unknown) for each in verdicts)}"
    )


if __name__ == "__main__":
    sys.exit(_main())
