"""Publishing the Home tab of whoever is acting."""

from contextlib import suppress

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.views.review_status import home
from bot.vigil import asker, vigil_of
from storage.queries.people import overseers
from storage.queries.review_status import review_status
from storage.read_models import ReviewStatus


async def show_change(client: AsyncWebClient, context: AsyncBoltContext) -> ReviewStatus:
    """Something was changed: have it planned and sent at once, and show it on the person's Home tab."""
    vigil_of(context).wake()
    return await show_home(client, context)


async def show_home(client: AsyncWebClient, context: AsyncBoltContext) -> ReviewStatus:
    """Publish the person's Home tab as it now stands; gives what it shows."""
    vigil = vigil_of(context)
    status = await vigil.database.read(review_status, **asker(context), now=vigil.clock.now())
    await client.views_publish(user_id=context.user_id or "", view=home(status))
    return status


async def show_overseers(
    client: AsyncWebClient, context: AsyncBoltContext, partnership_id: int
) -> None:
    """Publish the Home tabs of a partnership's other leads and observers, so that they show no more than is stored."""
    vigil, team_id = vigil_of(context), context.team_id or ""
    now = vigil.clock.now()
    for user in await vigil.database.read(
        overseers, team_id=team_id, partnership_id=partnership_id, now=now
    ):
        if user != context.user_id:
            status = await vigil.database.read(
                review_status, team_id=team_id, slack_user_id=user, now=now
            )
            with suppress(SlackApiError):  # who has left the workspace sees it no more
                await client.views_publish(user_id=user, view=home(status))
