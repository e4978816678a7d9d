"""Signed HTTP: the same payloads, posted to the app's request URL."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from secrets import token_hex
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.workspace.pacing import MachineTime
from bot.workspace.people import Team
from bot.workspace.refusal import JSON, NotDeliveredError
from bot.workspace.rules import limit

FORM = "application/x-www-form-urlencoded"


class SignedHttp:
    def __init__(self, team: Team, machine: MachineTime) -> None:
        self._secret = team.signing_secret
        self._machine = machine
        self._session: ClientSession | None = None
        self.request_url = team.request_url
        self.acknowledge_within: float = limit("acknowledge.seconds")

    @property
    def ready(self) -> bool:
        return self.request_url is not None

    async def attempt(self, kind: str, payload: JSON, *, number: int = 0, reason: str = "") -> JSON:
        if kind == "events_api":
            body, content_type = json.dumps(payload), "application/json"
        elif kind == "interactive":
            body, content_type = urlencode({"payload": json.dumps(payload)}), FORM
        else:
            body, content_type = urlencode(payload), FORM
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason} if number else {}
        return await self._post(str(self.request_url), body, content_type, retry)

    async def _post(
        self, url: str, body: str, content_type: str, headers: Mapping[str, str]
    ) -> JSON:
        if self._session is None:
            self._session = ClientSession()
        timeout = ClientTimeout(total=self.acknowledge_within)
        headers = {**headers, **self._signature(body), "Content-Type": content_type}
        try:
            async with self._session.post(
                url, data=body.encode(), headers=headers, timeout=timeout
            ) as answer:
                text = await answer.text()
                if not answer.ok:
                    no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
                    raise NotDeliveredError("no_retry" if no_retry else "http_error")
                return _as_json(text, answer.content_type)
        except TimeoutError as problem:
            raise NotDeliveredError("http_timeout") from problem
        except ClientError as problem:
            raise NotDeliveredError("connection_failed") from problem

    def _signature(self, body: str) -> dict[str, str]:
        timestamp = str(int(self._machine.now().timestamp()))
        base = f"v0:{timestamp}:{body}".encode()
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}

    async def verify(self, url: str) -> None:
        """Does what Slack does when somebody saves a request URL; ValueError: the app failed it."""
        challenge = token_hex(16)
        body = json.dumps({"type": "url_verification", "token": "local", "challenge": challenge})
        try:
            answer = await self._post(url, body, "application/json", {})
            if challenge not in {answer.get("challenge"), answer.get("text")}:
                raise ValueError(
                    "Your URL didn't respond with the value of the challenge parameter."
                )
            await self._post(url, urlencode({"ssl_check": "1", "token": "local"}), FORM, {})
        except NotDeliveredError as problem:
            raise ValueError(f"The request URL did not answer ({problem.reason}).") from problem

    async def stop(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
            # The session's connections close on the next turn of the loop.
            await asyncio.sleep(0)


def _as_json(text: str, content_type: str) -> JSON:
    if content_type != "application/json":
        return {"text": text} if text else {}
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
