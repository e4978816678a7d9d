"""One question, one transaction: nothing is lost, nothing is half done, and mistakes are said plainly."""

import logging
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlmodel import Session, col, select

from storage.database import HEAD, Database
from storage.errors import DatabaseAway, DatabaseRefused
from storage.queries.people import workspace_id
from storage.tables import Sector, Workspace
from storage.upgrade import upgrade

SECRET = "hunter2secret"


def count_up(session: Session) -> None:
    """Read a counter, then write it: what a naive transaction on SQLite loses."""
    counter = session.exec(select(Sector).where(Sector.key == "police").with_for_update()).one()
    counter.position += 1
    session.add(counter)


def counted(session: Session) -> int:
    return session.exec(select(Sector.position).where(Sector.key == "police")).one()


def test_reading_and_then_writing_a_counter_in_many_threads_loses_nothing(database: Database):
    before = database.read_now(counted)
    with ThreadPoolExecutor(8) as threads:
        done = [threads.submit(database.write_now, count_up) for _ in range(120)]
        assert [one.result() for one in done] == [None] * 120
    assert database.read_now(counted) == before + 120


async def test_the_gate_gives_the_answer_from_a_worker_thread(database: Database):
    await database.write(count_up)
    assert await database.read(counted) == database.read_now(counted)


def test_two_that_make_the_same_row_at_once_both_get_it(database: Database):
    with ThreadPoolExecutor(8) as threads:
        made = [
            threads.submit(database.write_now, workspace_id, team_id="T0NEW", name="New")
            for _ in range(24)
        ]
        assert len({one.result() for one in made}) == 1


def test_two_that_wait_for_each_other_both_get_their_way(database: Database):
    met = Barrier(2)
    tries = Counter()

    def take(session: Session, first: str, second: str) -> None:
        """Lock one row, see that the other one is locked too, and then want that."""
        for key in (first, second):
            session.exec(update(Sector).where(col(Sector.key) == key).values(name=key))
            if key == first and not tries[first] and session.get_bind().dialect.name != "sqlite":
                tries[first] += 1
                met.wait(timeout=10)

    with ThreadPoolExecutor(2) as threads:
        ways = [("health", "police"), ("police", "health")]
        ended = [threads.submit(database.write_now, take, *way) for way in ways]
        assert [one.result() for one in ended] == [None, None]


def test_an_error_leaves_nothing_behind(database: Database):
    def fail_halfway(session: Session) -> None:
        session.add(Workspace(team_id="T1", name="One"))
        session.flush()
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        database.write_now(fail_halfway)
    assert database.read_now(lambda session: session.exec(select(Workspace)).all()) == []


def test_a_read_keeps_nothing(database: Database):
    database.read_now(count_up)
    assert database.read_now(counted) == 3


def test_a_row_that_points_nowhere_is_refused(database: Database):
    with pytest.raises(IntegrityError):
        database.write_now(
            lambda session: session.exec(
                text("INSERT INTO partnership_area (partnership_id, la_code) VALUES (99, '330')")
            )
        )


def test_what_was_typed_is_not_in_an_errors_text(database: Database):
    def store_twice(session: Session) -> None:
        for _ in range(2):
            session.add(Sector(key="police", name="a child's name", position=9))
            session.flush()
            session.expunge_all()

    with pytest.raises(IntegrityError) as caught:
        database.write_now(store_twice)
    assert "a child's name" not in "".join(traceback.format_exception(caught.value))


def test_a_database_at_the_newest_schema_passes_the_check(database: Database):
    database.check()
    upgrade(database)  # again: nothing to do
    database.check()


def test_a_database_whose_schema_is_behind_says_what_to_run(database: Database):
    database.write_now(
        lambda session: session.exec(text("UPDATE alembic_version SET version_num = '0000'"))
    )
    with pytest.raises(DatabaseRefused) as refused:
        database.check()
    assert f"has the schema 0000, and this version needs {HEAD}" in str(refused.value)
    assert str(refused.value).endswith("Run: vigil database upgrade")


def test_a_database_without_tables_says_what_to_run(database: Database):
    database.write_now(lambda session: session.exec(text("DROP TABLE alembic_version")))
    with pytest.raises(DatabaseRefused, match="has no tables yet"):
        database.check()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vigil.sqlite",
        "C:\\vigil.sqlite",
        f"postgresql://vigil:{SECRET}@localhost:port/vigil",
        f"mysql://vigil:{SECRET}@localhost/vigil",
        f"oracle://vigil:{SECRET}@localhost/vigil",
        f"postgres vigil:{SECRET}@localhost",
    ],
)
def test_what_is_no_address_of_a_database_gets_an_example(address: str):
    with pytest.raises(DatabaseRefused) as refused:
        Database(address)
    assert "Write it as sqlite:///vigil.sqlite or postgresql://" in str(refused.value)
    assert SECRET not in str(refused.value)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DatabaseRefused, match=f"there is no folder {tmp_path}/gone. Make it"):
        Database(f"sqlite:///{tmp_path}/gone/vigil.sqlite")


@pytest.mark.parametrize("act", [Database.check, upgrade])
@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_that_does_not_answer_is_named_without_its_password(act, scheme: str):
    database = Database(f"{scheme}://vigil:{SECRET}@127.0.0.1:1/vigil")
    with pytest.raises(DatabaseRefused, match="does not answer") as refused:
        act(database)
    assert "Check the address, and that the server runs and lets you in." in str(refused.value)
    assert SECRET not in "".join(traceback.format_exception(refused.value))
    database.dispose()


@pytest.mark.parametrize("act", [Database.check, upgrade])
def test_a_database_that_the_server_does_not_have_is_named(act, postgresql_server: str):
    database = Database(postgresql_server.format("nowhere"))
    with pytest.raises(DatabaseRefused, match='database "nowhere" does not exist'):
        act(database)
    database.dispose()


@pytest.mark.parametrize("act", [Database.check, upgrade])
def test_a_file_that_is_no_database_is_refused_plainly(act, tmp_path):
    (tmp_path / "letter.sqlite").write_text("Dear colleague, " * 500)
    database = Database(f"sqlite:///{tmp_path}/letter.sqlite")
    with pytest.raises(DatabaseRefused, match="not a database"):
        act(database)
    database.dispose()


# A database that is away


def one(session: Session) -> int:
    return session.connection().exec_driver_sql("SELECT 1").scalar_one()


def test_a_server_that_is_not_there_is_away_until_it_is_back(caplog):
    away = Database(f"postgresql://vigil:{SECRET}@127.0.0.1:1/vigil")
    for ask in (away.read_now, away.write_now):
        with pytest.raises(DatabaseAway, match="Nothing was stored"):
            ask(one)
    assert away.away_since is not None
    assert [record.getMessage() for record in caplog.records] == ["database away"]
    away.dispose()


def test_a_file_that_cannot_be_opened_is_away_and_comes_back(tmp_path, caplog):
    folder, gone = tmp_path / "share", tmp_path / "gone"
    folder.mkdir()
    database = Database(f"sqlite:///{folder}/vigil.sqlite")
    folder.rename(gone)
    for _ in range(3):
        with pytest.raises(DatabaseAway):
            database.read_now(one)
    gone.rename(folder)
    assert database.read_now(one) == 1
    assert database.away_since is None
    said = [record.getMessage() for record in caplog.records]
    assert said == ["database away", "database back"]
    database.dispose()


def test_a_mistake_in_a_question_is_no_outage(database: Database, caplog):
    caplog.set_level(logging.INFO, logger="vigil.database")

    def nonsense(session: Session) -> None:
        session.connection().exec_driver_sql("SELECT nothing FROM nowhere")

    with pytest.raises((OperationalError, ProgrammingError)):
        database.read_now(nonsense)
    assert database.away_since is None
    assert caplog.records == []


async def test_whoever_cannot_wait_is_told_in_time_and_the_rest_is_still_stored(
    database: Database,
):
    before = database.read_now(counted)

    def slow(session: Session) -> None:
        time.sleep(0.3)
        count_up(session)

    with pytest.raises(DatabaseAway, match="cannot tell whether this was stored"):
        await database.answering_within(0.05).write(slow)
    await database.write(slow)  # others wait as long as it takes
    assert database.read_now(counted) == before + 2
