"""Numbers, web addresses and ticks, and questions that are asked for each of several."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from storage.answers import MOST_COUNTED, is_secure_address
from storage.questions import Question, QuestionKind, asked_of, mistakes_in, words_in

TYPES = [
    {"value": "special", "text": "Special schools"},
    {"value": "early_years", "text": "Early years"},
    {"value": "not_known", "text": "Not known yet", "alone": True},
]


def question(kind: QuestionKind = QuestionKind.TEXT, **more) -> Question:
    fields = {"ref": "A", "text": "How many?", "short": "Many", "kind": kind, "source": "S1"}
    return Question.model_validate(fields | more)


NUMBER, ADDRESS = question(QuestionKind.NUMBER), question(QuestionKind.WEB_ADDRESS)
TICK = question(QuestionKind.TICK, required=True)
WHICH = question(QuestionKind.CHOICES, ref="W", options=TYPES)
EACH = question(QuestionKind.NUMBER, ref="N", for_each="W")


@pytest.mark.parametrize("answer", ["0", "7", "007", str(MOST_COUNTED)])
def test_a_count_is_whole_and_not_below_nothing(answer):
    assert NUMBER.mistake(answer) is None


@pytest.mark.parametrize(
    "answer", ["-1", "3.5", "1e3", "many", "10000", "٣", " 7", "9434765919", ["7"]]
)
def test_what_is_no_count_is_refused(answer):
    assert NUMBER.mistake(answer) == "Enter a whole number from 0 to 9999."


@given(st.integers())
def test_every_whole_number_in_bounds_is_a_count_and_no_other(number):
    assert (NUMBER.mistake(str(number)) is None) is (0 <= number <= MOST_COUNTED)


@pytest.mark.parametrize(
    "answer",
    [
        "https://www.gov.uk",
        "https://council.example/offer?for=schools#top",
        "https://a.example:8443/",
    ],
)
def test_a_web_address_starts_with_https(answer):
    assert ADDRESS.mistake(answer) is None


@pytest.mark.parametrize(
    "answer",
    [
        "http://www.gov.uk", "www.gov.uk", "https://", "https://localhost", "ftp://a.example", "javascript:alert(1)",
        "https://user:secret@a.example", "https://a.example/ two", "https://a.example/<b>", "https://[::1]/",
        "https://a.example:99999/", "https://a.example:0/", "see the website", ["https://www.gov.uk"],
    ],
)  # fmt: skip
def test_another_address_is_refused(answer):
    assert ADDRESS.mistake(answer) == (
        "Enter a whole web address that starts with https://, such as https://www.gov.uk."
    )


def test_a_web_address_is_kept_short():
    assert ADDRESS.mistake("https://a.example/" + "x" * 300) == "Write at most 300 characters."


@given(st.text(max_size=60))
def test_whatever_is_typed_is_an_address_or_is_not_and_never_crashes(words):
    assert not is_secure_address(words) or words.startswith(("https://", "HTTPS://", "Https://"))
    is_secure_address(f"https://{words}")


def test_a_tick_is_given_or_missing():
    assert TICK.mistake(["yes"]) is None
    for nothing in (None, [], "", "yes", ["no"], ["yes", "yes"]):
        assert TICK.mistake(nothing) == "Tick this to go on, once it is so."
    assert TICK.words(["yes"]) == "Yes"


def test_a_number_is_asked_for_each_ticked_option_that_is_a_thing():
    asked = list(asked_of([WHICH, EACH], {"W": ["early_years", "special"]}))
    assert [each.ref for each in asked] == ["W", "N_SPECIAL", "N_EARLY_YEARS"]
    assert asked[1].text == "How many? Special schools"
    assert asked[1].short == "Many: special schools"
    assert {each.part_of for each in asked[1:]} == {"N"}
    assert [each.ref for each in asked_of([WHICH, EACH], {"W": ["not_known"]})] == ["W"]
    assert [each.ref for each in asked_of([WHICH, EACH], {})] == ["W"]


@given(st.lists(st.sampled_from(["special", "early_years", "not_known", "unheard_of"])))
def test_only_what_is_ticked_is_asked_for_and_each_once(ticked):
    refs = [each.ref for each in asked_of([WHICH, EACH], {"W": ticked})]
    assert len(set(refs)) == len(refs)
    assert set(refs) == {"W"} | {
        f"N_{value.upper()}" for value in ticked if value in {"special", "early_years"}
    }


def test_what_need_not_be_answered_yet_is_still_answered_rightly():
    today = date(2026, 10, 1)
    required = question(QuestionKind.NUMBER, required=True)
    assert mistakes_in([required], (), {}, today=today).keys() == {"A"}
    assert mistakes_in([required], (), {}, today=today, must_answer=False) == {}
    assert mistakes_in([required], (), {"A": "x"}, today=today, must_answer=False).keys() == {"A"}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"kind": "number", "options": TYPES}, "a choice has options, and nothing else has"),
        ({"kind": "tick", "options": TYPES}, "a choice has options, and nothing else has"),
        ({"kind": "number", "for_each": "W", "required": True}, "for each of several"),
        ({"kind": "choices", "for_each": "W", "options": TYPES}, "for each of several"),
        (
            {"kind": "choice", "options": [{"value": "v" * n, "text": "T"} for n in range(1, 12)]},
            "one of at most 10 can be chosen",
        ),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        question(**more)


def test_words_are_what_was_typed_and_what_no_question_of_this_version_asked_for():
    asked = [question(ref="T"), question(QuestionKind.WEB_ADDRESS, ref="U"), NUMBER, WHICH]
    answers = {"T": "Words", "U": "", "A": "7", "W": ["special"], "OLD": "Older words"}
    assert words_in(asked, answers) == {"T": "Words", "OLD": "Older words"}
