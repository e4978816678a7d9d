"""Whether words may be about a child in danger. Better ten times too often than once too seldom."""

import re

#: Bodies and posts whose names hold the word 'children'.
_BODIES = re.compile(
    r"\bchild(?:ren)?(?:'?s)? (?:services?|social (?:care|work)|trust|board|centres?|partnership|department|directorate)\b"
)
_NO_WORRY = re.compile(
    r"\b(?:no|without|any) (?:(?:new|further|other|major|real|safeguarding) )*(?:concerns?|worries)\b"
)
_CHILD = re.compile(
    r"\b(?:child|children|childs|child's|children's|childrens|kids?|pupils?|students?|boys?|girls?|bab(?:y|ies)|toddlers?|teens?|teenagers?|young"
    r" (?:person|people)|youngsters?|sons?|daughters?|infants?|schoolgirls?|schoolboys?|siblings?|brothers?|sisters?"
    r"|nephews?|nieces?|minors?|\d{1,2} year olds?|\d{1,2}yo|year \d{1,2}|foster\w*)\b"
)
_TROUBLE = re.compile(
    r"\b(?:worr\w*|concern\w*|risks?|danger\w*|harm\w*|hurt\w*|hit|hits|hitting|beat\w*|abus\w*|neglect\w*|missing"
    r"|unsafe|not safe|safe|disclos\w*|bruis\w*|injur\w*|exploit\w*|groom\w*|threat\w*|touch\w*|assault\w*|rape\w*"
    r"|scared|afraid|fright\w*|suicid\w*|kill\w*|die|dying|dead|violen\w*|emergency|urgent\w*|help|report\w*|refer\w*"
    r"|allegation\w*|told me|said that|sexual\w*|traffick\w*|run away|ran away|crying|starv\w*|hungry|vulnerable"
    r"|attacked|screaming|bleeding|trouble|problem\w*|protect\w*|knife|weapon\w*|drugs)\b"
)
_ALONE = re.compile(
    r"\bconcerns?\b|\bsafeguarding (?:referral|issue|alert|incident|disclosure|matter|problem|report|worry)\w*"
    r"|\b(?:make|making|made) a referral\b|\breferrals?\b|\blado\b|\bmash\b|\bfront door\b|\b999\b|\bsuicid\w*"
    r"|\bself harm\w*|\babus(?:e|ed|ing|er|ive)\b|\bdisclos(?:ed|ure)\b|\bin (?:immediate )?danger\b|\bemergency\b"
    r"|\brap(?:e|ed)\b|\bsexual(?:ly)? (?:assault|abus|harm|exploit)\w*|\bgroom(?:ed|ing)\b|\b(?:being|been) (?:hurt|hit|beaten|harmed)\b"
    r"|\b(?:i am|we are|i have) (?:very |really |so |a bit )*(?:worried|concerned)(?: about (?:someone|somebody|him|her|them|one|their|his|this family|a family|the family)\b.*)?$"
    r"|\b(?:worried|concerned|worry) about (?:him|her|someone|somebody|a family)\b|\bi have a worry\b"
    r"|\breport (?:something|someone|somebody|abuse|neglect|a (?:worry|crime|family|person|parent))\b"
)


def is_worry(clauses: list[str]) -> bool:
    """Whether plain clauses may be about a child, or are about telling of a concern.

    'No concerns' is none, but 'No. Concern to report' is one.
    """
    said = [_NO_WORRY.sub(" ", _BODIES.sub(" ", clause)) for clause in clauses]
    whole = " ".join(said)
    about_a_child = _CHILD.search(whole) and _TROUBLE.search(whole)
    return bool(about_a_child or any(map(_ALONE.search, (*said, whole))))
