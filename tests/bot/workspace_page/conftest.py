"""A browser on the page of a local workspace, with the example bot connected."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import Page
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import LocalWorkspace, StoryLine
from storage.clock import Clock
from tests.bot.workspace.example import COUNCIL, TOKEN, build_example_bot, make_team

START = datetime(2026, 9, 7, 7, 55, tzinfo=UTC)


class OneNotice:
    """A clock panel with one notice to come, at 9am."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._at = START + timedelta(minutes=5)

    @property
    def speed(self) -> float:
        return self._clock.speed

    def now(self) -> datetime:
        return self._clock.now()

    def run_at(self, speed: float) -> None:
        self._clock.run_at(speed)

    def _notice(self, what: str) -> list[StoryLine]:
        return [
            StoryLine(at=self._at, what=what, people=(("Council respondent", COUNCIL),), more=2)
        ]

    async def coming(self, limit: int) -> Sequence[StoryLine]:
        return [] if self._at <= self.now() else self._notice("First notice")[:limit]

    async def happened(self, limit: int) -> Sequence[StoryLine]:
        return self._notice("Sent: first notice")[:limit] if self._at <= self.now() else []

    async def move_to(self, instant: datetime) -> None:
        self._clock.move_to(instant)

    async def move_to_next(self) -> None:
        self._clock.move_to(self._at)


@pytest.fixture
async def slack() -> AsyncIterator[LocalWorkspace]:
    clock = Clock(start=START, speed=0)
    team = make_team()
    workspace = LocalWorkspace(teams=[team], clock=clock, panel=OneNotice(clock), rate_limits=False)
    await workspace.start()
    app = build_example_bot(workspace.api_url, TOKEN, team.signing_secret)
    handler = AsyncSocketModeHandler(app, team.app_token)
    await handler.connect_async()
    yield workspace
    await handler.close_async()
    await workspace.stop()


@pytest.fixture
async def page(slack, browser) -> AsyncIterator[Page]:
    """The council respondent's conversation with the bot; a script error on the page fails the test."""
    page = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(f"{slack.url}/#{COUNCIL}")
    await page.get_by_role("log", name="Conversation").wait_for()
    yield page
    await page.close()
    assert problems == []


@pytest.fixture
def bot(slack) -> AsyncWebClient:
    return AsyncWebClient(token=TOKEN, base_url=slack.api_url)
