"""The local workspace: a stand-in for Slack on this machine, as strict as Slack."""

from bot.workspace.people import ComingNotice, Command, Panel, Team, WorkspacePerson
from bot.workspace.server import LocalWorkspace

__all__ = ["ComingNotice", "Command", "LocalWorkspace", "Panel", "Team", "WorkspacePerson"]
