"""The local workspace: an honest stand-in for Slack on this machine."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.workspace import control, operations
from bot.workspace.faults import through
from bot.workspace.guard import add_headers, guard
from bot.workspace.installation import Installation, MachineTime
from bot.workspace.people import Panel, Team, WorkspacePerson, refuse_real_tokens
from bot.workspace.refusal import RefusedError
from bot.workspace.respond import respond
from bot.workspace.state import File
from bot.workspace.watching import send_away, watch
from bot.workspace.web_api import WebApi, refused
from storage.clock import Clock

#: Addresses to listen on that are not addresses to call.
_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104  # compared with, not listened on
PAGE = Path(__file__).with_name("page")
#: What a browser may show by itself; everything else is a download.
_PICTURES = {"image/png", "image/jpeg", "image/gif"}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LocalWorkspace:
    def __init__(
        self,
        *,
        teams: Sequence[Team],
        clock: Clock,
        panel: Panel | None = None,
        rate_limits: bool = True,
        page: bool = True,
    ) -> None:
        refuse_real_tokens(teams)
        self.panel = panel
        self.machine = MachineTime()
        self.installations = {
            team.team_id: Installation(team, clock, self.machine, rate_limits=rate_limits)
            for team in teams
        }
        self._first = next(iter(self.installations.values()))
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

    async def add_person(self, team_id: str, person: WorkspacePerson) -> None:
        """Adds a person, or replaces what is known of them."""
        workspace = self.installations[team_id].workspace
        workspace.people[person.user_id] = person
        general = next(iter(workspace.conversations.values()))
        general.members.discard(person.user_id)
        if not person.deleted:
            general.members.add(person.user_id)
        workspace.tell("people")

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
        add("POST", "/respond/{team}/{secret}", self._respond)
        add("POST", "/upload/{file}/{secret}", self._upload)
        add("GET", "/files/{file}/{secret}", self._download)
        for prefix in ("", "/team/{team}"):
            clock = operations.clock_routes(lambda: self.panel, self._tell_of_the_clock)
            for verb, path, answer in (*control.ROUTES, *operations.ROUTES, *clock):
                add(verb, prefix + path, control.as_handler(answer, self._installation))
            add("GET", prefix + "/control/events", self._watch)
            if self._page:
                add("GET", prefix + "/", self._index)
                if prefix:
                    add("GET", prefix, self._index)
        if self._page:
            add("GET", "/page/{name}", self._page_file)
        return application

    def _tell_of_the_clock(self) -> None:
        for app in self.installations.values():
            app.workspace.tell("clock")

    def _installation(self, request: web.Request) -> Installation:
        team = request.match_info.get("team")
        if team is None:
            return self._first
        if team not in self.installations:
            raise web.HTTPNotFound(text="There is no such workspace here.")
        return self.installations[team]

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        for app in self.installations.values():
            if app.socket_mode.takes(request.query.get("ticket", "")):
                return await app.socket_mode.connect(request)
        raise web.HTTPForbidden(text="The ticket was used or never given out.")

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        return await respond(self._installation(request), request)

    async def _watch(self, request: web.Request) -> web.StreamResponse:
        return await watch(self._installation(request), request)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        app, file = self._file(request)
        try:
            fault = app.faults.take("upload", None)
            return await through(fault, request, partial(_take_in, request, file))
        except RefusedError as refusal:
            return refused(refusal)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        _, file = self._file(request)
        if file.content is None or not file.complete:
            raise web.HTTPNotFound(text="There is no such file here.")
        headers = {} if file.mimetype in _PICTURES else {"Content-Disposition": "attachment"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    def _file(self, request: web.Request) -> tuple[Installation, File]:
        for app in self.installations.values():
            file = app.workspace.files.get(request.match_info["file"])
            if file is not None and file.secret == request.match_info["secret"]:
                return app, file
        raise web.HTTPNotFound(text="There is no such file here.")

    async def _index(self, request: web.Request) -> web.StreamResponse:
        self._installation(request)
        return _page_file("index.html")

    async def _page_file(self, request: web.Request) -> web.StreamResponse:
        return _page_file(request.match_info["name"])


async def _take_in(request: web.Request, file: File) -> web.StreamResponse:
    if request.content_type == "multipart/form-data":
        parts = (await request.post()).values()
        uploads = [part for part in parts if isinstance(part, web.FileField)]
        content = uploads[0].file.read() if uploads else b""
    else:
        content = await request.read()
    if len(content) != file.length:
        return web.Response(status=400, text="The length is not the one that was announced.")
    file.content = content
    return web.Response(text=f"OK - {len(content)}")


def _page_file(name: str) -> web.FileResponse:
    if name not in {path.name for path in PAGE.glob("*") if path.is_file()}:
        raise web.HTTPNotFound(text="There is no such file here.")
    return web.FileResponse(PAGE / name)
