"""Publishing the Home tab of whoever is acting."""

from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.views.review_status import home
from bot.vigil import asker, vigil_of
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
