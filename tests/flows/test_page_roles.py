"""What else people do on the page, in a real browser: put off a reminder, draft the full return, sign it."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.bot.workspace_page.looks import assert_accessible
from tests.factories import london
from tests.flows.story import Story
from tests.flows.test_page import picture

ASKED = london(2026, 9, 11, 9)


async def opened(story: Story, browser: Browser, user: str) -> tuple[Page, Locator]:
    """The page as somebody sees it, and their conversation with Vigil."""
    page = await browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB")
    await page.goto(f"{story.workspace.url}/#{user}")
    return page, page.get_by_role("log", name="Conversation")


async def type_line(page: Page, line: str) -> None:
    """Send it."""
    box = page.get_by_role("textbox", name="Message")
    await box.fill(line)
    await box.press("Enter")


async def tick(form: Locator, group: str, *options: str) -> None:
    """Choose in a group of radio buttons or checkboxes."""
    for option in options:
        await form.get_by_role("group", name=group).get_by_label(option, exact=True).check()


async def choose_not_now(page: Page, conversation: Locator, choice: str) -> Locator:
    """‘Not now’, with that choice sent; the form in which it was made."""
    await conversation.get_by_role("button", name="Not now").click()
    form = page.get_by_role("dialog", name="Not now")
    await form.get_by_label(choice).check()
    await form.get_by_role("button", name="Save").click()
    return form


async def test_a_partner_asks_for_another_day(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    form = await choose_not_now(page, conversation, "Remind me on another day")
    await expect(form).to_contain_text("Choose the day here.")
    await picture(page, "12-not-now")
    await form.get_by_label("The other day").fill("2026-09-16")
    await form.get_by_role("button", name="Save").click()
    await expect(form).to_be_hidden()
    await expect(conversation).to_contain_text(
        "You asked to be reminded on Wednesday 16 September 2026."
    )
    await story.to(london(2026, 9, 16, 9))
    await expect(conversation.get_by_role("button", name="Reply")).to_have_count(2)
    await page.close()


async def test_a_partner_passes_it_to_a_colleague_by_keyboard(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await conversation.get_by_role("button", name="Not now").click()
    form = page.get_by_role("dialog", name="Not now")
    await form.get_by_label("Pass it to a colleague").check()
    await form.get_by_role("button", name="Save").press("Enter")
    form = page.get_by_role("dialog", name="Pass it to a colleague")
    colleague = form.get_by_role("combobox", name="Which colleague?")
    await colleague.focus()
    await page.keyboard.type("Somebody new")
    await expect(colleague).to_have_value("U0STRANGER")
    await assert_accessible(page)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")  # only this time
    await expect(form.get_by_label("Only this time")).to_be_checked()
    await form.get_by_role("button", name="Ask them").press("Enter")
    await expect(form).to_contain_text("Vigil asks Somebody new, not on the roster.")
    await form.get_by_role("button", name="Close").press("Enter")
    await expect(conversation).to_contain_text("They have not answered yet.")
    other, asked = await opened(story, browser, "U0STRANGER")
    await asked.get_by_role("button", name="I agree").click()
    await expect(asked.get_by_role("button", name="Reply")).to_be_visible()
    await expect(conversation.get_by_role("button", name="Take it back")).to_be_visible()
    await other.close()
    await page.close()


async def test_a_partner_says_it_in_their_own_words(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0HEALTH")
    await type_line(page, "I'm away next week")
    await expect(conversation).to_contain_text("Are you away from Monday 14 September")
    await picture(page, "13-plain-words")
    await conversation.get_by_role("button", name="Yes, I am away").click()
    await expect(conversation).to_contain_text("It is kept that you are away.")
    await type_line(page, "I am worried about a child")
    await expect(conversation).to_contain_text("If a child is in danger call 999.")
    await page.close()


async def test_a_lead_drafts_the_full_return_and_a_partner_signs_it(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0LEAD")
    await type_line(page, "/review-status")
    await conversation.get_by_role("button", name="Start the full return").click()
    form = page.get_by_role("dialog", name="Full return, 1 of 3")
    await tick(form, "Which settings did your review cover?", "Maintained schools")
    number = form.get_by_label(re.compile("How many.*Maintained schools|Maintained schools.*many"))
    await expect(number).to_be_visible()
    await number.fill("212")
    await tick(form, "Which are hardest to reach?", "Independent schools")
    await tick(form, "Who speaks for schools and colleges", "A forum or group")
    await tick(form, "Are they named in your published", "Some types")
    await tick(form, "Who helped write your analysis", "Schools")
    await assert_accessible(page)
    await picture(page, "14-full-return")
    await form.get_by_role("button", name="Next").click()
    form = page.get_by_role("dialog", name="Full return, 2 of 3")
    await expect(form).to_be_visible()
    await tick(form, "What does your offer include?", "Training")
    await tick(form, "Which settings cannot yet use", "Special schools")
    await form.get_by_label("How many settings used it last term?").fill("40")
    await tick(form, "Have settings told you", "Most")
    await tick(form, "How did children and young people", "Survey")
    await form.get_by_role("button", name="Next").click()
    form = page.get_by_role("dialog", name="Full return, 3 of 3")
    await tick(form, "What would help most?", "Call with facilitator")
    await tick(form, "Can we share something", "Not yet")
    await tick(form, "How is your partnership taking part", "In our plan")
    await form.get_by_role("group", name="I am replying").get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send for signature").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Your return is sent for signature.")
    await page.keyboard.press("Escape")

    await page.get_by_role("button", name="Police respondent, Birmingham").first.click()
    await expect(page.get_by_role("main")).to_contain_text("You are Police respondent, Birmingham")
    await type_line(page, "/review-status")
    await conversation.get_by_role("button", name="Read and sign").click()
    form = page.get_by_role("dialog")
    await expect(form).to_contain_text("212")
    await tick(form, "Does every school and college have", "All")
    await form.get_by_role("group", name="I am replying").get_by_role("checkbox").check()
    await assert_accessible(page)
    await picture(page, "15-sign-the-return")
    await form.get_by_role("button", name="Sign").click()
    await expect(page.get_by_role("dialog")).to_contain_text(
        "You have signed for West Midlands Police."
    )
    await page.close()


async def test_an_administrator_reads_what_vigil_tells_them(story: Story, browser: Browser):
    page, conversation = await opened(story, browser, "U0ADMIN")
    await type_line(page, "/review-status")
    await expect(conversation).to_contain_text("You run Vigil here.")
    await page.get_by_role("link", name="Home").click()
    await expect(page.get_by_role("main")).to_contain_text("What Vigil keeps about you")
    await assert_accessible(page)
    await page.close()
