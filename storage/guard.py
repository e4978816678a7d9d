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
_TEN_DIGITS = re.compile(rf"(?<!\d)(?:\d{_SEPARATOR}){{9}}\d(?!\d)")
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
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))


def what_is_found(text: str) -> Found | None:
    """What in this text must not be stored, or None."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    if _CALLED_NHS_NUMBER.search(plain) or any(map(_is_nhs_number, _TEN_DIGITS.findall(plain))):
        return Found.NHS_NUMBER
    if _CALLED_PUPIL_NUMBER.search(plain) or any(
        map(_is_pupil_number, _PUPIL_NUMBER.findall(plain))
    ):
        return Found.PUPIL_NUMBER
    return None


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
