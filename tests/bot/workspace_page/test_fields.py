"""Each kind of field and block, drawn; what is not known is shown as such."""

import pytest
from playwright.async_api import expect

from tests.bot.workspace.example import COUNCIL
from tests.bot.workspace_page.looks import PHONE, WIDE, assert_accessible


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
    {"type": "multi_static_select", "options": [option(f"Area {n}") for n in range(12)]},
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
