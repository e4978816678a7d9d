"""A person's choice in a field: from the plain part that they give to what Slack puts in `state.values`."""

import re
from copy import deepcopy
from typing import Any

from bot.workspace.blocks.accepted import interactive_elements
from bot.workspace.blocks.checks import PATTERNS, options_of
from bot.workspace.blocks.numbers import number_problem
from bot.workspace.refusal import JSON

#: By type of element: the field of `state.values` that holds the choice, and that of the element
#: which holds what is chosen at first.
_FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
}


#: What a person types, and can get wrong.
TYPED = ("plain_text_input", "number_input")


class NotOnOfferError(ValueError):
    """The value cannot be chosen; the argument is a sentence for the person."""


def state_values(blocks: list[JSON], filled: JSON) -> JSON:
    """`state.values`: what each field of these blocks holds, chosen or initial."""
    values: JSON = {}
    for block, element in interactive_elements(blocks):
        kind = element["type"]
        if kind not in _FIELDS:
            continue
        field, first = _FIELDS[kind]
        empty: list[JSON] | None = [] if field == "selected_options" else None
        chosen = filled.get(block["block_id"], {}).get(element["action_id"])
        value = chosen or {"type": kind, field: deepcopy(element.get(first, empty))}
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    return values


def plain_values(blocks: list[JSON], filled: JSON) -> JSON:
    """The same, with only the plain part of each."""
    return {
        block: {action: _plain(entry) for action, entry in entries.items()}
        for block, entries in state_values(blocks, filled).items()
    }


def _plain(entry: JSON) -> Any:  # noqa: ANN401  # as many kinds as fields have
    chosen = entry[_FIELDS[entry["type"]][0]]
    if isinstance(chosen, list):
        return [one["value"] for one in chosen]
    return chosen["value"] if isinstance(chosen, dict) else chosen


def missing(block: JSON, entry: JSON) -> bool:
    """Whether Slack would say 'Please complete this required field'."""
    return not entry[_FIELDS[entry["type"]][0]] and not block.get("optional", False)


def choice(element: JSON, value: object, people: set[str]) -> JSON:
    """The entry of `state.values` for one element; an empty value means that nothing is chosen.

    Raises:
        NotOnOfferError: the value was not on offer or does not fit the field.
    """
    kind = element["type"]
    field, _ = _FIELDS[kind]
    if field == "selected_options":
        return {"type": kind, field: _several(element, value)}
    if value in (None, ""):
        return {"type": kind, field: None}
    if field == "selected_option":
        return {"type": kind, field: option_of(element, value)}
    if not isinstance(value, str):
        raise NotOnOfferError("Give the value of this field as text.")
    if kind in TYPED:
        _check_typed(element, value)
    elif kind == "users_select" and value not in people:
        raise NotOnOfferError("There is no such person here.")
    elif kind in _WRITTEN and not re.fullmatch(PATTERNS[_WRITTEN[kind][0]], value):
        raise NotOnOfferError(_WRITTEN[kind][1])
    return {"type": kind, field: value}


_WRITTEN = {
    "datepicker": ("date", "Give a date as YYYY-MM-DD."),
    "timepicker": ("time", "Give a time as HH:MM."),
}


def option_of(element: JSON, value: object) -> JSON:
    """The option with that value. Raises NotOnOfferError when there is none."""
    for option in options_of(element):
        if option["value"] == value:
            return option
    raise NotOnOfferError("That option was not on offer.")


def _several(element: JSON, value: object) -> list[JSON]:
    if not isinstance(value, list | None):
        raise NotOnOfferError("Give the values of this field as a list.")
    return [option_of(element, one) for one in value or []]


def _check_typed(element: JSON, value: str) -> None:
    if element["type"] == "number_input":
        if problem := number_problem(element, value):
            raise NotOnOfferError(f"It {problem}.")
        return
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        raise NotOnOfferError(f"Please enter at least {shortest} characters.")
    if len(value) > longest:
        raise NotOnOfferError(f"Please enter no more than {longest} characters.")
