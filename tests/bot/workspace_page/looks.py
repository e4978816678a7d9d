"""What the tests of the page do again and again."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import expect

WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


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
