"""Holds values against the table of shapes, and notes what Slack would say about them, in Slack's words.

Each function looks at one value at one JSON pointer.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from bot.workspace.blocks.numbers import NUMBER, bounds_problem
from bot.workspace.blocks.shapes import PLACES, SHAPES, Field, fields_of
from bot.workspace.refusal import JSON
from bot.workspace.rules import limit


class Findings:
    """What is wrong with one message or view, and what was seen on the way."""

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.text_length = 0
        self.focused = 0

    def note(self, message: str, pointer: str) -> None:
        self.messages.append(f"[ERROR] {message} [json-pointer:{pointer}]")


def check(findings: Findings, kind: str, value: object, at: str, most: int | None) -> None:
    """Checks a value of any kind; `most` is how long or large it may be."""
    if kind in _KINDS:
        _KINDS[kind](findings, value, at, most)
    elif kind in {"text", "plain", "mrkdwn"}:
        _text(findings, kind, value, at, most)
    elif kind.startswith("@"):
        _typed(findings, kind[1:], value, at)
    elif "|" in kind:
        _word(findings, kind.split("|"), value, at)
    else:
        check_shape(findings, kind, value, at)


def check_shape(findings: Findings, shape: str, value: object, at: str) -> None:
    """An object with the shape's fields and no others."""
    if not isinstance(value, dict):
        findings.note("must provide an object", at)
        return
    before, fields = len(findings.messages), fields_of(shape)
    for name in (one for one, field in fields.items() if field.required):
        if value.get(name) is None:
            findings.note(f"missing required field: {name}", at)
    for name, content in value.items():
        if name not in fields:
            findings.note(f"invalid additional property: {name}", at)
        elif content is not None:
            _check_field(findings, fields[name], content, f"{at}/{name}")
    findings.focused += value.get("focus_on_load") is True
    if len(findings.messages) == before and shape in _TOGETHER:
        _TOGETHER[shape](findings, value, at)


def _check_field(findings: Findings, field: Field, value: object, at: str) -> None:
    if not field.kind.startswith("["):
        check(findings, field.kind, value, at, field.most)
        return
    kind, _, may_be_empty = field.kind[1:].partition("]")
    if not isinstance(value, list):
        findings.note("must provide an array", at)
        return
    if not value and not may_be_empty:
        findings.note("no less than 1 items allowed", at)
    if field.most is not None and len(value) > field.most:
        findings.note(f"no more than {field.most} items allowed", at)
    for index, item in enumerate(value):
        check(findings, kind, item, f"{at}/{index}", field.most_each)


def _typed(findings: Findings, place: str, value: object, at: str) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind is None:
        findings.note("missing required field: type", at)
    elif not isinstance(kind, str) or kind not in PLACES[place]:
        findings.note(f"unsupported type: {kind}", f"{at}/type")
    elif kind in {"plain_text", "mrkdwn"}:
        _text(findings, kind.removesuffix("_text"), value, at, None)
    else:
        rest = {name: content for name, content in value.items() if name != "type"}
        own = f"{kind}.{place}"
        check_shape(findings, own if own in SHAPES else kind, rest, at)


_TEXTS = {"plain": ("plain_text",), "mrkdwn": ("mrkdwn",), "text": ("plain_text", "mrkdwn")}


def _text(findings: Findings, wanted: str, value: object, at: str, most: int | None) -> None:
    if not isinstance(value, dict):
        findings.note("must provide an object", at)
        return
    kind, content = value.get("type"), value.get("text")
    if kind not in _TEXTS[wanted]:
        findings.note(f"unsupported type: {kind}", f"{at}/type")
    if isinstance(content, str):
        findings.text_length += len(content)
        _string(findings, content, f"{at}/text", min(most or limit("text"), limit("text")))
    else:
        findings.note("missing required field: text", at)
    extra = "emoji" if kind == "plain_text" else "verbatim"
    for name in value.keys() - {"type", "text", extra}:
        findings.note(f"invalid additional property: {name}", at)


def _word(findings: Findings, words: list[str], value: object, at: str) -> None:
    if value not in words:
        findings.note(f"must be a valid enum value: {', '.join(sorted(words))}", at)


def _string(findings: Findings, value: object, at: str, most: int | None) -> None:
    if value == "":
        findings.note("must be more than 0 characters", at)
    else:
        _free(findings, value, at, most)


def _free(findings: Findings, value: object, at: str, most: int | None) -> None:
    if not isinstance(value, str):
        findings.note("must provide a string", at)
    elif most is not None and len(value) > most:
        findings.note(f"must be less than {most + 1} characters", at)


def _flag(findings: Findings, value: object, at: str, _most: int | None) -> None:
    if not isinstance(value, bool):
        findings.note("must provide a boolean", at)


def _whole(findings: Findings, value: object, at: str, most: int | None, least: int = 0) -> None:
    if isinstance(value, bool) or not isinstance(value, int):
        findings.note("must provide a number", at)
    elif value < least:
        findings.note(f"must be greater than or equal to {least}", at)
    elif most is not None and value > most:
        findings.note(f"must be less than or equal to {most}", at)


def _count(findings: Findings, value: object, at: str, most: int | None) -> None:
    _whole(findings, value, at, most, least=1)


def _url(findings: Findings, value: object, at: str, most: int | None) -> None:
    try:
        parts = urlsplit(value if isinstance(value, str) else "")
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https", "mailto", "slack"} or not (parts.netloc or parts.path):
        findings.note("invalid url", at)
    else:
        _free(findings, value, at, most)


PATTERNS = {
    "user": r"[UW][A-Z0-9]{2,}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "time": r"([01]\d|2[0-3]):[0-5]\d",
    "number": NUMBER,
}


def _pattern(kind: str) -> Callable[[Findings, object, str, int | None], None]:
    pattern = re.compile(PATTERNS[kind])

    def look(findings: Findings, value: object, at: str, _most: int | None) -> None:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            findings.note(f"invalid {kind}", at)

    return look


_KINDS: dict[str, Callable[[Findings, object, str, int | None], None]] = {
    "string": _string,
    "free": _free,
    "flag": _flag,
    "whole": _whole,
    "count": _count,
    "url": _url,
    **{kind: _pattern(kind) for kind in PATTERNS},
}


def options_of(element: JSON) -> list[JSON]:
    """All the options on offer, those in groups too."""
    groups = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [one for each in groups for one in each.get("options") or []]


def _starts_with_an_offer(findings: Findings, element: JSON, at: str) -> None:
    chosen = element.get("initial_options") or []
    if element.get("initial_option"):
        chosen = [element["initial_option"]]
    if any(one not in options_of(element) for one in chosen):
        findings.note("initial option was not found in the provided options", at)


def _one_of(one: str, other: str) -> Callable[[Findings, JSON, str], None]:
    def look(findings: Findings, value: JSON, at: str) -> None:
        if (one in value) == (other in value):
            findings.note(f"must define either `{one}` or `{other}`", at)

    return look


def _select(findings: Findings, element: JSON, at: str) -> None:
    _one_of("options", "option_groups")(findings, element, at)
    _starts_with_an_offer(findings, element, at)


def _text_or_fields(findings: Findings, block: JSON, at: str) -> None:
    if not block.get("text") and not block.get("fields"):
        findings.note("must define either `text` or `fields`", at)


def _shortest_below_longest(findings: Findings, element: JSON, at: str) -> None:
    shortest, longest = element.get("min_length"), element.get("max_length")
    if shortest is not None and longest is not None and shortest > longest:
        findings.note("min_length must be less than or equal to max_length", at)


def _numbers_in_bounds(findings: Findings, element: JSON, at: str) -> None:
    if problem := bounds_problem(element):
        name, told = problem
        findings.note(f"{name} {told}", f"{at}/{name}")


def _submit_with_an_input(findings: Findings, view: JSON, at: str) -> None:
    if any(block["type"] == "input" for block in view["blocks"]) and not view.get("submit"):
        findings.note("missing required field: submit", at)


#: What the fields of a shape have to be together, once each is good by itself.
_TOGETHER: dict[str, Callable[[Findings, JSON, str], None]] = {
    "view.modal": _submit_with_an_input,
    "section": _text_or_fields,
    "image": _one_of("image_url", "slack_file"),
    "image.block": _one_of("image_url", "slack_file"),
    "static_select": _select,
    "radio_buttons": _starts_with_an_offer,
    "checkboxes": _starts_with_an_offer,
    "multi_static_select": _starts_with_an_offer,
    "plain_text_input": _shortest_below_longest,
    "number_input": _numbers_in_bounds,
}
