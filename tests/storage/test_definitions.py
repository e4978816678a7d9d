"""A campaign's definition: what a file may say, and what it may not."""

import pytest
from pydantic import ValidationError

from jobs.campaign_files import load_campaigns
from storage.definitions import Definition, Step, Topic
from storage.vocabulary import Reminding

REVIEW, SUMMER = load_campaigns()


STEPS = [step.model_dump(mode="json") for step in REVIEW.steps]
TOPIC = {
    "key": "online",
    "title": "Online",
    "questions": [{"ref": "T1", "text": "Why?", "short": "Why", "kind": "text", "source": "S19"}],
}


def changed(**more) -> Definition:
    return Definition.model_validate(REVIEW.model_dump(mode="json") | more)


def test_the_october_review_asks_six_times():
    usual = [step for step in REVIEW.steps if step.is_for(Reminding.STANDARD)]
    assert [(step.days_before, step.working_days_after) for step in usual] == [
        (42, None), (21, None), (7, None), (0, None), (None, 1), (None, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wish", "october", "summer"),
    [
        (Reminding.LIGHT, [(42, None), (0, None), (None, 5)], [0]),
        (
            Reminding.ACTIVE,
            [
                (42, None),
                (21, None),
                (14, None),
                (7, None),
                (1, None),
                (0, None),
                (None, 1),
                (None, 5),
            ],
            [0, 3, 4],
        ),
    ],
)
def test_who_wants_less_is_asked_at_the_first_and_last_steps_and_who_wants_more_near_the_deadline(
    wish, october, summer
):
    assert [
        (step.days_before, step.working_days_after) for step in REVIEW.steps if step.is_for(wish)
    ] == october
    assert [step.days_after_opening for step in SUMMER.steps if step.is_for(wish)] == summer


def test_a_definition_from_before_there_were_wishes_is_standard():
    stored = REVIEW.model_dump(mode="json")
    stored["steps"] = [
        {name: value for name, value in step.items() if name != "reminding"}
        for step in stored["steps"]
    ]
    older = Definition.model_validate(stored)
    assert {step.reminding for step in older.steps} == {Reminding.STANDARD}


def test_a_definition_survives_being_stored():
    assert Definition.model_validate_json(REVIEW.model_dump_json()) == REVIEW


def test_a_title_carries_its_school_year():
    assert REVIEW.year_title(2026) == "October half-term review 2026 to 2027"


def test_a_step_is_called_by_its_words_and_a_withdrawn_one_by_none():
    assert REVIEW.step_words("the_day") == "the day of the deadline"
    assert REVIEW.step_words("four_weeks_before") == ""


@pytest.mark.parametrize("counts", [{}, {"days_before": 7, "working_days_after": 1}])
def test_a_step_counts_one_way(counts):
    with pytest.raises(
        ValidationError, match="has one of days_before, working_days_after and days_after_opening"
    ):
        Step(key="a", words="A", **counts)


@pytest.mark.parametrize(
    "counts",
    [
        {"days_before": -1},
        {"days_before": 181},
        {"working_days_after": 0},
        {"working_days_after": 61},
    ],
)
def test_a_step_stays_near_its_deadline(counts):
    with pytest.raises(ValidationError):
        Step(key="a", words="A", **counts)


def test_no_two_steps_have_the_same_key():
    step = {"key": "again", "words": "Again", "days_before": 1}
    with pytest.raises(ValidationError, match="two steps have the same name"):
        changed(steps=[step, step])


@pytest.mark.parametrize(
    "more",
    [
        {"key": "October Review"},
        {"version": 0},
        {"title": ""},
        {"rounds": {"rule": "every-full-moon", "late_until": "12-31"}},
        {"steps": []},
        {"colour": "red"},
        {"rounds": {"rule": "october-half-term", "late_until": "31 December"}},
        {"rounds": {"rule": "october-half-term", "late_until": "13-45"}},
        {"rounds": {"rule": "october-half-term", "late_until": "02-30"}},
    ],
)
def test_what_is_not_a_campaign_is_refused(more):
    with pytest.raises(ValidationError):
        changed(**more)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"rounds": {"rule": "october-half-term"}}, "either late_until or late_days"),
        (
            {"rounds": {"rule": "october-half-term", "late_until": "10-20"}},
            "taken until 11-08 at least",
        ),
        (
            {"rounds": {"rule": "summer-weekly", "late_days": 7}},
            "weekly rounds count their steps with days_after_opening",
        ),
        ({"steps": list(reversed(STEPS))}, "not in the order of time"),
        ({"topics": [TOPIC]}, "only weekly rounds have topics"),
    ],
)
def test_what_would_only_fail_later_is_refused_at_once(more, sentence):
    with pytest.raises(ValidationError, match=sentence):
        changed(**more)


def test_a_topic_comes_after_the_reply_and_so_requires_nothing():
    question = TOPIC["questions"][0] | {"required": True}
    with pytest.raises(ValidationError, match="cannot be required"):
        Topic.model_validate(TOPIC | {"questions": [question]})
