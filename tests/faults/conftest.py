"""Databases that schedules are played on, made once."""

from collections.abc import Iterator

import pytest

from tests.faults.databases import Databases

#: How many people the schedules of these tests have.
SIZES = (6, 15, 30)


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Filled and planned databases of both kinds."""
    made = Databases(SIZES)
    yield made
    made.close()
