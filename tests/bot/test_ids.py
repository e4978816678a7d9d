"""What a button carries comes back as it was, and every button that is shown has a listener of its own."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import Action, ButtonValue
from bot.workspace.rules import limit
from tests.bot.views import every

IDS = st.integers(0, 2**63 - 1)
VALUES = st.builds(ButtonValue, round_id=IDS, partner_id=IDS, reply_id=IDS, partnership_id=IDS)
ROUTES = (Path(__file__).parents[2] / "bot" / "listeners" / "__init__.py").read_text()


@given(VALUES)
def test_a_value_comes_back_as_it_was(value):
    assert ButtonValue.decode(value.encode()) == value
    assert len(value.encode()) <= limit("button.value")


def buttons() -> list[dict[str, Any]]:
    """Every button of every view."""
    shown = [message.blocks for message in every.messages().values()]
    shown += [view["blocks"] for view in (*every.modal_views().values(), *every.homes().values())]
    return [
        element
        for blocks in shown
        for block in blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]


#: What somebody does for themselves is about nothing else.
OWN = {
    Action.SAY_AWAY,
    Action.AM_AWAY,
    Action.LEAVE_IT,
    Action.OPEN_PREFERENCES,
    Action.GIVE_UP,  # ‘None is my duty’
}


def test_every_button_that_is_shown_is_about_something():
    assert all(
        ButtonValue.decode(button["value"]) != ButtonValue()
        for button in buttons()
        if button["action_id"] not in OWN
    )


@pytest.mark.parametrize("action", sorted({button["action_id"] for button in buttons()}))
def test_every_button_that_is_shown_has_a_listener(action):
    assert f"app.action(Action.{Action(action).name})" in ROUTES
