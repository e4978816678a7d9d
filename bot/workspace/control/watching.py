"""`/control/events`: server-sent events that tell a page what to read again."""

import asyncio
import json

from aiohttp import web

from bot.workspace.content.workspace import Audience
from bot.workspace.installation import Installation

#: Seconds between comments that keep the stream open.
_STILL_HERE = 15


async def watch(app: Installation, request: web.Request) -> web.StreamResponse:
    user = request.query.get("user", "")
    if user and user not in app.workspace.people:
        return web.json_response({"error": "There is no such person here."}, status=404)
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await stream.prepare(request)
    watcher = Audience(user, asyncio.Queue())
    app.workspace.audience.add(watcher)
    try:
        await stream.write(b": here\n\n")
        await _pass_on(watcher, stream)
    except ConnectionError:
        pass  # The page went away.
    finally:
        app.workspace.audience.discard(watcher)
    return stream


async def _pass_on(watcher: Audience, stream: web.StreamResponse) -> None:
    while True:
        try:
            news = await asyncio.wait_for(watcher.queue.get(), _STILL_HERE)
        except TimeoutError:
            await stream.write(b": still here\n\n")
            continue
        if news is None:
            return
        event, data = news
        await stream.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())


def send_away(app: Installation) -> None:
    for watcher in app.workspace.audience:
        watcher.queue.put_nowait(None)
