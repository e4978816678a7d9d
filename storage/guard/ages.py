"""Ages: one person's is stopped, a year group's or a policy's passes.

'A 7-year-old', 'aged 7', 'JS, 14', 'son (9)', 'she is 14' are one person's. '11 to 16 year olds',
'children aged 5 to 11', 'until age 25' and 'a 7-year-old protocol' are not.
"""

import re
from collections.abc import Callable

from storage.guard.people_words import ABBREVIATION, EACH, FEW, MANY, NUMBER, ONE, THING
from storage.guard.plain import Plain

#: How far around an age its meaning is looked for.
_NEAR = 40

_YEARS_OLD = re.compile(
    rf"(?<![\w£$.,/])(?:\d{{1,2}}(?:\.\d| 1/2)|{NUMBER})[ \-]{{0,2}}"
    r"(?:(?:years?|yrs?|y)[ \-./]{0,2}(?:old(?P<olds>s)?|o(?P<os>s)?)|(?:years?|yrs?) of age)\b",
    re.IGNORECASE,
)
_MONTHS_OLD = re.compile(
    rf"(?<![\w£$.,/]){NUMBER}[ \-]?(?:month|mth|week|wk|day)(?P<plural>s?)[ \-]?old\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    rf"\baged[ :]{{0,2}}(?:about |just |only |nearly |around |approx\.? |approximately )?{NUMBER}(?!\d)(?! ?%)",
    re.IGNORECASE,
)
_OF_AGE = re.compile(
    rf"\b(?:{ONE} (?:is |was |of |at )?age|(?-i:[A-Z]{{2}}),? age) ?{NUMBER}\b|\b{ONE}, age {NUMBER}\b"
    rf"|\bage(?: of child)? ?[:=\-] ?{NUMBER}(?!\d)|\b(?:his|her|their|'s) age is {NUMBER}\b"
    rf"|(?:^|[.;!] )age,? {NUMBER}(?=,|;|$)",
    re.IGNORECASE,
)
_AGE_ALONE = re.compile(rf"\bage {NUMBER}(?= (?:and|who)\b)", re.IGNORECASE)
#: What goes on about one person: no unit, no share, no 'of 12'.
_SAID_OF_ONE = (
    r"(?= ?(?:$|[,.;)!?]|:(?!\d)"
    r"|(?:and|at|in|now|but|years?|yrs?|months?|with|who|when|since|next|on|so|today|soon)\b))"
)
_IS_AN_AGE = re.compile(
    rf"\b(?:(?:he|she)(?:'?s|'ll be| is| was| just| has| only| will be)|{ONE} (?:is|was|just|turned|turns)"
    r"|who(?:'s| is| was| turned))"
    rf"(?: (?:just|only|about|nearly|almost|now|turned|turning|around)){{0,2}} {NUMBER}\b(?![.,]\d){_SAID_OF_ONE}"
    rf"|\b(?:he|she) turn(?:s|ed) {NUMBER}\b|\bat 1[3-8],? (?:he|she)\b|\bturns 1?\d (?:in|on)\b"
    rf"|\bjust (?:turned|gone) {NUMBER}\b{_SAID_OF_ONE}"
    rf"|\b(?:child|boy|girl|lad|lass|pupil|student|teenager|youth|kid|youngster|toddler|young person|yp) of {NUMBER}\b"
    r"(?! ?(?:to|-|or|%|per|of|days?|weeks?|hours?|schools?)\b)(?! ?[%\-])"
    rf"|\b(?!male|female){ONE} {NUMBER} ?(?:yrs?|years)?\b(?![.,]\d){_SAID_OF_ONE}",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    rf"\bage {NUMBER} {ONE}\b(?!s)|\b{NUMBER} ?(?:y|yrs?)\.? (?:boy|girl|lad|lass|male|female|son|daughter)\b(?!s)"
    rf"|\b{ONE}(?:,| ?\() ?(?:age )?{NUMBER} ?(?:yrs?|years|months|mths|m|f)?(?=[),.;]|$| ?(?:and|&) \d)"
    rf"|\b{FEW} {MANY}(?:,| ?\() ?(?:aged? )?{NUMBER} ?(?:,|and|&) ?{NUMBER}\b"
    rf"|\b(?:siblings|sibs|brothers|sisters|twins) {NUMBER} ?(?:,|and|&) ?{NUMBER}\b"
    rf"|\b{ONE}(?:,| ?\() ?(?:m|f|male|female)[, ]{{1,2}}{NUMBER}\b",
    re.IGNORECASE,
)
_WITH_SEX = re.compile(
    r"(?<![\w£$.,])(?<!room )(?<!class )(?<!form )(?<!block )(?<!flat )(?<!unit )(?:1?\d)[FM]\b"
    r"(?= (?:missing|with|known|seen|was|is|has|not|from)\b)"
    r"|(?<![\w/])(?:[FMfm]/1?\d|1?\d/[FMfm])(?![\w/])"
)
_BIRTHDAY = re.compile(
    r"(?<!/)(?<!or )\b(?:his|her) \d{1,2}(?:st|nd|rd|th) birthday", re.IGNORECASE
)
_INITIALS = re.compile(
    r"(?<![\w&/.])(?P<initials>[A-Z]\.?[ ]?[A-Z]\b\.?|[A-Z]?[a-z]{1,2}(?= ?\()|[b-df-hj-np-tv-xz]{2}(?=,))"
    r"(?P<gap> ?[,(\-] ?| )1?\d(?P<unit> ?(?:yrs?|years|y/?o|m\b|f\b))?"
    r"(?= - | ?(?:$|[),.;!?]|(?:and|is|was|has|not|who|from|in|at|lives|with|went|did)\b))",
)
_RANGE_BEFORE = re.compile(r"(?:\d|\w{2}(?:ee|ur|ve|ix|en|ht|ne)) ?(?:to|-) ?$", re.IGNORECASE)
_LIST_BEFORE = re.compile(
    r"(?:\d|\w{2}(?:ee|ur|ve|ix|en|ht|ne|wo)) ?(?:,|/|&|and|or) ?$", re.IGNORECASE
)
_FEW_BEFORE = re.compile(rf"\b{FEW} (?:(?!and|or|to)\w{{2,12}} )?$", re.IGNORECASE)
_EACH_BEFORE = re.compile(rf"\b{EACH} (?:\w{{2,12}} )?$", re.IGNORECASE)
_LIMIT_BEFORE = re.compile(
    r"\b(?:under|over|below|above|from|to|until|till|by|at|before|after|than|least|are|were|turn|between|minimum|pension)[ \-]$",
    re.IGNORECASE,
)
_RANGE_AFTER = re.compile(
    r" ?(?:years?|yrs?|months?|weeks?)? ?(?:to\b|-|\+|plus\b|(?:and|or) (?:over|above|under|up|older|younger|below)\b)",
    re.IGNORECASE,
)
_MANY_AFTER = re.compile(rf"[ \-](?:\w{{2,12}} )?{MANY}\b", re.IGNORECASE)
_SIBLINGS_AFTER = re.compile(r"[ \-](?:twins?|siblings|brothers|sisters|sibs)\b", re.IGNORECASE)
_THING_AFTER = re.compile(rf"[ \-](?:\w{{2,14}} )?{THING}\b", re.IGNORECASE)
_THING_BEFORE = re.compile(rf"\b{THING}(?:'s)? (?:\w{{2,12}} ){{0,2}}$", re.IGNORECASE)
_MANY_BEFORE = re.compile(rf"\b{MANY} (?:(?:who|are|were|is|of) ){{0,2}}$", re.IGNORECASE)
_FEW_OF_MANY_BEFORE = re.compile(rf"\b{FEW} (?:\w{{2,12}} )?{MANY} ", re.IGNORECASE)
_CHILD_NEAR = re.compile(
    r"\b(?:bab(?:y|ies)|infant|twins?|newborn|child|boy|girl|son|daughter|brother|sister)\b",
    re.IGNORECASE,
)


def has_age_of_one(text: Plain) -> bool:
    """Whether it gives the age of one person."""
    plain = text.all
    if any(pattern.search(plain) for pattern in (_BIRTHDAY, _WITH_SEX)):
        return True
    return any(
        is_one(
            plain[max(0, found.start() - _NEAR) : found.start()],
            found,
            plain[found.end() :][:_NEAR],
        )
        for pattern, is_one in _CANDIDATES
        for found in pattern.finditer(plain)
    )


def _years_old_of_one(before: str, found: re.Match[str], after: str) -> bool:
    if _FEW_OF_MANY_BEFORE.search(before) or _SIBLINGS_AFTER.match(after):
        return True
    if _FEW_BEFORE.search(before) and (found["olds"] or _MANY_AFTER.match(after)):
        return True
    if found["olds"] or found["os"] or _RANGE_BEFORE.search(before) or _MANY_AFTER.match(after):
        return False
    if _EACH_BEFORE.search(before) or _LIMIT_BEFORE.search(before) or _LIST_BEFORE.search(before):
        return False
    if _RANGE_AFTER.match(after) or _MANY_BEFORE.search(before):
        return False
    return not (_THING_AFTER.match(after) or _THING_BEFORE.search(before))


def _months_old_of_one(before: str, found: re.Match[str], after: str) -> bool:
    if not found["plural"] and not _THING_AFTER.match(after):
        return not _THING_BEFORE.search(before)
    return bool(_CHILD_NEAR.search(before[-25:]) or _CHILD_NEAR.search(after[:20]))


def _aged_of_one(before: str, _found: re.Match[str], after: str) -> bool:
    if _RANGE_AFTER.match(after):
        return False
    if _FEW_OF_MANY_BEFORE.search(before):
        return True
    return not (
        _MANY_BEFORE.search(before) or _LIMIT_BEFORE.search(before) or _EACH_BEFORE.search(before)
    )


def _of_one(before: str, _found: re.Match[str], after: str) -> bool:
    return not (_EACH_BEFORE.search(before) or _RANGE_AFTER.match(after))


def _of_initials(_before: str, found: re.Match[str], _after: str) -> bool:
    letters = re.sub(r"[^A-Z]", "", found["initials"].upper())
    is_apart = bool(found["unit"] or found["gap"].strip() or "." in found["initials"])
    return is_apart and len(letters) > 1 and not ABBREVIATION.fullmatch(letters)


_CANDIDATES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str], str], bool]], ...] = (
    (_YEARS_OLD, _years_old_of_one),
    (_MONTHS_OLD, _months_old_of_one),
    (_AGED, _aged_of_one),
    (_AGE_ALONE, _aged_of_one),
    (_OF_AGE, _of_one),
    (_IS_AN_AGE, _of_one),
    (_IN_BRACKETS, _of_one),
    (_INITIALS, _of_initials),
)
