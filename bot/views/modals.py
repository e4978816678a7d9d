"""Small modals: a partnership's board, a thank you, a refusal."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SlackView

from bot.views.blocks import MOST_VIEW_TEXT, context, fit, section, typed
from bot.views.inputs import plain
from bot.views.review_status import board_blocks
from storage.read_models import Board, ReviewStatus

_MOST_BLOCKS = 100


def board_modal(status: ReviewStatus, board: Board) -> dict[str, Any]:
    """One of a lead's partnerships."""
    blocks = fit(board_blocks(status, board), most_blocks=_MOST_BLOCKS, most_text=MOST_VIEW_TEXT)
    return plain_modal("Who has replied", blocks)


def stored_modal() -> dict[str, Any]:
    """The receipt of a reply that no message had asked for."""
    return plain_modal(
        "Your reply",
        [
            section("*Your reply is stored.*"),
            context("Type /review-status to see it or to change it."),
        ],
    )


def withdrawn_modal() -> dict[str, Any]:
    """What somebody typed has been taken out."""
    return plain_modal(
        "Words withdrawn",
        [
            section("*The words are withdrawn.* What was chosen stands."),
            context("You can tell whoever wrote them why, in person."),
        ],
    )


def sorry_modal(sentence: str) -> dict[str, Any]:
    """Why something cannot be done, and what to do instead."""
    return plain_modal("Vigil", [typed(sentence)])


def sorry_home(sentence: str) -> dict[str, Any]:
    """The Home tab while it cannot be shown; it is made anew whenever somebody opens it."""
    return SlackView(type="home", blocks=[typed(sentence)]).to_dict()


def plain_modal(title: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """Something to read, with nothing to fill in."""
    return SlackView(
        type="modal",
        title=plain(title),
        close=plain("Close"),
        blocks=list(blocks),
    ).to_dict()
