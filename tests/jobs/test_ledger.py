"""The ledger: what ends together is written together, and nobody's trouble is another's."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from jobs.ledger import Ledger
from storage.database import Database
from storage.tables import PlanRequest


class CountingDatabase(Database):
    """Counts its transactions; the first one waits until it is let go."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.writes = 0
        self.began = asyncio.Event()
        self.go_on = asyncio.Event()

    async def write(self, question, /, *args, **kwargs):
        self.writes += 1
        self.began.set()
        await self.go_on.wait()
        return await super().write(question, *args, **kwargs)


@pytest.fixture
def database(database_url):
    database = CountingDatabase(database_url)
    yield database
    database.dispose()


@pytest.fixture
def ledger(database) -> Ledger:
    return Ledger(database)


def write_down(session: Session, *, cause: str) -> None:
    session.add(PlanRequest(cause=cause))
    session.flush()


def refuse(session: Session, *, cause: str) -> None:
    write_down(session, cause=cause)
    raise ZeroDivisionError(cause)


def write_all_down(session: Session, causes: Sequence[str]) -> None:
    """Says with each how many came together."""
    for cause in causes:
        write_down(session, cause=f"{cause} of {len(causes)}")


def refuse_company(session: Session, causes: Sequence[str]) -> None:
    if len(causes) > 1:
        raise ZeroDivisionError
    write_all_down(session, causes)


def written(database: Database) -> list[str]:
    return sorted(database.read_now(lambda session: session.exec(select(PlanRequest.cause)).all()))


async def recording(database: CountingDatabase, *entries) -> list[asyncio.Task[None]]:
    """The first entry is being written while the others wait for their turn."""
    first, *others = entries
    tasks = [asyncio.create_task(first)]
    await database.began.wait()
    tasks += [asyncio.create_task(entry) for entry in others]
    await asyncio.sleep(0)
    return tasks


async def finish(database: CountingDatabase, tasks: list[asyncio.Task[None]]) -> list[object]:
    database.go_on.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_entries_that_come_while_one_is_written_share_the_next_transaction(database, ledger):
    causes = [str(number) for number in range(10)]
    tasks = await recording(database, *(ledger.record(write_down, cause=cause) for cause in causes))
    assert await finish(database, tasks) == [None] * 10
    assert database.writes == 2
    assert written(database) == causes


async def test_alike_facts_that_wait_are_written_by_one_call(database, ledger):
    tasks = await recording(
        database,
        ledger.record(write_down, cause="first"),
        ledger.record_together(write_all_down, "a"),
        ledger.record(write_down, cause="apart"),
        ledger.record_together(write_all_down, "b"),
    )
    await finish(database, tasks)
    assert database.writes == 2
    assert written(database) == ["a of 2", "apart", "b of 2", "first"]


async def test_who_records_is_told_only_when_it_is_committed(database, ledger):
    [task] = await recording(database, ledger.record(write_down, cause="1"))
    assert not task.done()
    assert written(database) == []
    await finish(database, [task])
    assert written(database) == ["1"]


async def test_one_that_fails_takes_no_other_with_it(database, ledger):
    tasks = await recording(
        database,
        ledger.record(write_down, cause="first"),
        ledger.record(write_down, cause="before"),
        ledger.record(refuse, cause="broken"),
        ledger.record(write_down, cause="after"),
    )
    first, before, broken, after = await finish(database, tasks)
    assert (first, before, after) == (None, None, None)
    assert isinstance(broken, ZeroDivisionError)
    assert written(database) == ["after", "before", "first"]


async def test_facts_that_fail_together_are_written_one_by_one(database, ledger):
    tasks = await recording(
        database,
        ledger.record(write_down, cause="first"),
        ledger.record_together(refuse_company, "a"),
        ledger.record_together(refuse_company, "b"),
    )
    assert await finish(database, tasks) == [None] * 3
    assert written(database) == ["a of 1", "b of 1", "first"]


@pytest.mark.parametrize("cancelled", range(4))
async def test_who_is_cancelled_does_not_stop_the_others(database, ledger, cancelled):
    """Whoever it is: who writes at present, who writes next, or who only waits."""
    causes = ["0", "1", "2", "3"]
    tasks = await recording(database, *(ledger.record(write_down, cause=cause) for cause in causes))
    tasks[cancelled].cancel()
    others = [task for task in tasks if task is not tasks[cancelled]]
    assert await finish(database, others) == [None] * 3
    with pytest.raises(asyncio.CancelledError):
        await tasks[cancelled]
    assert set(written(database)) >= {cause for cause in causes if cause != causes[cancelled]}
    await ledger.record(write_down, cause="later")
    assert "later" in written(database)
