"""The local workspace: an honest stand-in for Slack on this machine."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

from aiohttp import web

from bot.workspace.content.workspace import File
from bot.workspace.control import operations, person
from bot.workspace.control.guard import add_headers, guard
from bot.workspace.control.requests import as_handler
from bot.workspace.control.scenes import scene_routes
from bot.workspace.control.watching import send_away, watch
from bot.workspace.installation import Installation
from bot.workspace.pacing import MachineTime
from bot.workspace.people import Panel, Stage, Team, WorkspacePerson, refuse_real_tokens
from bot.workspace.web_api import files
from bot.workspace.web_api.endpoint import WebApi
from bot.workspace.web_api.response_urls import respond
from storage.clock import Clock

#: Addresses to listen on that are not addresses to call.
_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  # compared with, not listened on
PAGE = Path(__file__).with_name("page")

Answer = Callable[[Installation, web.Request], Awaitable[web.StreamResponse]]


class LocalWorkspace:
    def __init__(
        self,
        *,
        teams: Sequence[Team],
        clock: Clock,
        panel: Panel | None = None,
        stage: Stage | None = None,
        rate_limits: bool = True,
        page: bool = True,
    ) -> None:
        refuse_real_tokens(teams)
        self.panel = panel
        self.stage = stage
        self._rate_limits = rate_limits
        self.machine = MachineTime()
        self.installations = {
            team.team_id: Installation(team, clock, self.machine, rate_limits=rate_limits)
            for team in teams
        }
        self._page = page
        self._runner: web.AppRunner | None = None
        self.url = ""

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    async def start(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        """Raises OSError when the port is taken."""
        runner = web.AppRunner(
            self._application(), access_log=None, handle_signals=False, shutdown_timeout=0.1
        )
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        taken = runner.addresses[0][1]
        shown = "127.0.0.1" if host in _EVERYWHERE else f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{taken}"
        for app in self.installations.values():
            app.url = self.url

    async def stop(self) -> None:
        for app in self.installations.values():
            send_away(app)
        await asyncio.gather(*(app.stop() for app in self.installations.values()))
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def replace(self, team: Team, clock: Clock) -> Installation:
        """Puts a new workspace in the place of the one with that team id. Its pages stay, and hear of the new one."""
        refuse_real_tokens([team])
        old = self.installations[team.team_id]
        new = Installation(team, clock, self.machine, rate_limits=self._rate_limits)
        new.url = self.url
        new.workspace.audience = old.workspace.audience
        self.installations[team.team_id] = new
        await old.stop()
        return new

    def begin(self, team_id: str) -> None:
        """What was prepared in a new workspace is done: all of it counts as read, and the pages start again."""
        workspace = self.installations[team_id].workspace
        workspace.mark_read()
        workspace.tell("scene")

    async def add_person(self, team_id: str, person: WorkspacePerson) -> None:
        """Adds a person, or replaces what is known of them."""
        self.installations[team_id].put_person(person)

    async def remove_person(self, team_id: str, user_id: str) -> None:
        """Deactivates somebody, as when they leave."""
        person = self.installations[team_id].workspace.people[user_id]
        await self.add_person(team_id, replace(person, deleted=True))

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[guard], client_max_size=20 * 1024 * 1024)
        application.on_response_prepare.append(add_headers)
        add = application.router.add_route
        add("*", "/api/{method}", WebApi(self.installations).call)
        add("GET", "/socket/link", self._connect)
        add("POST", "/respond/{team}/{secret}", self._in_team(respond))
        add("POST", "/upload/{file}/{secret}", self._upload)
        add("GET", "/files/{file}/{secret}", self._download)
        for prefix in ("", "/team/{team}"):
            clock = operations.clock_routes(lambda: self.panel, self._tell_of_the_clock)
            scene = scene_routes(lambda: self.stage)
            for verb, path, answer in (*person.ROUTES, *operations.ROUTES, *clock, *scene):
                add(verb, prefix + path, as_handler(answer, self._installation))
            add("GET", prefix + "/control/events", self._in_team(watch))
        if self._page:
            for path in ("/", "/team/{team}", "/team/{team}/"):
                add("GET", path, self._in_team(_page_file))
            add("GET", "/page/{name}", self._in_team(_page_file))
        return application

    def _in_team(self, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            return await answer(self._installation(request), request)

        return handler

    def _tell_of_the_clock(self) -> None:
        for app in self.installations.values():
            app.workspace.tell("clock")

    def _installation(self, request: web.Request) -> Installation:
        team = request.match_info.get("team")
        if team is None:
            return next(iter(self.installations.values()))
        if team not in self.installations:
            raise web.HTTPNotFound(text="There is no such workspace here.")
        return self.installations[team]

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        for app in self.installations.values():
            if app.socket_mode.takes(request.query.get("ticket", "")):
                return await app.socket_mode.connect(request)
        raise web.HTTPForbidden(text="The ticket was used or never given out.")

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await files.upload(*self._file(request), request)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        return files.download(self._file(request)[1])

    def _file(self, request: web.Request) -> tuple[Installation, File]:
        for app in self.installations.values():
            file = app.workspace.files.get(request.match_info["file"])
            if file is not None and file.secret == request.match_info["secret"]:
                return app, file
        raise web.HTTPNotFound(text="There is no such file here.")


async def _page_file(_app: Installation, request: web.Request) -> web.StreamResponse:
    name = request.match_info.get("name", "index.html")
    if name not in {path.name for path in PAGE.glob("*") if path.is_file()}:
        raise web.HTTPNotFound(text="There is no such file here.")
    return web.FileResponse(PAGE / name)
