"""One app in one workspace: everything that a call or a click has to do with."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic

from bot.workspace.deliveries import Deliveries
from bot.workspace.faults import CallLog, Faults
from bot.workspace.http_events import SignedHttp
from bot.workspace.pacing import Pacing
from bot.workspace.people import Team
from bot.workspace.refusal import RefusedError
from bot.workspace.socket_mode import SocketMode
from bot.workspace.state import Conversation, Workspace
from bot.workspace.tickets import Tickets
from storage.clock import Clock, machine_now


class MachineTime:
    """Real time, for whatever expires; tests put their own in."""

    def __init__(self) -> None:
        self.now: Callable[[], datetime] = machine_now
        self.monotonic: Callable[[], float] = monotonic

    def current(self) -> datetime:
        return self.now()

    def counter(self) -> float:
        return self.monotonic()


class Installation:
    def __init__(
        self, team: Team, clock: Clock, machine: MachineTime, *, rate_limits: bool
    ) -> None:
        self.team = team
        self.machine_now = machine.current
        self.scopes = ",".join(sorted(team.scopes))
        #: Where the stand-in listens; known once it has started.
        self.url = ""
        #: Whether the app counts as commercially distributed outside the Marketplace.
        self.restricted_history = False
        self.workspace = Workspace(team, clock)
        self.tickets = Tickets(machine.counter)
        self.pacing = Pacing(machine.counter, on=rate_limits)
        self.faults = Faults()
        self.log = CallLog()
        self.socket_mode = SocketMode(team)
        self.http = SignedHttp(team, self.machine_now)
        self.deliveries = Deliveries(self.workspace, self.faults, self.socket_mode, self.http)

    def needs(self, *scopes: str) -> None:
        """Raises RefusedError unless the token has one of these scopes."""
        if scopes and not self.team.scopes.intersection(scopes):
            raise RefusedError(
                "missing_scope",
                needed=",".join(scopes),
                provided=self.scopes,
            )

    def conversation(self, channel: str, scope: str = "") -> Conversation:
        """A conversation that the app can see.

        Args:
            channel: its id.
            scope: what the app wants with it, `read` or `history`; the scope depends on its kind.

        Raises:
            RefusedError: `channel_not_found` or `missing_scope`.
        """
        found = self.workspace.conversations.get(channel)
        if found is None:
            raise RefusedError("channel_not_found")
        if found.kind == "mpim" and self.team.bot_user_id not in found.members:
            raise RefusedError("channel_not_found")
        if scope:
            self.needs(
                {"im": "im", "mpim": "mpim", "channel": "channels"}[found.kind] + f":{scope}"
            )
        return found

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.socket_mode.stop()
        await self.http.stop()
