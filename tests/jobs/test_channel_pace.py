"""How soon one message may follow another in the same conversation."""

import asyncio

import pytest

from jobs.pace import Pace
from jobs.sending import Call


async def post_twice(pace: Pace) -> None:
    async with asyncio.timeout(0.2):
        await pace.turn(Call.POST, "D1")
        await pace.turn(Call.POST, "D1")


async def test_a_second_message_in_a_channel_waits_for_slacks_pace():
    with pytest.raises(TimeoutError):
        await post_twice(Pace())


async def test_where_nobody_limits_rates_it_follows_at_once():
    await post_twice(Pace(channel_seconds=0))
