"""Plain words in the DM: what somebody means by them. Pure.

Rules, not guesses: a phrase means something only when the table takes the whole of it, and what could
mean two things is asked back. Nothing of the words is kept in what is given back.
"""

import re
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from jobs.calendars import CLOSING
from jobs.phrases.spans import Days
from jobs.phrases.table import MANNERS, TABLE
from jobs.phrases.words import UNKNOWN, plain_clauses, plain_words, without_politeness
from jobs.phrases.worry import is_worry
from storage.meanings import (
    GOOD_NEWS,
    AnotherWay,
    AskBack,
    BackNow,
    Doubt,
    Help,
    Meaning,
    NotMine,
    PassOn,
    Progress,
    Report,
    ShowStatus,
    SomethingElse,
    Thanks,
    Worry,
)

_MOST_CHARACTERS = 300
_NOT = re.compile(
    r"\b(?:not|no|none|never|nothing|nobody|neither|nor|without|hardly|barely|scarcely|unable|far from|yet to|nowhere"
    r"|cannot)\b|" + UNKNOWN
)
_NOT_YET = Report(progress=Progress.NOT_YET)


def understand(text: str, *, now: datetime, zone: ZoneInfo) -> Meaning:
    """What somebody means, `zone` being their own; any text means something, if only SomethingElse.

    No day in it has gone by or is more than 60 days away. A reminder is on a working day in England.
    """
    plain = plain_words(text)
    if is_worry(plain_clauses(text)):
        return Worry()
    if len(text) > _MOST_CHARACTERS:
        return SomethingElse()
    local = now.astimezone(zone)
    today = local.date()
    days = Days(today=today, earliest=today + timedelta(days=local.time() >= CLOSING))
    meaning = _meaning(text, plain, days)
    if isinstance(meaning, Report) and meaning.progress in GOOD_NEWS and _NOT.search(plain):
        return SomethingElse()
    return _asked(meaning) if "?" in text else meaning


def _meaning(text: str, plain: str, days: Days) -> Meaning:
    if not plain:
        return Help() if "?" in text else SomethingElse()
    whole = _phrase(plain, days)
    return _together(text, days) if isinstance(whole, SomethingElse) else whole


def _phrase(words: str, days: Days) -> Meaning:
    for table, said in ((MANNERS, words), (TABLE, without_politeness(words))):
        for pattern, meaning_of in table:
            if (match := pattern.fullmatch(said)) and (meaning := meaning_of(match, days)):
                return meaning
    return SomethingElse()


def _together(text: str, days: Days) -> Meaning:
    """Clause by clause: all must be understood, and what two of them ask for is asked back."""
    said = list(dict.fromkeys(_phrase(words, days) for words in plain_clauses(text)))
    if not said or any(isinstance(each, SomethingElse) for each in said):
        return SomethingElse()
    wanted = [each for each in said if not isinstance(each, Thanks)] or said
    if len(wanted) > 1:  # 'not yet, remind me on Friday' and 'not mine, pass it on' want the second
        wanted = [each for each in wanted if each != _NOT_YET]
    if PassOn() in wanted:
        wanted = [each for each in wanted if each != NotMine()]
    if len(wanted) == 1:
        return wanted[0]
    readings = [(each.readings if isinstance(each, AskBack) else (each,)) for each in wanted]
    return AskBack(doubt=Doubt.WHICH_FIRST, readings=tuple(chain.from_iterable(readings)))


def _asked(meaning: Meaning) -> Meaning:
    """A question tells nothing: 'done?' wants to know."""
    if isinstance(meaning, Report | BackNow | AnotherWay):
        return ShowStatus()
    if isinstance(meaning, AskBack) and meaning.doubt in {Doubt.HOW_FAR, Doubt.HERE_OR_ANOTHER_WAY}:
        return ShowStatus()
    return meaning
