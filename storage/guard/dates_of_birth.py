"""Dates of birth: a day, month or year beside a word for being born."""

import re

from storage.guard.people_words import FEW, MANY
from storage.guard.plain import MONTH, Plain

_YEAR = r"(?:19|20)\d\d\b"
_NTH = r"(?:\d{1,2} ?(?:st|nd|rd|th)?|first|second|third|[a-z]{3,8}th|twenty[ \-][a-z]{4,7}|thirty[ \-]first)"
_DAY = "|".join(
    [
        r"\d{1,2}[./\-]\d{1,2}(?:[./\-]\d{2,4})?\b",  # 4/6/12, 04.06.2012, 4/6
        r"\d{1,2} \d{1,2} \d{2,4}\b",
        r"\d{4}-\d\d-\d\d|\d{6}\b|\d{8}\b",
        # 4 June 2012, 4th of June, fourth of June, 4-Jun-12
        rf"{_NTH}[ ./\-]?(?:of )?{MONTH}\b(?:,? \d{{4}}\b)?",
        rf"{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH}\.? {_YEAR}",
    ]
)
_LABEL = "|".join(
    [
        r"\bd\.? ?o\.? ?b(?:'?s)?(?![a-z])\.?|\by\.?o\.?b\b|\bedd\b",
        r"\bdate of birth\b|\bdates of birth(?=[ :]{1,2}\d{1,2}[./\-]\d)|\b(?:year|month) of birth\b",
        r"\bbirth ?da(?:te|y)\b|\bb['\-]?day\b",
    ]
)
_LABELLED = re.compile(
    rf"(?:{_LABEL})[^\w|]{{0,3}}"
    r"(?:(?:is|was|on|the|of|in|as|given|unknown|approx|circa|about|around|maybe)\b[ :]{0,2}){0,3}[ ,.]{0,2}"
    rf"(?:{_DAY}|{_YEAR})"
    rf"|(?:{_DAY})[^\w|]{{0,3}}(?:(?:(?:is|was|his|her|their|the|as|for) ){{0,3}}(?:{_LABEL})|\(born\b)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\bborn\b[ :,]{0,2}(?:(?:on|in|the|around|about|early|late|mid)\b ?){0,2}"
    rf"(?:{_DAY}|{_YEAR}|\d{{1,2}}(?:st|nd|rd|th)\b|yesterday|today|last (?:week|month|night)|[a-z]{{3,6}}day\b"
    r"|\w{1,8} (?:day|week|month|year)s? ago)"
    rf"|\bborn\b(?! (?:out|of|from)\b)[^.;!?|]{{1,25}} on (?:{_DAY})"
    rf"|\b(?:baby|child|twins) (?:is |are )?due (?:on |in )?(?:{_DAY}|{MONTH}\b)"
    rf"|(?<!\w)\(?b[.:] ?(?:{_DAY}|{_YEAR})|\(b {_YEAR}|\bb \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}",
    re.IGNORECASE,
)
#: Births that are nobody's: those of a year group, or of an idea.
_OF_MANY_OR_NONE = re.compile(
    r"\b(?:children|babies|infants|pupils|people|those|anyone|everyone|cohort|all|idea|forum|group|network|project"
    r"|scheme|programme|partnership|work|approach|plan|hub|team|board|campaign|offer|model|pilot|it)"
    r" (?:(?:who|that|which|was|were|is|are) ){0,2}$",
    re.IGNORECASE,
)
_OF_FEW = re.compile(
    rf"\b{FEW} (?:\w{{2,12}} )?{MANY} (?:(?:who|that|were|are) ){{0,2}}$", re.IGNORECASE
)
#: 'Born 1 September 2021 to 31 August 2022' is a year group.
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
