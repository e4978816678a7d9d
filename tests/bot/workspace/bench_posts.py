"""How many posts a second the stand-in takes: `python -m tests.bot.workspace.bench_posts`.

The clients run in a process of their own, as the bot does, so that they do not share its time.
"""

import asyncio
import sys
from datetime import UTC, datetime
from time import perf_counter

import aiohttp

from bot.workspace import LocalWorkspace
from storage.clock import Clock
from tests.bot.workspace.example import COUNCIL, READY, TOKEN, make_team

POSTS, AT_ONCE = 10_000, 50


async def post_all(api_url: str, posts: int) -> float:
    left = iter(range(posts))
    headers = {"Authorization": f"Bearer {TOKEN}"}
    body = {"channel": COUNCIL, "text": "Ready?", "blocks": READY}

    async def post_some(session: aiohttp.ClientSession) -> None:
        for _ in left:
            async with session.post(
                f"{api_url}chat.postMessage", json=body, headers=headers
            ) as answer:
                assert (await answer.json())["ok"]

    connector = aiohttp.TCPConnector(limit=AT_ONCE)
    async with aiohttp.ClientSession(connector=connector) as session:
        began = perf_counter()
        await asyncio.gather(*(post_some(session) for _ in range(AT_ONCE)))
        return posts / (perf_counter() - began)


async def main() -> None:
    clock = Clock(start=datetime(2026, 9, 7, 7, 55, tzinfo=UTC))
    slack = LocalWorkspace(teams=[make_team()], clock=clock, rate_limits=False)
    began = perf_counter()
    await slack.start()
    started = perf_counter() - began
    client = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.workspace.bench_posts",
        slack.api_url,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await client.communicate()
    sys.stdout.write(f"started in {started * 1000:.0f} ms; {out.decode().strip()} posts a second\n")
    assert len(slack.installations["T0LEEDS"].log.accepted) == POSTS
    await slack.stop()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(f"{asyncio.run(post_all(sys.argv[1], POSTS)):.0f}\n")
    else:
        asyncio.run(main())
