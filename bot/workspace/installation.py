"""One app in one workspace: everything that a call or a click has to do with."""

from bot.workspace.content.as_json import person_json
from bot.workspace.content.workspace import Conversation, Workspace
from bot.workspace.delivery.deliveries import Deliveries
from bot.workspace.delivery.signed_http import SignedHttp
from bot.workspace.delivery.socket_mode import SocketMode
from bot.workspace.faults import CallLog, Faults
from bot.workspace.pacing import MachineTime, Pacing
from bot.workspace.people import Team, WorkspacePerson
from bot.workspace.refusal import RefusedError
from bot.workspace.tickets import Tickets
from storage.clock import Clock


class Installation:
    def __init__(
        self, team: Team, clock: Clock, machine: MachineTime, *, rate_limits: bool
    ) -> None:
        self.team = team
        self.machine = machine
        self.scopes = ",".join(sorted(team.scopes))
        #: Where the stand-in listens; known once it has started.
        self.url = ""
        #: Whether the app counts as commercially distributed outside the Marketplace.
        self.restricted_history = False
        self.workspace = Workspace(team, clock)
        self.tickets = Tickets(machine)
        self.pacing = Pacing(machine, on=rate_limits)
        self.faults = Faults()
        self.log = CallLog()
        self.socket_mode = SocketMode(team)
        self.http = SignedHttp(team, machine)
        self.deliveries = Deliveries(
            self.workspace, self.faults, self.pacing, self.socket_mode, self.http
        )

    def needs(self, *scopes: str) -> None:
        """Raises RefusedError unless the token has one of these scopes."""
        if scopes and not self.team.scopes.intersection(scopes):
            needed = ",".join(scopes)
            raise RefusedError("missing_scope", needed=needed, provided=self.scopes)

    def conversation(self, channel: str, scope: str = "") -> Conversation:
        """A conversation that the app can see, to `read` or for its `history` if `scope` says so.

        Raises:
            RefusedError: `channel_not_found` or `missing_scope`.
        """
        found = self.workspace.conversations.get(channel)
        if found is None or (found.kind == "mpim" and self.team.bot_user_id not in found.members):
            raise RefusedError("channel_not_found")
        if scope:
            self.needs(f"{found.scope_family}:{scope}")
        return found

    def accepted(self, method: str, **entry: object) -> None:
        """Puts into the log what the app did and was allowed to."""
        at = self.machine.now().isoformat()
        self.log.accept(team=self.team.team_id, method=method, at=at, **entry)

    def put_person(self, person: WorkspacePerson) -> None:
        """Adds a person, or replaces what is known of them; the app hears of that if it may read about users."""
        workspace = self.workspace
        was_known = person.user_id in workspace.people
        workspace.people[person.user_id] = person
        general = next(iter(workspace.conversations.values()))
        general.members.discard(person.user_id)
        if not person.deleted:
            general.members.add(person.user_id)
        workspace.tell("people")
        if was_known and "users:read" in self.team.scopes:
            email = "users:read.email" in self.team.scopes
            self.deliveries.user_event(person_json(workspace, person, email=email))

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.socket_mode.stop()
        await self.http.stop()
