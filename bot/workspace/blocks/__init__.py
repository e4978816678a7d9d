"""What may be in a message or a view, and what a person can choose in it."""

from bot.workspace.blocks.accepted import (
    checked_message_blocks,
    checked_metadata,
    checked_view,
    interactive_elements,
    uploaded_pictures,
)
from bot.workspace.blocks.choices import choice, state_values

__all__ = [
    "checked_message_blocks",
    "checked_metadata",
    "checked_view",
    "choice",
    "interactive_elements",
    "state_values",
    "uploaded_pictures",
]
