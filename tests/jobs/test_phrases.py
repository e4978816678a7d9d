"""Plain words in the DM: the list of phrases, and what holds for any words."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from time import perf_counter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs import phrases
from jobs.calendars import is_working_day
from jobs.phrases import understand
from jobs.phrases.vocabulary import SLIPS, VOCABULARY
from storage.clock import LONDON
from storage.meanings import (
    GOOD_NEWS,
    AskBack,
    Away,
    CannotTake,
    DayOff,
    Doubt,
    Meaning,
    Moved,
    Progress,
    RemindMe,
    Report,
    WhyNot,
    Worry,
)
from tests.factories import london

LIST = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text())["at"]
PHRASES = [
    pytest.param(group["now"], said, meant, id=f"{group['now']:%a %d %b %H:%M} {said}")
    for group in LIST
    for said, meant in group["phrases"].items()
]
NOW = london(2026, 11, 25, 10)


def _day(value: date) -> str:
    return f"{value.day} {value:%B}"


def in_words(meaning: Meaning) -> str:
    """A meaning as the list writes it."""
    match meaning:
        case Report(progress=progress):
            words = str(progress)
        case RemindMe(on=on, moved=None):
            words = f"remind on {_day(on)}"
        case RemindMe(on=on, moved=moved):
            words = f"remind on {_day(on)}, moved from {_day(moved.said)}: {moved.because}"
        case Away(first=first, last=last):
            words = f"away {_day(first)} to {_day(last)}"
        case CannotTake(why=why):
            words = f"cannot take: {why}"
        case AskBack(doubt=doubt, readings=readings):
            words = f"ask {doubt}" + (": " if readings else "") + ", ".join(map(in_words, readings))
        case _:
            words = re.sub("(?<!^)([A-Z])", r" \1", type(meaning).__name__).lower()
    return words


@pytest.mark.parametrize(("now", "said", "meant"), PHRASES)
def test_a_phrase_means_what_the_list_says(now, said, meant):
    assert in_words(understand(said, now=now.replace(tzinfo=LONDON), zone=LONDON)) == meant


def test_the_list_is_long_and_holds_every_kind_of_meaning_and_every_doubt():
    listed = " ".join(meant for group in LIST for meant in group["phrases"].values())
    kinds = [in_words(kind()) for kind in get_args(Meaning) if not fields(kind)]
    words = [*kinds, *Progress, *DayOff, *WhyNot, *(f"ask {doubt}" for doubt in Doubt)]
    assert len(PHRASES) >= 120
    assert len(kinds) >= 10
    assert [each for each in words if each not in listed] == []


# Whatever is typed

_NEGATIONS = [
    "not", "n't", "isn't", "isn’t", "isnt", "haven't", "havent", "no", "never", "not yet", "no longer", "far from",
    "yet to be", "cannot be", "can't be", "hardly", "without being", "nothing is", "none of it is", "nobody has", "NOT",
]  # fmt: skip
_GOOD_WORDS = [
    "done",
    "Done!",
    "DONE",
    "on track",
    "on-track",
    "complete",
    "finished",
    "signed off",
    "doen",
    "ontrack",
]
_OTHERS = [
    "",
    "it is",
    "we are",
    "the review is",
    "yet",
    "quite",
    "all",
    "thanks",
    "please",
    ",",
    ".",
    "-",
    "and",
    "but",
]
_FILLERS = st.sampled_from([*_OTHERS, *_GOOD_WORDS])
_PHRASES = st.sampled_from([said for group in LIST for said in group["phrases"]])
_WORDS = st.sampled_from(
    sorted(VOCABULARY | SLIPS.keys())
    + list(_OTHERS)
    + ["3rd", "03/09", "12-25", "2026-12-01", "31", "2pm"]
)
_ANY = st.one_of(
    st.text(max_size=200),
    st.lists(_WORDS, max_size=10).map(" ".join),
    st.lists(st.one_of(_PHRASES, _WORDS), max_size=4).map(" ".join),
)
_MOMENTS = st.integers(0, 10 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
_ZONES = st.sampled_from([LONDON, ZoneInfo("Pacific/Auckland"), ZoneInfo("America/Los_Angeles")])


def _all_meanings(meaning: Meaning) -> Iterator[Meaning]:
    yield meaning
    if isinstance(meaning, AskBack):
        yield from meaning.readings


@settings(max_examples=500)
@given(_ANY, _MOMENTS, _ZONES)
def test_anything_at_all_means_something_and_no_day_in_it_is_out_of_reach(text, now, zone):
    meaning = understand(text, now=now, zone=zone)
    assert isinstance(meaning, get_args(Meaning))
    today = now.astimezone(zone).date()
    furthest = today + timedelta(days=60)
    for each in _all_meanings(meaning):
        if isinstance(each, RemindMe):
            said = each.moved.said if each.moved else each.on
            assert today <= said <= furthest
            assert said <= each.on
            assert is_working_day(each.on)
            assert each.moved is None or not is_working_day(said)
        if isinstance(each, Away):
            assert today <= each.first <= each.last <= furthest


@settings(max_examples=500)
@given(
    st.sampled_from(_NEGATIONS),
    st.sampled_from(_OTHERS),
    st.sampled_from(_GOOD_WORDS),
    _FILLERS,
    _FILLERS,
    st.booleans(),
)
def test_no_negation_beside_done_or_on_track_is_read_as_good_news(
    no, between, good, before, after, follows
):
    middle = (good, between, no) if follows else (no, between, good)
    meaning = understand(" ".join([before, *middle, after]), now=NOW, zone=LONDON)
    assert not (isinstance(meaning, Report) and meaning.progress in GOOD_NEWS)


@given(_WORDS, _PHRASES, st.booleans())
def test_an_unknown_mark_beside_a_phrase_is_never_read_as_good_news(word, phrase, in_front):
    said = f"¬ {phrase}" if in_front else f"{phrase} {word} ¬"
    meaning = understand(said, now=NOW, zone=LONDON)
    assert not (isinstance(meaning, Report) and meaning.progress in GOOD_NEWS)


@given(
    _ANY,
    st.sampled_from(
        ["a child is at risk", "I’m worried about a pupil", "safeguarding concern to report"]
    ),
    _ANY,
)
def test_a_worry_is_heard_whatever_stands_around_it(before, worry, after):
    assert understand(f"{before}\n{worry}\n{after}", now=NOW, zone=LONDON) == Worry()


@given(_ANY)
def test_nothing_that_was_typed_is_kept(text):
    """Kinds and days, all the way down: there is no field that could hold words."""
    for each in _all_meanings(understand(text, now=NOW, zone=LONDON)):
        for field in fields(each):
            value = getattr(each, field.name)
            assert value is None or isinstance(
                value, date | Progress | DayOff | WhyNot | Doubt | Moved | tuple
            )


def test_no_part_of_it_remembers_what_it_has_read():
    modules = [import_module(each.name) for each in iter_modules(phrases.__path__, "jobs.phrases.")]
    assert len(modules) > 4
    caches = [
        name
        for each in modules
        for name, value in vars(each).items()
        if hasattr(value, "cache_info")
    ]
    assert caches == []


@pytest.mark.parametrize("said", ["done", "remind me friday", "away next week", "help"])
def test_capitals_a_greeting_and_thanks_change_nothing(said):
    plain = understand(said, now=NOW, zone=LONDON)
    for dressed in (
        said.upper(),
        f"Hi Vigil, {said}. Thanks!",
        f"@Vigil {said} please",
        f"  {said}\n",
    ):
        assert understand(dressed, now=NOW, zone=LONDON) == plain


def test_the_day_is_the_one_where_the_person_is():
    """At 11pm in London it is the next day in Auckland, and still today in Los Angeles."""
    now = london(2026, 11, 25, 23)
    reminded = {
        zone: understand("remind me tomorrow", now=now, zone=ZoneInfo(zone))
        for zone in ("Europe/London", "Pacific/Auckland", "America/Los_Angeles")
    }
    assert [in_words(each) for each in reminded.values()] == [
        "remind on 26 November",
        "remind on 27 November",
        "remind on 26 November",
    ]


def test_a_letter_is_no_phrase_and_is_read_fast():
    letter = "we have done a great deal of work on the review since the summer " * 600
    began = perf_counter()
    assert in_words(understand(letter, now=NOW, zone=LONDON)) == "something else"
    assert perf_counter() - began < 1
