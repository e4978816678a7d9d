"""Whether Slack would take a message's blocks, its metadata or a view, and what it makes of them."""

import json
from collections.abc import Iterator
from copy import deepcopy
from secrets import token_hex

from bot.workspace.blocks.checks import Findings, check_shape
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rules import limit


def interactive_elements(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each block with each of its elements that a person can press or fill in."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "section":
            element = block.get("accessory") or {"type": "image"}
            if element["type"] != "image":
                yield block, element


def uploaded_pictures(blocks: list[JSON]) -> Iterator[tuple[int, JSON]]:
    """Each image that shows an uploaded file, wherever it stands, with the number of its block."""
    for index, block in enumerate(blocks):
        for part in [block, *block.get("elements", []), block.get("accessory") or {}]:
            if part.get("slack_file"):
                yield index, part


def _same_names_twice(findings: Findings, blocks: list[JSON], at: str) -> None:
    block_ids: set[str] = set()
    for index, block in enumerate(blocks):
        name, actions = block.get("block_id"), set()
        if name in block_ids:
            findings.note(f"`block_id` must be unique: {name}", f"{at}/{index}/block_id")
        if name:
            block_ids.add(name)
        for _, element in interactive_elements([block]):
            action = element.get("action_id")
            if action and action in actions:
                findings.note(f"`action_id` must be unique: {action}", f"{at}/{index}/elements")
            actions.add(action)


def _with_ids(blocks: list[JSON]) -> list[JSON]:
    """A copy in which every block and element has the id that Slack would make up."""
    named = deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", token_hex(3))
    for _, element in interactive_elements(named):
        element.setdefault("action_id", token_hex(3))
    return named


def checked_message_blocks(value: object) -> list[JSON]:
    """The blocks as Slack stores them. Raises RefusedError: invalid_blocks or msg_blocks_too_long."""
    findings = Findings()
    check_shape(findings, "message", {"blocks": value}, "")
    if not findings.messages and isinstance(value, list):
        _same_names_twice(findings, value, "/blocks")
    if findings.messages or not isinstance(value, list):
        raise RefusedError("invalid_blocks", messages=findings.messages)
    if findings.text_length > limit("message.block_text"):
        raise RefusedError("msg_blocks_too_long")
    return _with_ids(value)


def checked_view(value: object, kind: str) -> JSON:
    """The view, a modal or a home, as Slack stores it.

    Raises:
        RefusedError: `invalid_arguments` or `view_too_large`.
    """
    if not isinstance(value, dict):
        raise invalid_arguments("must provide an object", "/view")
    if value.get("type") != kind:
        raise invalid_arguments(f"unsupported type: {value.get('type')}", "/view/type")
    findings = Findings()
    rest = {name: content for name, content in value.items() if name != "type"}
    check_shape(findings, f"view.{kind}", rest, "/view")
    if not findings.messages:
        _same_names_twice(findings, value["blocks"], "/view/blocks")
        if findings.focused > limit("view.focus_on_load"):
            findings.note("only one element can have `focus_on_load`", "/view/blocks")
    if findings.messages:
        raise RefusedError("invalid_arguments", messages=findings.messages)
    if len(json.dumps(value, ensure_ascii=False).encode()) > limit("view.bytes"):
        raise RefusedError("view_too_large")
    return {**value, "blocks": _with_ids(value["blocks"])}


def checked_metadata(metadata: JSON | None) -> JSON | None:
    """The metadata of a message. Raises RefusedError when Slack would not take it."""
    if not metadata:
        return None
    findings = Findings()
    rest = metadata.keys() - {"event_type", "event_payload"}
    if rest or not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        findings.note("must provide event_type and event_payload", "/metadata")
    _event_payload(findings, metadata.get("event_payload"))
    if findings.messages:
        raise RefusedError("invalid_metadata_schema", messages=findings.messages)
    if len(json.dumps(metadata)) > limit("message.metadata"):
        raise RefusedError("metadata_too_large")
    return dict(metadata)


def _event_payload(findings: Findings, value: object) -> None:
    """`@slack/types` allows plain values, flat objects, and lists of flat objects."""
    at = "/metadata/event_payload"
    if not isinstance(value, dict):
        findings.note("must provide an object", at)
        return
    for name, content in value.items():
        for one in content if isinstance(content, list) else [content]:
            flat = isinstance(one, dict) and all(isinstance(v, _PLAIN) for v in one.values())
            plain = isinstance(one, _PLAIN) and not isinstance(content, list)
            if not flat and not plain:
                findings.note("must be a string, number, boolean or flat object", f"{at}/{name}")


_PLAIN = (str, int, float, bool)
