"""Dates of birth: a day, month or year beside a word for being born."""

import re

from storage.guard.people_words import FEW, MANY
from storage.guard.plain import MONTH, Plain

_YEAR = r"(?:19|20)\d\d\b"
_DAY = (
    r"(?:\d{1,2}[./\-]\d{1,2}(?:[./\-]\d{2,4})?\b|\d{1,2} \d{1,2} \d{2,4}\b|\d{4}-\d\d-\d\d|\d{6}\b|\d{8}\b"
    rf"|(?:\d{{1,2}} ?(?:st|nd|rd|th)?|first|second|third|[a-z]{{3,8}}th|twenty[ \-][a-z]{{4,7}}|thirty[ \-]first)[ ./\-]?(?:of )?{MONTH}\b(?:,? \d{{4}}\b)?|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH}\.? {_YEAR})"
)
_LABEL = r"(?:\bd\.? ?o\.? ?b(?:'?s)?\b\.?|\bdates of birth(?=[ :]{1,2}\d{1,2}[./\-]\d)|\bdate of birth\b|\bbirth ?da(?:te|y)\b|\bb['\-]?day\b|\by\.?o\.?b\b|\b(?:year|month) of birth\b)"
_LABELLED = re.compile(
    rf"{_LABEL}[^\w|]{{0,3}}(?:(?:is|was|on|the|of|in|as|given|unknown|approx|circa|about|around|maybe)\b[ :]{{0,2}}){{0,3}}[ ,.]{{0,2}}(?:{_DAY}|{_YEAR})"
    rf"|{_DAY}[^\w|]{{0,3}}(?:(?:is|was|his|her|their|the|as|for) ){{0,3}}{_LABEL}",
    re.IGNORECASE,
)
_BORN = re.compile(
    rf"(?<!\w)(?:born\b(?! (?:out|of|from)\b)[^.;!?|]{{1,25}} on {_DAY}|(?:baby|child|twins) (?:is |are )?due (?:on |in )?{_DAY}|born\b[ :,]{{0,2}}(?:(?:on|in|the|around|about|early|late|mid)\b ?){{0,2}}"
    rf"(?:{_DAY}|{_YEAR}|yesterday|today|last (?:week|month|night)|[a-z]{{3,6}}day\b|\w{{1,8}} (?:day|week|month|year)s? ago)|\(?b\. ?(?:{_DAY}|{_YEAR})|\(b {_YEAR}|b \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})",
    re.IGNORECASE,
)
#: Births that are nobody's: those of a year group, or of an idea.
_OF_MANY_OR_NONE = re.compile(
    r"\b(?:children|babies|infants|pupils|people|those|anyone|everyone|cohort|all"
    r"|idea|forum|group|network|project|scheme|programme|partnership|work|approach|plan|hub|team|board|campaign"
    r"|offer|model|pilot|it) (?:(?:who|that|which|was|were|is|are) ){0,2}$",
    re.IGNORECASE,
)


_OF_FEW = re.compile(
    rf"\b{FEW} (?:\w{{2,12}} )?{MANY} (?:(?:who|that|were|are) ){{0,2}}$", re.IGNORECASE
)
_TO_A_DAY = re.compile(r" ?(?:to|-) ?\d")


def has_date_of_birth(text: Plain) -> bool:
    """A date that is called one, or somebody who was born then; a year group's or an idea's birth passes."""
    if _LABELLED.search(text.all):
        return True
    return any(
        _is_of_one(text.all[max(0, born.start() - 40) : born.start()], text.all[born.end() :][:5])
        for born in _BORN.finditer(text.all)
    )


def _is_of_one(before: str, after: str) -> bool:
    if _OF_FEW.search(before):
        return True
    return not (_OF_MANY_OR_NONE.search(before) or _TO_A_DAY.match(after))
