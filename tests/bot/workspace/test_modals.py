"""Triggers, the stack of modals, hashes, and the Home tab."""

import pytest

from tests.bot.workspace.example import COUNCIL, POLICE, modal


async def test_a_trigger_opens_one_modal(world, control):
    trigger = world.trigger()
    opened = await world.call("views.open", trigger_id=trigger, view=modal("1"))
    view = opened["view"]
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert view["state"]["values"]["said"]["said"] == {"type": "plain_text_input", "value": None}
    again = await world.call("views.open", trigger_id=trigger, view=modal("1"))
    assert again["error"] == "exchanged_trigger_id"
    unknown = await world.call("views.open", trigger_id="1.2.abc", view=modal("1"))
    assert unknown["error"] == "invalid_trigger_id"
    assert (await control.get(f"people/{COUNCIL}/view"))["view"]["id"] == view["id"]
    assert (await control.get(f"people/{POLICE}/view"))["view"] is None


async def test_a_refused_view_does_not_use_up_its_trigger(world):
    trigger = world.trigger()
    assert not (await world.call("views.open", trigger_id=trigger, view={"type": "modal"}))["ok"]
    assert (await world.call("views.open", trigger_id=trigger, view=modal("1")))["ok"]


async def test_a_pushed_view_knows_where_it_came_from(world):
    root = (await world.open(modal("1")))["view"]
    trigger = world.app.tickets.new_trigger(COUNCIL, world.app.workspace.stacks[COUNCIL][-1])
    pushed = (await world.call("views.push", trigger_id=trigger, view=modal("2")))["view"]
    assert (pushed["root_view_id"], pushed["previous_view_id"]) == (root["id"], root["id"])


async def test_a_view_is_pushed_only_from_within_a_modal(world):
    answer = await world.call("views.push", trigger_id=world.trigger(), view=modal("2"))
    assert answer["error"] == "not_found"


async def test_an_update_with_an_old_hash_is_a_conflict(world):
    view = (await world.open(modal("1")))["view"]
    place = {"view_id": view["id"], "hash": view["hash"], "view": modal("2")}
    assert (await world.call("views.update", **place))["view"]["private_metadata"] == "2"
    assert (await world.call("views.update", **place))["error"] == "hash_conflict"
    lost = await world.call("views.update", view_id="V0LOST", view=modal("2"))
    assert lost["error"] == "not_found"
    nameless = await world.call("views.update", view=modal("2"))
    assert nameless["error"] == "invalid_arguments"


async def test_an_external_id_names_one_view(world):
    named = {**modal("1"), "external_id": "answer-7"}
    assert (await world.open(named))["ok"]
    found = await world.call("views.update", external_id="answer-7", view=named)
    assert found["view"]["external_id"] == "answer-7"
    home = {"type": "home", "external_id": "answer-7", "blocks": []}
    twice = await world.call("views.publish", user_id=COUNCIL, view=home)
    assert twice["error"] == "duplicate_external_id"


@pytest.mark.parametrize("method", ["views.open", "views.publish"])
async def test_a_view_of_the_wrong_kind_is_refused(world, method):
    view = {"type": "home", "blocks": []} if method == "views.open" else modal("1")
    place = {"trigger_id": world.trigger()} if method == "views.open" else {"user_id": COUNCIL}
    answer = await world.call(method, **place, view=view)
    assert answer["error"] == "invalid_arguments"
    assert "/view/type" in answer["response_metadata"]["messages"][0]


async def test_the_home_tab_is_replaced_whole_and_guarded_by_its_hash(world, control):
    first = {"type": "home", "blocks": [{"type": "divider"}]}
    published = (await world.call("views.publish", user_id=COUNCIL, view=first))["view"]
    second = {"type": "home", "blocks": []}
    place = {"user_id": COUNCIL, "hash": published["hash"], "view": second}
    assert (await world.call("views.publish", **place))["view"]["id"] == published["id"]
    assert (await world.call("views.publish", **place))["error"] == "hash_conflict"
    assert (await control.get(f"people/{COUNCIL}/home"))["view"]["blocks"] == []
    assert (await control.get(f"people/{POLICE}/home"))["view"] is None


async def test_what_was_filled_in_survives_an_update(world, control):
    view = (await world.open(modal("1")))["view"]
    press = {"view_id": view["id"], "block_id": "said", "action_id": "said", "value": "maybe"}
    await control.post(f"people/{COUNCIL}/view/actions", press)
    updated = await world.call("views.update", view_id=view["id"], view=modal("2"))
    assert updated["view"]["state"]["values"]["said"]["said"]["value"] == "maybe"
    shown = (await control.get(f"people/{COUNCIL}/view"))["view"]
    assert shown["values"] == {"said": {"said": "maybe"}}
