"""How Slack says no."""

from collections.abc import Sequence
from typing import Any

from aiohttp import web

JSON = dict[str, Any]


class RefusedError(Exception):
    """A call that Slack would answer with `"ok": false`."""

    def __init__(
        self,
        error: str,
        *,
        messages: Sequence[str] = (),
        retry_after: int | None = None,
        **more: str,
    ) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.retry_after = retry_after
        self.more = more

    def as_json(self) -> JSON:
        answer: JSON = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
            if self.error == "invalid_blocks":
                answer["errors"] = [message.removeprefix("[ERROR] ") for message in self.messages]
        return answer


class NotDeliveredError(Exception):
    """The app was not there or did not acknowledge in time; the argument is Slack's reason."""

    @property
    def reason(self) -> str:
        return str(self.args[0])


def invalid_arguments(message: str, pointer: str) -> RefusedError:
    return RefusedError(
        "invalid_arguments", messages=[f"[ERROR] {message} [json-pointer:{pointer}]"]
    )


def refused(refusal: RefusedError) -> web.Response:
    """As Slack sends it: with status 200, except for a rate limit."""
    if refusal.retry_after is None:
        return web.json_response(refusal.as_json())
    headers = {"Retry-After": str(refusal.retry_after)}
    return web.json_response(refusal.as_json(), status=429, headers=headers)
