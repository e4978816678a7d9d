"""The running sample: one local workspace, and the scene that is on in it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.sample import Scene, fill, say, team_of
from bot.service import Connection, Service, port_taken, until_asked_to_stop
from bot.workspace import LocalWorkspace
from bot.workspace.people import SceneCard, Team
from jobs.pace import Pace
from storage.clock import Clock
from storage.database import Database


class SampleStage:
    """Opens scenes, one in the place of another; implements the workspace's `Stage`."""

    def __init__(
        self,
        *,
        workspace: LocalWorkspace,
        scenes: Mapping[str, Scene],
        path: Path,
        speed: float,
        health: tuple[str, int] | None = None,
    ) -> None:
        """`health`: the host and port at which the bot answers how it is."""
        self._workspace = workspace
        self._scenes = scenes
        self._path = path
        self._speed = speed
        self._health = health
        self._opening = asyncio.Lock()
        self._service: Service | None = None
        self._database: Database | None = None
        self._current = next(iter(scenes))
        self._performance = 0

    @property
    def cards(self) -> Sequence[SceneCard]:
        """All scenes, in their order."""
        return [scene.card for scene in self._scenes.values()]

    @property
    def current(self) -> str:
        """The key of the scene that is on."""
        return self._current

    @property
    def performance(self) -> int:
        """How many scenes have been opened so far."""
        return self._performance

    async def open(self, key: str) -> None:
        """Take down what is on, fill a fresh database, and play what came before the visitor."""
        async with self._opening:
            await self._take_down()
            scene = self._scenes[key]
            self._current, self._performance = key, self._performance + 1
            database = await asyncio.to_thread(self._filled, scene)
            team, clock = team_of(scene.posts()), Clock(start=scene.begins_at, speed=0)
            await self._workspace.replace(team, clock)
            service = Service(
                connection=self._connection(team),
                database=database,
                clock=clock,
                health=self._health,
                # weeks pass in a moment here, and nobody limits rates
                pace=Pace(channel_seconds=0),
            )
            self._database, self._service = database, service
            await service.start()
            await _play(scene, service, database, clock)
            clock.run_at(self._speed)
            self._workspace.panel = service.panel
            self._workspace.begin(team.team_id)

    def _filled(self, scene: Scene) -> Database:
        for file in self._path.parent.glob(f"{self._path.name}*"):
            file.unlink()
        database = Database(f"sqlite:///{self._path}")
        fill(database, scene)
        return database

    def _connection(self, team: Team) -> Connection:
        return Connection(
            bot_token=team.bot_token,
            app_token=team.app_token,
            signing_secret=None,
            api_url=self._workspace.api_url,
        )

    async def _take_down(self) -> None:
        self._workspace.panel = None
        service, self._service = self._service, None
        if service is not None:
            if service.panel is not None:
                await service.panel.stop()
            await service.stop()
        if self._database is not None:
            self._database.dispose()

    async def close(self) -> None:
        """Stop the bot, and let the database go."""
        await self._take_down()


async def _play(scene: Scene, service: Service, database: Database, clock: Clock) -> None:
    """What came before: reminders go out at their times, and people reply at theirs."""
    if service.panel is None:
        raise RuntimeError("The service has not started.")
    for said in scene.said:
        await service.panel.move_to(said.at)
        await database.write(say, said=said, now=clock.now())
    await service.panel.move_to(max(scene.opens_at, clock.now()))


async def run_sample(
    *,
    workspace: LocalWorkspace,
    stage: SampleStage,
    scene: str,
    port: int,
    ready: Callable[[], None],
) -> None:
    """The local workspace and the bot in it, until the process is asked to stop."""

    async def start() -> None:
        try:
            await workspace.start(port=port)
        except OSError:
            raise port_taken(port) from None
        await stage.open(scene)
        workspace.stage = stage

    async def stop() -> None:
        await stage.close()
        await workspace.stop()

    await until_asked_to_stop(start, stop, ready=ready)
