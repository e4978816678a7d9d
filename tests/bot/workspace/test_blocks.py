"""Whatever is sent as blocks or as a view gets Slack's refusal, never a crash."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.blocks import checked_message_blocks, checked_view
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
