"""Numbers that one person has for life: the NHS number, the pupil number, the National Insurance number.

They are checked by their check digits (python-stdnum), so that a URN, a LAESTAB, a council's code or a count
does not trip the guard. One that is called by its name is stopped in any case: it is a mistyped real one.
python-stdnum has no National Insurance number; that has no check digit.
"""

import re

from stdnum.exceptions import ValidationError
from stdnum.gb import nhs, upn

from storage.guard.plain import SEPARATOR, Plain

_IS = (
    r"[ .:#=(\-]{0,4}(?:(?:is|was|ends?|ending|starts?|starting|begins?|beginning)(?: in| with)? )?"
)

# What is looked ahead at may overlap: in '2026 943 476 5919' the first ten digits are none, the last are one.
_TEN_DIGITS = re.compile(rf"(?<!\d)(?<!\d\.)(?=((?:\d{SEPARATOR}){{9}}\d(?!\.?\d)))")
_CALLED_NHS_NUMBER = re.compile(
    rf"\bnhs[ .\-]{{0,2}}(?:(?:number|num|no|nr|id|#){_IS}\d(?:{SEPARATOR}\d){{2}}|{_IS}\d(?:{SEPARATOR}\d){{8}})",
    re.IGNORECASE,
)
_PUPIL_NUMBER = re.compile(
    rf"(?<![a-z\d])[a-z]{SEPARATOR}(?:\d{SEPARATOR}){{11}}[\da-z](?![a-z\d])", re.IGNORECASE
)
_CALLED_PUPIL_NUMBER = re.compile(
    r"\b(?:upn|unique pupil (?:number|no|ref))[ .:]{0,2}(?:number|num|no|#)?"
    rf"{_IS}[a-z]?{SEPARATOR}\d(?:{SEPARATOR}\d){{5}}",
    re.IGNORECASE,
)
_NATIONAL_INSURANCE_NUMBER = re.compile(
    # with spaces anywhere in capitals; in small letters only in pairs or in one piece
    rf"(?<![A-Za-z\d])(?!LA|ID|EY|NO|AT)[A-Z]{{2}}{SEPARATOR}(?:\d{SEPARATOR}){{6}}(?<!\. )[A-D](?![A-Za-z\d])"
    r"|(?<![a-z\d])[a-z]{2}[ \-]?\d\d[ \-]\d\d[ \-]\d\d[ \-]?[a-d](?![a-z\d])"
    r"|(?<![a-z\d])[a-z]{2}\d{6}[a-d](?![a-z\d])",
)
_CALLED_NATIONAL_INSURANCE_NUMBER = re.compile(
    r"\b(?:nino|(?:ni|national insurance)[ .:]{0,2}(?:number|num|no|#))"
    rf"{_IS}(?:[a-z] ?[a-z])?{SEPARATOR}\d(?:{SEPARATOR}\d){{3}}"
    rf"|\bni[ .:]{{1,2}}[a-z]{{2}}{SEPARATOR}\d(?:{SEPARATOR}\d){{5}}",
    re.IGNORECASE,
)


def has_nhs_number(text: Plain) -> bool:
    """Ten digits with the right check digit, or some that are called so."""
    return bool(_CALLED_NHS_NUMBER.search(text.numbers)) or any(
        map(_is_nhs_number, _TEN_DIGITS.findall(text.numbers))
    )


def has_pupil_number(text: Plain) -> bool:
    """A unique pupil number with the right check letter, or one that is called so."""
    return bool(_CALLED_PUPIL_NUMBER.search(text.numbers)) or any(
        map(_is_pupil_number, _PUPIL_NUMBER.findall(text.numbers))
    )


def has_national_insurance_number(text: Plain) -> bool:
    """Two letters, six digits and a letter from A to D, or a number that is called so."""
    return bool(
        _NATIONAL_INSURANCE_NUMBER.search(text.numbers)
        or _CALLED_NATIONAL_INSURANCE_NUMBER.search(text.numbers)
    )


def _is_nhs_number(text: str) -> bool:
    if re.fullmatch(r"\d\d(?: \d\d){4}", text):  # counts or weeks in a row
        return False
    digits = re.sub(r"\D", "", text)
    return len(set(digits)) > 1 and nhs.is_valid(digits)


def _is_pupil_number(text: str) -> bool:
    """By the check letter alone: stdnum's list of councils ends before those made since 2019."""
    number = re.sub(r"[^\dA-Z]", "", text.upper())
    try:
        return bool(number[0] == upn.calc_check_digit(number[1:]))
    except (ValidationError, ValueError, IndexError):
        return False
