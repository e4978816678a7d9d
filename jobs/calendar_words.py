"""What the name of an event in a school calendar says. Pure.

A name never decides which break an event is, for councils name one break in many ways; it decides only
whether pupils are in school. Which break it is follows from the date.
"""

import re
from enum import Enum, auto

SPAN = 3  # an event of so many days is a time; a shorter one can be a mark, such as the last day
_LONGEST_HALF_TERM = 23  # a longer ‘Half term 1’ is half a term of teaching
_SHORTEST_TERM = 10  # a shorter ‘Term 1 assessments’ says nothing about the term


class Meaning(Enum):
    """What an event says about pupils."""

    CLOSED = auto()
    INSET = auto()
    TERM = auto()
    TERM_STARTS = auto()
    TERM_ENDS = auto()
    BREAK_STARTS = auto()
    BREAK_ENDS = auto()
    NOTHING = auto()


_OTHER_THINGS = re.compile(
    r"\b(?:clubs?|camps?|deadlines?|applications?|admissions?|bookings?|consultations?|trips?|payments?"
    r"|closing date|twilights?|meetings?|exams?|homework|offer day|parents evening)\b"
)
_INSET = re.compile(
    r"\b(?:inset|insets|in service|training days?|non pupil|pupil free|pd days?|cpd|professional development"
    r"|development days?|baker days?|staff (?:only|day|days|return\w*|training|development)"
    r"|teachers? (?:day|days|return\w*|training))\b"
)
_BANK_HOLIDAY = re.compile(r"\b(?:bank holidays?|may day|public holidays?)\b")
#: ‘First half of autumn term’, ‘second half term’ and ‘half term 1’ can be times of teaching.
_HALF_OF_TERM = re.compile(
    r"\b(?:first|second|1st|2nd) half (?:of (?:the )?)?(?:\w+ )?term\b|\bhalf term (?=[1-6]\b)"
)
_HOLIDAY = re.compile(r"\b(?:half terms?|holidays?|breaks?(?! up| time)|vacation)\b")
_CLOSED = re.compile(r"\b(?:closed|closure|occasional days?)\b")
_TERM = re.compile(
    r"\b(?:first|second|1st|2nd) half (?:of (?:the )?)?(?:\w+ )?term\b|\bhalf term (?=[1-6]\b)"
)
_BREAK = re.compile(
    r"\b(?:half terms?|holidays?|breaks?(?! up| time)|vacation|closed|closure|occasional days?)\b"
)
_TERM = re.compile(r"\b(?:terms?|(?:autumn|spring|summer) [12])\b")
_PUPILS = re.compile(r"\b(?:pupils?|students|children|schools?)\b")
_RETURN = re.compile(r"\b(?:return\w*|back|re ?open\w*|resum\w*|first day after)\b")
_BREAK_UP = re.compile(
    r"\b(?:break(?:s|ing)? up|(?<!half )term (?:\d )?ends|closes|finish\w*|last day before|last school day"
    r"|last day (?:of|for) (?:all )?(?:the )?(?:pupils|students|children|school|(?!half)(?:\w+ )?term))\b"
)
_START = re.compile(r"\b(?:starts?|starting|begins?|beginning|commences?|first day)\b")
_END = re.compile(r"\b(?:ends?|ending|last day)\b")
_SCHOOL_EDGE = re.compile(
    r"\b(?:first|last) day of school\b|\b(?:schools?|pupils?|students|children) (?:starts?|begins?|ends?)\b"
)


def meaning(name: str, *, days: int) -> Meaning:
    """What an event with this name and so many days says."""
    words = " ".join(re.findall(r"\w+", name.casefold().replace("’", "").replace("'", "")))
    if _OTHER_THINGS.search(words):
        return Meaning.NOTHING
    if _INSET.search(words) and not (days >= SPAN and _HOLIDAY.search(words)):
        return Meaning.INSET
    if days < SPAN and _BANK_HOLIDAY.search(words):
        return Meaning.NOTHING
    if days >= SPAN and days <= _LONGEST_HALF_TERM and re.search(r"\bhalf terms?\b", words):
        return Meaning.TERM if _RETURN.search(words) else Meaning.CLOSED
    words = _HALF_OF_TERM.sub("term ", words)
    return _time(words, days) if days >= SPAN else _mark(words)


def _time(words: str, days: int) -> Meaning:
    edge = _mark(words)
    if edge is Meaning.TERM_STARTS or (_TERM.search(words) and _both_edges(words)):
        return Meaning.TERM
    if edge is Meaning.TERM_ENDS or _is_rest(words):
        return Meaning.CLOSED  # six-term calendars call the whole break ‘End of term 1’
    return Meaning.TERM if _TERM.search(words) and days >= _SHORTEST_TERM else Meaning.NOTHING


def _mark(words: str) -> Meaning:
    rest = _is_rest(words)
    term = bool(_TERM.search(words))
    if term or rest or _PUPILS.search(words):
        if _RETURN.search(words):
            return Meaning.TERM_STARTS
        if _BREAK_UP.search(words):
            return Meaning.TERM_ENDS
    if rest:
        return _edge(words, Meaning.BREAK_STARTS, Meaning.BREAK_ENDS, otherwise=Meaning.CLOSED)
    if term or _SCHOOL_EDGE.search(words):
        return _edge(words, Meaning.TERM_STARTS, Meaning.TERM_ENDS, otherwise=Meaning.NOTHING)
    return Meaning.NOTHING


def _is_rest(words: str) -> bool:
    return bool(_HOLIDAY.search(words) or _CLOSED.search(words))


def _edge(words: str, starts: Meaning, ends: Meaning, *, otherwise: Meaning) -> Meaning:
    if _START.search(words):
        return starts
    return ends if _END.search(words) else otherwise


def _both_edges(words: str) -> bool:
    return bool(_START.search(words) and _END.search(words))
