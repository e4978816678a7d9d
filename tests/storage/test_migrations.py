"""The migrated schema is the one that the models describe, catalogue against catalogue, on both databases.

Alembic's own comparison misses CHECK constraints and partial and expression indexes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel, select

from storage import migrations, tables
from storage.database import HEAD, Database
from storage.tables import Sector
from storage.upgrade import upgrade

# The index is compared by its text instead.
pytestmark = pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
FOLDER = Path(migrations.__file__).parent
Catalogue = dict[str, dict[str, object]]


@pytest.fixture
def modelled(database_url, tmp_path, request) -> Iterator[Database]:
    """A database whose tables the models made."""
    if database_url.startswith("sqlite"):
        database = Database(f"sqlite:///{tmp_path}/modelled.sqlite")
        SQLModel.metadata.create_all(database.engine)
        yield database
        database.dispose()
        return
    address = request.getfixturevalue("postgresql_server")
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE modelled")
        database = Database(address.format("modelled"))
        SQLModel.metadata.create_all(database.engine)
        yield database
        database.dispose()
        connection.execute("DROP DATABASE modelled")


def catalogue(database: Database) -> Catalogue:
    """All that the database itself says about its tables."""
    with database.engine.connect() as connection:
        definitions = (_sqlite if connection.dialect.name == "sqlite" else _postgresql)(connection)
        found = inspect(connection)
        return {
            table: {
                "columns": {
                    column["name"]: (str(column["type"]), column["nullable"], column["default"])
                    for column in found.get_columns(table)
                },
                "primary key": found.get_pk_constraint(table)["constrained_columns"],
                "foreign keys": sorted(
                    (key["name"] or "", key["constrained_columns"], key["referred_table"], key["referred_columns"])
                    for key in found.get_foreign_keys(table)
                ),
                "unique": sorted(
                    (each["name"] or "", each["column_names"])
                    for each in found.get_unique_constraints(table)
                ),
                "checks": sorted(
                    (each["name"] or "", _plain(each["sqltext"]))
                    for each in found.get_check_constraints(table)
                ),
                "definitions": definitions.get(table, []),
            }
            for table in found.get_table_names()
            if table != "alembic_version"
        }  # fmt: skip


def _sqlite(connection: Connection) -> dict[str, list[str]]:
    """The text of every index and, with its lines in any order, of every table."""
    found: dict[str, list[str]] = {}
    for table, kind, sql in connection.exec_driver_sql(
        "SELECT tbl_name, type, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    ):
        plain = _plain(sql)
        found.setdefault(table, []).extend(_parts(plain) if kind == "table" else [plain])
    return {table: sorted(parts) for table, parts in found.items()}


def _postgresql(connection: Connection) -> dict[str, list[str]]:
    """Every constraint and index as the server itself writes it."""
    found: dict[str, list[str]] = {}
    for table, definition in connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace"
        " UNION ALL SELECT indrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace"
    ):
        found.setdefault(table, []).append(definition)
    return {table: sorted(parts) for table, parts in found.items()}


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql.replace('"', "")).strip()


def _parts(sql: str) -> list[str]:
    """What stands between the commas of a CREATE TABLE, not of what is inside further brackets."""
    inside = sql[sql.index("(") + 1 : sql.rindex(")")]
    parts, depth, start = [], 0, 0
    for at, mark in enumerate(inside):
        depth += (mark == "(") - (mark == ")")
        if mark == "," and depth == 0:
            parts.append(inside[start:at].strip())
            start = at + 1
    return sorted([*parts, inside[start:].strip()])


def test_the_migrations_make_what_the_models_describe(database: Database, modelled: Database):
    migrated, wanted = catalogue(database), catalogue(modelled)
    assert sorted(migrated) == sorted(wanted)
    for table in wanted:
        for what, described in wanted[table].items():
            assert migrated[table][what] == described, f"{table}: {what}"


def test_the_comparison_sees_checks_and_partial_and_expression_indexes(database: Database):
    found = catalogue(database)
    assert any("uq_post_held_once" in each and "coalesce" in each.casefold() for each in found["post"]["definitions"])  # fmt: skip
    assert any("ix_prompt_due" in each and "WHERE" in each for each in found["prompt"]["definitions"])  # fmt: skip
    assert [name for name, _ in found["post"]["checks"]] == [
        "ck_post_ends_after_it_starts",
        "ck_post_kind_has_its_scope",
        "ck_post_kind_known",
    ]


def test_every_constraint_has_a_name(database: Database):
    for table, found in catalogue(database).items():
        for kind in ("foreign keys", "unique", "checks"):
            assert all(name for name, *_ in found[kind]), f"{table}: {kind}"


def test_migrations_are_numbered_in_order_and_named():
    names = sorted(path.stem for path in (FOLDER / "versions").glob("[!_]*.py"))
    assert names
    for number, name in enumerate(names, start=1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+", name)


def test_the_head_that_is_written_down_is_alembics():
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_new_database_has_the_three_sectors(database: Database):
    sectors = database.read_now(
        lambda session: session.exec(select(Sector).order_by(Sector.position)).all()
    )
    assert [sector.key for sector in sectors] == ["local_government", "health", "police"]


def test_a_fresh_file_is_brought_to_the_newest_schema(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/new.sqlite")
    upgrade(database)
    database.check()
    assert "reply" in catalogue(database)
    assert tables.Reply.__tablename__ == "reply"
    database.dispose()


#: What a database of the first version may hold: a notice that was sent, with the prompt that it carried.
_ROWS_OF_0001 = """
INSERT INTO workspace (id, team_id, name) VALUES (1, 'T0TEST', 'Test');
INSERT INTO person (id, workspace_id, slack_user_id, email, name, zone)
    VALUES (1, 1, 'U1', 'respondent@example.gov.uk', 'Respondent', 'Europe/London');
INSERT INTO post (id, person_id, kind, sector_key, valid_from) VALUES (1, 1, 'facilitator', 'police', '2026-09-01');
INSERT INTO notice (id, person_id, kind, state, lease_until, attempts, as_of, channel, message_ts, changes, shown)
    VALUES ('n1', 1, 'digest', 'sent', '2026-09-14 08:00:00', 1, '2026-09-14 08:00:00', 'D1', '1.1', 0, 0);
INSERT INTO prompt (id, key, kind, step, post_id, planned_for, due_at, useful_until, state, notice_id)
    VALUES (1, 'digest/1', 'digest', '2026-W38', 1, '2026-09-14 08:00:00', '2026-09-14 08:00:00',
            '2026-09-21 08:00:00', 'sent', 'n1')
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request, tmp_path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/first.sqlite"
        return
    address = request.getfixturevalue("postgresql_server")
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE first_version")
        yield address.format("first_version")
        connection.execute("DROP DATABASE first_version WITH (FORCE)")


@pytest.fixture
def first_version(empty_database_url) -> Iterator[Database]:
    """A database at the first schema, with rows in it."""
    database = Database(empty_database_url)
    upgrade(database, to="0001")
    with database.engine.begin() as connection:
        for statement in _ROWS_OF_0001.split(";"):
            connection.exec_driver_sql(statement)
    yield database
    database.dispose()


def test_what_a_database_holds_outlives_the_newest_schema(first_version: Database):
    upgrade(first_version)
    first_version.check()
    prompt = first_version.read_now(lambda session: session.exec(select(tables.Prompt)).one())
    assert (prompt.key, prompt.notice_id, prompt.attempts) == ("digest/1", "n1", 0)
    with first_version.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
