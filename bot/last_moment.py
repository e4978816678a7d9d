"""The last moment at which a message may leave.

Whoever sends has a lease. A process that stands still between looking at the time and writing to the network, since
its machine is frozen or too busy, would send when another one has looked for the message and sent it again. So the
time is looked at again when all is ready and the first byte would be written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from types import SimpleNamespace

import aiohttp

_last_moment: ContextVar[float | None] = ContextVar("last_moment", default=None)


class TooLate(Exception):
    """The moment has passed; nothing was written."""


@contextmanager
def leaving_before(moment: float) -> Iterator[None]:
    """What is requested in this block through a session with `watching()` leaves before that moment (monotonic), or raises TooLate."""
    token = _last_moment.set(moment)
    try:
        yield
    finally:
        _last_moment.reset(token)


def watching() -> aiohttp.TraceConfig:
    """For a session's `trace_configs`: looks at the time when a request's first byte would be written."""
    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(_look)  # aiohttp calls it just before it writes them
    return trace


async def _look(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    _headers: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    moment = _last_moment.get()
    if moment is not None and monotonic() > moment:
        raise TooLate
