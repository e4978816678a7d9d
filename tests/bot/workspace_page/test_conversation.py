"""Messages as they stand in a conversation: threads, what is new, and many of them."""

from playwright.async_api import expect

from tests.bot.workspace.example import COUNCIL, POLICE
from tests.bot.workspace_page.looks import assert_accessible


async def test_replies_stand_in_their_thread(page, bot, slack):
    log = page.get_by_role("log", name="Conversation")
    posted = await bot.chat_postMessage(channel=COUNCIL, text="Which week?")
    await bot.chat_postMessage(channel=COUNCIL, text="The first", thread_ts=posted["ts"])
    thread = log.get_by_role("group", name="Thread")
    await expect(thread.get_by_role("article")).to_have_count(0)
    await thread.get_by_role("button", name="1 reply, the last at 8:55am").click()
    await expect(thread.get_by_text("The first")).to_be_visible()
    box = thread.get_by_role("textbox", name="Reply in the thread")
    await box.fill("No, the second")
    await box.press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await expect(thread.get_by_role("article").last).to_contain_text("No, the second")
    await assert_accessible(page)
    said = slack.installations["T0LEEDS"].workspace.conversations[posted["channel"]].messages[-1]
    assert (said.text, said.thread_ts) == ("No, the second", posted["ts"])


async def test_any_message_can_begin_a_thread_by_keyboard(page, bot):
    await bot.chat_postMessage(channel=COUNCIL, text="Which week?")
    await page.get_by_role("button", name="Start a thread").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Reply in the thread")).to_be_focused()
    await page.keyboard.type("Both")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("group", name="Thread").get_by_text("Both")).to_be_visible()
    await expect(page.get_by_role("group", name="Thread")).to_contain_text("1 reply")


async def test_what_came_meanwhile_stands_below_a_line(page, bot, slack):
    await bot.chat_postMessage(channel=COUNCIL, text="The old")
    log = page.get_by_role("log", name="Conversation")
    await expect(log.get_by_text("The old")).to_be_visible()
    await page.goto(f"{slack.url}/#{POLICE}")
    await expect(page.get_by_role("main")).to_contain_text("You are Police respondent")
    await bot.chat_postMessage(channel=COUNCIL, text="The fresh")
    await page.goto(f"{slack.url}/#{COUNCIL}")
    await expect(log.get_by_text("The fresh")).to_be_visible()
    words = (await log.inner_text()).split("\n")
    assert words.index("The old") < words.index("New") < words.index("The fresh")


async def test_a_long_conversation_is_read_to_its_beginning(page, bot):
    for number in range(1, 231):
        await bot.chat_postMessage(channel=COUNCIL, text=f"Message {number}")
    await page.reload()
    log = page.get_by_role("log", name="Conversation")
    await expect(log.get_by_text("Message 230", exact=True)).to_be_in_viewport()
    articles = log.get_by_role("article")
    for count in (50, 100, 150, 200):
        await expect(articles).to_have_count(count)
        await log.evaluate("log => { log.scrollTop = 0; }")
    await expect(articles).to_have_count(230)
    await log.evaluate("log => { log.scrollTop = 0; }")
    await expect(log.get_by_text("Message 1", exact=True)).to_be_in_viewport()


async def test_a_new_message_touches_none_of_those_before_it(page, bot):
    for number in range(60):
        await bot.chat_postMessage(channel=COUNCIL, text=f"Message {number}")
    await page.reload()
    log = page.get_by_role("log", name="Conversation")
    await expect(log.get_by_text("Message 59", exact=True)).to_be_in_viewport()
    await page.evaluate(
        """() => {
            window.touched = 0;
            new MutationObserver((changes) => {
                for (const { addedNodes, removedNodes } of changes) window.touched += addedNodes.length + removedNodes.length;
            }).observe(document.querySelector(".log"), { childList: true, subtree: true });
        }"""
    )
    await bot.chat_postMessage(channel=COUNCIL, text="The newest")
    await expect(log.get_by_text("The newest")).to_be_in_viewport()
    assert await page.evaluate("window.touched") == 1
