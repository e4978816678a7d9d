"""The small pieces from which the shapes of blocks are put together, and what they find wrong.

A check looks at one value at one JSON pointer and notes what Slack would say about it, in Slack's words.
"""

from collections.abc import Callable, Collection, Mapping

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


Check = Callable[[Findings, object, str], None]


def string(rule: str | None = None, *, empty: bool = False) -> Check:
    most = limit(rule) if rule else None

    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, str):
            findings.note("must provide a string", at)
        elif not value and not empty:
            findings.note("must be more than 0 characters", at)
        elif most is not None and len(value) > most:
            findings.note(f"must be less than {most + 1} characters", at)

    return check


def whole_number(rule: str | None = None, *, least: int = 0) -> Check:
    most = limit(rule) if rule else None

    def check(findings: Findings, value: object, at: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            findings.note("must provide a number", at)
        elif value < least:
            findings.note(f"must be greater than or equal to {least}", at)
        elif most is not None and value > most:
            findings.note(f"must be less than or equal to {most}", at)

    return check


def boolean(findings: Findings, value: object, at: str) -> None:
    if not isinstance(value, bool):
        findings.note("must provide a boolean", at)


def one_word_of(words: Collection[str]) -> Check:
    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, str) or value not in words:
            findings.note(f"must be a valid enum value: {', '.join(sorted(words))}", at)

    return check


def pattern(matches: Callable[[str], object], what: str) -> Check:
    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, str) or not matches(value):
            findings.note(f"invalid {what}", at)

    return check


def items(each: Check, rule: str | None = None, *, least: int = 1) -> Check:
    most = limit(rule) if rule else None

    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, list):
            findings.note("must provide an array", at)
            return
        if len(value) < least:
            findings.note(f"no less than {least} items allowed", at)
        if most is not None and len(value) > most:
            findings.note(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            each(findings, item, f"{at}/{index}")

    return check


def shape(
    required: Mapping[str, Check],
    optional: Mapping[str, Check] | None = None,
    *also: Callable[[Findings, JSON, str], None],
) -> Check:
    """An object with these fields and no others; `also` looks at fields together."""
    fields = {**required, **(optional or {})}

    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, dict):
            findings.note("must provide an object", at)
            return
        before = len(findings.messages)
        for name in required:
            if value.get(name) is None:
                findings.note(f"missing required field: {name}", at)
        _check_fields(findings, value, at, fields)
        if len(findings.messages) == before:
            for look in also:
                look(findings, value, at)

    return check


def _check_fields(findings: Findings, value: JSON, at: str, fields: Mapping[str, Check]) -> None:
    for name, content in value.items():
        if name not in fields:
            findings.note(f"invalid additional property: {name}", at)
        elif content is not None:
            fields[name](findings, content, f"{at}/{name}")


def typed(allowed: Mapping[str, Check]) -> Check:
    """An object whose `type` chooses the shape; a type outside the set is refused as unknown."""

    def check(findings: Findings, value: object, at: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind is None:
            findings.note("missing required field: type", at)
        elif not isinstance(kind, str) or kind not in allowed:
            findings.note(f"unsupported type: {kind}", f"{at}/type")
        else:
            allowed[kind](findings, value, at)

    return check


def text(rule: str, *kinds: str) -> Check:
    """A text object of one of `kinds` (both, when none is named)."""
    kinds = kinds or ("plain_text", "mrkdwn")
    most = min(limit(rule), limit("text"))

    def check(findings: Findings, value: object, at: str) -> None:
        if not isinstance(value, dict):
            findings.note("must provide an object", at)
            return
        kind = value.get("type")
        if kind not in kinds:
            findings.note(f"unsupported type: {kind}", f"{at}/type")
        _check_length(findings, value.get("text"), at, most)
        extra = "emoji" if kind == "plain_text" else "verbatim"
        for name in value.keys() - {"type", "text", extra}:
            findings.note(f"invalid additional property: {name}", at)

    return check


def _check_length(findings: Findings, content: object, at: str, most: int) -> None:
    if not isinstance(content, str):
        findings.note("missing required field: text", at)
        return
    findings.text_length += len(content)
    if not content:
        findings.note("must be more than 0 characters", f"{at}/text")
    elif len(content) > most:
        findings.note(f"must be less than {most + 1} characters", f"{at}/text")


def _event_payload(findings: Findings, value: object, at: str) -> None:
    """`@slack/types` allows plain values, flat objects, and lists of flat objects."""
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
metadata_shape = shape({"event_type": string(), "event_payload": _event_payload})
