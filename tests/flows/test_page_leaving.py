"""Handing on, leaving and taking back on the page, in a real browser: a colleague, a duty that is over, words that go."""

from playwright.async_api import Browser, expect

from tests.factories import london
from tests.flows.moves import UNDER_WAY, message_saying, reply
from tests.flows.story import Story
from tests.flows.test_page import picture
from tests.flows.test_page_roles import choose_not_now, opened, tick, type_line

ASKED = london(2026, 9, 11, 9)
WORDS = "We lack a named lead at one of the colleges."


async def test_a_colleague_reads_what_is_asked_of_them_and_agrees(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await choose_not_now(page, conversation, "Pass it to a colleague")
    form = page.get_by_role("dialog", name="Pass it to a colleague")
    await form.get_by_label("Which colleague?").select_option(value="U0STRANGER")
    await tick(form, "For how long?", "Only this time")
    await picture(page, "27-pass-it-on")
    await form.get_by_role("button", name="Ask them").click()
    await expect(form).to_contain_text("Vigil asks Somebody new, not on the roster.")
    await page.keyboard.press("Escape")

    other, asked = await opened(story, browser, "U0STRANGER")
    await expect(asked).to_contain_text("A colleague asks for your help")
    await expect(asked.get_by_role("button", name="No, not me")).to_be_visible()
    await picture(other, "28-a-colleague-is-asked")
    await asked.get_by_role("button", name="I agree").click()
    await expect(asked).to_contain_text("You answer for this until Thursday 31 December 2026.")
    await expect(conversation.get_by_role("button", name="Take it back")).to_be_visible()
    await other.close()
    await page.close()


async def test_a_duty_is_given_up_only_after_reading_what_happens(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await choose_not_now(page, conversation, "This is not my duty any more")
    form = page.get_by_role("dialog", name="Not my duty any more")
    await expect(form).to_contain_text("You will no longer be asked for West Midlands Police")
    await expect(form.get_by_role("button", name="Keep it")).to_be_visible()
    await picture(page, "29-not-my-duty")
    await form.get_by_role("button", name="It is not mine").click()
    await expect(form).to_contain_text("It is not your duty any more.")
    await page.keyboard.press("Escape")
    await expect(conversation).to_contain_text("This is not your duty any more.")
    await expect(conversation.get_by_role("button", name="Reply")).to_have_count(0)
    await page.close()


async def test_a_lead_withdraws_words_that_slipped_through(story: Story, browser: Browser):
    await story.to(ASKED)
    police = story.be("U0POLICE")
    asked = await message_saying(police, "October half-term review")
    await reply(police, asked, **UNDER_WAY, OQ6=WORDS)
    page, conversation = await opened(story, browser, "U0LEAD")
    await type_line(page, "/review-status")
    await expect(conversation).to_contain_text(WORDS)
    await conversation.get_by_role("button", name="Withdraw the words").click()
    form = page.get_by_role("dialog", name="Withdraw the words")
    await expect(form).to_contain_text("What cannot be undone")
    await expect(form).not_to_contain_text(WORDS)
    await picture(page, "30-withdraw-the-words")
    await form.get_by_role("button", name="Withdraw", exact=True).click()
    await expect(page.get_by_role("dialog")).to_contain_text("The words are withdrawn.")

    other, receipt = await opened(story, browser, "U0POLICE")
    await expect(receipt).to_contain_text("What was typed has been withdrawn")
    await expect(receipt).not_to_contain_text(WORDS)
    await picture(other, "31-words-withdrawn")
    await other.close()
    await page.close()
