"""Every place on the send path where a process may be killed, and what makes a process stop there.

The product knows nothing of it: commits are seen by listening to the engine, calls by standing around the client.
"""

import inspect
import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import event

from storage.database import Database
from storage.queries import outcomes

BEFORE_COMMIT, AFTER_COMMIT = "before commit", "after commit"
BEFORE_CALL, AFTER_CALL = "before call", "after call"

#: What the send path writes, each in one transaction or, through the ledger, together with others.
COMMITS = (
    "claim",
    "keep_channel",
    "keep_deadlines",
    "record_sent",
    "record_pause",
    "record_end",
    "take_over",
    "record_looked",
    "release",
    "record_shown",
)
#: What the send path asks of Slack.
CALLS = ("conversations.open", "chat.postMessage", "conversations.history", "chat.update")

Point = tuple[str, str]
POINTS: tuple[Point, ...] = (
    *((name, moment) for name in COMMITS for moment in (BEFORE_COMMIT, AFTER_COMMIT)),
    *((name, moment) for name in CALLS for moment in (BEFORE_CALL, AFTER_CALL)),
)
#: What a process does beside the send path: at its start, and when it plans.
BESIDE = frozenset(
    {"auth.test", "apps.connections.open", "workspace_id", "keep_definitions", "apply_changes"}
)


@dataclass(frozen=True)
class Halt:
    """The process ends (or freezes) itself when it passes this point for the `nth` time."""

    point: Point
    nth: int = 1
    freezes: bool = False


class Watch:
    """Sees each point that a process passes; writes it down, and halts the process where it is told to."""

    def __init__(self, *, halts: tuple[Halt, ...], trace: Path | None) -> None:
        self._halts = {(halt.point, halt.nth): halt for halt in halts}
        self._trace = trace and os.open(trace, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._count: Counter[Point] = Counter()
        self._lock = threading.Lock()
        self._transaction = threading.local()

    def passes(self, name: str, moment: str) -> None:
        """One passing; it may be the process's last act."""
        point = (name, moment)
        with self._lock:
            self._count[point] += 1
            count = self._count[point]
        if self._trace is not None:
            os.write(self._trace, f"{name}\t{moment}\n".encode())
        if halt := self._halts.get((point, count)):
            os.kill(os.getpid(), signal.SIGSTOP if halt.freezes else signal.SIGKILL)

    def watch_outcomes(self) -> None:
        """From now on a transaction is known by the outcomes that are written in it."""
        for name in outcomes_written():
            setattr(outcomes, name, self._mentions(name, getattr(outcomes, name)))

    def _mentions(self, name: str, write: Callable[..., None]) -> Callable[..., None]:
        def mentioned(*args: Any, **kwargs: Any) -> None:
            self._transaction.names.add(name)
            write(*args, **kwargs)

        return mentioned

    def begins(self, question: str) -> None:
        """A transaction begins in this thread."""
        self._transaction.question, self._transaction.names = question, set()

    def commits(self, moment: str) -> None:
        """It is before or after its commit."""
        for name in self._transaction.names or {self._transaction.question}:
            self.passes(name, moment)

    def watch_calls(self) -> None:
        """From now on every call of Slack is seen."""
        call = AsyncWebClient.api_call

        async def seen(client: AsyncWebClient, api_method: str, **given: Any) -> Any:
            self.passes(api_method, BEFORE_CALL)
            try:
                return await call(client, api_method, **given)
            finally:
                self.passes(api_method, AFTER_CALL)

        AsyncWebClient.api_call = seen


class WatchedDatabase(Database):
    """The database, with every write seen before and after its commit."""

    def __init__(self, url: str, watch: Watch) -> None:
        super().__init__(url)
        self._watch = watch
        event.listen(self.engine, "commit", lambda _connection: watch.commits(BEFORE_COMMIT))

    def write_now(self, question: Any, /, *args: Any, **kwargs: Any) -> Any:
        """See the base class."""
        self._watch.begins(question.__name__)
        answer = super().write_now(question, *args, **kwargs)
        self._watch.commits(AFTER_COMMIT)
        return answer


def outcomes_written() -> list[str]:
    """The names of all functions that write down what became of a notice."""
    return [
        name
        for name, function in inspect.getmembers(outcomes, inspect.isfunction)
        if function.__module__ == outcomes.__name__ and not name.startswith("_")
    ]


def read_trace(path: Path) -> set[Point]:
    """The points that processes wrote down there."""
    lines = path.read_text().splitlines()
    return {(name, moment) for name, moment in (line.split("\t") for line in lines)}
