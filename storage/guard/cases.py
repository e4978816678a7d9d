"""References to one case: social care's, the police's, the courts', a school's.

Shapes are from general knowledge of how such systems number: a reference is known by what stands before it,
save the family courts' and the police's own shapes.
"""

import re

from storage.guard.people_words import ABBREVIATION, ONE
from storage.guard.plain import MONTH, Plain

#: Letters and digits of one reference, all but the last digit; `{n}` behind it makes n more.
_DIGITS = (
    r"(?:[A-Z]{1,5}[\-/]?|(?!to|of|in|is|at|on|up|by|for|and|the|was|are)[A-Z]{1,3} )?"
    r"\d(?:[\-/ ]?[A-Z]{0,3}[\-/ ]?\d)"
)
_NUMBER = r"(?:(?:number|num|no|nr|ref|reference|id)(?![a-z])|#)"
_IS = r"[ .:#=(\-]{0,4}(?:number |no\.? )?(?:(?:is|was) )?"
_NO_YEAR = r"(?!20[23]\d\b)"
_NO_COUNT = r"(?!\d{1,6} (?:children|contacts|calls|cases|referrals|records|pupils|people|families|checks|schools)\b)"
_TWO_YEARS = r"(?:19/20|20/21|21/22|22/23|23/24|24/25|25/26|26/27|27/28|28/29|29/30)"

_SYSTEMS = (
    r"(?:lcs|mosaic|liquid ?logic|ll|ehm|care ?first|caredirector|frameworki|systmone|eclipse|azeus|ics|cpoms|myconcern"
    r"|niche|athena|merlin|ppn|vist|cris|pnc(?:id)?|crn|cafcass|uln|mrn)"
)
#: With a word for a number, these stop from two digits on.
_CALLED_TO_BE_ONE = (
    r"(?:crime|incident|custody|occurrence|occ|ois|log|cad|investigation|marac|lado|mash|ehcp?|ehc plan|eha|court|sar"
    r"|rapid review|l?cspr|nrm|prevent|channel|enquiry|complaint)"
)
#: And these from three on: 'child no 12' and 'family number 20' are counts.
_CALLED_ITS_NUMBER = (
    r"(?:referral|client|person|pupil|patient|record|file|service user|hospital|episode|assessment|family|child(?:'s)?"
    r"|social care|childrens?'?s? services|rio|emis|sims|arbor|capita|connect|pt|su|home office|ho|passport|probation"
    r"|prison|noms|unique learner)"
)
_CALLED = re.compile(
    rf"\b{_CALLED_TO_BE_ONE}[ \-]?(?:case )?{_NUMBER}{_IS}{_DIGITS}{{1}}"
    rf"|(?<!this )(?<!that )(?<!any )(?<!in )\bcase[ \-]?{_NUMBER}{_IS}{_DIGITS}{{1}}"
    rf"|\b(?:{_CALLED_ITS_NUMBER}|{_SYSTEMS})[ \-]?{_NUMBER}{_IS}{_DIGITS}{{2}}"
    r"|\b(?:contact|early help|sw|send?2?|cin|cp|cla|lac|yot|yjs|camhs) (?:ref|reference|id)(?![a-z])"
    rf"{_IS}{_DIGITS}{{2}}",
    re.IGNORECASE,
)
_UNCALLED = re.compile(
    # a system's name and a number that is no year
    rf"\b{_SYSTEMS}(?![a-z])(?: (?:record|case|file|occurrence|report|entry|person|episode|client))?"
    rf"[ .:#\-/]{{0,3}}(?:is |was )?{_NO_YEAR}{_NO_COUNT}(?!\d{{1,2}}/\d{{1,2}}/){_DIGITS}{{3}}"
    rf"|\bcad ?(?:no )?{_NO_YEAR}\d{{3}}"
    # a log is numbered within its day
    rf"|\b(?:cad|log|inc|incident|ois)\.? ?(?:no\.? |number )?\d{{2,5}}(?:/| of | on | dated | )\d{{1,2}}"
    rf"(?:/\d| ?(?:st|nd|rd|th)?(?: of)? ?{MONTH})"
    # numbered within its year, which is not two years beside each other
    rf"|\b(?:case|lado|marac|mash|referral|crime|custody) (?!{_TWO_YEARS})\d{{1,6}}/\d\d(?!\d)"
    # numbers longer than counts are
    rf"|\b(?:mash|eha|ehcp|complaint|client|su|enquiry) {_NO_COUNT}\d{{5}}"
    rf"|\b(?:crime|incident|occurrence|case|referral) ?{_NO_YEAR}{_NO_COUNT}[A-Z]{{0,3}}\d{{5}}"
    rf"|\bmarac case {_NO_YEAR}\d\d",
    re.IGNORECASE,
)
_POLICE = re.compile(
    # 20/12345/26, 20DR/12345/26, 6012345/26, 20DR1234526
    r"(?<![\d/\-])\d\d[A-Z]{0,2}(?P<by>[/\-])(?!20\d\d[/\-])(?:[A-Z]{1,3}[/\-])?\d{3,7}(?P=by)\d\d(?![\d/\-])"
    r"|(?<![\d/])\d{6,8}/2\d(?![\d/])"
    r"|(?<![a-z\d])(?:urn ?)?\d\d[a-z]{2}\d{7}(?![a-z\d])",
    re.IGNORECASE,
)
_COURT = re.compile(
    # FD26P00123
    r"(?<![A-Za-z\d])[A-Z]{2}[ /\-]?\d\d[ /\-]?[A-Z][ /\-]?\d{5}(?!\d)"
    r"|(?<![a-z\d])[a-z]{2}\d\d[a-z]\d{5}(?!\d)"
)

_MEETING = (
    r"\b(?:strat(?:egy)?\.? (?:disc(?:ussion)?|meeting|mtg)|s\.? ?(?:17|20|47)|section (?:17|20|47)|icpc|rcpc"
    r"|(?:child protection|cp|case) conf(?:erence)?|lac review|core (?:group|grp)|cin (?:meeting|visit|review)"
    r"|legal planning meeting|plo meeting|taf)"
)
_SOMEBODY = (
    r"(?:for|about|re|regarding|concerning|on|to)[: ]{1,2}(?:(?P<initials>(?-i:[A-Z]{2}))\b"
    rf"|(?:(?:the|a|this|that|one) (?:\w{{2,10}} )?)?(?:{ONE}|family)\b"
    r"(?! (?:protection|sexual|criminal|exploitation|neglect|poverty|abuse|care|hubs?|help|voice))|him\b|her\b"
    r"|child [a-z]\b)"
)
#: A meeting about one child on a named day, in either order.
_MEETINGS = (
    re.compile(
        rf"{_MEETING}(?: \w{{2,10}}){{0,3}} ?(?:on |of )?\d{{1,2}}[^|;!?]{{1,20}}?\b{_SOMEBODY}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_MEETING} {_SOMEBODY}[^|;!?]{{0,20}} \d{{1,2}}(?:/\d|(?:st|nd|rd|th)? ?{MONTH})",
        re.IGNORECASE,
    ),
)


def has_case_reference(text: Plain) -> bool:
    """A reference to one case, or a meeting about one child on a named day."""
    if any(pattern.search(text.all) for pattern in (_CALLED, _UNCALLED, _POLICE, _COURT)):
        return True
    return any(
        not ABBREVIATION.fullmatch(meeting["initials"] or "")
        for pattern in _MEETINGS
        for meeting in pattern.finditer(text.all)
    )
