"""What Slack delivers: each once, each answered once, and all finished before the process ends."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse
from typing_extensions import override

#: Slack delivers an event again for about an hour; nobody presses so often in that time.
_REMEMBERED: Final = 10_000
#: These are delivered once by Slack, and what they store has a key of its own: a second one gets the same answer.
_ANSWERED_EACH_TIME: Final = "view_submission"


class AnswerLost(Exception):
    """Nobody knows whether Slack has shown an answer; another would be a second one."""


class RespondOnce(AsyncRespond):
    """Answers through a response URL, and never tries twice by itself as the SDK does."""

    def __init__(self, response_url: str | None, session: aiohttp.ClientSession | None) -> None:
        super().__init__(response_url=response_url)
        self._session = session

    @override
    async def __call__(self, *args: Any, **message: Any) -> WebhookResponse:
        """Takes what AsyncRespond takes, by name. Raises AnswerLost."""
        assert not args  # noqa: S101 - our own callers name what they say
        client = AsyncWebhookClient(
            self.response_url or "", session=self._session, retry_handlers=[]
        )
        try:
            return await client.send(**message)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise AnswerLost from error


class Deliveries:
    """The middleware that lets each delivery through once, and the count of those being answered.

    Another process on the same app does not know of those that came here: what a delivery stores is keyed as well.
    """

    def __init__(self) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._under_way = 0
        self._none_under_way = asyncio.Event()
        self._none_under_way.set()

    def watch(self, app: AsyncApp) -> None:
        """See each delivery to this app."""
        app.use(self._once)
        app.listener_runner.listener_start_handler = _Begins(self._begin)
        app.listener_runner.listener_completion_handler = _Ends(self._end)

    async def finish(self, *, within: float) -> None:
        """Wait until everything is answered, for so many seconds at most."""
        try:
            async with asyncio.timeout(within):
                await self._none_under_way.wait()
        except TimeoutError:
            pass

    async def _once(
        self,
        body: dict[str, Any],
        context: AsyncBoltContext,
        next_: Callable[[], Awaitable[None]],
    ) -> BoltResponse | None:
        context["respond"] = RespondOnce(context.response_url, context.client.session)
        key = body.get("event_id") or body.get("trigger_id")
        if key is not None and body.get("type") != _ANSWERED_EACH_TIME:
            if key in self._seen:
                return BoltResponse(status=200)
            self._seen[key] = None
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        await next_()
        return None

    def _begin(self) -> None:
        self._under_way += 1
        self._none_under_way.clear()

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._none_under_way.set()


class _Begins(AsyncListenerStartHandler):
    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    @override
    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self._tell()


class _Ends(AsyncListenerCompletionHandler):
    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell

    @override
    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:
        self._tell()
