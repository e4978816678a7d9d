"""Who can be chosen in a menu of users, and what Slack tells of them."""

import pytest

from bot.workspace import WorkspacePerson
from tests.bot.workspace.example import COUNCIL, POLICE

OTHERS = (
    WorkspacePerson(user_id="UCALENDAR", name="Calendar", email="", is_bot=True),
    WorkspacePerson(
        user_id="UELSEWHERE", name="Elsewhere", email="else@example.org", is_stranger=True
    ),
)
CHOSEN = {"type": "users_select", "action_id": "who"}


async def add_others(slack) -> None:
    for person in OTHERS:
        await slack.add_person("T0LEEDS", person)


async def test_apps_and_members_of_other_organisations_can_be_chosen_and_nobody_can_be_them(
    slack, control
):
    await add_others(slack)
    found = await control.get("people")
    assert [one["name"] for one in found["people"]] == ["Council respondent", "Police respondent"]
    names = [one["name"] for one in found["others"]]
    assert names == ["Calendar", "Elsewhere", "Example", "Slackbot"]
    await control.get("people/UCALENDAR/conversations", status=404)
    await control.get("people/UELSEWHERE/conversations", status=404)


@pytest.mark.parametrize("who", [POLICE, COUNCIL, "ULEEDSBOT", "USLACKBOT", "UCALENDAR"])
async def test_everybody_who_is_there_can_be_chosen(slack, world, control, who):
    await add_others(slack)
    view = (await world.open_with(CHOSEN, dispatch_action=True))["view"]
    body = {"view_id": view["id"], "block_id": "said", "action_id": "who", "value": who}
    # nothing listens here: the choice is taken, and then told to nobody
    answer = await control.post(f"people/{COUNCIL}/view/actions", body, status=504)
    assert "is not connected" in answer["error"]
    shown = (await control.get(f"people/{COUNCIL}/view"))["view"]
    assert shown["values"] == {"said": {"who": who}}


@pytest.mark.parametrize("who", ["ULEEDSOLD", "UNOBODY"])
async def test_nobody_else_can(world, control, who):
    view = (await world.open_with(CHOSEN))["view"]
    body = {"view_id": view["id"], "values": {"said": {"who": who}}}
    answer = await control.post(f"people/{COUNCIL}/view/submit", body, status=400)
    assert answer["error"] == "There is no such person here."


async def test_slack_says_of_whom_it_tells(slack, world):
    await add_others(slack)
    told = {
        who: (await world.call("users.info", user=who))["user"]
        for who in (COUNCIL, "ULEEDSOLD", "UCALENDAR", "UELSEWHERE", "ULEEDSBOT", "USLACKBOT")
    }
    assert [who for who, user in told.items() if user["is_bot"]] == ["UCALENDAR", "ULEEDSBOT"]
    assert [who for who, user in told.items() if user["deleted"]] == ["ULEEDSOLD"]
    assert [who for who, user in told.items() if user.get("is_stranger")] == ["UELSEWHERE"]
    assert "email" not in told["UCALENDAR"]["profile"]
    assert told["UELSEWHERE"]["profile"]["email"] == "else@example.org"
