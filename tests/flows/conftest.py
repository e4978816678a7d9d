"""The whole of Vigil against the local workspace, over the wire, with a clock that the test moves."""

import shutil
from collections.abc import AsyncIterator

import pytest

from bot.sample import STARTS_AT, make_sample
from storage.database import Database
from tests.bot.workspace.every_call import pytest_runtest_call
from tests.flows.running import SOCKET_MODE, running
from tests.flows.story import Story

__all__ = ["pytest_runtest_call"]  # a hook, which pytest finds here


@pytest.fixture
def sqlite_url(sqlite_sample, tmp_path) -> str:
    """The address of a fresh copy of the sample."""
    shutil.copy(sqlite_sample, tmp_path / "vigil.sqlite")
    return f"sqlite:///{tmp_path / 'vigil.sqlite'}"


@pytest.fixture
def postgresql_url(postgresql_url) -> str:
    """The address of the sample, made anew."""
    database = Database(postgresql_url)
    make_sample(database, now=STARTS_AT)
    database.dispose()
    return postgresql_url


@pytest.fixture(params=["sqlite"])
def database_url(request) -> str:
    """The address of the sample on its first day, on SQLite; a file of stories may ask for BOTH.

    What every query does on either database the tests of storage and jobs tell.
    """
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def transport() -> str:
    """How Slack reaches the bot; a test may ask for another."""
    return SOCKET_MODE


@pytest.fixture
def rate_limits() -> bool:
    """Weeks pass in a moment here, and Slack's limits in earnest: a second a message. A test may ask for them."""
    return False


@pytest.fixture
async def story(database, transport, rate_limits) -> AsyncIterator[Story]:
    """The sample, running, at 8:55am on Monday 7 September 2026."""
    async with running(database, transport=transport, rate_limits=rate_limits) as told:
        yield told
