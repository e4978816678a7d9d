"""What several commands share: the database as settings give it, and printing."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from typing import Annotated, Any

import typer

from bot.settings import load_settings
from storage.clock import LONDON, Clock
from storage.database import Database
from storage.errors import VigilError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


@contextmanager
def open_database() -> Iterator[Database]:
    """The database that the settings name, checked. Raises VigilError."""
    database = Database(load_settings().database_url)
    try:
        database.check()
        yield database
    finally:
        database.dispose()


def now() -> datetime:
    """The present moment; the command line tells no stories."""
    return Clock().now()


def today() -> date:
    """The day it is in London."""
    return now().astimezone(LONDON).date()


def day(words: str | None, option: str) -> date | None:
    """A day given on the command line as 2026-09-01. Raises VigilError."""
    try:
        return None if words is None else date.fromisoformat(words)
    except ValueError:
        raise VigilError(f"{option} is {words!r}. Write the date as 2026-09-01.") from None


def print_json(value: object) -> None:
    """Anything that queries give, as JSON: instants in ISO 8601, UTC."""
    print(json.dumps(_plain(value), indent=2, ensure_ascii=False))


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
