"""The pace at which one workspace is called, in a time that the test lets pass."""

import asyncio
from collections import Counter
from collections.abc import Awaitable
from heapq import heappop, heappush
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.pacing import MachineTime, Pacing
from bot.workspace.refusal import RefusedError
from jobs.pace import CHANNEL_SECONDS, LONGEST_WAIT, Pace
from jobs.sending import Call, SendDelayed

#: As many messages a second as Slack publishes.
PUBLISHED = 5.0


class Time:
    """Machine time, which passes only while everybody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._order = count()
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._asleep, (self.now + seconds, next(self._order), woken))
        await woken

    async def pass_until_done(self, work: Awaitable[None]) -> None:
        done = asyncio.ensure_future(work)
        while not done.done():
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            if not done.done() and self._asleep:
                self.now, _, woken = heappop(self._asleep)
                woken.set_result(None)
        await done


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pace(time) -> Pace:
    return Pace(time, time.sleep)


async def all_of(*work: Awaitable[None]) -> None:
    await asyncio.gather(*work)


class Slack:
    """Takes posts out of the local workspace's own bucket, and asks for pauses where it is empty."""

    def __init__(self, time: Time, *, a_minute: int, burst: int) -> None:
        self.a_minute, self.burst = a_minute, burst
        self.taken: list[float] = []
        self.refused: list[float] = []
        self._time = time
        self._bucket = Pacing(MachineTime(monotonic=time), on=True)

    def post(self, pace: Pace) -> None:
        try:
            self._bucket.take(("post",), a_minute=self.a_minute, burst=self.burst)
        except RefusedError as refusal:
            self.refused.append(self._time())
            pace.delay(Call.POST, float(refusal.retry_after))
        else:
            self.taken.append(self._time())


async def post_for(seconds: float, time: Time, pace: Pace, slack: Slack) -> None:
    """Five at once post as fast as the pace lets them; one that is told to come back does."""
    end = time() + seconds

    async def post_some() -> None:
        while time() < end:
            try:
                await pace.turn(Call.POST)
            except SendDelayed as delay:
                await time.sleep(delay.seconds)
                continue
            slack.post(pace)
            await time.sleep(0.06)

    await time.pass_until_done(all_of(*(post_some() for _ in range(5))))


def most_within(seconds: float, moments: list[float]) -> int:
    """The most of these moments that lie within so many seconds of each other."""
    return max(
        (sum(1 for each in moments if start <= each < start + seconds) for start in moments),
        default=0,
    )


async def test_until_slack_asks_for_a_pause_nobody_waits(time, pace):
    for _ in range(1000):
        await pace.turn(Call.POST)
    assert time.now == 1000.0


async def test_after_a_pause_calls_are_spread_at_the_published_pace(time, pace):
    pace.delay(Call.POST, 2)
    made: list[float] = []

    async def call() -> None:
        await pace.turn(Call.POST)
        made.append(time())

    await time.pass_until_done(all_of(*(call() for _ in range(25))))
    assert made[0] == 1002.0
    gaps = [later - earlier for earlier, later in pairwise(made)]
    assert gaps == pytest.approx([1 / PUBLISHED] * 24, rel=0.03)


@given(a_minute=st.integers(60, 900), burst=st.integers(1, 300))
def test_whatever_slack_takes_in_earnest_the_pace_finds_it(a_minute, burst):
    """It takes most of what it may, and seldom asks for more."""
    asyncio.run(_finds_the_pace(a_minute, burst))


async def _finds_the_pace(a_minute: int, burst: int) -> None:
    time = Time()
    pace, slack = Pace(time, time.sleep), Slack(time, a_minute=a_minute, burst=burst)
    await post_for(600, time, pace, slack)
    first = slack.refused[0] if slack.refused else time.now
    later = [at for at in slack.refused if at > first + 60]
    assert len(later) <= 0.05 * len(slack.taken)
    possible = min(a_minute / 60, PUBLISHED) * 600
    assert len(slack.taken) >= 0.9 * possible


async def test_a_queue_drains_at_the_published_pace_within_a_twentieth(time, pace):
    slack = Slack(time, a_minute=300, burst=300)
    began = time()
    await post_for(300, time, pace, slack)
    needed = [(at - began) / ((number - 300) / PUBLISHED)
              for number, at in enumerate(slack.taken, 1) if number >= 600]  # fmt: skip
    assert max(needed) <= 1.05


async def test_it_is_never_faster_than_published_for_long_while_slack_is_that_slow(time, pace):
    slack = Slack(time, a_minute=300, burst=1)
    await post_for(600, time, pace, slack)
    assert most_within(60, slack.taken + slack.refused) <= 1.1 * 60 * PUBLISHED


async def test_it_recovers_when_slack_takes_more_again(time, pace):
    slack = Slack(time, a_minute=30, burst=1)
    await post_for(300, time, pace, slack)
    slow = len([at for at in slack.taken if at > time.now - 60])
    slack.a_minute = 300
    await post_for(600, time, pace, slack)
    assert slow <= 33
    assert len([at for at in slack.taken if at > time.now - 60]) >= 0.9 * 60 * PUBLISHED


async def test_one_message_a_second_in_one_channel(time, pace):
    made: list[float] = []

    async def post() -> None:
        await pace.turn(Call.POST, "D1")
        made.append(time())

    await time.pass_until_done(all_of(*(post() for _ in range(5))))
    gaps = [later - earlier for earlier, later in pairwise(made)]
    assert gaps == [CHANNEL_SECONDS] * 4


async def test_another_channel_does_not_wait_for_it(time, pace):
    for number in range(50):
        await pace.turn(Call.POST, f"D{number}")
    assert time.now == 1000.0


@pytest.mark.parametrize("paused", list(Call))
async def test_a_pause_of_one_kind_of_call_holds_up_no_other(time, pace, paused):
    pace.delay(paused, 60)
    for call in set(Call) - {paused}:
        await pace.turn(call)
        assert pace.pause_left(call) == 0
        assert not pace.is_spread(call)
    assert time.now == 1000.0
    assert pace.pause_left(paused) == 60


async def test_a_long_pause_is_not_slept_through(time, pace):
    pace.delay(Call.POST, LONGEST_WAIT + 20)
    with pytest.raises(SendDelayed) as told:
        await pace.turn(Call.POST)
    assert told.value.seconds == LONGEST_WAIT + 20
    assert time.now == 1000.0


async def test_who_stops_gives_no_more_turns_not_even_to_those_who_wait(time, pace):
    pace.delay(Call.POST, 5)
    ended: Counter[float] = Counter()

    async def post() -> None:
        try:
            await pace.turn(Call.POST)
        except SendDelayed as delay:
            ended[delay.seconds] += 1

    async def stop() -> None:
        await time.sleep(1)
        pace.stop()

    await time.pass_until_done(all_of(post(), post(), stop()))
    with pytest.raises(SendDelayed):
        await pace.turn(Call.POST)
    assert ended == {0: 2}


@given(seconds=st.floats(0, 60), a_second=st.sampled_from(list(Call)))
def test_a_claim_takes_at_least_one_and_no_more_than_can_be_sent(seconds, a_second):
    time = Time()
    pace = Pace(time, time.sleep)
    assert pace.most_in(a_second, seconds, at_most=50) == 50
    pace.delay(a_second, 1)
    published = {Call.POST: PUBLISHED}.get(a_second, 50 / 60)
    most = pace.most_in(a_second, seconds, at_most=50)
    assert 1 <= most <= max(1, min(50, published * seconds))
