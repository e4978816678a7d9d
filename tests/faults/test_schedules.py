"""A handful of schedules with fixed seeds; `make faults` plays hundreds that nobody has seen before."""

import asyncio

import pytest

from tests.faults.play import play
from tests.faults.schedules import Schedule, draw

pytestmark = pytest.mark.timeout(300)  # real processes, on a machine that may be busy

#: Few people and short troubles; both kinds of database, one to four processes, each kind of trouble.
SEEDS = (1007, 1008, 1037, 1040, 1043)


async def test_whatever_goes_wrong_everybody_has_one_message(databases, tmp_path):
    schedules = [draw(seed) for seed in SEEDS]
    results = await asyncio.gather(
        *(play(each, databases, tmp_path / str(each.seed)) for each in schedules)
    )
    assert [result.words for result in results if not result.is_good] == []


def test_a_seed_draws_the_same_schedule_each_time():
    drawn: list[Schedule] = [draw(7), draw(7)]
    assert drawn[0] == drawn[1] != draw(8)
