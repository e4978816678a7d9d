"""What a person sees and does on the page, in a real browser."""

import aiohttp
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import WorkspacePerson
from tests.bot.workspace.example import COUNCIL, POLICE, TOKEN

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=alert(1)> <javascript:alert(1)|go>"


def text(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def option(words: str) -> dict[str, object]:
    return {"text": text(words), "value": words}


EVERY_FIELD = [
    {"type": "plain_text_input", "max_length": 20},
    {"type": "plain_text_input", "multiline": True},
    {"type": "static_select", "options": [option("Yes"), option("No")]},
    {"type": "radio_buttons", "options": [option("Always"), option("Never")]},
    {"type": "checkboxes", "options": [option("Police"), option("Health")]},
    {"type": "datepicker"},
    {"type": "timepicker"},
    {"type": "users_select"},
]
FORM = {
    "type": "home",
    "blocks": [
        {"type": "header", "text": text("Your partnership")},
        *(
            {
                "type": "input",
                "block_id": f"b{number}",
                "label": text(f"Question {number}"),
                "hint": text("A hint"),
                "element": {**element, "action_id": "answer"},
            }
            for number, element in enumerate(EVERY_FIELD, 1)
        ),
    ],
}


@pytest.fixture
def bot(slack) -> AsyncWebClient:
    return AsyncWebClient(token=TOKEN, base_url=slack.api_url)


async def send(page, line: str) -> None:
    box = page.get_by_role("textbox", name="Message")
    await box.fill(line)
    await box.press("Enter")


async def open_modal(page):
    await send(page, "/example council")
    await page.get_by_role("button", name="Answer").click()
    dialog = page.get_by_role("dialog", name="Answer")
    await expect(dialog).to_be_visible()
    return dialog


async def assert_accessible(page) -> None:
    results = await Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


async def test_a_message_is_sent_and_answered_without_reloading(page):
    await send(page, "hello")
    log = page.get_by_role("log", name="Conversation")
    await expect(log.get_by_text("Hello yourself.")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("")
    await expect(log.get_by_role("heading", name="Monday 7 September 2026")).to_have_count(1)


async def test_a_command_answers_for_one_person_only(page):
    await send(page, "/example council")
    article = page.get_by_role("article").filter(has_text="Hello, council")
    await expect(article.get_by_text("Only you can see this")).to_be_visible()


async def test_commands_are_offered_and_completed_by_keyboard(page):
    box = page.get_by_role("textbox", name="Message")
    await box.fill("/ex")
    await expect(page.get_by_role("option", name="/example [name]")).to_be_visible()
    await box.press("ArrowDown")
    await box.press("Enter")
    await expect(box).to_have_value("/example ")


async def test_a_mistake_is_said_and_the_words_are_kept(page):
    await send(page, "/nothing")
    await expect(page.get_by_role("alert").first).to_contain_text("/nothing")
    await expect(page.get_by_role("textbox", name="Message")).to_have_value("/nothing")


async def test_typed_markup_stays_text(page, bot):
    await bot.chat_postMessage(
        channel=COUNCIL, text="&lt;b&gt;bold&lt;/b&gt; <javascript:alert(1)|go>"
    )
    await send(page, HOSTILE)
    log = page.get_by_role("log", name="Conversation")
    await expect(log.get_by_text(HOSTILE)).to_be_visible()
    await expect(log.get_by_text("<b>bold</b> go")).to_be_visible()
    await expect(log.locator("img, b, a[href^=javascript]")).to_have_count(0)


async def test_a_modal_shows_an_error_by_the_field_and_gives_the_focus_back(page):
    dialog = await open_modal(page)
    field = dialog.get_by_role("textbox", name="What do you say?")
    await dialog.get_by_role("button", name="Send").click()
    await expect(field).to_have_accessible_description(
        "Error: Please complete this required field."
    )
    await expect(field).to_be_focused()
    await field.fill("no")
    await field.press("Enter")
    await expect(field).to_have_accessible_description("Error: Say more.")
    await field.fill("all is well")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_text("You said all is well.")).to_be_visible()
    await expect(page.get_by_role("button", name="Answer")).to_be_focused()


async def test_escape_closes_the_modal_on_top_and_keeps_what_is_below(page):
    dialog = await open_modal(page)
    await dialog.get_by_role("textbox").fill("deeper")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog.get_by_role("textbox")).to_have_value("")
    await page.keyboard.press("Escape")
    await expect(dialog.get_by_role("textbox")).to_have_value("deeper")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()


async def test_another_person_is_a_press_away_and_stays_after_a_reload(page, bot):
    await bot.chat_postMessage(channel=POLICE, text="For the police")
    you_are = page.get_by_role("navigation", name="You are")
    await expect(you_are.get_by_text("1 unread")).to_be_visible()
    await you_are.get_by_role("button", name="Police respondent").click()
    await expect(page.get_by_role("log").get_by_text("For the police")).to_be_visible()
    await expect(you_are.get_by_text("1 unread")).to_have_count(0)
    await page.reload()
    await expect(page.get_by_role("log").get_by_text("For the police")).to_be_visible()


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


async def test_what_others_have_not_read_shows_without_asking(page, bot):
    others = page.get_by_role("navigation", name="You are").get_by_role("listitem")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await bot.chat_postMessage(channel=POLICE, text="Hello")
    await expect(others.filter(has_text="Police respondent")).to_contain_text("1 unread")
    assert len([url for url in asked if url.endswith("/control/people")]) <= 2


async def test_the_page_rests_while_nothing_happens(page):
    await page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    await page.wait_for_timeout(5500)
    assert asked == []


async def test_a_clock_that_somebody_else_moves_moves_here(page, slack):
    clock = page.get_by_role("region", name="Clock")
    await expect(clock).to_contain_text("First notice")
    async with aiohttp.ClientSession() as session:
        await session.post(f"{slack.url}/control/clock", json={"to_next": True})
    await expect(clock).to_contain_text("9am on Monday 7 September 2026")
    await expect(clock).to_contain_text("Nothing is due.")


async def test_following_the_link_to_where_one_is_keeps_the_words(page):
    box = page.get_by_role("textbox", name="Message")
    await box.fill("Half a sen")
    await page.get_by_role("link", name="Example").click()
    await expect(box).to_have_value("Half a sen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_screen_is_accessible(page, scheme, size):
    await page.emulate_media(color_scheme=scheme)
    await page.set_viewport_size(size)
    dialog = await open_modal(page)
    await dialog.get_by_role("button", name="Send").click()
    await assert_accessible(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await assert_accessible(page)
    if size is PHONE:
        for panel in ("Menu", "Clock"):
            await page.get_by_role("button", name=panel).click()
            await assert_accessible(page)
    await page.evaluate("location.hash = ''")
    await expect(page.get_by_role("heading", name="Choose who you are")).to_be_visible()
    await assert_accessible(page)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_field_has_its_label_as_its_name(page, bot, slack, size):
    await page.set_viewport_size(size)
    await page.goto(f"{slack.url}/#{COUNCIL}/home")
    home = page.get_by_role("region", name="Home")
    await expect(home.get_by_role("heading", name="Home")).to_be_visible()
    await bot.views_publish(user_id=COUNCIL, view=FORM)
    await expect(page.get_by_role("heading", name="Your partnership")).to_be_visible()
    for number in range(1, len(EVERY_FIELD) + 1):
        name = f"Question {number}"
        group = page.get_by_role("group", name=name, exact=True)
        await expect(page.get_by_label(name, exact=True).or_(group)).to_be_visible()
    await assert_accessible(page)
    width = await page.evaluate("document.querySelector('.home').scrollWidth")
    assert width <= size["width"]


async def test_colours_are_chosen_and_kept(page):
    await page.emulate_media(color_scheme="light")
    choice = page.get_by_role("combobox", name="Colours")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)
    await choice.select_option("Dark")
    dark = await page.evaluate(ground)
    assert dark != light
    await assert_accessible(page)
    await page.reload()
    await expect(choice).to_have_value("dark")
    assert await page.evaluate(ground) == dark
    await choice.select_option("Automatic")
    assert await page.evaluate(ground) == light


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


async def test_unknown_parts_are_shown_as_unknown(page, slack):
    await page.evaluate(
        """async () => {
            const { drawBlocks } = await import("/page/blocks.js");
            const scene = { name: "unknown", level: 4, act: async () => {} };
            document.querySelector(".log").append(...drawBlocks([
                { type: "video", block_id: "a" },
                { type: "actions", block_id: "b", elements: [{ type: "color_picker", action_id: "c" }] },
                { type: "input", block_id: "d", label: { text: "L" }, element: { type: "file_input", action_id: "e" } },
            ], scene));
        }"""
    )
    log = page.get_by_role("log", name="Conversation")
    for words in (
        "A block that cannot be shown here: video",
        "A control that cannot be shown here: color_picker",
        "A question that cannot be shown here: file_input",
    ):
        await expect(log.get_by_text(words)).to_be_visible()


@pytest.mark.parametrize(
    ("element", "typed", "attributes"),
    [
        ({"min_value": "0", "max_value": "700"}, "671", {"min": "0", "max": "700", "step": "1"}),
        ({"is_decimal_allowed": True}, "1.5", {"min": None, "max": None, "step": "any"}),
    ],
)
async def test_a_number_is_asked_for_as_a_number(page, element, typed, attributes):
    await page.evaluate(
        """async (element) => {
            const { field } = await import("/page/elements.js");
            window.made = field(
                { type: "number_input", action_id: "n", ...element },
                { label: { text: "How many?" }, key: "k", start: "7", changed: null },
            );
            document.querySelector(".log").append(window.made.node);
        }""",
        element,
    )
    box = page.get_by_role("spinbutton", name="How many?")
    await expect(box).to_have_value("7")
    await box.fill(typed)
    assert await page.evaluate("window.made.read()") == typed
    for name, value in attributes.items():
        assert await box.get_attribute(name) == value


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


async def test_many_people_are_found_by_their_words(page, slack):
    for number in range(100):
        person = WorkspacePerson(
            user_id=f"UMANY{number}", name=f"Respondent {number}", email=f"r{number}@example.gov.uk"
        )
        await slack.add_person("T0LEEDS", person)
    await page.reload()
    you_are = page.get_by_role("navigation", name="You are")
    await expect(you_are.get_by_role("button")).to_have_count(40)
    await expect(you_are.get_by_text("And 62 more")).to_be_visible()
    await you_are.get_by_role("searchbox", name="Find a person").fill("respondent 77")
    await you_are.get_by_role("button", name="Respondent 77").click()
    await expect(page.get_by_role("main")).to_contain_text("You are Respondent 77")
    await you_are.get_by_role("searchbox").fill("nobody at all")
    await expect(you_are.get_by_text("Nobody is called that.")).to_be_visible()
    await assert_accessible(page)
