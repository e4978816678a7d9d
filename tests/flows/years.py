"""Moving through a school year in a moment."""

from storage.queries.campaigns import close_campaign, open_campaign
from tests.factories import london
from tests.flows.story import Story


def without_this_october(story: Story) -> None:
    """The review that the sample opened is closed, so that the way to the next campaign is short."""
    story.database.write_now(
        close_campaign, key="october-review", year=2026, partnership=None, now=story.clock.now()
    )


async def to_an_open_summer(story: Story) -> None:
    """To the day on which the summer is offered, and it is opened for everybody."""
    without_this_october(story)
    await story.to(london(2027, 6, 28, 9))
    await story.database.write(
        open_campaign,
        key="summer-vigilance",
        year=2026,
        partnership=None,
        now=story.clock.now(),
    )
