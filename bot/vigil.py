"""What every listener needs, put into Bolt's context by one middleware."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from slack_bolt.context.async_context import AsyncBoltContext

from storage.clock import Clock
from storage.database import Database

_KEY = "vigil"


@dataclass(frozen=True, kw_only=True)
class Vigil:
    """The database, the story's clock, and how to say that something is to be sent at once."""

    database: Database
    clock: Clock
    wake: Callable[[], None]

    async def into_context(
        self, context: AsyncBoltContext, next_: Callable[[], Awaitable[None]]
    ) -> None:
        """The middleware."""
        context[_KEY] = self
        await next_()


def vigil_of(context: AsyncBoltContext) -> Vigil:
    """What the middleware put there."""
    found = context[_KEY]
    assert isinstance(found, Vigil)  # noqa: S101 - build_app put it there
    return found


def asker(context: AsyncBoltContext) -> dict[str, str]:
    """Who is asking, as queries want to know it."""
    return {"team_id": context.team_id or "", "slack_user_id": context.user_id or ""}
