"""GOV.UK's style as checks: each gives what is wrong with some text, or nothing.

The reading age is the automated readability index, a formula of letters, words and sentences. Of the
libraries, textstat brings nltk and its downloads, py-readability-metrics was last released in 2020, and
both count syllables by a dictionary that knows neither 'safeguarding' nor 'Solihull'.
"""

import re
from collections.abc import Iterable

MOST_WORDS = 25
OLDEST_READER = 14

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
_EMOJI = r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\uFE0F]|:[a-z][a-z0-9_+-]*:"

#: What is not said, by why it is not.
NEVER = {
    "‘and’, not ‘&’": r"&",
    "no ‘please’": r"(?i)\bplease\b",
    "links and buttons say what they do": r"(?i)\bclick\b",
    "no emoji": _EMOJI,
    "‘9am’, not ‘9:00 am’": r"(?i)\b\d{1,2}:00\b|\b\d{1,2}(?:[:.]\d\d)? [ap]\.?m\b|\b\d{1,2}\.\d\d ?[ap]m\b",
    "‘11:59pm’, not ‘midnight’": r"(?i)\bmidnight\b",
    "no exclamation mark": r"!",
    "no blame": r"(?i)\bfail(?:ed|ure|s)?\b|\byou (?:did not|have not|forgot|must|should have)\b|\binvalid\b|\billegal\b",
    "no Latin": r"(?i)\b(?:e\.?g|i\.?e|etc|via)\b",
    "typographic quotes": r"['\"]",
}
#: Dates as '26 October 2026': for what is read in Slack. A file's dates may be written in figures.
NEVER_DATES = {
    "‘26 October’, not ‘26th’": r"\b\d{1,2}(?:st|nd|rd|th)\b",
    "‘26 October 2026’, not ‘2026-10-26’": r"\b\d{4}-\d\d-\d\d\b",
    "‘26 October 2026’, not ‘26/10/2026’": r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b",
    "the day before the month": rf"\b(?:{_MONTHS}) \d{{1,2}}\b(?!\d)",
    "the month in full": rf"\b\d{{1,2}} (?:{_SHORT_MONTHS})\b",
    "no comma in a date": rf"day, \d{{1,2}} (?:{_MONTHS})\b|\b(?:{_MONTHS}), \d{{4}}\b",
}


#: Names of partnerships, bodies and people are not our words: each counts as one word for the reading age.
_NAME = re.compile(
    r"\b[A-Z]\w+(?: (?:[A-Z]\w+|and|force|\d+))*?"
    r" (?:Safeguarding Children Partnership|Integrated Care Board|Police(?: Service)?|council)\b"
    r"|\bRespondent \d+, Birmingham\b"
)


def sentences(text: str) -> list[str]:
    """Its sentences; a line that ends without a full stop, a heading or a list's, is one too."""
    lines = (line.strip(" •") for line in text.splitlines())
    return [each for line in lines for each in re.split(r"(?<=[.?!])\s+(?=[A-Z‘])", line) if each]


def words(sentence: str) -> list[str]:
    """Its words, with what is written together as one."""
    return re.findall(r"[\w/:@.’'‘-]*\w", sentence)


def too_long(text: str) -> list[str]:
    """Sentences of more than 25 words."""
    return [each for each in sentences(text) if len(words(each)) > MOST_WORDS]


def found(never: dict[str, str], text: str) -> list[str]:
    """Which of these the text has, with the text."""
    return [f"{why}: {text!r}" for why, pattern in never.items() if re.search(pattern, text)]


def reading_age(texts: Iterable[str]) -> float:
    """The age at which somebody at school can read these: the grade that the index gives, and five years."""
    each = [sentence for text in texts for sentence in sentences(_NAME.sub("Leeds", text))]
    spoken = [word for sentence in each for word in words(sentence)]
    letters = sum(mark.isalnum() for word in spoken for mark in word)
    return 4.71 * letters / len(spoken) + 0.5 * len(spoken) / len(each) - 21.43 + 5


def is_real_sentence(text: str) -> bool:
    """Whether it says something: three words or more, to a full stop or question mark."""
    return any(each[-1] in ".?" and len(words(each)) >= 3 for each in sentences(text))
