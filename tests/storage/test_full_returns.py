"""The full return as the October review's file has it, and what such a file may say."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import select

from jobs.campaign_files import load_campaigns
from storage.full_returns import FullReturn
from storage.questions import QuestionKind
from storage.tables import Sector
from tests.bot.views.returns import CHANGED, WHOLE

TODAY = date(2026, 10, 1)
ASKS = load_campaigns()[0].full_return
FIELDS: dict[str, Any] = ASKS.model_dump(mode="json")


def changed(**more) -> FullReturn:
    return FullReturn.model_validate(FIELDS | more)


def screen(*questions: dict[str, Any]) -> dict[str, Any]:
    return {"title": "Only", "questions": questions}


def asked(ref: str, **more) -> dict[str, Any]:
    return {"ref": ref, "text": "Why?", "short": "Why", "kind": "text", "source": "S1", **more}


def test_it_asks_on_three_screens_what_the_domain_says():
    assert [
        [each.ref for each in screen.questions if each.part_of is None] for screen in ASKS.screens
    ] == [
        ["OF1", "OF2", "OF3", "OF4", "OF5", "OF6"],
        ["OF7", "OF8", "OF9", "OF10", "OF11", "OF12"],
        ["OF14", "OF15", "OF16", "OF17"],
    ]
    kinds = {each.ref: each.kind for screen in ASKS.screens for each in screen.questions}
    assert (kinds["OF2"], kinds["OF10"]) == (QuestionKind.NUMBER, QuestionKind.NUMBER)
    assert (kinds["OF8"], kinds["OF6_DATE"]) == (QuestionKind.WEB_ADDRESS, QuestionKind.DATE)
    assert ASKS.declaration.ref == "OF18"
    assert "Independent schools" in [each.text for each in ASKS.screens[0].questions[0].options]


def test_every_choice_offers_not_known_yet():
    every = [each for screen in ASKS.screens for each in screen.questions]
    every += [each for signing in ASKS.signing for each in signing.questions]
    for question in every:
        if question.options:
            assert question.options[-1].text == "Not known yet"
            assert question.required


def test_each_sector_that_there_is_adds_a_question_of_its_own(database):
    sectors = database.read_now(lambda session: session.exec(select(Sector.key)).all())
    assert {signing.sector for signing in ASKS.signing} == set(sectors)
    assert len({ASKS.added_by(key)[0].text for key in sectors}) == len(sectors)
    assert [each.ref for each in ASKS.to_sign("police")] == ["OF13", "OF18"]
    assert [each.ref for each in ASKS.to_sign("education")] == ["OF18"]


def test_the_last_screen_ends_with_the_declaration():
    assert [ASKS.asked_on(n, WHOLE)[-1].ref == "OF18" for n in (1, 2, 3)] == [False, False, True]
    assert ASKS.mistakes_on(3, WHOLE, today=TODAY).keys() == {"OF18"}
    assert ASKS.mistakes_on(3, WHOLE | {"OF18": ["yes"]}, today=TODAY) == {}


def test_a_day_in_the_future_is_refused_at_its_question():
    late = WHOLE | {"OF6_DATE": "2026-10-02"}
    assert ASKS.mistakes_on(1, late, today=TODAY).keys() == {"OF6_DATE"}
    assert ASKS.mistakes_on(2, late, today=TODAY) == {}
    assert ASKS.mistakes_on(1, WHOLE | {"OF6_DATE": "2026-10-01"}, today=TODAY) == {}


def test_what_is_not_asked_any_more_is_not_kept():
    kept = ASKS.kept(WHOLE | {"OF1": ["special"], "OF18": ["yes"], "OF99": "x", "OF17": ""})
    assert kept == {
        ref: answer for ref, answer in WHOLE.items() if ref not in {"OF2_MAINTAINED", "OF17"}
    } | {"OF1": ["special"]}


def test_what_has_changed_is_told_by_question():
    assert [each.ref for each in ASKS.changed(WHOLE, CHANGED)] == ["OF3_WHY", "OF4", "OF12_HOW"]
    unticked = {**WHOLE, "OF1": ["independent"]}
    del unticked["OF2_MAINTAINED"]
    assert {each.ref for each in ASKS.changed(WHOLE, unticked)} == {"OF1", "OF2_MAINTAINED"}


ANSWERS = st.dictionaries(
    st.sampled_from([*WHOLE, "OF2_SPECIAL", "OF18", "OF99"]),
    st.text(max_size=10)
    | st.lists(st.sampled_from(["maintained", "special", "none", "not_known", "x"]), max_size=4),
)


@given(ANSWERS)
def test_whatever_is_sent_gets_sentences_at_questions_of_its_screen_never_a_crash(answers):
    for number in (1, 2, 3):
        refs = {each.ref for each in ASKS.asked_on(number, answers)}
        assert ASKS.mistakes_on(number, answers, today=TODAY).keys() <= refs
        open_ = ASKS.mistakes_on(number, answers, today=TODAY, must_answer=False)
        assert open_.keys() <= ASKS.mistakes_on(number, answers, today=TODAY).keys()


@given(ANSWERS, ANSWERS)
def test_what_is_kept_is_kept_again_as_it_is_and_changes_are_told_both_ways(one, other):
    one, other = ASKS.kept(one), ASKS.kept(other)
    assert ASKS.kept(one) == one
    assert ASKS.changed(one, one) == []
    forth, back = ASKS.changed(one, other), ASKS.changed(other, one)
    assert {each.ref for each in forth} == {each.ref for each in back}
    assert {each.ref for each in forth} == {
        ref for ref in {*one, *other} if one.get(ref) != other.get(ref)
    }


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"screens": [screen(*(asked(f"Q{n}") for n in range(7)))]}, "at most 6 questions"),
        ({"screens": [screen(*(asked(f"Q{n}") for n in range(6)))]}, "over 6 questions"),
        ({"screens": [screen(asked("Q1", part_of="Q0"))]}, "there is no question Q0 before Q1"),
        (
            {"screens": [screen(asked("Q1"), asked("Q2", kind="number", for_each="Q1"))]},
            "Q1 is not a choice of several",
        ),
        (
            {
                "screens": [
                    screen(asked("Q0"), *(asked(f"Q{n}", part_of="Q0") for n in range(1, 37)))
                ]
            },
            "at most 36 fields",
        ),
        (
            {"screens": [screen(asked("Q1")), screen(asked("Q1"))]},
            "two questions have the same name",
        ),
        ({"screens": [screen(asked("OF18"))]}, "two questions have the same name"),
        ({"declaration": asked("Q9")}, "the declaration is a required tick"),
        ({"declaration": asked("Q9", kind="tick")}, "the declaration is a required tick"),
        ({"signing": [FIELDS["signing"][0]] * 2}, "asked twice what it adds"),
        (
            {"signing": [{"sector": "police", "questions": [asked("OF1")]}]},
            "a question of police has the name of another",
        ),
        ({"checks": [{"when": {}, "at": "OF99", "say": "No."}]}, "there is no question OF99"),
    ],
)
def test_a_return_that_cannot_be_asked_is_refused(more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        changed(**({"checks": []} if "screens" in more else {}) | more)
