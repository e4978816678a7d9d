"""A long text takes the guard time in proportion to its length: no pattern looks further than a few hundred characters."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _parser as parser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import storage.guard
from storage.guard import Found, what_is_found
from storage.guard.plain import Plain

REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
#: How far a pattern may look from where it starts, and how often a part may repeat that holds a choice itself.
FURTHEST, MOST_REPEATS_OF_A_CHOICE = 500, 30

PATTERNS = {
    f"{module.name}.{name}": pattern
    for module in pkgutil.iter_modules(storage.guard.__path__)
    for name, pattern in vars(importlib.import_module(f"storage.guard.{module.name}")).items()
    if isinstance(pattern, re.Pattern)
}


def parsed(pattern: re.Pattern[str]) -> Any:
    return parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)


def parts(items: Any) -> Iterator[tuple[str, Any]]:
    """Every part of a pattern, with what stands inside groups, choices, repeats and looks ahead or behind."""
    for kind, value in items:
        yield str(kind), value
        match str(kind):
            case "BRANCH":
                inside = value[1]
            case "SUBPATTERN":
                inside = [value[3]]
            case "ASSERT" | "ASSERT_NOT":
                inside = [value[1]]
            case repeat if repeat in REPEATS:
                inside = [value[2]]
            case _:
                inside = []
        for each in inside:
            yield from parts(each)


def test_the_guard_has_patterns_to_look_at():
    assert len(PATTERNS) > 30


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_looks_far(name: str):
    tree = parsed(PATTERNS[name])
    looked = [tree.getwidth()[1]]
    looked += [value[1].getwidth()[1] for kind, value in parts(tree) if kind.startswith("ASSERT")]
    assert max(looked) <= FURTHEST


@pytest.mark.parametrize("name", PATTERNS)
def test_no_repeat_is_unbounded_or_repeats_choices_often(name: str):
    for kind, value in parts(parsed(PATTERNS[name])):
        if kind in REPEATS:
            _, most, inside = value
            assert most is not parser.MAXREPEAT
            if any(each in REPEATS for each, _ in parts(inside)):
                assert most <= MOST_REPEATS_OF_A_CHOICE


def test_an_unbounded_pattern_would_be_seen():
    assert any(
        kind in REPEATS and value[1] is parser.MAXREPEAT
        for kind, value in parts(parsed(re.compile(r"x(?=(?:a|b\d+)?)")))
    )


#: Beginnings that the patterns go on from, to be repeated.
PIECES = [
    *(
        "1 ",
        "1",
        "0 ",
        "1-1/",
        "999 ",
        "a@",
        "ab.",
        "A1 ",
        "B99 9",
        "born on ",
        "aged ",
        "age 7 to ",
        "the 7 year old ",
    ),
    *(
        "case no ",
        "crime ref 2",
        "strategy meeting on 1",
        "nhs no ",
        "UPN ",
        "call me ",
        "one two ",
        "Child ",
        "son (",
    ),
    *(
        "JS, 1",
        "x",
        "O",
        "\u200b",
        "  -- .",
        "she is ",
        "a Y9 ",
        "dob the ",
        "+44 (0",
        "log 12 of 1",
        "\U0001d7d7",
        "ﷺ",
    ),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=3), st.text(max_size=5))
def test_a_text_of_three_thousand_characters_is_read(pieces: list[str], end: str):
    piece = "".join(pieces)
    assert what_is_found(piece * (3000 // len(piece)) + end) in (None, *Found)


@settings(deadline=None)
@given(st.text(min_size=500, max_size=3000))
def test_any_long_text_is_read(text: str):
    assert what_is_found(text) in (None, *Found)


@given(st.text(max_size=300))
def test_reading_a_text_twice_changes_nothing_more(text: str):
    once = Plain.of(text).all
    assert Plain.of(once).all == once
