"""Everything that people read: what is on every screen, and what a mistake is answered with."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from bot.views.blocks import unescape
from jobs.campaign_files import load_campaigns
from tests.bot.views import every

ROOT = Path(__file__).parents[3]
#: The local workspace speaks as Slack does, and the patterns of phrases are what people type.
_NOT_OURS = ("bot/workspace", "jobs/phrases")
_TAKES = re.compile(
    r"_input$|_select$|^datepicker$|^timepicker$|^datetimepicker$|^checkboxes$|^radio_buttons$"
)
#: An f-string's part that is only known when it is said: one word of a usual length.
FILLED = "Something"

_WHOLE = re.compile(rf"(?s)^(?:[A-Z]|--\w).*(?:[.?]|{FILLED}|Run: vigil [a-z ]+)$")


@cache
def screens() -> dict[str, Any]:
    """Every message's blocks, every modal and the Home tab, in every state, by name."""
    messages = {name: message.blocks for name, message in every.messages().items()}
    return {**messages, **every.modal_views(), **every.homes()}


def texts(part: Any) -> Iterator[str]:
    """Every text object's text, however deep it lies, as a person reads it: without marks."""
    if isinstance(part, list):
        for each in part:
            yield from texts(each)
    elif isinstance(part, dict):
        if part.get("type") in {"mrkdwn", "plain_text"} and isinstance(part.get("text"), str):
            marks = "*_`" if part["type"] == "mrkdwn" else ""
            yield unescape(part["text"].translate(str.maketrans("", "", marks)))
        for each in part.values():
            yield from texts(each)


def campaign_texts() -> dict[str, list[str]]:
    """What each campaign asks and says, those sentences too that no screen happens to show."""
    found = {}
    for campaign in load_campaigns():
        dumped = campaign.model_dump()
        found[campaign.key] = list(_texts_of_campaign(dumped))
    return found


def _texts_of_campaign(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"ask", "text", "say", "title", "words"} and isinstance(value, str):
                yield value
            yield from _texts_of_campaign(value)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from _texts_of_campaign(each)


def sentences_in_code() -> dict[str, list[str]]:
    """Every sentence that the code holds, by file and line: errors, refusals, answers."""
    found: dict[str, list[str]] = {}
    for path in _sources():
        for line, words in _sentences(ast.parse(path.read_text())):
            found.setdefault(f"{path.relative_to(ROOT)}:{line}", []).append(words)
    return found


def _sources() -> list[Path]:
    paths = (path for each in ("bot", "jobs", "storage") for path in (ROOT / each).rglob("*.py"))
    return sorted(p for p in paths if not str(p.relative_to(ROOT)).startswith(_NOT_OURS))


def _sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if id(node) in docstrings | inside:
            continue
        words = _words(node)
        if (
            words
            and words[0].isupper()
            and " " in words
            and words.rstrip().endswith((".", "?", ":", "!"))
        ):
            yield node.lineno, words


def _words(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) or FILLED for part in node.values)
    return ""


def is_for_slack(at: str) -> bool:
    """Whether a place in the code speaks to people in Slack."""
    return at.startswith(
        ("bot/views", "bot/listeners", "bot/errors", "storage/queries", "storage/forms")
    )


def refusals() -> list[tuple[str, str]]:
    """What every `raise` of a VigilError says where it is written there, with its place."""
    trees = {path: ast.parse(path.read_text()) for path in _sources()}
    kinds = _kinds_of("VigilError", trees.values())
    return [
        (f"{path.relative_to(ROOT)}:{node.lineno}", text)
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        if isinstance(node.exc.func, ast.Name) and node.exc.func.id in kinds
        for text in map(_words, node.exc.args)
        if text
    ]


def _kinds_of(name: str, trees: Iterable[ast.Module]) -> set[str]:
    """The classes that come from that one, however far down."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    kinds: set[str] = {name}
    while more := {kind for kind, of in bases.items() if of & kinds} - kinds:
        kinds |= more
    return kinds


def is_whole(text: str) -> bool:
    """Whether it begins and ends as sentences do; an option may begin it, and a command to run end it."""
    return bool(_WHOLE.search(text.strip()))


def without_label(part: Any, *, in_input: bool = False) -> list[str]:
    """Elements to type or choose in that have no label: outside an input block, or in one without words."""
    if isinstance(part, list):
        return [found for each in part for found in without_label(each, in_input=in_input)]
    if not isinstance(part, dict):
        return []
    kind = str(part.get("type"))
    labelled = in_input
    if kind == "input":
        labelled = bool(part.get("label", {}).get("text", "").strip())
    own = [kind] if _TAKES.search(kind) and not in_input else []
    return own + without_label(list(part.values()), in_input=labelled)
