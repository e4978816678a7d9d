"""A team, and a second bot: a plain Bolt app that knows nothing of where it runs."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Command, Team, WorkspacePerson

SCOPES = frozenset(
    {
        "chat:write", "commands", "im:write", "im:read", "im:history", "channels:read",
        "channels:history", "users:read", "users:read.email", "files:write", "mpim:write",
    }
)  # fmt: skip


def make_team(team_id: str = "T0LEEDS", **changes: Any) -> Team:
    mark = team_id[2:]
    people = (
        WorkspacePerson(
            user_id=f"U{mark}COUNCIL",
            name="Council respondent",
            email="council.respondent@example.gov.uk",
        ),
        WorkspacePerson(
            user_id=f"U{mark}POLICE",
            name="Police respondent",
            email="police.respondent@example.gov.uk",
        ),
        WorkspacePerson(
            user_id=f"U{mark}OLD", name="Old Hand", email="old@example.gov.uk", deleted=True
        ),
    )
    values: dict[str, Any] = {
        "team_id": team_id,
        "name": f"{mark.title()} partnership",
        "bot_token": f"xoxb-local-{mark.lower()}",
        "app_token": f"xapp-local-{mark.lower()}",
        "signing_secret": f"secret-{mark.lower()}",
        "bot_user_id": f"U{mark}BOT",
        "app_name": "Example",
        "scopes": SCOPES,
        "commands": (Command(command="/example", description="Says hello", usage_hint="[name]"),),
        "people": people,
    }
    return Team(**{**values, **changes})


COUNCIL, POLICE, BOT = "ULEEDSCOUNCIL", "ULEEDSPOLICE", "ULEEDSBOT"
TOKEN = "xoxb-local-leeds"


class Control:
    """The JSON control API, as a page or a test uses it."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def get(self, path: str, status: int = 200) -> Any:
        async with self.session.get(f"{self.url}/control/{path}") as answer:
            body = await answer.json()
            assert answer.status == status, body
            return body

    async def post(self, path: str, body: dict[str, Any] | None = None, status: int = 200) -> Any:
        async with self.session.post(f"{self.url}/control/{path}", json=body or {}) as answer:
            shown = await answer.json()
            assert answer.status == status, shown
            return shown

    async def messages(self, user: str = COUNCIL) -> list[dict[str, Any]]:
        return (await self.get(f"people/{user}/conversations/D{user[1:]}/messages"))["messages"]

    async def press(self, ts: str, block_id: str, action_id: str, value: Any = None, user=COUNCIL):
        body = {"ts": ts, "block_id": block_id, "action_id": action_id, "value": value}
        return await self.post(f"people/{user}/conversations/D{user[1:]}/actions", body)


async def until(check: Callable[[], Awaitable[Any] | Any], seconds: float = 3.0) -> Any:
    """Waits for something that comes over the wire."""
    deadline = asyncio.get_running_loop().time() + seconds
    while True:
        found = check()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert asyncio.get_running_loop().time() < deadline, "It did not come."
        await asyncio.sleep(0.01)


def build_example_bot(api_url: str, token: str, signing_secret: str) -> AsyncApp:
    client = AsyncWebClient(token=token, base_url=api_url)
    app = AsyncApp(
        client=client, signing_secret=signing_secret, raise_error_for_unhandled_request=False
    )
    app.logger.setLevel(logging.ERROR)
    app.heard = []
    app.command("/example")(on_command)
    app.action("open")(on_open)
    app.view("answer")(on_answer)
    app.event("app_home_opened")(on_home)

    @app.view_closed("answer")
    async def closed(ack, body):
        await ack()
        app.heard.append(body)

    @app.event("message")
    async def message(event, body, say):
        app.heard.append(body)
        if event.get("text") == "hello":
            await say("Hello yourself.")

    return app


READY = [
    {"type": "section", "block_id": "ask", "text": {"type": "mrkdwn", "text": "Ready?"}},
    {
        "type": "actions",
        "block_id": "answer",
        "elements": [
            {
                "type": "button",
                "action_id": "open",
                "value": "7",
                "text": {"type": "plain_text", "text": "Answer"},
            }
        ],
    },
]


async def on_command(ack, body, client, respond):
    await ack(f"Hello, {body['text']}")
    await respond("Later")
    await client.chat_postMessage(channel=body["user_id"], text="Ready?", blocks=READY)


async def on_open(ack, body, client, action):
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=modal(action["value"]))


async def on_answer(ack, view, body, client):
    said = view["state"]["values"]["said"]["said"]["value"]
    answers = {
        "no": {"response_action": "errors", "errors": {"said": "Say more."}},
        "again": {"response_action": "update", "view": modal("again")},
        "deeper": {"response_action": "push", "view": modal("deeper")},
        "enough": {"response_action": "clear"},
    }
    await ack(**answers.get(said, {}))
    if said not in answers:
        await client.chat_postMessage(channel=body["user"]["id"], text=f"You said {said}.")


async def on_home(event, client):
    header = {"type": "header", "text": {"type": "plain_text", "text": "Home"}}
    view = {"type": "home", "blocks": [header]}
    await client.views_publish(user_id=event["user"], view=view)


def modal(mark: str) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "answer",
        "private_metadata": mark,
        "notify_on_close": True,
        "title": {"type": "plain_text", "text": "Answer"},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {
                "type": "input",
                "block_id": "said",
                "label": {"type": "plain_text", "text": "What do you say?"},
                "element": {"type": "plain_text_input", "action_id": "said"},
            }
        ],
    }
