"""Socket Mode: envelopes over WebSockets, each acknowledged by its id."""

import asyncio
import json
from secrets import token_hex
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.workspace.people import Team
from bot.workspace.refusal import JSON, NotDeliveredError
from bot.workspace.rules import limit


class SocketMode:
    def __init__(self, team: Team) -> None:
        self._team = team
        self._tickets: set[str] = set()
        #: Those that get envelopes; one that was asked to go gets no more.
        self._connections: list[web.WebSocketResponse] = []
        self._open: dict[web.WebSocketResponse, asyncio.Transport | None] = {}
        self._turn = 0
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[JSON]]] = {}
        self.acknowledge_within: float = limit("acknowledge.seconds")

    @property
    def ready(self) -> bool:
        return bool(self._connections)

    @property
    def connections(self) -> int:
        return len(self._connections)

    def new_ticket(self) -> str:
        ticket = token_hex(16)
        self._tickets.add(ticket)
        return ticket

    def takes(self, ticket: str) -> bool:
        """Whether the ticket is good; it is good for one connection."""
        known = ticket in self._tickets
        self._tickets.discard(ticket)
        return known

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=True, timeout=0.2)
        await socket.prepare(request)
        if len(self._connections) >= limit("socket.connections"):
            await socket.send_json(self._goodbye("too_many_websockets"))
            await socket.close()
            return socket
        self._connections.append(socket)
        self._open[socket] = request.transport
        try:
            await socket.send_json(self._hello())
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(frame.data)
        except ConnectionError:
            pass  # It went while it was being spoken to.
        finally:
            self._retire(socket)
            self._open.pop(socket, None)
            self._give_up_on(socket)
        return socket

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "debug_info": {"host": "local", "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._team.app_id},
        }

    def _goodbye(self, reason: str) -> JSON:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "local"}}

    def _acknowledge(self, frame: str) -> None:
        try:
            answer = json.loads(frame)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            return
        _, waiting = self._waiting.pop(str(answer.get("envelope_id")), (None, None))
        if waiting is not None and not waiting.done():
            payload = answer.get("payload")
            waiting.set_result(payload if isinstance(payload, dict) else {})

    def _retire(self, socket: web.WebSocketResponse) -> None:
        if socket in self._connections:
            self._connections.remove(socket)

    def _give_up_on(self, gone: web.WebSocketResponse) -> None:
        """What a closed connection had not acknowledged will not be."""
        for socket, waiting in self._waiting.values():
            if socket is gone and not waiting.done():
                waiting.set_exception(NotDeliveredError("connection_failed"))

    async def attempt(self, kind: str, payload: JSON, *, number: int = 0, reason: str = "") -> JSON:
        if not self._connections:
            raise NotDeliveredError("connection_failed")
        envelope: JSON = {
            "envelope_id": str(uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
        self._turn += 1
        socket = self._connections[self._turn % len(self._connections)]
        waiting: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = (socket, waiting)
        try:
            async with asyncio.timeout(self.acknowledge_within):
                await socket.send_json(envelope)
                return await waiting
        except TimeoutError as problem:
            raise NotDeliveredError("timeout") from problem
        except ConnectionError as problem:
            raise NotDeliveredError("connection_failed") from problem
        finally:
            self._waiting.pop(envelope["envelope_id"], None)

    async def disconnect(self, reason: str) -> int:
        """Asks every connection to go, as Slack does; `cut` cuts them off without a word."""
        connections = list(self._connections)
        for socket in connections:
            self._retire(socket)
            transport = self._open.get(socket)
            if reason == "cut" and transport is not None:
                transport.abort()
            else:
                await socket.send_json(self._goodbye(reason))
        return len(connections)

    async def stop(self) -> None:
        self._connections.clear()
        await asyncio.gather(*(socket.close(code=1001) for socket in list(self._open)))
