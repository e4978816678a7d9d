"""Whatever is sent as blocks or as a view gets Slack's refusal, never a crash."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.blocks import checked_message_blocks, checked_view, choice
from bot.workspace.blocks.choices import NotOnOfferError
from bot.workspace.refusal import RefusedError
from tests.bot.workspace.example import READY, modal
from tests.bot.workspace.rule_examples import actions, confirm, image, options, select

words = st.text(max_size=5) | st.sampled_from(["mrkdwn", "plain_text", "section", "actions"])
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(words | st.sampled_from(["type", "text", "elements"]), inner, max_size=3)
    ),
)
GOOD = [
    *READY, *modal("")["blocks"], image, *actions(confirm(), select(action_id="s", options=options(2))),
]  # fmt: skip


def places(value, path=()):
    yield path
    inside = enumerate(value) if isinstance(value, list) else ()
    for key, one in value.items() if isinstance(value, dict) else inside:
        yield from places(one, (*path, key))


def with_change(value, path, change):
    if not path:
        return change
    changed = deepcopy(value)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = change
    return changed


def refusal_of(check, value):
    try:
        check(value)
    except RefusedError as refusal:
        return refusal
    return None


@given(anything)
def test_any_json_is_taken_or_refused(value):
    for check in (checked_message_blocks, lambda one: checked_view(one, "modal")):
        refusal = refusal_of(check, value)
        assert refusal is None or refusal.error in {"invalid_blocks", "invalid_arguments"}


@given(st.data())
def test_a_good_message_with_one_thing_changed_is_taken_or_refused(data):
    path = data.draw(st.sampled_from(list(places(GOOD))))
    refusal = refusal_of(checked_message_blocks, with_change(GOOD, path, data.draw(anything)))
    assert refusal is None or (refusal.error == "invalid_blocks" and refusal.messages)


def test_the_good_message_is_good_and_is_not_changed():
    before = deepcopy(GOOD)
    assert all("block_id" in block for block in checked_message_blocks(GOOD))
    assert before == GOOD


COUNTED = {
    "type": "number_input",
    "action_id": "a",
    "is_decimal_allowed": False,
    "min_value": "0",
    "max_value": "20",
}


@pytest.mark.parametrize("value", ["0", "7", "20"])
def test_a_number_within_its_bounds_is_taken_as_text(value):
    assert choice(COUNTED, value, set()) == {"type": "number_input", "value": value}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("seven", "It must be a number."),
        ("1e3", "It must be a number."),
        ("7.5", "It must be a whole number."),
        ("-1", "It must be at least 0."),
        ("21", "It must be at most 20."),
    ],
)
def test_another_number_is_refused_with_a_sentence(value, told):
    with pytest.raises(NotOnOfferError, match=f"^{told}$"):
        choice(COUNTED, value, set())


def test_decimals_are_taken_where_they_are_allowed():
    element = {**COUNTED, "is_decimal_allowed": True}
    assert choice(element, "7.5", set())["value"] == "7.5"
    assert choice(element, "", set())["value"] is None
