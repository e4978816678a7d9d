"""The scenes: each opens as it says, in the place of another, over the wire; then on the page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, expect

from bot.sample import SCENES, TEAM_ID, sample_team
from bot.stage import SampleStage
from bot.workspace import LocalWorkspace
from storage.clock import Clock
from tests.bot.workspace_page.looks import assert_accessible
from tests.flows.test_page import picture

#: Milliseconds to wait for a scene, on a machine that has much else to do.
OPENS = 30_000


@dataclass(frozen=True)
class Theatre:
    """A workspace with a stage, and what its control API answers."""

    workspace: LocalWorkspace
    stage: SampleStage
    session: aiohttp.ClientSession

    async def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST when there is a body."""
        url = f"{self.workspace.url}/control/{path}"
        asked = self.session.get(url) if body is None else self.session.post(url, json=body)
        async with asked as answer:
            return await answer.json()

    async def words(self, user: str) -> str:
        """All that stands in somebody's conversation with Vigil."""
        await self.ask(f"people/{user}/conversations")
        found = await self.ask(f"people/{user}/conversations/D{user[1:]}/messages")
        return "\n".join(message["text"] for message in found["messages"])


@pytest.fixture
async def theatre(tmp_path) -> AsyncIterator[Theatre]:
    workspace = LocalWorkspace(teams=[sample_team()], clock=Clock(), rate_limits=False)
    await workspace.start()
    stage = SampleStage(
        workspace=workspace, scenes=SCENES, path=tmp_path / "sample.sqlite", speed=0
    )
    workspace.stage = stage
    async with aiohttp.ClientSession() as session:
        yield Theatre(workspace, stage, session)
    await stage.close()
    await workspace.stop()


@pytest.mark.parametrize("key", SCENES)
async def test_a_scene_opens_at_its_time_with_its_people_and_nothing_unread(theatre, key):
    answer = await theatre.ask("scenes", {"scene": key})
    assert (answer["current"], answer["performance"]) == (key, 1)
    scene = next(each for each in answer["scenes"] if each["key"] == key)
    people = (await theatre.ask("people"))["people"]
    ids = {person["id"] for person in people}
    assert {scene["you"], *(step["user"] for step in scene["steps"] if step["user"])} <= ids
    assert {person["unread"] for person in people} == {0}
    now = theatre.workspace.panel.now()
    assert 0 <= (now - SCENES[key].opens_at).total_seconds() < 1
    assert (await theatre.ask("clock"))["coming"]


@pytest.mark.parametrize("key", SCENES)
async def test_words_of_a_scene_are_short_and_plain(key):
    scene = SCENES[key]
    for text in (scene.summary, *(step.text for step in scene.steps)):
        sentences = text.replace("?", ".").split(". ")
        assert max(len(sentence.split()) for sentence in sentences) <= 25, text
        assert "please" not in text.lower()


async def test_three_days_before_two_partners_still_owe_their_review(theatre):
    await theatre.ask("scenes", {"scene": "three-days-before"})
    assert "You have replied" in await theatre.words("U0COUNCIL")
    assert "Still so" in str(
        (await theatre.ask("people/U0HEALTH/conversations/D0HEALTH/messages"))["messages"]
    )
    coming = (await theatre.ask("clock"))["coming"]
    assert [person["user"] for person in coming[1]["people"]] == ["U0HEALTH", "U0POLICE"]


async def test_the_silent_partner_was_asked_at_every_step(theatre):
    await theatre.ask("scenes", {"scene": "silent-partner"})
    messages = (await theatre.ask("people/U0POLICE/conversations/D0POLICE/messages"))["messages"]
    assert len(messages) == 5
    assert "Your reply" not in await theatre.words("U0POLICE")
    assert "West Midlands Police" in await theatre.words("U0LEAD")


async def test_one_message_asks_for_thirty_duties(theatre):
    await theatre.ask("scenes", {"scene": "many-duties"})
    await theatre.ask("clock", {"to_next": True})
    messages = (await theatre.ask("people/U0MET/conversations/D0MET/messages"))["messages"]
    assert len(messages) == 1
    assert "30 partners" in str(messages[0]["blocks"])


async def test_areas_with_their_own_dates_are_asked_earlier(theatre):
    await theatre.ask("scenes", {"scene": "england"})
    await theatre.ask("clock", {"to_next": True})
    assert "Friday 16 October 2026" in await theatre.words("U0KENTCOUNCIL")
    assert await theatre.words("U0DEVONCOUNCIL") == ""


async def test_another_scene_takes_the_place_of_all_there_was(theatre):
    await theatre.ask("scenes", {"scene": "first-day"})
    await theatre.ask("clock", {"to_next": True})
    assert await theatre.words("U0POLICE")
    answer = await theatre.ask("scenes", {"scene": "first-day"})
    assert answer["performance"] == 2
    assert await theatre.words("U0POLICE") == ""
    assert theatre.workspace.panel.now() < SCENES["first-day"].opens_at.replace(hour=9)


async def test_a_scene_that_is_in_the_middle_of_a_move_can_be_left(theatre):
    await theatre.ask("scenes", {"scene": "first-day"})
    moving = asyncio.create_task(theatre.ask("clock", {"to": "2027-06-01T09:00:00Z"}))
    await asyncio.sleep(0.2)
    answer = await theatre.ask("scenes", {"scene": "silent-partner"})
    assert answer["current"] == "silent-partner"
    assert await moving == {"error": "This story is over. Another scene was opened."}
    before = len(theatre.workspace.installations[TEAM_ID].log.accepted)
    await asyncio.sleep(0.3)
    assert len(theatre.workspace.installations[TEAM_ID].log.accepted) == before


async def test_a_scene_that_there_is_not_is_named(theatre):
    answer = await theatre.ask("scenes", {"scene": "last-day"})
    assert answer["error"].startswith("There is no scene last-day. The scenes are: first-day, ")


@pytest.fixture
async def page(theatre, browser: Browser) -> AsyncIterator[Page]:
    await theatre.stage.open("first-day")
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    await page.close()
    assert problems == []


async def test_a_link_opens_a_scene_and_a_reload_does_not_begin_it_again(theatre, page):
    await page.goto(f"{theatre.workspace.url}/?scene=three-days-before")
    main = page.get_by_role("main")
    await expect(main).to_contain_text("You are Business manager, Birmingham", timeout=OPENS)
    await expect(page.get_by_role("link", name="Scene: Three days before")).to_be_visible()
    await expect(page).to_have_url(f"{theatre.workspace.url}/#U0LEAD")
    await page.reload()
    await expect(main).to_contain_text("You are Business manager, Birmingham")
    assert theatre.stage.performance == 2


async def test_a_link_to_a_scene_that_there_is_not_says_so(theatre, page):
    await page.goto(f"{theatre.workspace.url}/?scene=half-past-nine")
    await expect(page.get_by_role("main")).to_contain_text("There is no scene half-past-nine.")
    await expect(page.get_by_role("complementary", name="Guide")).to_be_visible()
    await page.get_by_role("link", name="See the other scenes").click()
    await expect(page.get_by_role("main")).not_to_contain_text("There is no scene")


async def test_a_scene_is_begun_again_from_the_page_and_others_hear_of_it(theatre, page, browser):
    other = await browser.new_page(locale="en-GB")
    await other.goto(f"{theatre.workspace.url}/#U0COUNCIL")
    log = other.get_by_role("log", name="Conversation")
    await theatre.ask("clock", {"to_next": True})
    await expect(log).to_contain_text("Reply by 11:59pm")
    await page.goto(f"{theatre.workspace.url}/#scenes")
    await page.get_by_role("button", name="Start again: The first day").click()
    main = page.get_by_role("main")
    await expect(main).to_contain_text("You are Police respondent", timeout=OPENS)
    await expect(log).to_contain_text("No messages yet")
    await other.close()


async def test_the_guide_goes_step_by_step_and_stays_closed(theatre, page):
    await page.goto(theatre.workspace.url)
    guide = page.get_by_role("complementary", name="Guide")
    await expect(guide).to_contain_text("Step 1 of 5")
    await guide.get_by_role("button", name="Be Police respondent, Birmingham").click()
    await expect(page.get_by_role("main")).to_contain_text("You are Police respondent")
    await expect(guide.get_by_role("button", name="Be Police respondent")).to_have_count(0)
    await guide.get_by_role("button", name="Next step").click()
    await expect(guide).to_contain_text("Step 2 of 5")
    await page.reload()
    await expect(guide).to_contain_text("Step 2 of 5")
    await guide.get_by_role("button", name="Close the guide").click()
    await expect(guide).to_be_hidden()
    await expect(page.get_by_role("button", name="Show the guide")).to_be_focused()
    await page.reload()
    await expect(page.get_by_role("main")).to_contain_text("You are Police respondent")
    await expect(guide).to_be_hidden()
    await page.get_by_role("button", name="Show the guide").click()
    await expect(guide).to_contain_text("Step 2 of 5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_scenes_and_guide_are_accessible(theatre, page, scheme, width):
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size({"width": width, "height": 844})
    for place in ("", "#scenes", "#U0POLICE/scenes", "#U0POLICE", "#U0POLICE/home"):
        await page.goto(f"{theatre.workspace.url}/{place}")
        await expect(page.get_by_role("complementary", name="Guide")).to_be_visible()
        await assert_accessible(page)


async def test_all_england_is_asked_while_somebody_looks_pictured(theatre, page):
    await page.emulate_media(color_scheme="dark")
    await page.goto(f"{theatre.workspace.url}/#scenes")
    open_it = page.get_by_role("button", name="Open: All England")
    await expect(open_it).to_be_visible()
    await picture(page, "8-scenes")
    await open_it.click()
    you_are = "You are Police facilitator, England"
    await expect(page.get_by_role("main")).to_contain_text(you_are, timeout=OPENS)
    clock = page.get_by_role("region", name="Clock")
    next_notice = page.get_by_role("button", name="To the next notice")
    happened = page.get_by_role("region", name="What has happened")
    await next_notice.click()
    sent = "Sent: 6 weeks before the deadline"
    await expect(happened).to_contain_text(sent, timeout=OPENS)
    await expect(clock).to_contain_text("The clock stands still", timeout=OPENS)
    await next_notice.click()
    log = page.get_by_role("log", name="Conversation")
    digest = "Weekly digest, Monday 7 September 2026"
    await expect(log).to_contain_text(digest, timeout=OPENS)
    await expect(log).to_contain_text("Kent Police")
    await expect(clock).to_contain_text("The clock stands still", timeout=OPENS)
    await picture(page, "9-all-england")


async def test_a_partner_replies_on_a_phone_pictured(theatre, page):
    await page.set_viewport_size({"width": 390, "height": 844})
    await page.goto(f"{theatre.workspace.url}/?scene=three-days-before")
    guide = page.get_by_role("complementary", name="Guide")
    await expect(guide).to_contain_text("You lead the partnership", timeout=OPENS)
    await guide.get_by_role("button", name="Close the guide").click()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name="Health respondent, Birmingham").click()
    log = page.get_by_role("log", name="Conversation")
    await log.get_by_role("button", name="Still so").last.click()
    await expect(log.get_by_role("button", name="Still so")).to_have_count(0)
    await picture(page, "10-phone")
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width == 390
    await page.get_by_role("button", name="Clock").click()
    happened = page.get_by_role("region", name="What has happened")
    await expect(happened).to_contain_text("replied again")
    await picture(page, "11-phone-clock")
