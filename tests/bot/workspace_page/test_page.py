"""What a person sees and does on the page, in a real browser."""

from playwright.async_api import expect

from bot.workspace import WorkspacePerson
from tests.bot.workspace.example import COUNCIL, POLICE
from tests.bot.workspace_page.looks import assert_accessible, open_modal, send

HOSTILE = "<img src=x onerror=alert(1)> <javascript:alert(1)|go>"


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


async def test_following_the_link_to_where_one_is_keeps_the_words(page):
    box = page.get_by_role("textbox", name="Message")
    await box.fill("Half a sen")
    await page.get_by_role("link", name="Example").click()
    await expect(box).to_have_value("Half a sen")


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
