"""The few blocks that every view shares, and the care for what people typed.

Names from the roster stand in marked-up text, escaped and stripped of marks; what people typed into a
reply always stands in a block of plain text, which cannot mention, link or format. `verbatim` keeps Slack
from turning bare addresses and names into links.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.ids import Action, ButtonValue

MOST_BLOCKS = 50
#: chat.update refuses a longer text, counted in bytes after escaping (slack-limits.md).
MOST_TEXT_BYTES = 4000
#: All block text of one message together; Slack refuses more with msg_blocks_too_long, undocumented.
MOST_BLOCK_TEXT = 12000
#: All text of a modal or Home tab together; Slack counts 250 kB of the whole view.
MOST_VIEW_TEXT = 50000
_MOST_NAME = 150
_MOST_SECTION = 3000
_MOST_HEADER = 150
NOT_FOR_CONCERNS = "This is not for reporting a concern. If a child is in danger call 999. Otherwise use your local front door."


@dataclass(frozen=True, kw_only=True)
class Message:
    """Blocks, with all that they say as text, for screen readers, notifications and the command line."""

    blocks: list[dict[str, Any]]
    whole_text: str

    @property
    def text(self) -> str:
        """The text as Slack takes it: within its number of bytes."""
        return shorten_bytes(self.whole_text, MOST_TEXT_BYTES)


def name(words: str) -> str:
    """A name from the roster or the reference data, safe in marked-up text and on one line."""
    return escape(shorten(" ".join(re.sub(r"[*_~`]", "", words).split()), _MOST_NAME))


def escape(words: str) -> str:
    """Slack's three control characters, as Slack wants them escaped."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def header(words: str) -> Block:
    """A heading, in plain text."""
    return HeaderBlock(text=PlainTextObject(text=shorten(words, _MOST_HEADER), emoji=False))


def section(marked_up: str, *, button: ButtonElement | None = None) -> Block:
    """A paragraph of our own words."""
    return SectionBlock(text=_markup(marked_up), accessory=button)


def typed(words: str, *, button: ButtonElement | None = None) -> Block:
    """A paragraph of what somebody typed."""
    text = PlainTextObject(text=shorten(words, _MOST_SECTION), emoji=False)
    return SectionBlock(text=text, accessory=button)


def context(marked_up: str) -> Block:
    """A small print paragraph of our own words."""
    return ContextBlock(elements=[_markup(marked_up)])


def divider() -> Block:
    """A line."""
    return DividerBlock()


def actions(*buttons: ButtonElement) -> Block:
    """Buttons in a row."""
    return ActionsBlock(elements=list(buttons))


def button(
    words: str, action: Action, value: ButtonValue, *, about: str = "", primary: bool = False
) -> ButtonElement:
    """A button. `about` tells screen readers which of several it is."""
    return ButtonElement(
        text=PlainTextObject(text=words, emoji=False),
        action_id=action,
        value=value.encode(),
        style="primary" if primary else None,
        accessibility_label=shorten(f"{words}: {about}", 75) if about else None,
    )


def _markup(marked_up: str) -> MarkdownTextObject:
    return MarkdownTextObject(text=shorten(marked_up, _MOST_SECTION), verbatim=True)


def shorten(words: str, most: int) -> str:
    """At most so many characters, with an ellipsis where something was cut, never inside an escape."""
    if len(words) <= most:
        return words
    return re.sub(r"&[a-z]{0,3}$", "", words[: most - 1]) + "…"


def message(blocks: Sequence[Block]) -> Message:
    """A whole message; what Slack would not take is left out, and the last line says so."""
    made = [block.to_dict() for block in blocks]
    fitting = _fitting(made, most_blocks=MOST_BLOCKS, most_text=MOST_BLOCK_TEXT)
    if fitting < len(made):
        made = [*made[:fitting], _more().to_dict()]
    return Message(blocks=made, whole_text=said(made))


def around(before: Sequence[Block], told: Message, after: Sequence[Block]) -> Message:
    """The same message between blocks that are never left out: where that is too much, what it told gives way."""
    first, last = [[block.to_dict() for block in blocks] for blocks in (before, after)]
    fitting = _fitting(
        told.blocks,
        most_blocks=MOST_BLOCKS - len(first) - len(last),
        most_text=MOST_BLOCK_TEXT - _text_length([first, last]),
    )
    cut = [] if fitting == len(told.blocks) else [_more().to_dict()]
    made = [*first, *told.blocks[:fitting], *cut, *last]
    return Message(blocks=made, whole_text=said(made))


def fit(
    blocks: Sequence[Block], *, most_blocks: int = MOST_BLOCKS, most_text: int = MOST_BLOCK_TEXT
) -> list[Block]:
    """As many blocks as Slack takes together, and a line where there are more."""
    made = [block.to_dict() for block in blocks]
    fitting = _fitting(made, most_blocks=most_blocks, most_text=most_text)
    return list(blocks) if fitting == len(blocks) else [*blocks[:fitting], _more()]


def _more() -> Block:
    return context("There is more than fits here.")


def _fitting(made: Sequence[dict[str, Any]], *, most_blocks: int, most_text: int) -> int:
    """How many of these blocks fit: all, or so many that the line about more fits too."""
    lengths = [_text_length(block) for block in made]
    if len(made) <= most_blocks and sum(lengths) <= most_text:
        return len(made)
    room = most_text - _text_length(_more().to_dict())
    for fitting, length in enumerate(lengths[: most_blocks - 1]):
        room -= length
        if room < 0:
            return fitting
    return min(len(made), most_blocks - 1)


def text_of(blocks: Sequence[Block]) -> int:
    """How many characters their text has, as `fit` counts them."""
    return sum(_text_length(block.to_dict()) for block in blocks)


def _text_length(part: Any) -> int:  # noqa: ANN401 - any part of a block
    """The characters of all text in it, as Slack counts them: labels of buttons too."""
    if isinstance(part, list):
        return sum(map(_text_length, part))
    if not isinstance(part, dict):
        return 0
    own = len(part["text"]) if isinstance(part.get("text"), str) else 0
    return own + sum(map(_text_length, part.values()))


def said(blocks: Sequence[dict[str, Any]]) -> str:
    """All that blocks say, a line for each, without marks; escaped as a message's text must be."""
    lines = []
    for block in blocks:
        texts = [block.get("text"), *block.get("elements", [])]
        lines += [
            _plain(text) for text in texts if text and text.get("type") in {"mrkdwn", "plain_text"}
        ]
    return "\n".join(lines)


def _plain(text: dict[str, Any]) -> str:
    words = str(text["text"])
    return escape(words) if text["type"] == "plain_text" else re.sub(r"[*_~`]", "", words)


def unescape(words: str) -> str:
    """A message's text as a terminal shows it."""
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def shorten_bytes(words: str, most: int) -> str:
    """At most so many bytes, cut at a line. Slack counts them after escaping what is escaped already."""
    if _counted_bytes(words) <= most:
        return words
    ending = "There is more in the message itself."
    room = most - len(ending)
    kept = []
    for line in words.split("\n"):
        room -= _counted_bytes(line) + 1
        if room < 0:
            break
        kept.append(line)
    first = kept or [shorten(words, most // 6)]  # no character counts for more than 5 bytes
    return "\n".join([*first, ending])


def _counted_bytes(words: str) -> int:
    return len(escape(words).encode())
