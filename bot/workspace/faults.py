"""Faults on demand, and the log of what was accepted and refused."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

from aiohttp import web

from bot.workspace.refusal import JSON, RefusedError

KINDS = ("drop", "status", "reset", "slow", "ratelimited", "error", "redeliver")


@dataclass
class Fault:
    """What goes wrong, where and how often.

    `method` is a Web API method, `respond` or `upload`; for `redeliver` it is the type of the event
    or interaction. `*` is any. The first `skip` calls that match go well.
    """

    kind: str
    method: str = "*"
    channel: str | None = None
    count: int = 1
    skip: int = 0
    accepted: bool | None = None
    status: int = 503
    seconds: float | int = 5
    retry_after: int = 1
    error: str = "internal_error"

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)
        if self.accepted is None:
            self.accepted = self.kind in {"drop", "slow"}

    def matches(self, method: str, channel: str | None) -> bool:
        if self.count < 1 or self.method not in {"*", method}:
            return False
        return self.channel is None or self.channel == channel


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def as_json(self) -> list[JSON]:
        return [asdict(fault) for fault in self._faults]

    def take(
        self, method: str, channel: str | None = None, *, redelivery: bool = False
    ) -> Fault | None:
        for fault in self._faults:
            if (fault.kind == "redeliver") != redelivery or not fault.matches(method, channel):
                continue
            if fault.skip:
                fault.skip -= 1
                continue
            fault.count -= 1
            if not fault.count:
                self._faults.remove(fault)
            return fault
        return None


async def through(
    fault: Fault | None, request: web.Request, work: Callable[[], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Does the work and lets the fault happen before or after it."""
    if fault is None:
        return await work()
    if fault.accepted:
        response = await work()
        return await _befall(fault, request) or response
    return await _befall(fault, request) or await work()


async def _befall(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """None means that the call goes on as if nothing had been."""
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "status":
        return web.Response(status=fault.status, text="upstream connect error")
    if fault.kind == "ratelimited":
        raise RefusedError("ratelimited", retry_after=fault.retry_after)
    if fault.kind == "error":
        raise RefusedError(fault.error)
    if request.transport is not None:
        # A reset is abrupt; a dropped answer is a connection that closes with nothing said.
        request.transport.abort() if fault.kind == "reset" else request.transport.close()
    return web.Response()


class CallLog:
    """Every call that was accepted and changed something, and every call that was refused."""

    def __init__(self, most: int = 200_000) -> None:
        self.accepted: deque[JSON] = deque(maxlen=most)
        self.refused: deque[JSON] = deque(maxlen=most)
        self._number = 0

    def accept(self, **entry: object) -> None:
        self._number += 1
        self.accepted.append({"number": self._number, **entry})

    def refuse(self, **entry: object) -> None:
        self.refused.append(entry)
