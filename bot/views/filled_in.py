"""Reading back what was filled in, and where a sentence about it stands; questions.py made the form."""

from collections.abc import Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from bot.ids import Action
from bot.ids import Block as BlockId
from bot.views.also_for import chosen
from storage.read_models import AlsoFor, Submission
from storage.vocabulary import Audience


def filled_in(view: Mapping[str, Any]) -> Submission:
    """What a form holds.

    The view's id and what was filled in make the same submission the same when it comes twice; a form that stayed
    open, as when the answer to it was lost, may be sent again with other words.
    """
    answers: dict[str, str | list[str]] = {}
    audience: Audience | None = None
    also_for: tuple[AlsoFor, ...] = ()
    refs: set[str] = set()
    for block_id, actions in view["state"]["values"].items():
        value, ref = _value_of(actions[Action.ANSWER]), block_id.partition("~")[0]
        if block_id == BlockId.ALSO_FOR:
            also_for = tuple(map(chosen, value))
            continue
        if block_id == BlockId.AUDIENCE:
            audience = Audience(str(value))
            continue
        refs.add(ref)
        earlier = answers.get(ref)
        if isinstance(value, list) and isinstance(earlier, list):
            answers[ref] = [*earlier, *value]
        elif value:
            answers[ref] = value
    # a modal that is replaced by its next screen keeps its id
    key = f"view {view['id']} {view['callback_id']} {_digest(answers, audience)}"
    return Submission(
        answers=answers, asked=frozenset(refs), audience=audience, key=key, also_for=also_for
    )


def _digest(answers: Mapping[str, str | list[str]], audience: Audience | None) -> str:
    return sha256(dumps([answers, audience], sort_keys=True).encode()).hexdigest()[:16]


def errors_at(view: Mapping[str, Any], mistakes: Mapping[str, str]) -> dict[str, str]:
    """The sentences by the blocks of this form at which they are to stand; the first, where none has a block here."""
    left, found = dict(mistakes), {}
    for block in view["blocks"]:
        ref = str(block["block_id"]).partition("~")[0]
        if block["type"] == "input" and ref in left:
            found[str(block["block_id"])] = left.pop(ref)
    if not found:
        first = next(block for block in view["blocks"] if block["type"] == "input")
        found[str(first["block_id"])] = " ".join(left.values())
    return found


def _value_of(element: Mapping[str, Any]) -> str | list[str]:
    match element["type"]:
        case "radio_buttons":
            chosen = element.get("selected_option")
            return str(chosen["value"]) if chosen else ""
        case "checkboxes" | "multi_static_select":
            return [str(option["value"]) for option in element.get("selected_options") or []]
        case "datepicker":
            return str(element.get("selected_date") or "")
        case _:
            return str(element.get("value") or "").strip()
