"""Numbers as Slack has them in a number input: written as strings, whole unless decimals are allowed."""

import re
from decimal import Decimal

from bot.workspace.refusal import JSON

NUMBER = r"-?\d+(\.\d+)?"


def number_problem(element: JSON, number: str) -> str | None:
    """Why the input does not take this number, in words that follow 'it': no number, not whole, out of bounds."""
    if not re.fullmatch(NUMBER, number):
        return "must be a number"
    if "." in number and not element["is_decimal_allowed"]:
        return "must be a whole number"
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and Decimal(number) < Decimal(least):
        return f"must be at least {least}"
    if most is not None and Decimal(number) > Decimal(most):
        return f"must be at most {most}"
    return None


def bounds_problem(element: JSON) -> tuple[str, str] | None:
    """Which of the element's own numbers does not fit, and why."""
    free = {"is_decimal_allowed": element["is_decimal_allowed"]}
    up_to = {**free, "max_value": element["max_value"]} if element.get("max_value") else free
    for name, within in (("max_value", free), ("min_value", up_to), ("initial_value", element)):
        given = element.get(name)
        if given is not None and (problem := number_problem(within, given)):
            return name, problem
    return None
