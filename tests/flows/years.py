"""Moving through a school year in a moment."""

from storage.queries.campaigns import close_campaign
from tests.flows.story import Story


def without_this_october(story: Story) -> None:
    """The review that the sample opened is closed, so that the way to the next campaign is short."""
    story.database.write_now(
        close_campaign, key="october-review", year=2026, partnership=None, now=story.clock.now()
    )
