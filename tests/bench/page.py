"""How smooth the page is: `python -m tests.bench.page`. Needs Chromium; measured in one run.

A long task is one that holds up the page for more than 50 milliseconds; Chromium's PerformanceObserver counts them.
"""

import asyncio
import logging
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import aiohttp
from playwright.async_api import Page, async_playwright, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sample import SCENES, sample_team
from bot.stage import SampleStage
from bot.workspace import LocalWorkspace
from storage.clock import Clock

MESSAGES, NOTICES = 1000, 400
OPEN_AIM, TASK_AIM = 5.0, 200
WATCH = """
    window.longest = 0; window.tasks = 0; window.frames = [];
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
            window.tasks += 1;
            window.longest = Math.max(window.longest, duration);
        }
    }).observe({ entryTypes: ["longtask"] });
"""
SCROLL = """async () => {
    const log = document.querySelector(".log");
    const gaps = [];
    let last = performance.now();
    for (let step = 0; step < 120; step += 1) {
        log.scrollTop += step < 60 ? -400 : 400;
        await new Promise(requestAnimationFrame);
        gaps.push(performance.now() - last);
        last = performance.now();
    }
    return Math.max(...gaps);
}"""


def say(line: str) -> None:
    """One line of what was measured."""
    sys.stdout.write(f"{line}\n")


async def measure() -> bool:
    """Prints what was measured; whether all of it is as good as it should be."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("There is no Chromium here; apt-get install chromium brings it.")
    workspace = LocalWorkspace(teams=[sample_team()], clock=Clock(), rate_limits=False)
    await workspace.start()
    with TemporaryDirectory() as folder:
        stage = SampleStage(
            workspace=workspace, scenes=SCENES, path=Path(folder) / "sample.sqlite", speed=0
        )
        workspace.stage = stage
        begun, cpu = perf_counter(), process_time()
        await stage.open("england")
        took, cpu = perf_counter() - begun, process_time() - cpu
        say(f"all England opens in {took:.2f} s, {cpu:.2f} s of CPU (aim: under {OPEN_AIM:.0f} s)")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=found, args=["--no-sandbox", "--disable-gpu"]
            )
            page = await browser.new_page(viewport={"width": 1280, "height": 800})
            await page.add_init_script(WATCH)
            smooth = [await _scroll(workspace, page), await _notices(workspace, page)]
            await browser.close()
        await stage.close()
    await workspace.stop()
    return took < OPEN_AIM and all(smooth)


async def _scroll(workspace: LocalWorkspace, page: Page) -> bool:
    """A conversation of 1,000 messages, read from its end to its beginning and back."""
    client = AsyncWebClient(token=sample_team().bot_token, base_url=workspace.api_url)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*One* of many\n• a\n• b"}}
    for number in range(MESSAGES):
        await client.chat_postMessage(channel="U0FACPOLICE", text=f"{number}", blocks=[block])
    await page.goto(f"{workspace.url}/#U0FACPOLICE")
    log = page.get_by_role("log", name="Conversation")
    await log.get_by_role("article").first.wait_for()
    while (count := await log.get_by_role("article").count()) < MESSAGES:
        await log.evaluate("log => { log.scrollTop = 0; }")
        await expect(log.get_by_role("article")).not_to_have_count(count)
    await log.evaluate("log => { log.scrollTop = log.scrollHeight; }")
    gap = await page.evaluate(SCROLL)
    longest, tasks = await page.evaluate("[window.longest, window.tasks]")
    say(
        f"{count:,} messages read from end to beginning: {tasks} long tasks, the longest {longest:.0f} ms;"
        f" scrolling back and forth, the longest frame took {gap:.0f} ms (aim: under {TASK_AIM} ms each)"
    )
    return bool(max(longest, gap) < TASK_AIM)


async def _notices(workspace: LocalWorkspace, page: Page) -> bool:
    """All England is asked at once, while somebody looks at the page."""
    await page.goto(f"{workspace.url}/?0#U0FACPOLICE")
    await page.get_by_role("log", name="Conversation").wait_for()
    await page.wait_for_load_state("networkidle")
    await page.evaluate("window.longest = 0; window.tasks = 0;")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sent = 0
    begun = perf_counter()
    async with aiohttp.ClientSession() as session:
        for until in ("2026-09-11T08:00:00Z", "2026-10-02T08:00:00Z"):
            await session.post(f"{workspace.url}/control/clock", json={"to": until})
        async with session.get(f"{workspace.url}/control/log") as answer:
            accepted = (await answer.json())["accepted"]
            sent = sum(each["method"] == "chat.postMessage" for each in accepted) - MESSAGES
    took = perf_counter() - begun
    longest, tasks = await page.evaluate("[window.longest, window.tasks]")
    say(
        f"{sent} notices in {took:.1f} s with the page open: {tasks} long tasks, the longest {longest:.0f} ms"
        f" (aim: under {TASK_AIM} ms), {len(asked)} requests of the page"
    )
    return sent >= NOTICES and bool(longest < TASK_AIM)


if __name__ == "__main__":
    logging.disable(logging.INFO)
    sys.exit(0 if asyncio.run(measure()) else 1)
