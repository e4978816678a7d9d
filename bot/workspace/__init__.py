"""The local workspace: a stand-in for Slack on this machine, as strict as Slack."""

from bot.workspace.people import Command, Panel, StoryLine, Team, WorkspacePerson
from bot.workspace.server import LocalWorkspace

__all__ = ["Command", "LocalWorkspace", "Panel", "StoryLine", "Team", "WorkspacePerson"]
