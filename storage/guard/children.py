"""Words that single out one child or family without a name: 'Child A', 'Sibling 2', 'a Y9 pupil', 'pupil RT'."""

import re

from storage.guard.people_words import ABBREVIATION, EACH
from storage.guard.plain import Plain

_LABELLED = (
    r"(?:child|children|pupils?|students?|siblings?|sibs?|young (?:person|people)|yp|baby|twins?|mother|father|mum|dad"
    r"|parents?|family|families|victims?|suspects?|learners?|boy|girl|adult|person|subject|patient|client|perpetrator"
    r"|brother|sister|unborn|carer|grandmother|grandfather|survivor|witness|teacher|headteacher|staff member|worker"
    r"|officer)"
)
#: What makes the letter another word's: 'child A&E attendance', 'A levels', 'Every Child a Reader'.
_NOT_A_LETTER = (
    r"(?![\w/&]|-(?![A-H]\b)|'(?![s\W]|$)| ?&| (?:and|&) E\b| ?levels?\b| of E\b| to Z\b| ?="
    r"| [a-z]{2,9} (?:reader|talker|chance)\b)"
)
_LETTER = re.compile(
    rf"\b(?<!very )(?<!VERY )(?i:{_LABELLED})[ \-]?[\"'(]?(?:[A-HJ-Z]|I(?= ?[,.;)]|$)){_NOT_A_LETTER}"
    rf"|\b(?:[Cc]h\.?|[Ff]am|[Yy]oung [Pp]|Mrs?\.?|Ms\.?|Miss|Case|(?:[Mm]other|[Ff]ather|[Mm]um|[Dd]ad|[Cc]arer) of) [A-HJ-Z]{_NOT_A_LETTER}(?! ?\.?[A-Z])"
    r"|\bChild a(?= ?(?:$|[,.;)]|'s))"
)
_SMALL_LETTER = re.compile(
    r"\b(?:child|pupil|student|sibling|young person|yp|twin|learner) [bcdfghjklmnpqrtuwxyz]"
    r"(?![\w\-/&']| ?levels?\b| ?=| \d)",
    re.IGNORECASE,
)
#: What makes the number a count: 'child 1 to 1', 'pupil 2 days'.
_NOT_A_NUMBER = (
    r"(?!\d| ?[:\-/%x&]|[ \-]?(?:to|in|of|or|st|nd|rd|th|per|days?|weeks?|hours?|years?|yrs?|months?|mths?|adults?"
    r"|staff|places?|sessions?|visits?|schools?|parents?|more|times?|yo|hubs?)\b)"
)
_NUMBERED = re.compile(
    r"\b(?<!per )(?<!each )(?<!every )(?<!\d )(?:child|pupil|sibling|yp|young person|baby|student|victim|suspect"
    rf"|learner|twin|family) ?\d{_NOT_A_NUMBER}",
    re.IGNORECASE,
)

_CHILD = r"(?:child|boy|girl|pupil|student|learner|lad|lass|youngster|brother|sister|sibling|son|daughter)"
_SCHOOL_YEAR = r"(?:year|yr|y) ?(?:\d{1,2}|R|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)\b"
#: What belongs to many: 'Year 9 pupil voice', 'Year 6 pupil premium'.
_OF_MANY = (
    r"(?! ?[\-/]|s\b|'?s? (?:voice|views?|surveys?|premium|numbers?|council|forum|parliament|groups?|panel|assembl|data"
    r"|lists?|places?|levels?|records?|workshops?|sessions?|leaders?|ambassadors?|events?|days?|leads?|mentors?"
    r"|attendance|population|cohort|counts?|body|work|referrals?|questionnaire|feedback|conference|intake|roll"
    r"|transition|visits?|outcomes?|wellbeing|health|focus|discussion|interviews?|responses?|returns?|absence"
    r"|protection|safety|safeguarding|development|poverty|exploitation|sexual|criminal|online|led)\b)"
)
_BEFORE = rf"(?:^|(?<!\w)(?!{EACH}\b)\w{{1,12}}[ ,(]{{1,2}})"
_FEW = r" (?:girls|boys|pupils|children|students|kids|lads)\b"
_IN_A_YEAR = re.compile(
    rf"{_BEFORE}{_SCHOOL_YEAR} (?:\w{{3,12}} )?{_CHILD}{_OF_MANY}(?!\w)"
    rf"|{_BEFORE}{_CHILD}(?: ?[(,] ?| )(?:(?:now|is|in|currently) ){{0,2}}{_SCHOOL_YEAR}"
    rf"|\b(?:a|one|the|this|that|another|our|1) (?:\w{{2,12}} )?{_CHILD}"
    rf" (?:who is |is |was |now |currently )?(?:in|from|of) {_SCHOOL_YEAR}"
    rf"|\b(?:two|three|four|both|2|3|4) (?:(?:year|yr|y) ?\d{{1,2}}(?:s\b|{_FEW})|{_FEW.strip()} (?:in|from) {_SCHOOL_YEAR})"
    r"(?! (?:from|in|at|per) (?:each|every)\b)"
    r"|\b(?:a|one|this|that|the) (?:y|yr) ?\d{1,2} (?:who|is|was|has|with|missing|not)\b"
    r"|\b(?:a|one|the) year \d{1,2} who\b"
    r"|\b(?:a|the|one|this) (?:reception|nursery) (?:boy|girl|lad)\b|\b(?:boy|girl|lad|lass) in (?:reception|nursery)\b",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    rf"\b(?i:initials|{_CHILD}|sibling|young person) (?P<after>[A-Z]\.?[A-Z])\b(?! \w{{1,12}}s?\b(?<!is)(?<!was)(?<!has)(?<!and))"
    rf"|(?<![\w&])(?P<before>[A-Z]\.?[A-Z])\.? ?(?:\(|,|in|is in|\bis)? ?(?i:{_SCHOOL_YEAR})"
)


def singles_out_a_child(text: Plain) -> bool:
    """Whether it labels one child or family, or speaks of one child of a school year."""
    patterns = (_LETTER, _SMALL_LETTER, _NUMBERED, _IN_A_YEAR)
    return any(pattern.search(text.all) for pattern in patterns) or any(
        not ABBREVIATION.fullmatch((found["after"] or found["before"]).replace(".", ""))
        for found in _INITIALS.finditer(text.all)
    )
