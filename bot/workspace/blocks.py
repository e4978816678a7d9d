"""Whether Slack would take a message's blocks or a view, and what it makes of them."""

import json
from collections.abc import Iterator
from copy import deepcopy
from secrets import token_hex

from bot.workspace import elements
from bot.workspace.refusal import JSON, RefusedError, invalid_arguments
from bot.workspace.rich_text import rich_text_elements
from bot.workspace.rules import limit
from bot.workspace.shapes import Check, Findings, boolean, items, shape, string, text, typed

_KIND: dict[str, Check] = {"type": string()}
_NAMED: dict[str, Check] = {"block_id": string("block_id")}


def _text_or_fields(findings: Findings, block: JSON, at: str) -> None:
    if not block.get("text") and not block.get("fields"):
        findings.note("must define either `text` or `fields`", at)


BLOCKS = typed(
    {
        "section": shape(
            _KIND,
            {
                **_NAMED,
                "text": text("section.text"),
                "fields": items(text("section.field"), "section.fields"),
                "accessory": elements.IN_SECTION,
                "expand": boolean,
            },
            _text_or_fields,
        ),
        "header": shape({**_KIND, "text": text("header.text", "plain_text")}, _NAMED),
        "divider": shape(_KIND, _NAMED),
        "actions": shape(
            {**_KIND, "elements": items(elements.IN_ACTIONS, "actions.elements")}, _NAMED
        ),
        "context": shape(
            {**_KIND, "elements": items(elements.IN_CONTEXT, "context.elements")}, _NAMED
        ),
        "image": shape(
            {**_KIND, "alt_text": string("image.alt_text")},
            {**_NAMED, **elements.IMAGE_SOURCE, "title": text("image.title", "plain_text")},
            elements.one_image_source,
        ),
        "input": shape(
            {
                **_KIND,
                "label": text("input.label", "plain_text"),
                "element": elements.IN_INPUT,
            },
            {
                **_NAMED,
                "hint": text("input.hint", "plain_text"),
                "optional": boolean,
                "dispatch_action": boolean,
            },
        ),
        "rich_text": shape({**_KIND, "elements": rich_text_elements}, _NAMED),
    }
)
_MESSAGE_BLOCKS = items(BLOCKS, "message.blocks", least=0)
_VIEW_BLOCKS = items(BLOCKS, "view.blocks", least=0)

_ANY_VIEW: dict[str, Check] = {
    "private_metadata": string("view.private_metadata", empty=True),
    "callback_id": string("view.callback_id", empty=True),
    "external_id": string("view.external_id", empty=True),
}


def _submit_with_an_input(findings: Findings, view: JSON, at: str) -> None:
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(block, dict) and block.get("type") == "input" for block in blocks
    )
    if has_input and not view.get("submit"):
        findings.note("missing required field: submit", at)


_VIEWS = {
    "modal": shape(
        {**_KIND, "title": text("view.title", "plain_text"), "blocks": _VIEW_BLOCKS},
        {
            **_ANY_VIEW,
            "submit": text("view.submit", "plain_text"),
            "close": text("view.close", "plain_text"),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
        },
        _submit_with_an_input,
    ),
    "home": shape({**_KIND, "blocks": _VIEW_BLOCKS}, _ANY_VIEW),
}


def interactive_elements(blocks: list[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Each block with each of its elements that a person can press or fill in."""
    for block in blocks:
        if block["type"] == "actions":
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "input":
            yield block, block["element"]
        elif (
            block["type"] == "section"
            and block.get("accessory", {}).get("type", "image") != "image"
        ):
            yield block, block["accessory"]


def _same_names_twice(findings: Findings, blocks: list[JSON], at: str) -> None:
    block_ids: set[str] = set()
    pairs: set[tuple[int, str]] = set()
    for index, block in enumerate(blocks):
        name = block.get("block_id")
        if name in block_ids:
            findings.note(f"`block_id` must be unique: {name}", f"{at}/{index}/block_id")
        if name:
            block_ids.add(name)
        for _, element in interactive_elements([block]):
            action = element.get("action_id")
            if action and (index, action) in pairs:
                findings.note(f"`action_id` must be unique: {action}", f"{at}/{index}/elements")
            pairs.add((index, action or ""))


def _with_ids(blocks: list[JSON]) -> list[JSON]:
    """A copy in which every block and element has the id that Slack would make up."""
    named = deepcopy(blocks)
    for block in named:
        block.setdefault("block_id", token_hex(3))
    for _, element in interactive_elements(named):
        element.setdefault("action_id", token_hex(3))
    return named


def checked_message_blocks(value: object) -> list[JSON]:
    """The blocks as Slack stores them.

    Raises:
        RefusedError: `invalid_blocks` or `msg_blocks_too_long`.
    """
    findings = Findings()
    _MESSAGE_BLOCKS(findings, value, "/blocks")
    if findings.messages or not isinstance(value, list):
        raise RefusedError("invalid_blocks", messages=findings.messages)
    _same_names_twice(findings, value, "/blocks")
    if findings.messages:
        raise RefusedError("invalid_blocks", messages=findings.messages)
    if findings.text_length > limit("message.block_text"):
        raise RefusedError("msg_blocks_too_long")
    return _with_ids(value)


def checked_view(value: object, kind: str) -> JSON:
    """The view as Slack stores it; `kind` is modal or home.

    Raises:
        RefusedError: `invalid_arguments` or `view_too_large`.
    """
    if not isinstance(value, dict):
        raise invalid_arguments("must provide an object", "/view")
    if value.get("type") != kind:
        raise invalid_arguments(f"unsupported type: {value.get('type')}", "/view/type")
    findings = Findings()
    _VIEWS[kind](findings, value, "/view")
    if not findings.messages:
        _same_names_twice(findings, value["blocks"], "/view/blocks")
        if findings.focused > limit("view.focus_on_load"):
            findings.note("only one element can have `focus_on_load`", "/view/blocks")
    if findings.messages:
        raise RefusedError("invalid_arguments", messages=findings.messages)
    if len(json.dumps(value, ensure_ascii=False).encode()) > limit("view.bytes"):
        raise RefusedError("view_too_large")
    return {**value, "blocks": _with_ids(value["blocks"])}
