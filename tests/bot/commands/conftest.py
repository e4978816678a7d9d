"""Runs `vigil` as a person would, in a folder and an environment of its own."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.commands import main
from storage.database import Database

SETTINGS = (
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL",
    "VIGIL_HOST", "VIGIL_PORT", "VIGIL_HEALTH_HOST", "VIGIL_HEALTH_PORT", "VIGIL_LOG_LEVEL",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What a command printed, and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def own_surroundings(monkeypatch, tmp_path):
    """No settings from outside, and an empty folder."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def vigil(monkeypatch, capsys) -> Callable[..., Answer]:
    """Run a command; settings are given by name."""

    def run(*words: str, **settings: str) -> Answer:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["vigil", *words])
        status = 0
        try:
            main()
        except SystemExit as ending:
            status = int(ending.code or 0)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return run


@pytest.fixture
def ready(database: Database, database_url: str, monkeypatch) -> Database:
    """A database with the schema, named by DATABASE_URL."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    return database
