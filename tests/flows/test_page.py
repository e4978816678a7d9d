"""The story that the README tells, on the page, in a real browser. `make screenshots` keeps its pictures."""

import os
import re
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from bot.sample import SCENES
from bot.stage import SampleStage
from tests.bot.workspace_page.looks import assert_accessible
from tests.flows.story import Story

PICTURES = os.environ.get("VIGIL_PICTURES")


async def picture(page: Page, name: str) -> None:
    """Keep what the page shows, when asked to; axe-core finds nothing in it, in light and in dark."""
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")
    chosen = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        await assert_accessible(page)
    await page.emulate_media(color_scheme="dark" if chosen else "light")


async def next_step(page: Page) -> None:
    """What the guide says has been done; it goes on."""
    await page.get_by_role("button", name="Next step").click()


async def test_a_visitor_watches_the_whole_job(story: Story, browser: Browser, tmp_path: Path):
    story.workspace.stage = SampleStage(
        workspace=story.workspace, scenes=SCENES, path=tmp_path / "unused", speed=0
    )
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    await page.goto(story.workspace.url)
    guide = page.get_by_role("complementary", name="Guide")
    await expect(guide).to_contain_text("Step 1 of 5")
    await picture(page, "1-welcome")

    await guide.get_by_role("button", name="Be Police respondent, Birmingham").click()
    await page.get_by_role("button", name="To the next notice").click()
    conversation = page.get_by_role("log", name="Conversation")
    await expect(conversation).to_contain_text("Reply by 11:59pm on Friday 23 October 2026")
    happened = page.get_by_role("region", name="What has happened")
    await expect(happened).to_contain_text("Sent: 6 weeks before the deadline")
    await next_step(page)
    await picture(page, "2-reminder")

    await conversation.get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await form.get_by_role("radio", name="Under way").check()
    await form.get_by_role("radio", name="On track").check()
    await form.get_by_role("radio", name="Drafting").check()
    await form.get_by_role("checkbox", name="Capacity").check()
    box = form.get_by_role("textbox", name="Anything the other partners")
    await box.fill("NHS number 943 476 5919")
    await form.get_by_role("button", name="Send reply").click()
    await expect(form).to_contain_text("This looks like an NHS number")
    await expect(box).to_have_value("NHS number 943 476 5919")
    await picture(page, "3-form-with-a-mistake")
    await box.fill("We would like a call about reaching independent schools.")
    await form.get_by_role("button", name="Send reply").click()
    await expect(form).to_be_hidden()
    await expect(conversation).to_contain_text("Your reply")
    await expect(conversation.get_by_role("button", name="Change my reply")).to_be_visible()
    await picture(page, "4-receipt")

    await next_step(page)
    await guide.get_by_role("button", name="Be Business manager, Birmingham").click()
    await expect(page.get_by_role("main")).to_contain_text("You are Business manager, Birmingham")
    await page.get_by_role("textbox", name="Message").fill("/review-status")
    await page.get_by_role("textbox", name="Message").press("Enter")
    await expect(conversation).to_contain_text("1 of 3 partners has replied")
    assert (await conversation.inner_text()).count("No reply yet") == 2
    await picture(page, "5-review-status")

    await next_step(page)
    await guide.get_by_role("button", name="Be Police facilitator, West Midlands").click()
    await expect(page.get_by_role("main")).to_contain_text(
        "You are Police facilitator, West Midlands"
    )
    await page.get_by_role("button", name="To Monday 9am").click()
    await expect(conversation).to_contain_text("Weekly digest, Monday 14 September 2026")
    await expect(conversation).to_contain_text(
        "We would like a call about reaching independent schools."
    )
    await expect(page.get_by_role("region", name="Clock")).to_contain_text("The clock stands still")
    await picture(page, "6-digest")

    await next_step(page)
    await guide.get_by_role("button", name="Close the guide").click()
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("main")).to_contain_text("Police, West Midlands")
    await picture(page, "7-home")
    await page.close()
    assert problems == []


async def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until it has the focus, as somebody without a mouse does."""
    await expect(wanted).to_be_visible()
    for _ in range(120):
        if await wanted.evaluate("node => node === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {wanted}.")


async def choose(page: Page, form: Locator, group: str, option: str) -> None:
    """Go to a group of radio buttons, and with the arrow keys to one of them."""
    buttons = form.get_by_role("group", name=group).get_by_role("radio")
    await tab_to(page, buttons.first)
    await page.keyboard.press("Space")
    for _ in range(await buttons.count()):
        if (
            await form.get_by_role("group", name=group)
            .get_by_role("radio", name=option)
            .is_checked()
        ):
            return
        await page.keyboard.press("ArrowDown")
    raise AssertionError(f"The arrow keys do not come to {option}.")


async def test_a_partner_replies_by_keyboard_alone(story: Story, browser: Browser):
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
    await page.goto(story.workspace.url)
    await tab_to(page, page.get_by_role("button", name="Police respondent, Birmingham").first)
    await page.keyboard.press("Enter")
    conversation = page.get_by_role("log", name="Conversation")
    await tab_to(page, page.get_by_role("button", name="To the next notice"))
    await page.keyboard.press("Enter")
    await tab_to(page, conversation.get_by_role("button", name="Reply"))
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog", name="Your reply")
    await choose(page, form, "Where is your review", "Under way")
    await choose(page, form, "Will it be signed off", "On track")
    box = form.get_by_role("textbox", name="Anything the other partners")
    await tab_to(page, box)
    await page.keyboard.type("All is well")
    await tab_to(page, form.get_by_role("button", name="Send reply"))
    await page.keyboard.press("Enter")
    offer = form.get_by_role("group", name="Where is your offer")
    await expect(offer).to_have_accessible_description(re.compile("Error: "))
    await expect(offer.get_by_role("radio").first).to_be_focused()
    await page.keyboard.press("Space")
    await tab_to(page, form.get_by_role("button", name="Send reply"))
    await page.keyboard.press("Enter")
    await expect(form).to_be_hidden()
    await expect(conversation).to_contain_text("Your reply")
    focused = page.locator("main :focus")
    await expect(focused).to_have_count(1)
    await tab_to(page, conversation.get_by_role("button", name="Change my reply"))
    await page.close()


async def test_a_lead_gives_the_dates_and_everybody_sees_the_new_deadline(
    story: Story, browser: Browser
):
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
    await story.to_next()
    await page.goto(f"{story.workspace.url}/#U0LEAD")
    conversation = page.get_by_role("log", name="Conversation")
    box = page.get_by_role("textbox", name="Message")
    await box.fill("/review-status")
    await box.press("Enter")
    await conversation.get_by_role("button", name="Give the dates").click()
    form = page.get_by_role("dialog", name="Term dates")
    last = form.get_by_label("Last day of school before it")
    await form.get_by_label("First day of the break").fill("2026-10-19")
    await form.get_by_label("Last day of the break").fill("2026-10-30")
    await last.fill("2026-10-17")
    await form.get_by_role("button").last.click()
    await expect(last).to_have_accessible_description(re.compile("This is a Saturday"))
    await assert_accessible(page)
    await last.fill("2026-10-16")
    await form.get_by_role("button").last.click()
    await expect(form).to_be_hidden()
    await page.get_by_role("button", name="Police respondent, Birmingham").first.click()
    await expect(conversation).to_contain_text("Friday 16 October 2026")
    await page.close()
