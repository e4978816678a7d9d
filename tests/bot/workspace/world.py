"""Calls to the stand-in from outside, and a machine clock that tests can push."""

import json
from typing import Any

import aiohttp

from bot.workspace import LocalWorkspace
from tests.bot.workspace.example import COUNCIL, TOKEN, modal


class World:
    def __init__(self, slack: LocalWorkspace, session: aiohttp.ClientSession) -> None:
        self.slack = slack
        self.session = session
        self.app = slack.installations["T0LEEDS"]
        self.passed = 1000.0
        slack.machine.monotonic = lambda: self.passed

    def later(self, seconds: float) -> None:
        self.passed += seconds

    async def call(self, method: str, token: str = TOKEN, **arguments: Any) -> dict[str, Any]:
        """One Web API call; the status and Retry-After are put beside the answer.

        As JSON, which the methods for users do not read.
        """
        headers = {"Authorization": f"Bearer {token}"}
        sent = {"data" if method.startswith("users.") else "json": arguments}
        async with self.session.post(
            self.slack.api_url + method, headers=headers, **sent
        ) as answer:
            body = await answer.json()
            body["status"] = answer.status
            if "Retry-After" in answer.headers:
                body["retry_after"] = int(answer.headers["Retry-After"])
            return body

    async def post(self, blocks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        return await self.call("chat.postMessage", channel=COUNCIL, text="T", blocks=blocks, **more)

    async def open(self, view: dict[str, Any]) -> dict[str, Any]:
        return await self.call("views.open", trigger_id=self.trigger(), view=view)

    async def open_with(self, element: dict[str, Any], **block: Any) -> dict[str, Any]:
        """Opens a modal with one input."""
        view = modal("")
        view["blocks"][0] |= {"element": element, **block}
        return await self.open(view)

    def trigger(self) -> str:
        return self.app.tickets.new_trigger(COUNCIL)

    async def respond(self, secret: str, body: dict[str, Any]) -> tuple[int, str]:
        url = f"{self.slack.url}/respond/T0LEEDS/{secret}"
        async with self.session.post(url, data=json.dumps(body)) as answer:
            return answer.status, await answer.text()
