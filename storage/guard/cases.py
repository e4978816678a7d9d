"""References to one case: social care's, the police's, the courts'.

Shapes are from general knowledge of how such systems number: a reference is known by what stands before it,
save the family courts' and the police's own shapes.
"""

import re

from storage.guard.people_words import ONE
from storage.guard.plain import Plain

#: Letters and digits of one reference, without its last digits; with {1}, {2} or {3} it has one more digit.
_DIGITS = r"(?:[A-Z]{1,5}[ \-/]?)?\d(?:[\-/ ]?[A-Z]{0,3}[\-/ ]?\d)"
_NUMBER = r"(?:(?:number|num|no|nr|ref|reference|id)(?![a-z])|#)"
_IS = r"[ .:#=(\-]{0,4}(?:number |no\.? )?(?:(?:is|was) )?"

_CALLED = re.compile(
    rf"\b(?:crime|incident|custody|occurrence|log|cad|marac|lado|mash|ehcp?|eha|court)[ \-]?(?:case )?{_NUMBER}{_IS}{_DIGITS}{{1}}"
    rf"|(?<!this )(?<!that )(?<!any )(?<!in )\bcase[ \-]?{_NUMBER}\b{_IS}{_DIGITS}{{2}}"
    rf"|\bcontact (?:ref|reference|id){_IS}{_DIGITS}{{2}}|\b(?:referral|client|person|pupil|patient|record|file|service user|hospital|episode|assessment|family"
    rf"|child|social care|childrens?'?s? services|systmone|rio|emis|mosaic|lcs|ehm|liquidlogic|carefirst|frameworki"
    rf"|capita|niche|athena|eclipse|azeus|connect|pnc|pt|su|home office|ho|uln|unique learner)[ \-]?{_NUMBER}\b{_IS}{_DIGITS}{{2}}",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    # a system's name and a number that is no year
    r"\b(?:lcs|mosaic|liquid ?logic|ehm|care ?first|frameworki|systmone|niche|athena|eclipse|azeus|merlin|ppn|vist|ics|crn|pnc(?:id)?|cris|uln|mrn)"
    rf"(?: (?:record|case|file|occurrence|report|entry))?[ .:#\-/]{{0,3}}(?!20[23]\d\b){_DIGITS}{{3}}"
    r"|\bcad ?(?:no )?(?!20[23]\d\b)\d{3}|\b(?:cad|log) ?(?:no )?\d{1,5} ?(?:/|of|on) ?\d{1,2}"
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
#: A meeting about one child on a named day.
_MEETING = re.compile(
    r"(?i:\b(?:strat(?:egy)?\.? (?:disc(?:ussion)?|meeting|mtg)|s\.? ?47|section 47|icpc|rcpc|(?:child protection|cp|case) conference|lac review"
    r"|core group|cin meeting|legal planning meeting)(?: \w{2,9}){0,2} ?(?:on |of )?\d{1,2}[^|;!?]{1,20}?"
    rf"\b(?:for|about|re|regarding|concerning)[: ]{{1,2}})(?:[A-Z]{{2}}(?![\w])|(?i:(?:(?:the|a|this|that|one) (?:\w{{2,10}} )?)?"
    rf"(?:{ONE}|family)\b(?! (?:protection|sexual|criminal|exploitation|neglect|poverty|abuse|care|hubs?|help|voice))|him\b|her\b|child [a-z]\b))",
)


def has_case_reference(text: Plain) -> bool:
    """A reference to one case, or a meeting about one child on a named day."""
    return any(
        pattern.search(text.all) for pattern in (_CALLED, _SYSTEM, _POLICE, _COURT, _MEETING)
    )
