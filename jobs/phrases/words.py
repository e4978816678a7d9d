"""Somebody's words made plain: small letters, no marks, no politeness, commonest slips put right.

What cannot be made plain (a link, a struck-out word, another alphabet, an unknown picture) becomes UNKNOWN,
which no pattern takes: it is better not to understand than to leave out what might have meant 'not'.
"""

import re
import unicodedata
from difflib import SequenceMatcher, get_close_matches

from jobs.phrases.vocabulary import DAYS_AND_MONTHS, SLIPS, VOCABULARY

UNKNOWN = "#"
_SHORTEST = 5  # 'note' is no slip of 'not'; slips in shorter words are listed
_MOST_WORDS = 40  # more than that is a letter, not a phrase
_HARMLESS_PICTURES = re.compile(
    r":(?:\+1|thumbsup|white_check_mark|heavy_check_mark|ballot_box_with_check|pray|tada"
    r"|slightly_smiling_face|smile|smiley|grinning|blush)(?:::skin-tone-\d)?:"
    r"|[\u2705\u2611\u2714\U0001f44d\U0001f64f\U0001f389\U0001f642\U0001f600\U0001f603\U0001f604]"
    r"[\ufe0f\U0001f3fb-\U0001f3ff]*"
)
_OTHER_PICTURES = re.compile(r":[a-z][a-z0-9_+\-]*:")
_DAY_NAME = r"\b(?:mon|tues?|wed|thu|thur|thurs|fri|sat|sun)(?:[a-z]*day)?\b"
_MENTION_IN_FRONT = re.compile(r"^\s*(?:<@[a-z0-9]+(?:\|[^>]*)?>|@\w+)[\s,:]*")
_MENTION = re.compile(r"<@[a-z0-9]+(?:\|[^>]*)?>|(?<!\S)@\w+")
_SHORT_FORMS = [
    (re.compile(pattern), words)
    for pattern, words in [
        (r"\b(?:can'?t|cannot|can not)\b", "can not"),
        (r"\bwon'?t\b", "will not"),
        (r"\bain'?t\b", "is not"),
        (r"\b(is|are|was|were|do|does|did|have|has|had|would|should|could)n'?t\b", r"\1 not"),
        (r"\b(i)'?m\b", r"\1 am"),
        (r"\b(we|you|they)'re\b", r"\1 are"),
        (r"\b(i|we|you|they)'?ve\b", r"\1 have"),
        (r"\b(i|you|they|it|he|she|we)'ll\b", r"\1 will"),
        (
            r"\b(it|that|this|what|who|when|where|how|there|everything|nothing|review|he|she)'s\b",
            r"\1 is",
        ),
        (r"\b(it|that|what|who|when)s\b", r"\1 is"),
        (r"\blet'?s\b", "let us"),
        (r"\bo'clock\b", ""),
    ]
]
#: What a phrase can begin or end with without meaning anything else.
_BEFORE = re.compile(
    r"^(?:(?:hi|hiya|hello|hey|dear|vigil|bot|morning|afternoon|good (?:morning|afternoon|evening)|all|there|ok|okay"
    r"|yes|yep|yeah|right|sorry|apologies|just|please|thanks|thank you|fyi|quick update|update|good news|great news"
    r"|afraid|i am afraid) )+(?=\S)"
)
_AFTER = re.compile(
    r"(?: (?:please|thanks|thank you|many thanks|thanks a lot|thank you very much|thanks very much|cheers|ta|vigil"
    r"|regards|kind regards|best wishes|best|if possible|if you can|if that is ok|sorry|bot|here|from (?:us|me|our side|our end)|at our end|on our side))+$"
)

_CLAUSE_ENDS = re.compile(
    r"[.!?:]+(?=\s|$)|[,;]+(?!\d)|[\n()]+|(?<=\s)-+(?=\s)|\b(?:but|so|and|because)\b"
)


def plain_words(text: str) -> str:
    """The whole text as one phrase, politeness left in."""
    return " ".join(_words(_without_marks(text)))


def plain_clauses(text: str) -> list[str]:
    """The text clause by clause; a full stop within a date does not part two."""
    clauses = (" ".join(_words(part)) for part in _CLAUSE_ENDS.split(_without_marks(text)))
    return [words for words in clauses if words]


def without_politeness(words: str) -> str:
    """'hi done thanks' is 'done'."""
    return _AFTER.sub("", _BEFORE.sub("", words))


def _without_marks(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub("[\u2018\u2019\u02bc\u0060\u00b4]", "'", plain)  # curly apostrophes and accents
    plain = _dashes(re.sub("[\u2013\u2014\u2212]", "-", plain))
    plain = _HARMLESS_PICTURES.sub(" ", plain)
    plain = _MENTION.sub(" @somebody ", _MENTION_IN_FRONT.sub("", plain))
    plain = plain.replace("&amp;", " and ")
    plain = re.sub(r"&\w+;", f" {UNKNOWN} ", plain)
    plain = _OTHER_PICTURES.sub(f" {UNKNOWN} ", plain)
    plain = re.sub(r"(?<!\w)[*_\"“”]+|[*_\"“”]+(?!\w)", "", plain)  # bold, italic, quotes
    for pattern, words in _SHORT_FORMS:
        plain = pattern.sub(words, plain)
    return plain


def _dashes(text: str) -> str:
    """'7-11' is '7 to 11' and 'half-term' is 'half term'; dates in figures stay, and other dashes part clauses."""
    text = re.sub(r"\be-?mail", "email", text)
    text = re.sub(rf"({_DAY_NAME})\s*-\s*(?={_DAY_NAME})", r"\1 to ", text)
    text = re.sub(
        r"(?<![\d-])(\d\d?(?:st|nd|rd|th)?)\s*-\s*(?=\d\d?(?:st|nd|rd|th)?(?![\d-]))",
        r"\1 to ",
        text,
    )
    return re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text)


def _words(text: str) -> list[str]:
    shown = re.sub(r"[^a-z0-9\s'@/.,;:!?()\-]", f" {UNKNOWN} ", text)
    words = [word.strip(".,;:!?()'-") for word in shown.split()]
    words = [word for word in words if word]
    return words if len(words) > _MOST_WORDS else [_put_right(word) for word in words]


def _put_right(word: str) -> str:
    """A slip in a word of the vocabulary; a word that could be either of two days is left as it is.

    Not cached: a cache would keep what people typed.
    """
    if word in SLIPS:
        return SLIPS[word]
    if word in VOCABULARY or len(word) < _SHORTEST or not word.isalpha():
        return word
    near = [
        each
        for each in get_close_matches(word, VOCABULARY, n=3, cutoff=0.85)
        # 'undone' is no slip of 'done', nor 'risks' of 'risk'
        if each[0] == word[0] and each != word + "s" and each + "s" != word
    ]
    if not near:
        return word
    if len(near) > 1 and DAYS_AND_MONTHS.issuperset(near[:2]):
        best, second = (SequenceMatcher(None, word, each).ratio() for each in near[:2])
        if best - second < 0.1:  # noqa: PLR2004 - 'tusday'
            return word
    return near[0]
