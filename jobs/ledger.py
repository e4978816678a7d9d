"""Writing down what became of notices: those that end at the same time in one transaction.

A write of its own for each notice is what a sender of thousands would spend most of its time on. Whoever records
waits until the transaction is committed, so nothing is told before it is stored.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sqlmodel import Session

from storage.database import Database

log = logging.getLogger("vigil.ledger")

T = TypeVar("T")

Entry = Callable[[Session], None]
#: Writes several facts of one kind at once.
Together = Callable[[Session, Sequence[Any]], None]


@dataclass(frozen=True, eq=False)
class _Line:
    write: Together
    fact: Any
    written: asyncio.Future[None]


class Ledger:
    """Collects entries while a transaction is under way, and writes them in the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Line] = []
        self._writing = asyncio.Lock()

    async def record(self, entry: Callable[..., None], **facts: object) -> None:
        """Write one entry, `entry(session, **facts)`; returns when it is committed, and raises what it raised."""
        await self.record_together(_each, partial(entry, **facts))

    async def record_together(self, write: Callable[[Session, Sequence[T]], None], fact: T) -> None:
        """The same with `write(session, [fact, ...])`, which gets all such facts that wait, in one call."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Line(write, fact, written))
        async with self._writing:
            if not written.done():
                batch, self._waiting = self._waiting, []
                # whoever is cancelled here writes on for the others
                await asyncio.shield(self._write(batch))
        await written

    async def _write(self, batch: list[_Line]) -> None:
        try:
            await self._database.write(_all_of, lines=batch)
        except Exception as error:
            log.warning("written one by one", exc_info=error)
            await self._one_by_one(batch)
        else:
            for line in batch:
                _tell(line.written)

    async def _one_by_one(self, batch: list[_Line]) -> None:
        """One entry that cannot be written takes no other with it."""
        for line in batch:
            try:
                await self._database.write(_all_of, lines=[line])
            except Exception as error:  # noqa: BLE001 - its own recorder is told, whatever it was
                _tell(line.written, error)
            else:
                _tell(line.written)


def _all_of(session: Session, *, lines: list[_Line]) -> None:
    """Whoever records waits for it, so no two of these are about one notice and their order is free."""
    facts: dict[Together, list[Any]] = defaultdict(list)
    for line in lines:
        facts[line.write].append(line.fact)
    for write, alike in facts.items():
        write(session, alike)


def _each(session: Session, entries: Sequence[Entry]) -> None:
    for entry in entries:
        entry(session)


def _tell(written: asyncio.Future[None], error: Exception | None = None) -> None:
    """Whoever waits for this entry goes on; who was cancelled in the meantime waits no more."""
    if written.done():
        return
    if error is None:
        written.set_result(None)
    else:
        written.set_exception(error)
