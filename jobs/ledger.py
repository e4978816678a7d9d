"""Writing down what became of notices: those that end at the same time in one transaction.

A write of its own for each notice is what a sender of thousands would spend most of its time on. Whoever records
waits until the transaction is committed, so nothing is told before it is stored.
"""

import asyncio
import logging
from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from storage.database import Database

log = logging.getLogger("vigil.ledger")

Entry = Callable[[Session], None]


class Ledger:
    """Collects entries while a transaction is under way, and writes them in the next one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[tuple[Entry, asyncio.Future[None]]] = []
        self._writing = asyncio.Lock()

    async def record(self, entry: Callable[..., None], **facts: object) -> None:
        """Write one entry, `entry(session, **facts)`; returns when it is committed, and raises what it raised."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((partial(entry, **facts), written))
        async with self._writing:
            if not written.done():
                batch, self._waiting = self._waiting, []
                # whoever is cancelled here writes on for the others
                await asyncio.shield(self._write(batch))
        await written

    async def _write(self, batch: list[tuple[Entry, asyncio.Future[None]]]) -> None:
        try:
            await self._database.write(_all_of, entries=[entry for entry, _ in batch])
        except Exception as error:
            log.warning("written one by one", exc_info=error)
            await self._one_by_one(batch)
        else:
            for _, written in batch:
                _tell(written)

    async def _one_by_one(self, batch: list[tuple[Entry, asyncio.Future[None]]]) -> None:
        """One entry that cannot be written takes no other with it."""
        for entry, written in batch:
            try:
                await self._database.write(entry)
            except Exception as error:  # noqa: BLE001 - its own recorder is told, whatever it was
                _tell(written, error)
            else:
                _tell(written)


def _all_of(session: Session, *, entries: list[Entry]) -> None:
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
