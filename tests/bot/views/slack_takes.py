"""The judge of the views: the local workspace's own validator, as strict as Slack."""

from collections.abc import Iterator
from typing import Any

from bot.views.blocks import Message
from bot.workspace.blocks import checked_message_blocks, checked_view
from bot.workspace.content.as_json import escape
from bot.workspace.refusal import RefusedError
from bot.workspace.rules import limit

MORE = "There is more in the message itself."


def complaints_about_message(message: Message) -> list[str]:
    """What Slack would say against posting and updating this message; nothing when it takes it."""
    found = _refusal(lambda: checked_message_blocks(message.blocks))
    if not message.text.strip():
        found.append("there is no top-level text")
    if len(escape(message.text).encode()) > limit("message.update_bytes"):
        found.append("msg_too_long")
    if not (message.text == message.whole_text or message.text.endswith(MORE)):
        found.append("the top-level text is not what the blocks say")
    return found


def complaints_about_view(view: dict[str, Any]) -> list[str]:
    """What Slack would say against this modal or Home tab."""
    return _refusal(lambda: checked_view(view, view["type"]))


def _refusal(check: Any) -> list[str]:
    try:
        check()
    except RefusedError as refusal:
        return [refusal.error, *refusal.messages]
    return []


def texts(value: Any, kind: str) -> Iterator[str]:
    """Every text of that kind, mrkdwn or plain_text, however deep it lies."""
    if isinstance(value, list):
        for each in value:
            yield from texts(each, kind)
    elif isinstance(value, dict):
        if value.get("type") == kind:
            yield value["text"]
        for each in value.values():
            yield from texts(each, kind)


def text_objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every text object with marks."""
    if isinstance(value, list):
        for each in value:
            yield from text_objects(each)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value
        for each in value.values():
            yield from text_objects(each)
