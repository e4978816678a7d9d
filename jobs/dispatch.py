"""The one send path: claim, commit, send with no transaction open, record. For one workspace.

Each workspace is served by itself: its limits and troubles hold up no other.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Final

from jobs.calls import Calls
from jobs.claims import claim
from jobs.contents import contents
from jobs.delivery import Delivery
from jobs.measures import SKIPPED
from jobs.pace import Pace
from jobs.sending import (
    SEND_TIMEOUT_SECONDS,
    Call,
    OutcomeUnknown,
    SendDelayed,
    Sender,
    SendRefused,
)
from storage.clock import Clock
from storage.database import Database
from storage.queries import outbox
from storage.read_models import Content, Recipient

log = logging.getLogger("vigil.dispatch")

#: A claim holds several times as long as the longest attempt: that one is over for certain when it runs out.
LEASE_IN_TIMEOUTS: Final = 4
#: So many calls of Slack are under way at once.
AT_ONCE: Final = 20
#: What claiming and reading cost a message falls with the number claimed at once, up to some two hundred.
_BATCH: Final = 200
#: A claim takes no more than can be sent in so many seconds: what waits longer is better asked about again.
_CLAIMED_SECONDS: Final = 10.0
#: A stopping process finishes what is with Slack for so long, and leaves the rest to be looked for.
STOPS_WITHIN: Final = 8.0


@dataclass(frozen=True)
class _Work:
    notice_id: str
    act: Callable[[], Awaitable[None]]


class Dispatch:
    """Sends what is due in one workspace, settles what is unknown, and brings sent messages up to date."""

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        clock: Clock,
        team_id: str,
        send_timeout: float = SEND_TIMEOUT_SECONDS,
        pace: Pace | None = None,
    ) -> None:
        """`send_timeout`: no call of the sender lasts longer (seconds of machine time). `pace`: Slack's, unless told."""
        self._database = database
        self._clock = clock
        self._team_id = team_id
        self._send_timeout = send_timeout
        self._lease = timedelta(seconds=LEASE_IN_TIMEOUTS * send_timeout)
        self._pace = pace or Pace()
        self._calls = Calls(pace=self._pace, at_once=AT_ONCE)
        self._delivery = Delivery(
            database=database,
            sender=sender,
            clock=clock,
            calls=self._calls,
            send_timeout=send_timeout,
        )
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._left_for_now: set[str] = set()
        self._stopping = False

    @property
    def token_refused(self) -> str | None:
        """Slack's word for why it refuses the token at present."""
        return self._calls.token_refused

    async def run(self) -> None:
        """Go on until there is nothing left that can be done now."""
        self._left_for_now.clear()
        self._pace.forget_channels()
        # The next batch is claimed while half of this one still waits: claiming takes as long as some of them.
        room = asyncio.Semaphore(AT_ONCE + _BATCH // 2)
        failure: Exception | None = None
        async with asyncio.TaskGroup() as under_way:
            try:
                await self._serve(under_way, room)
            except Exception as error:  # noqa: BLE001 - raised below: what is with Slack comes to its end first
                failure = error
        if failure is not None:
            raise failure

    async def _serve(self, under_way: asyncio.TaskGroup, room: asyncio.Semaphore) -> None:
        while True:
            was_busy = bool(self._busy)
            work = await self._next()
            if work is None and not was_busy:
                return
            if work is None and self._busy:
                # What is under way may leave something to do: what it finds lost is due again.
                await asyncio.wait(self._busy.values(), return_when=asyncio.FIRST_COMPLETED)
            for each in work or ():
                await room.acquire()
                self._busy[each.notice_id] = under_way.create_task(self._do(each, room))

    async def stop(self) -> None:
        """Claim no more, finish what is with Slack, and hand back the rest, within STOPS_WITHIN seconds."""
        self._stopping = True
        self._pace.stop()
        if under_way := set(self._busy.values()):
            _, unfinished = await asyncio.wait(under_way, timeout=STOPS_WITHIN)
            for task in unfinished:
                task.cancel()

    async def _next(self) -> list[_Work] | None:
        """The next batch, which may be empty where nothing that is due is to be sent; None when all is done."""
        now = self._clock.now()
        if self._stopping:
            return None
        waits = await self._database.read(outbox.what_waits, team_id=self._team_id, now=now)
        settling = await self._settling() if waits.expired else []
        looked_at, sending = await self._sending() if waits.due else (0, [])
        updating = await self._updating() if waits.outdated else []
        work = settling + sending + updating
        return work if work or looked_at else None

    async def _settling(self) -> list[_Work]:
        expired = await self._database.write(
            outbox.take_over,
            team_id=self._team_id,
            lease=self._lease,
            limit=self._pace.most_in(Call.FIND, _CLAIMED_SECONDS, at_most=_BATCH),
            except_for=set(self._busy),
            can_look=not self._pace.pause_left(Call.FIND),
        )
        return [_work(each, self._delivery.settle) for each in expired]

    async def _sending(self) -> tuple[int, list[_Work]]:
        """How many due prompts were looked at, and what is to be sent of them."""
        if self._pace.pause_left(Call.POST):
            return 0, []
        people = self._pace.most_in(Call.POST, _CLAIMED_SECONDS, at_most=_BATCH)
        if not self._pace.is_spread(Call.OPEN_DM):
            return await self._claim(people, has_channel=None)
        looked_at, work = await self._claim(people, has_channel=True)
        if not self._pace.pause_left(Call.OPEN_DM):
            most = self._pace.most_in(Call.OPEN_DM, _CLAIMED_SECONDS, at_most=people)
            more, new = await self._claim(most, has_channel=False)
            return looked_at + more, work + new
        return looked_at, work

    async def _claim(self, people: int, *, has_channel: bool | None) -> tuple[int, list[_Work]]:
        start_before = monotonic() + (LEASE_IN_TIMEOUTS - 1) * self._send_timeout
        claimed = await self._database.write(
            claim,
            team_id=self._team_id,
            now=self._clock.now(),
            lease=self._lease,
            people=people,
            has_channel=has_channel,
        )
        for reason in claimed.skipped:
            SKIPPED.labels(reason).inc()
        found = await self._contents(claimed.recipients)

        def send(recipient: Recipient) -> Awaitable[None]:
            return self._delivery.send(
                recipient, found[recipient.notice_id], start_before=start_before
            )

        return claimed.looked_at, [
            _work(each, send) for each in claimed.recipients if each.notice_id in found
        ]

    async def _contents(self, recipients: list[Recipient]) -> dict[str, Content]:
        """What the notices say; one that cannot be read holds up no other, and its lease brings it back."""
        now = self._clock.now()
        try:
            return await self._database.read(contents, recipients=recipients, now=now)
        except Exception:
            if len(recipients) == 1:
                log.exception("notice failed", extra={"notice_id": recipients[0].notice_id})
                return {}
        found: dict[str, Content] = {}
        for each in recipients:
            found |= await self._contents([each])
        return found

    async def _updating(self) -> list[_Work]:
        if self._pace.pause_left(Call.UPDATE):
            return []
        stale = await self._database.read(
            outbox.outdated,
            team_id=self._team_id,
            limit=self._pace.most_in(Call.UPDATE, _CLAIMED_SECONDS, at_most=_BATCH),
            except_for=self._left_for_now | set(self._busy),
        )
        return [_work(each, self._delivery.update) for each in stale]

    async def _do(self, work: _Work, room: asyncio.Semaphore) -> None:
        try:
            await work.act()
        except (SendDelayed, OutcomeUnknown, SendRefused):  # an update: the next beat tries again
            self._left_for_now.add(work.notice_id)
        except Exception:  # whatever it was, its lease brings the notice back
            self._left_for_now.add(work.notice_id)
            log.exception("notice failed", extra={"notice_id": work.notice_id})
        finally:
            del self._busy[work.notice_id]
            room.release()


def _work(recipient: Recipient, act: Callable[[Recipient], Awaitable[None]]) -> _Work:
    return _Work(recipient.notice_id, lambda: act(recipient))
