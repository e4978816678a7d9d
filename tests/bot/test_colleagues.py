"""Whom Slack lets somebody choose, and who of them can take over a duty."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import colleague_of
from bot.workspace import LocalWorkspace, WorkspacePerson
from bot.workspace.faults import Fault
from storage.clock import Clock
from storage.queries.inviting import PassOnRefused
from storage.read_models import Colleague
from tests.bot.workspace.example import COUNCIL, SCOPES, TOKEN, make_team

OTHERS = (
    WorkspacePerson(user_id="UCALENDAR", name="Calendar", email="", is_bot=True),
    WorkspacePerson(
        user_id="UELSEWHERE", name="Elsewhere", email="else@example.org", is_stranger=True
    ),
    WorkspacePerson(user_id="UQUIET", name="No address", email=""),
)


@pytest.fixture
async def slack():
    workspace = LocalWorkspace(teams=[make_team()], clock=Clock(speed=0), rate_limits=False)
    await workspace.start()
    for person in OTHERS:
        await workspace.add_person("T0LEEDS", person)
    yield workspace
    await workspace.stop()


async def look_up(slack: LocalWorkspace, who: str, team_id: str = "T0LEEDS") -> Colleague:
    client = AsyncWebClient(token=TOKEN, base_url=slack.api_url, retry_handlers=[])
    return await colleague_of(client, slack_user_id=who, team_id=team_id)


async def test_slack_gives_the_name_and_the_address(slack):
    assert await look_up(slack, COUNCIL) == Colleague(
        slack_user_id=COUNCIL, name="Council respondent", email="council.respondent@example.gov.uk"
    )


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("UCALENDAR", "an app, not a person"),
        ("ULEEDSBOT", "an app, not a person"),
        ("USLACKBOT", "an app, not a person"),
        ("ULEEDSOLD", "account is closed"),
        ("UELSEWHERE", "another organisation’s Slack"),
        ("UNOBODY", "does not show this person"),
    ],
)
async def test_some_cannot_take_over_a_duty(slack, who, says):
    with pytest.raises(PassOnRefused, match=says):
        await look_up(slack, who)


async def test_somebody_who_is_at_home_in_another_workspace_cannot(slack):
    with pytest.raises(PassOnRefused, match="another organisation’s Slack"):
        await look_up(slack, COUNCIL, team_id="T0ELSE")


@pytest.mark.parametrize("scopes", [SCOPES - {"users:read"}, SCOPES - {"users:read.email"}])
async def test_without_the_right_to_ask_there_is_no_address(slack, scopes):
    slack.installations["T0LEEDS"].team = make_team(scopes=scopes)
    assert (await look_up(slack, COUNCIL)).email is None
    slack.installations["T0LEEDS"].team = make_team()
    assert (await look_up(slack, "UQUIET")).email is None


@pytest.mark.parametrize("kind", ["error", "ratelimited", "status", "slow"])
async def test_where_slack_does_not_answer_one_can_try_again(slack, kind):
    slack.installations["T0LEEDS"].faults.add(Fault(kind, "users.info"))
    with pytest.raises(PassOnRefused, match="Try again in a minute"):
        await look_up(slack, COUNCIL)
