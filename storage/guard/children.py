"""Words that single out one child or family without a name: 'Child A', 'Sibling 2', 'a Y9 pupil'."""

import re

from storage.guard.people_words import EACH
from storage.guard.plain import Plain

_LABELLED = (
    r"(?:child|children|pupils?|students?|siblings?|young (?:person|people)|yp|baby|twins?|mother|father|parents?"
    r"|family|families|victims?|suspects?|learners?|boy|girl|adult|person|subject|patient|client|perpetrator|brother"
    r"|sister)"
)
_NOT_A_LETTER = r"(?![\w\-/&]|'(?![s\W]|$)| ?&| (?:and|&) E\b| ?levels?\b| of E\b| ?=| [a-z]{2,9} (?:reader|talker|chance)\b)"
_CAPITAL = re.compile(
    rf"\b(?<!very )(?<!VERY )(?i:{_LABELLED})[ \-]?[\"'(]?(?:[A-HJ-Z]|I(?= ?[,.;)]|$)){_NOT_A_LETTER}"
)
_SMALL = re.compile(
    r"\b(?:child|pupil|student|sibling|young person|yp|twin|learner) [bcdfghjklmnpqrtuwxyz]"
    r"(?![\w\-/&']| ?levels?\b| ?=| \d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?<!per )(?<!each )(?<!every )(?<!\d )(?:child|pupil|sibling|yp|young person|baby|student|victim|suspect"
    r"|learner|twin) ?\d(?!\d| ?[:\-/%x&]|[ \-]?(?:to|in|of|or|st|nd|rd|th|per|days?|weeks?|hours?|years?|yrs?|months?"
    r"|mths?|adults?|staff|places?|sessions?|visits?|schools?|parents?|more|times?|yo)\b)"
    r"|\b(?<!per )family \d(?!\d|[ \-](?:hubs?|to|of|in|or|days?|weeks?)\b)",
    re.IGNORECASE,
)

_CHILD = r"(?:child|boy|girl|pupil|student|learner|lad|lass|youngster)"
_SCHOOL_YEAR = r"(?:year|yr|y) ?(?:\d{1,2}|R|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)\b"
#: What belongs to many: 'Year 9 pupil voice', 'Year 6 pupil premium'.
_OF_MANY = (
    r"(?! ?-|s\b|'?s? (?:voice|views?|surveys?|premium|numbers?|council|forum|parliament|groups?|panel|assembl|data"
    r"|lists?|places?|levels?|records?|workshops?|sessions?|leaders?|ambassadors?|events?|days?|leads?|mentors?"
    r"|attendance|population|cohort|counts?|body|work|referrals?|questionnaire|feedback|conference|intake|roll"
    r"|transition|visits?|outcomes?|wellbeing|health|focus|discussion|interviews?|responses?|returns?|absence)\b)"
)
_BEFORE = rf"(?<!\w)(?!{EACH}\b)\w{{1,12}}[ ,(]{{1,2}}"
_IN_A_YEAR = re.compile(
    rf"(?:^|{_BEFORE}){_SCHOOL_YEAR} (?:\w{{3,12}} )?{_CHILD}{_OF_MANY}(?!\w)"
    rf"|\b(?:a|one|the|this|that|another|our|1) (?:\w{{2,12}} )?{_CHILD}"
    rf" (?:who is |is |was |now |currently )?(?:in|from|of) {_SCHOOL_YEAR}"
    rf"|(?:^|{_BEFORE}){_CHILD} ?[(,] ?{_SCHOOL_YEAR}"
    rf"|\b(?:a|one|this|that) {_SCHOOL_YEAR} (?:who|is|was|has|with|missing|not)\b"
    r"|\b(?:a|the|one|this) (?:reception|nursery) (?:boy|girl|lad)\b",
    re.IGNORECASE,
)


def singles_out_a_child(text: Plain) -> bool:
    """Whether it labels one child or family, or speaks of one child of a school year."""
    return any(pattern.search(text.all) for pattern in (_CAPITAL, _SMALL, _NUMBERED, _IN_A_YEAR))
