"""What a partner does on the page, in a real browser: answer, with every press counted, and look after it on Home."""

import re

from playwright.async_api import Browser, Locator, Page, expect

from tests.factories import london, post
from tests.flows.moves import DONE, UNDER_WAY, join, message_saying, modal_saying, reply
from tests.flows.presses import Presses
from tests.flows.story import Story
from tests.flows.test_page import picture
from tests.flows.test_page_roles import choose_not_now, opened, tick
from tests.flows.years import to_an_open_summer

ASKED, THREE_WEEKS = london(2026, 9, 11, 9), london(2026, 10, 2, 9)
OVERDUE = london(2026, 10, 27, 9)
SOLIHULL_TOO = post("U0POLICE", area="Solihull", name="Police respondent, Birmingham")
REVIEW, SIGNED_OFF, OFFER = "Where is your review", "Will it be signed off", "Where is your offer"


async def asked_again(story: Story) -> None:
    """The police have replied, are not done yet, and are asked again three weeks before the deadline."""
    await story.to(ASKED)
    police = story.be("U0POLICE")
    await reply(police, await message_saying(police, "October half-term review"), **UNDER_WAY)
    await message_saying(police, "Your reply")
    await story.to(THREE_WEEKS)


async def fill_in(form: Locator) -> None:
    """A choice for each question that needs one, and no more."""
    await tick(form, REVIEW, "Under way")
    await tick(form, SIGNED_OFF, "On track")
    await tick(form, OFFER, "Drafting")


async def send(form: Locator) -> None:
    """Send it as it stands."""
    await form.get_by_role("button", name="Send reply").click()


async def in_the_summer(story: Story) -> None:
    """The police have answered the first week of the holiday, and are asked for the second."""
    await to_an_open_summer(story)
    await story.to(london(2027, 7, 26, 9))
    police = story.be("U0POLICE")
    await reply(police, (await police.messages())[-1], SQ1="yes", SQ2="full", SQ5=["online"])
    await modal_saying(police, "Your reply is stored.")
    await police.close()
    await story.to(london(2027, 8, 2, 9))


def last_saying(conversation: Locator, words: str) -> Locator:
    """The newest message that says so."""
    return conversation.get_by_role("article").filter(has_text=words).last


async def newest(page: Page, conversation: Locator, words: str) -> Locator:
    """The same, once the page has seen that it is read."""
    found = last_saying(conversation, words)
    await expect(found).to_be_visible()
    await expect(page.get_by_role("link", name="Vigil")).to_have_text("Vigil")
    return found


# Answering


async def test_a_first_quick_reply_takes_at_most_six_presses(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    presses = await Presses.begin(page)
    await conversation.get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await fill_in(form)
    await picture(page, "16-quick-form")
    await send(form)
    await expect(form).to_be_hidden()
    assert await presses.so_far() <= 6
    await expect(conversation).to_contain_text("Your reply")
    await expect(conversation).to_contain_text("Sent at 9am on Friday 11 September 2026")
    await page.close()


async def test_still_so_takes_one_press(story: Story, browser: Browser):
    await asked_again(story)
    page, conversation = await opened(story, browser, "U0POLICE")
    asked = await newest(page, conversation, "Reminder: 3 weeks before the deadline.")
    await expect(asked).to_contain_text("Is this still so?")
    await picture(page, "17-is-this-still-so")
    presses = await Presses.begin(page)
    await asked.get_by_role("button", name="Still so").click()
    await expect(conversation).to_contain_text("Confirmed at 9am on Friday 2 October 2026")
    assert await presses.so_far() == 1
    await page.close()


async def test_one_change_to_last_times_answers_takes_three_presses(story: Story, browser: Browser):
    await asked_again(story)
    page, conversation = await opened(story, browser, "U0POLICE")
    presses = await Presses.begin(page)
    asked = last_saying(conversation, "Is this still so?")
    await asked.get_by_role("button", name="Change my reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await expect(form.get_by_role("radio", name="Under way")).to_be_checked()
    await tick(form, SIGNED_OFF, "At risk")
    await picture(page, "18-last-times-answers")
    await send(form)
    await expect(form).to_be_hidden()
    assert await presses.so_far() <= 3
    await expect(conversation).to_contain_text("By half-term: At risk")
    await page.close()


async def test_a_week_with_one_change_takes_three_presses(story: Story, browser: Browser):
    await in_the_summer(story)
    page, conversation = await opened(story, browser, "U0POLICE")
    asked = await newest(page, conversation, "Last time you said:")
    presses = await Presses.begin(page)
    await asked.get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await expect(form).to_contain_text("Your answers are filled in: change what is different.")
    await tick(form, "Which risks are rising?", "Missing")
    await send(form)
    await expect(page.get_by_role("dialog")).to_contain_text("Your reply is stored.")
    assert await presses.so_far() <= 3
    await page.keyboard.press("Escape")  # this week's topic can wait
    await expect(last_saying(conversation, "Your reply")).to_contain_text("Rising: Online, Missing")
    await page.close()


async def test_nothing_has_changed_since_last_week_takes_one_press(story: Story, browser: Browser):
    await in_the_summer(story)
    page, conversation = await opened(story, browser, "U0POLICE")
    asked = await newest(page, conversation, "Last time you said:")
    await expect(asked).to_contain_text("Rising: Online")
    await picture(page, "19-nothing-has-changed")
    presses = await Presses.begin(page)
    await asked.get_by_role("button", name="Nothing has changed").click()
    await expect(last_saying(conversation, "You have replied.")).to_contain_text(
        "Confirmed at 9am on Monday 2 August 2027"
    )
    assert await presses.so_far() == 1
    await page.close()


async def test_why_we_ask_shows_what_the_letter_says(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await conversation.get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await tick(form, REVIEW, "Under way")
    await form.get_by_role("button", name="Why we ask").click()
    await expect(form.get_by_role("button", name="Hide why we ask")).to_be_visible()
    await expect(form).to_contain_text("The letter of 29 July 2021 says:")
    await expect(form.get_by_role("radio", name="Under way")).to_be_checked()
    await form.get_by_text("The letter of 29 July 2021 says:").first.scroll_into_view_if_needed()
    await picture(page, "20-why-we-ask")
    await page.close()


async def test_one_person_replies_for_two_partners_and_sees_which(story: Story, browser: Browser):
    await join(story, SOLIHULL_TOO)
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await conversation.get_by_role("button", name=re.compile("Reply.*Birmingham")).click()
    form = page.get_by_role("dialog", name="Your reply")
    others = form.get_by_role("group", name="This reply is also for")
    await others.get_by_role("checkbox").check()
    await picture(page, "21-also-for")
    await fill_in(form)
    await send(form)
    kept = page.get_by_role("dialog")
    await expect(kept).to_contain_text("Your reply is stored for these 2 partners.")
    await expect(kept).to_contain_text("Birmingham Safeguarding Children Partnership")
    await expect(kept).to_contain_text("Solihull")
    await expect(page.get_by_text("Change my reply")).to_have_count(2)
    await picture(page, "22-stored-for-two")
    await page.close()


# After answering


async def test_a_late_reply_is_taken_and_says_that_it_is_late(story: Story, browser: Browser):
    await story.to(OVERDUE)
    page, conversation = await opened(story, browser, "U0POLICE")
    await last_saying(conversation, "Reminder:").get_by_role("button", name="Reply").click()
    form = page.get_by_role("dialog", name="Your reply")
    await expect(form).to_contain_text("Late replies are taken until Thursday 31 December 2026.")
    await fill_in(form)
    await send(form)
    await expect(form).to_be_hidden()
    late = last_saying(conversation, "It came after the deadline.")
    await expect(late.get_by_role("button", name="Change my reply")).to_be_visible()
    await picture(page, "23-late-reply")
    await page.close()


async def test_a_reply_that_went_another_way_is_noted(story: Story, browser: Browser):
    await story.to(ASKED)
    page, conversation = await opened(story, browser, "U0POLICE")
    await choose_not_now(page, conversation, "We have replied another way")
    await expect(conversation).to_contain_text("You said that you have replied another way.")
    await picture(page, "24-replied-another-way")
    await page.close()


# Home


async def home_of(page: Page) -> Locator:
    """Their Home tab."""
    await page.get_by_role("link", name="Home").click()
    return page.get_by_role("main")


async def test_a_partner_finds_on_home_what_they_owe_and_prefers_another_hour(
    story: Story, browser: Browser
):
    await join(story, SOLIHULL_TOO)
    await story.to(ASKED)
    police = story.be("U0POLICE")
    await reply(police, await message_saying(police, "October half-term review"), **DONE)
    page, _ = await opened(story, browser, "U0POLICE")
    home = await home_of(page)
    await expect(home).to_contain_text("What you have sent")
    await picture(page, "25-home-of-a-partner")
    await home.get_by_role("button", name="Change my preferences").click()
    form = page.get_by_role("dialog", name="Preferences")
    await form.get_by_label("Hour of the day").select_option(label="2pm")
    await form.get_by_label(re.compile("^Light")).check()
    await picture(page, "26-preferences")
    await form.get_by_role("button", name="Save").click()
    await expect(home).to_contain_text("Reminders and digests come at 2pm, less often than usual.")
    await page.close()
