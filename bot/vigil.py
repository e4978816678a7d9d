"""What every listener needs, put into Bolt's context by one middleware."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from slack_bolt.context.async_context import AsyncBoltContext
from sqlmodel import Session

from bot.ids import ButtonValue
from storage.clock import Clock
from storage.database import Database
from storage.meanings import Meaning
from storage.queries.replies import Replier
from storage.queries.returns import ReturnAsker
from storage.read_models import Offer

_KEY = "vigil"


class LookAhead(Protocol):
    """What would be sent if campaigns (ids) were opened in partnerships (ids) now."""

    def __call__(self, session: Session, *, of: list[tuple[int, int]], now: datetime) -> Offer:
        """A query."""


class Understand(Protocol):
    """What somebody means by plain words, said at that moment in their own zone."""

    def __call__(self, text: str, *, now: datetime, zone: ZoneInfo) -> Meaning:
        """Pure; it keeps nothing of the text."""


@dataclass(frozen=True, kw_only=True)
class Vigil:
    """The database, the story's clock, how to have something sent or planned at once, and what jobs work out.

    `plan` comes back when the plan follows from all that was stored before; it never raises.
    """

    database: Database
    clock: Clock
    wake: Callable[[], None]
    plan: Callable[[], Awaitable[None]]
    look_ahead: LookAhead
    understand: Understand

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


def replier(context: AsyncBoltContext, about: ButtonValue) -> Replier:
    """The same for a reply: who answers, for which partner in which round."""
    return Replier(**asker(context), round_id=about.round_id, partner_id=about.partner_id)


def return_asker(context: AsyncBoltContext, about: ButtonValue) -> ReturnAsker:
    """The same for a full return: who asks, about which."""
    return ReturnAsker(
        **asker(context), campaign_id=about.campaign_id, partnership_id=about.partnership_id
    )
