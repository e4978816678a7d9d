"""axe-core finds nothing on any screen, in light and in dark."""

import pytest
from playwright.async_api import expect

from tests.bot.workspace_page.looks import PHONE, WIDE, assert_accessible, open_modal


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
