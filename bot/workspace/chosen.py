"""A person's choice, given as the plain part of it, made into what Slack puts in `state.values`."""

import re
from typing import Any

from bot.workspace.elements import is_web_address, options_of
from bot.workspace.refusal import JSON
from bot.workspace.wire import CHOICE_FIELD


class NotOnOfferError(ValueError):
    """The value cannot be chosen; the argument is a sentence for the person."""


def choice(element: JSON, value: object, people: set[str]) -> JSON:
    """The entry of `state.values` for one element; an empty value means that nothing is chosen.

    Raises:
        NotOnOfferError: the value was not on offer or does not fit the field.
    """
    kind = element["type"]
    field = CHOICE_FIELD[kind]
    if field == "selected_options":
        return {"type": kind, field: _several(element, value)}
    if value in (None, ""):
        return {"type": kind, field: None}
    if field == "selected_option":
        return {"type": kind, field: _one(element, value)}
    if not isinstance(value, str):
        raise NotOnOfferError("Give the value of this field as text.")
    _CHECKS[kind](element, value, people)
    return {"type": kind, field: value}


def plain(element: JSON, entry: JSON) -> Any:  # noqa: ANN401  # as many kinds as fields have
    """The other way: from an entry of `state.values` to the plain part."""
    chosen = entry[CHOICE_FIELD[element["type"]]]
    if isinstance(chosen, list):
        return [one["value"] for one in chosen]
    return chosen["value"] if isinstance(chosen, dict) else chosen


def missing(block: JSON, entry: JSON) -> bool:
    """Whether Slack would say 'Please complete this required field'."""
    empty = not entry[CHOICE_FIELD[block["element"]["type"]]]
    return empty and not block.get("optional", False)


def _one(element: JSON, value: object) -> JSON:
    for option in options_of(element):
        if option["value"] == value:
            return option
    raise NotOnOfferError("That option was not on offer.")


def _several(element: JSON, value: object) -> list[JSON]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise NotOnOfferError("Give the values of this field as a list.")
    most = element.get("max_selected_items")
    if most is not None and len(value) > most:
        raise NotOnOfferError(f"Choose at most {most}.")
    return [_one(element, one) for one in value]


def _check_text(element: JSON, value: str, _people: set[str]) -> None:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        raise NotOnOfferError(f"Please enter at least {shortest} characters.")
    if len(value) > longest:
        raise NotOnOfferError(f"Please enter no more than {longest} characters.")


def _check_number(element: JSON, value: str, _people: set[str]) -> None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, value):
        raise NotOnOfferError("Please enter a valid number.")
    if "min_value" in element and float(value) < float(element["min_value"]):
        raise NotOnOfferError(f"Please enter a number of at least {element['min_value']}.")
    if "max_value" in element and float(value) > float(element["max_value"]):
        raise NotOnOfferError(f"Please enter a number of at most {element['max_value']}.")


def _check_url(_element: JSON, value: str, _people: set[str]) -> None:
    if not is_web_address(value):
        raise NotOnOfferError("Please enter a valid URL.")


def _check_date(_element: JSON, value: str, _people: set[str]) -> None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise NotOnOfferError("Give a date as YYYY-MM-DD.")


def _check_time(_element: JSON, value: str, _people: set[str]) -> None:
    if not re.fullmatch(r"\d{2}:\d{2}", value):
        raise NotOnOfferError("Give a time as HH:MM.")


def _check_person(_element: JSON, value: str, people: set[str]) -> None:
    if value not in people:
        raise NotOnOfferError("There is no such person here.")


_CHECKS = {
    "plain_text_input": _check_text,
    "number_input": _check_number,
    "url_text_input": _check_url,
    "datepicker": _check_date,
    "timepicker": _check_time,
    "users_select": _check_person,
}
