"""The guard: every free text passes it before it is stored, so that nothing about a child is kept.

Pure. It says what kind of thing was found, never the text. Numbers are checked by their check digits
(python-stdnum), so that a URN, a LAESTAB, a council's code or a count does not trip it; a number that
is called an NHS number or a UPN is stopped even when its check digit fails: it is a mistyped real one.
"""

import re
import unicodedata
from enum import StrEnum

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs, upn


class Found(StrEnum):
    """What the guard found, in words that follow 'This looks like'."""

    NHS_NUMBER = "an NHS number"
    PUPIL_NUMBER = "a unique pupil number"


_SEPARATOR = r"[\s.\-–—/]*"
#: Days and schools' numbers, which stand beside each other in ordinary sentences: '26/10/2026 - 30/10/2026'.
_ORDINARY = re.compile(
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1\d{4}(?!\d)"
    r"|(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
    r"|(?<![\w/])\d{3}/\d{4}(?![\w/])"
)
# What is looked ahead at may overlap: in '2026 943 476 5919' the first ten digits are none, the last are one.
_TEN_DIGITS = re.compile(rf"(?<!\d)(?=((?:\d{_SEPARATOR}){{9}}\d(?!\d)))")
_PUPIL_NUMBER = re.compile(
    rf"(?<![a-z])[a-z]{_SEPARATOR}(?:\d{_SEPARATOR}){{11}}[\da-z](?![a-z\d])", re.IGNORECASE
)
_CALLED_NHS_NUMBER = re.compile(
    r"\bnhs\s*(?:no|num|number|#)?\s*[.:#=]*\s*(?:is\s+)?\d(?:[\s.\-]*\d){5,}", re.IGNORECASE
)
_CALLED_PUPIL_NUMBER = re.compile(
    r"\b(?:upn|unique pupil number)\s*(?:no|number)?\s*[.:#=]*\s*(?:is\s+)?[a-z]?\s*\d(?:[\s.\-]*\d){5,}",
    re.IGNORECASE,
)


def what_is_found(text: str) -> Found | None:
    """What in this text must not be stored, or None."""
    plain = _ORDINARY.sub("|", _without_invisible(unicodedata.normalize("NFKC", text)))
    if _CALLED_NHS_NUMBER.search(plain) or any(map(_is_nhs_number, _TEN_DIGITS.findall(plain))):
        return Found.NHS_NUMBER
    if _CALLED_PUPIL_NUMBER.search(plain) or any(
        map(_is_pupil_number, _PUPIL_NUMBER.findall(plain))
    ):
        return Found.PUPIL_NUMBER
    return None


def _without_invisible(text: str) -> str:
    return "".join(mark for mark in text if unicodedata.category(mark) != "Cf")


def _is_nhs_number(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return len(set(digits)) > 1 and nhs.is_valid(digits)


def _is_pupil_number(text: str) -> bool:
    """By the check letter alone: stdnum's list of councils ends before those made since 2019."""
    number = re.sub(r"[^\dA-Z]", "", text.upper())
    try:
        return bool(number[0] == upn.calc_check_digit(number[1:]))
    except (ValidationError, ValueError, IndexError):
        return False
