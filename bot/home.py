"""Publishing Home tabs: of whoever opens theirs, and of those to whom it matters what was changed."""

import asyncio
import logging
from typing import Final

import aiohttp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.views.home import home
from bot.vigil import asker, vigil_of
from storage.errors import VigilError
from storage.queries.home import home_tab
from storage.queries.people import overseers
from storage.queries.watchers import home_was_opened, who_watches
from storage.read_models import HomeTab, ReviewStatus

log = logging.getLogger("vigil.home")

#: So many people's tabs are made at once.
_AT_ONCE: Final = 5
#: What was changed is stored: that a tab does not show it yet is no reason to say that something went wrong.
_CANNOT_SHOW: Final = (SlackApiError, aiohttp.ClientError, TimeoutError, VigilError)


async def open_home(client: AsyncWebClient, context: AsyncBoltContext) -> None:
    """Publish the tab of somebody who has opened it, and keep that they did."""
    vigil, who = vigil_of(context), asker(context)
    # kept first: what is changed from now on is shown to them
    await vigil.database.write(home_was_opened, **who, now=vigil.clock.now())
    tab = await _tab(context, who["slack_user_id"])
    await client.views_publish(user_id=who["slack_user_id"], view=home(tab))


async def show_change(
    client: AsyncWebClient, context: AsyncBoltContext, *, partnership_id: int = 0
) -> ReviewStatus | None:
    """Something was changed: have it planned and sent at once, and show it on the Home tabs that it concerns.

    The tab of whoever changed it is made anew; and those of people who answer for the same partners, who lead or observe
    their partnerships, or who answer in a partnership that they lead, if they opened it within the last hours.
    `partnership_id` is where it was changed, if that does not follow from who did. Not made anew until they are opened:
    facilitators' and administrators' tabs; and nobody's when a message goes out, a deadline passes, or a command imports
    or changes something. A tab that cannot be shown is logged, and what was changed stays.

    Gives what the person may see now, where it could be read.
    """
    vigil, who = vigil_of(context), asker(context)
    vigil.wake()
    await vigil.plan()
    tab = await _show(client, context, who["slack_user_id"])
    try:
        others = await vigil.database.read(
            who_watches, **who, partnership_id=partnership_id, now=vigil.clock.now()
        )
    except VigilError as error:
        _log(error, context)
        others = []
    room = asyncio.Semaphore(_AT_ONCE)

    async def show(user: str) -> None:
        async with room:
            await _show(client, context, user)

    await asyncio.gather(*map(show, others))
    return None if tab is None else tab.status


async def _show(client: AsyncWebClient, context: AsyncBoltContext, user: str) -> HomeTab | None:
    """Publish somebody's tab; gives it where it could be read."""
    tab = None
    try:
        tab = await _tab(context, user)
        await client.views_publish(user_id=user, view=home(tab))
    except _CANNOT_SHOW as error:
        _log(error, context)
    return tab


async def _tab(context: AsyncBoltContext, user: str) -> HomeTab:
    vigil = vigil_of(context)
    team_id = asker(context)["team_id"]
    return await vigil.database.read(
        home_tab, team_id=team_id, slack_user_id=user, now=vigil.clock.now()
    )


async def show_overseers(
    client: AsyncWebClient, context: AsyncBoltContext, partnership_id: int
) -> None:
    """Publish the tabs of a partnership's other leads and observers, whenever they opened them: they show no more than is stored."""
    vigil, team_id = vigil_of(context), context.team_id or ""
    for user in await vigil.database.read(
        overseers, team_id=team_id, partnership_id=partnership_id, now=vigil.clock.now()
    ):
        if user != context.user_id:
            await _show(client, context, user)


def _log(error: Exception, context: AsyncBoltContext) -> None:
    log.warning(
        "home not shown", extra={"team_id": context.team_id, "error_type": type(error).__name__}
    )
