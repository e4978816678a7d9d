"""A text as the rules read it: one kind of space, dash, dot and digit, and nothing that nobody sees."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

#: Between the digits of one number, as people write it.
SEPARATOR = r"[ ._\-/]{0,3}"

MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"

#: Letters and marks that show as nothing: joiners, variants of emoji, fillers.
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\u20e3]")
_MARKS = str.maketrans("‘’\u00b4`\u2212•·\u2044", "''''-../")
#: The letters O, l and I typed for digits: O beside a digit and in no word, the others between digits.
_ZERO = re.compile(r"(?<![A-Za-z])[Oo]{1,4}(?=\d)|(?<=\d)[Oo]{1,4}(?![A-Za-z])")
_ONE = re.compile(r"(?<=\d)[lI](?=[ .\-]?\d)")

_DIGIT_WORDS = {
    "zero": "0",
    "oh": "0",
    "o": "0",
    "nought": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_REPEATS = {"double": 2, "treble": 3, "triple": 3}
_DIGIT_WORD = "|".join([*_DIGIT_WORDS, *_REPEATS])
#: A number read out: seven words or more in a row.
_READ_OUT = re.compile(rf"\b(?:(?:{_DIGIT_WORD})\b[ ,.\-]{{0,2}}){{7,30}}", re.IGNORECASE)

_HOUR = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_FOUR_DIGIT_TIME = r"(?:[01]\d|2[0-3])[0-5]\d"
#: What stands beside each other in ordinary sentences and would read as one long number.
_ORDINARY = re.compile(
    # days: 26/10/2026, 26.10.26, 2026-10-26
    r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1(?:\d{4}|\d\d)(?!\d)"
    r"|(?<!\d)\d{4}-\d\d-\d\d(?!\d)"
    # school years: 2026-27, 2026/2027
    r"|(?<!\d)20\d\d ?[/-] ?(?:20)?\d\d(?![\d/-])"
    # a LAESTAB, such as 330/2034
    r"|(?<![\w/])\d{3}/\d{4}(?![\w/])"
    # times: 9.30-11.00, 0800-1600
    rf"|(?<![\d.]){_HOUR} ?- ?{_HOUR}(?![\d.])"
    rf"|(?<![\d.-]){_FOUR_DIGIT_TIME} ?- ?{_FOUR_DIGIT_TIME}(?![ .-]?\d)"
    # schools and colleges by number
    r"|\b(?:ukprn|urn|laestab)s?\b[ :.]{0,3}\d{6,8}(?!\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Plain:
    """One text: with everything, and without days, times and schools' numbers, which become a stroke."""

    all: str
    numbers: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Read a text that somebody typed."""
        plain = unicodedata.normalize("NFKC", text)
        plain = "".join(map(_plain_mark, _UNSEEN.sub("", plain)))
        plain = " ".join(plain.translate(_MARKS).split())
        plain = _ONE.sub("1", _ZERO.sub(lambda found: "0" * len(found[0]), plain))
        plain = _READ_OUT.sub(_as_digits, plain)
        return cls(all=plain, numbers=_ORDINARY.sub("|", plain))


def _plain_mark(mark: str) -> str:
    if mark.isascii():
        return mark
    match unicodedata.category(mark):
        case "Cf":
            return ""
        case "Nd":
            return str(unicodedata.decimal(mark))
        case "Pd":
            return "-"
        case _:
            return mark


def _as_digits(found: re.Match[str]) -> str:
    digits, repeat = "", 1
    for word in re.findall(r"[a-z]+", found[0].lower()):
        if word in _REPEATS:
            repeat = _REPEATS[word]
        else:
            digits += _DIGIT_WORDS[word] * repeat
            repeat = 1
    return f"{digits} "
