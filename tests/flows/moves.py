"""More of what people do in a story, and what somebody who means harm could do."""

import json
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, col, select

from bot.ids import Action
from bot.sample import TEAM_ID, sample_team
from bot.workspace import WorkspacePerson
from jobs.plan import plan_now
from storage.clock import LONDON
from storage.queries.roster import RosterPost, apply_roster
from storage.tables import Reply
from tests.factories import partner_id, round_id
from tests.flows.story import Me, Seen, Story, eventually

UNDER_WAY = {"OQ1": "under_way", "OQ2": "on_track", "OQ4": "drafting"}
DONE = {"OQ1": "signed_off", "OQ2": "already_done", "OQ4": "shared"}


async def join(story: Story, *posts: RosterPost) -> None:
    """Put people on the roster, and into the workspace where they are not in it yet."""
    known = story.workspace.installations[TEAM_ID].workspace.people
    for post in posts:
        if post.slack_user_id not in known:
            person = WorkspacePerson(user_id=post.slack_user_id, name=post.name, email=post.email)
            await story.workspace.add_person(TEAM_ID, person)
    now = story.clock.now()
    await story.database.write(
        apply_roster,
        team_id=TEAM_ID,
        posts=posts,
        today=now.astimezone(LONDON).date(),
        now=now,
    )
    plan_now(story.database, now=story.clock.now())


async def message_saying(me: Me, words: str) -> Seen:
    """The newest message that says so, as soon as there is one."""

    async def look() -> Seen | None:
        found = [message for message in await me.messages() if words in message.text]
        return found[-1] if found else None

    return await eventually(look)


async def reply(me: Me, message: Seen, label: str = "Reply", **answers: Any) -> dict[str, Any]:
    """Press the button, fill in the form and send it."""
    await me.press(message, label)
    return await me.send(**answers)


async def modal_saying(me: Me, words: str) -> dict[str, Any]:
    """The open modal, as soon as it says so."""

    async def look() -> dict[str, Any] | None:
        view = (await me.story.call("GET", f"/control/people/{me.user}/view"))["view"]
        return view if view and words in json.dumps(view, ensure_ascii=False) else None

    return await eventually(look)


def replies(story: Story) -> list[Reply]:
    """All revisions that are stored, oldest first."""
    with Session(story.database.engine) as session:
        return list(session.exec(select(Reply).order_by(col(Reply.id))))


def duty_of(story: Story, body: str = "West Midlands Police") -> dict[str, int]:
    """What a button carries to be about this partner in the only round."""
    return {
        "round_id": story.database.read_now(round_id),
        "partner_id": story.database.read_now(partner_id, body),
    }


def slack(story: Story) -> AsyncWebClient:
    """Slack, called with the bot's own token."""
    return AsyncWebClient(
        token=sample_team().bot_token, base_url=story.workspace.api_url, retry_handlers=[]
    )


async def forge(me: Me, action: str, value: object = "") -> Seen:
    """A message from the bot with a button that the bot never made for this person."""
    client = slack(me.story)
    channel = (await client.conversations_open(users=[me.user]))["channel"]["id"]
    button: dict[str, Any] = {
        "type": "button",
        "action_id": action,
        "value": value if isinstance(value, str) else json.dumps(value),
        "text": {"type": "plain_text", "text": "Forged"},
    }
    if not button["value"]:
        del button["value"]
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await client.chat_postMessage(channel=channel, text="Forged", blocks=blocks)
    return next(each for each in await me.messages() if each.ts == posted["ts"])


async def press_forged(me: Me, action: Action | str, value: object = "") -> None:
    """Press such a button."""
    await me.press(await forge(me, str(action), value), "Forged")


async def press_in_modal(me: Me, label: str, **answers: Any) -> None:
    """Press a button in the open modal, with what is filled in so far."""
    view = await me.view()
    button = Seen(ts="", text="", blocks=view["blocks"], ephemeral=False).button(label)
    await _act(me, view, {**button, "values": _as_values(answers)})


async def choose_in_modal(me: Me, block: str, value: Any, **answers: Any) -> None:
    """Choose in a field that acts at once, with what is filled in elsewhere so far."""
    view = await me.view()
    chosen = {"block_id": block, "action_id": "answer", "value": value}
    await _act(me, view, {**chosen, "values": _as_values({**answers, block: value})})


def _as_values(answers: dict[str, Any]) -> dict[str, Any]:
    return {block: {"answer": value} for block, value in answers.items()}


async def _act(me: Me, view: dict[str, Any], action: dict[str, Any]) -> None:
    path = f"/control/people/{me.user}/view/actions"
    await me.story.call("POST", path, {"view_id": view["id"], **action})
