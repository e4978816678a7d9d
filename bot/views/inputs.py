"""The parts of a form that every modal shares: its frame, and a labelled field."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextObject,
)
from slack_sdk.models.views import View as SlackView

from bot.ids import Action, ButtonValue
from bot.ids import View as ViewId


def form_modal(
    view_id: ViewId,
    value: ButtonValue,
    blocks: Sequence[Block],
    *,
    title: str,
    submit: str | None,
    close: str,
) -> dict[str, Any]:
    """A form, with what it is about; without `submit` there is nothing to send."""
    return SlackView(
        type="modal",
        callback_id=view_id,
        title=plain(title),
        submit=None if submit is None else plain(submit),
        close=plain(close),
        private_metadata=value.encode(),
        blocks=list(blocks),
    ).to_dict()


def field(
    block_id: str, label: str, element: InputInteractiveElement, *, optional: bool = False
) -> InputBlock:
    """One thing to fill in, under its label."""
    return InputBlock(
        block_id=block_id,
        label=plain(label),
        element=element,
        optional=optional or None,  # left out, it is required
    )


def filled_fields(view: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in of a form whose fields all answer, as Slack hands it back, by block."""
    return {block: fields[Action.ANSWER] for block, fields in view["state"]["values"].items()}


def option(value: str, text: str, *, description: str = "") -> Option:
    """One of several to choose from."""
    below = plain(description) if description else None
    return Option(value=value, text=plain(text), description=below)


def plain(text: str) -> PlainTextObject:
    """Text in which nothing is a mark."""
    return PlainTextObject(text=text, emoji=False)
