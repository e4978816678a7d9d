"""References to one case: social care's, the police's, the courts'.

Shapes are from general knowledge of how such systems number: a reference is known by what stands before it,
save the family courts' and the police's own shapes.
"""

import re

from storage.guard.people_words import ABBREVIATION, ONE
from storage.guard.plain import MONTH, Plain

#: Letters and digits of one reference, without its last digits; with {1}, {2} or {3} it has one more digit.
_DIGITS = r"(?:[A-Z]{1,5}[\-/]?|(?!to|of|in|is|at|on|up|by|for|and|the|was|are)[A-Z]{1,3} )?\d(?:[\-/ ]?[A-Z]{0,3}[\-/ ]?\d)"
_NUMBER = r"(?:(?:number|num|no|nr|ref|reference|id)(?![a-z])|#)"
_IS = r"[ .:#=(\-]{0,4}(?:number |no\.? )?(?:(?:is|was) )?"

_CALLED = re.compile(
    rf"\b(?:crime|incident|custody|occurrence|log|cad|marac|lado|mash|ehcp?|eha|court)[ \-]?(?:case )?{_NUMBER}{_IS}{_DIGITS}{{1}}"
    rf"|(?<!this )(?<!that )(?<!any )(?<!in )\bcase[ \-]?{_NUMBER}{_IS}{_DIGITS}{{1}}"
    rf"|\b(?:contact|early help|sw|send|sen|cin|cp|cla|lac|yot|yjs|camhs|complaint) (?:ref|reference|id)(?![a-z]){_IS}{_DIGITS}{{2}}|\b(?:referral|client|person|pupil|patient|record|file|service user|hospital|episode|assessment|family"
    rf"|child|social care|childrens?'?s? services|systmone|rio|emis|mosaic|lcs|ehm|liquidlogic|carefirst|frameworki"
    rf"|capita|niche|athena|eclipse|azeus|connect|pnc|pt|su|home office|ho|probation|prison|noms|uln|unique learner)[ \-]?{_NUMBER}\b{_IS}{_DIGITS}{{2}}",
    re.IGNORECASE,
)
_TWO_YEARS = r"(?:19/20|20/21|21/22|22/23|23/24|24/25|25/26|26/27|27/28|28/29|29/30)"
_SYSTEM = re.compile(
    # a system's name and a number that is no year
    r"\b(?:lcs|mosaic|liquid ?logic|ehm|care ?first|frameworki|systmone|niche|athena|eclipse|azeus|merlin|ppn|vist|ics|crn|pnc(?:id)?|cris|uln|mrn)(?![a-z])"
    rf"(?: (?:record|case|file|occurrence|report|entry))?[ .:#\-/]{{0,3}}(?!20[23]\d\b){_DIGITS}{{3}}"
    r"|\bcad ?(?:no )?(?!20[23]\d\b)\d{3}"
    # a log is numbered within its day
    rf"|\b(?:cad|log|inc|incident)\.? ?(?:no\.? |number )?\d{{2,5}}(?:/| of | on | dated | )\d{{1,2}}"
    rf"(?:/\d| ?(?:st|nd|rd|th)?(?: of)? ?{MONTH})"
    # numbered within its year, which is not two years beside each other
    rf"|\b(?:case|lado|marac|mash|referral|crime|custody) (?!{_TWO_YEARS})\d{{1,6}}/\d\d(?!\d)"
    r"|\b(?:mash|eha|ehcp|complaint) \d{5}"
    r"|(?<![a-z\d])\d\d[a-z]{2}\d{7}(?![a-z\d])"
    r"|\b(?:crime|incident|occurrence|case|referral) ?(?!20[23]\d\b)[A-Z]{0,3}\d{5}"
    r"|\bmarac case (?!20[23]\d\b)\d\d",
    re.IGNORECASE,
)
_POLICE = re.compile(
    r"(?<![\d/])\d\d[A-Z]{0,2}/(?!20\d\d/)(?:[A-Z]{1,3}/)?\d{3,7}/\d\d(?![\d/])", re.IGNORECASE
)
_COURT = re.compile(
    r"(?<![A-Za-z\d])[A-Z]{2} ?\d\d ?[A-Z] ?\d{5}(?!\d)|(?<![a-z\d])[a-z]{2}\d\d[a-z]\d{5}(?!\d)"
)
_MEETING = (
    r"\b(?:strat(?:egy)?\.? (?:disc(?:ussion)?|meeting|mtg)|s\.? ?47|section 47|icpc|rcpc"
    r"|(?:child protection|cp|case) conf(?:erence)?|lac review|core (?:group|grp)|cin meeting|legal planning meeting)"
)
_SOMEBODY = (
    r"(?:for|about|re|regarding|concerning|on)[: ]{1,2}(?:(?P<initials>(?-i:[A-Z]{2}))\b"
    rf"|(?:(?:the|a|this|that|one) (?:\w{{2,10}} )?)?(?:{ONE}|family)\b"
    r"(?! (?:protection|sexual|criminal|exploitation|neglect|poverty|abuse|care|hubs?|help|voice))|him\b|her\b"
    r"|child [a-z]\b)"
)
#: A meeting about one child on a named day, in either order.
_MEETINGS = (
    re.compile(
        rf"{_MEETING}(?: \w{{2,9}}){{0,2}} ?(?:on |of )?\d{{1,2}}[^|;!?]{{1,20}}?\b{_SOMEBODY}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_MEETING} {_SOMEBODY}[^|;!?]{{0,20}} \d{{1,2}}(?:/\d|(?:st|nd|rd|th)? ?{MONTH})",
        re.IGNORECASE,
    ),
)


def has_case_reference(text: Plain) -> bool:
    """A reference to one case, or a meeting about one child on a named day."""
    if any(pattern.search(text.all) for pattern in (_CALLED, _SYSTEM, _POLICE, _COURT)):
        return True
    return any(
        not ABBREVIATION.fullmatch(meeting["initials"] or "")
        for pattern in _MEETINGS
        for meeting in pattern.finditer(text.all)
    )
