"""The clock beside the conversation: what is due, what has happened, and going there."""

import aiohttp
from playwright.async_api import expect


async def test_the_clock_says_what_is_due_and_goes_there(page):
    clock = page.get_by_role("region", name="Clock")
    await expect(clock).to_contain_text("8:55am on Monday 7 September 2026")
    coming = clock.get_by_role("region", name="Coming up")
    happened = clock.get_by_role("region", name="What has happened")
    await expect(coming).to_contain_text("First notice")
    await expect(coming).to_contain_text("Council respondent; and 2 more")
    await expect(coming.get_by_role("link", name="Council respondent")).to_be_visible()
    await expect(happened).to_have_text("Nothing yet.")
    await clock.get_by_role("button", name="To the next notice").click()
    await expect(clock).to_contain_text("9am on Monday 7 September 2026")
    await expect(coming).to_have_text("Nothing is due.")
    await expect(happened).to_contain_text("Sent: first notice")
    await clock.get_by_role("button", name="To Monday 9am").click()
    await expect(clock).to_contain_text("9am on Monday 14 September 2026")


async def test_the_clock_only_goes_forward(page):
    clock = page.get_by_role("region", name="Clock")
    await clock.get_by_label("Date and time in London").fill("2026-09-01T09:00")
    await clock.get_by_role("button", name="Go").click()
    await expect(page.get_by_role("alert").first).to_contain_text("only goes forward")


async def test_a_day_on_is_the_same_time_of_day_when_the_clocks_go_back(page):
    clock = page.get_by_role("region", name="Clock")
    await clock.get_by_label("Date and time in London").fill("2026-10-24T09:00")
    await clock.get_by_role("button", name="Go").click()
    await expect(clock).to_contain_text("9am on Saturday 24 October 2026")
    await clock.get_by_role("button", name="One day on").click()
    await expect(clock).to_contain_text("9am on Sunday 25 October 2026")


async def test_a_clock_that_somebody_else_moves_moves_here(page, slack):
    clock = page.get_by_role("region", name="Clock")
    await expect(clock).to_contain_text("First notice")
    async with aiohttp.ClientSession() as session:
        await session.post(f"{slack.url}/control/clock", json={"to_next": True})
    await expect(clock).to_contain_text("9am on Monday 7 September 2026")
    await expect(clock).to_contain_text("Nothing is due.")
