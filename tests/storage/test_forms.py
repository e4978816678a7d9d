"""The October form: its checks, what is done, and the line that says where a partner stands."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobs.campaign_files import load_campaigns
from storage.forms import Form
from storage.questions import Option, Question, QuestionKind
from tests.factories import DONE, UNDER_WAY

TODAY = date(2026, 10, 1)
DEFINITION = load_campaigns()[0]
FORM = DEFINITION.form
CHOOSE = "Choose an answer. You can change it later."
OFFERED = "Choose from the answers on offer."


def mistakes(**answers) -> dict[str, str]:
    """What is wrong with an otherwise good reply."""
    given = {ref: answer for ref, answer in (UNDER_WAY | answers).items() if answer is not None}
    return FORM.mistakes(given, today=TODAY)


def test_the_form_asks_what_the_domain_says():
    asked = {
        question.ref: (question.kind, question.required, [o.text for o in question.options])
        for question in FORM.questions
    }
    unknown = "Not known yet"
    assert asked == {
        "OQ1": ("choice", True, ["Not started", "Under way", "Finished, waiting for sign-off", "Signed off", unknown]),
        "OQ2": ("choice", True, ["On track", "At risk", "Off track", "Already done", unknown]),
        "OQ3": ("date", False, []),
        "OQ4": ("choice", True, ["Not started", "Drafting", "Agreed, not shared", "Shared with all settings", unknown]),
        "OQ5": ("choices", False, ["Nothing", "Reaching some settings", "No education lead", "Capacity", "Partners not agreed", "Data", "Something else", unknown]),
        "OQ6": ("text", False, []),
    }  # fmt: skip
    assert FORM.question("OQ6").max_length == 300
    assert all(question.source.startswith("S") for question in FORM.questions)


def test_a_good_reply_has_no_mistakes():
    assert mistakes() == {}
    assert FORM.mistakes(DONE, today=TODAY) == {}


@pytest.mark.parametrize("ref", ["OQ1", "OQ2", "OQ4"])
@pytest.mark.parametrize("nothing", [None, "", []])
def test_what_is_required_must_be_answered(ref: str, nothing):
    assert mistakes(**{ref: nothing}) == {ref: CHOOSE}


@pytest.mark.parametrize("ref", ["OQ3", "OQ5", "OQ6"])
@pytest.mark.parametrize("nothing", [None, "", []])
def test_the_rest_may_be_left_out(ref: str, nothing):
    assert mistakes(**{ref: nothing}) == {}


def test_signed_off_cannot_be_off_track():
    assert mistakes(OQ1="signed_off", OQ2="off_track") == {
        "OQ2": "Your review is signed off, so it cannot be off track. Choose ‘Already done’, or change the first answer."
    }
    assert mistakes(OQ1="waiting", OQ2="off_track") == {}
    assert mistakes(OQ1="signed_off", OQ2="on_track") == {}


def test_signed_off_cannot_be_finished_in_the_future():
    assert mistakes(OQ1="signed_off", OQ3="2026-10-02") == {
        "OQ3": "Your review is signed off, so its date cannot be in the future. Enter the day you finished it."
    }
    assert mistakes(OQ1="signed_off", OQ3="2026-10-01") == {}
    assert mistakes(OQ1="waiting", OQ3="2026-10-02") == {}
    assert mistakes(OQ1="signed_off") == {}


@pytest.mark.parametrize(
    ("first", "is_refused"),
    [
        ("not_started", True),
        ("under_way", True),
        ("not_known", True),
        ("waiting", False),
        ("signed_off", False),
    ],
)
def test_already_done_needs_a_review_that_is_finished(first: str, is_refused: bool):  # noqa: FBT001
    assert ("OQ2" in mistakes(OQ1=first, OQ2="already_done")) is is_refused


@pytest.mark.parametrize("alone", ["nothing", "not_known"])
def test_an_answer_that_stands_alone_is_not_chosen_beside_others(alone: str):
    name = FORM.question("OQ5").words(alone)
    assert mistakes(OQ5=[alone]) == {}
    assert mistakes(OQ5=["capacity", alone]) == {
        "OQ5": f"Choose either ‘{name}’ or the others, not both."
    }
    assert mistakes(OQ5=["capacity", "data"]) == {}


@pytest.mark.parametrize(
    ("ref", "answer"),
    [
        ("OQ1", "finished"),
        ("OQ1", ["under_way"]),
        ("OQ2", "signed_off"),
        ("OQ5", "capacity"),
        ("OQ5", ["capacity", "weather"]),
    ],
)
def test_only_what_is_on_offer_can_be_chosen(ref: str, answer):
    assert mistakes(**{ref: answer}) == {ref: OFFERED}


@pytest.mark.parametrize("answer", ["soon", "2026-13-01", "2026-02-29", ["2026-10-01"]])
def test_a_date_is_a_date(answer):
    assert mistakes(OQ3=answer) == {"OQ3": "Choose a date, such as 23 October 2026."}


def test_words_are_kept_short():
    assert mistakes(OQ6="x" * 300) == {}
    assert mistakes(OQ6="x" * 301) == {"OQ6": "Write at most 300 characters."}
    assert mistakes(OQ6=["x"]) == {"OQ6": "Write at most 300 characters."}


def test_every_mistake_is_told_at_once():
    assert set(FORM.mistakes({"OQ5": ["nothing", "data"], "OQ6": "x" * 400}, today=TODAY)) == {
        "OQ1", "OQ2", "OQ4", "OQ5", "OQ6",
    }  # fmt: skip


@pytest.mark.parametrize("first", [option.value for option in FORM.question("OQ1").options])
@pytest.mark.parametrize("offer", [option.value for option in FORM.question("OQ4").options])
def test_done_is_signed_off_and_shared_and_nothing_else(first: str, offer: str):
    expected = (first, offer) == ("signed_off", "shared")
    assert FORM.is_done({"OQ1": first, "OQ2": "on_track", "OQ4": offer}) is expected


def test_a_form_without_a_rule_is_done_by_any_reply():
    assert FORM.model_copy(update={"done": {}}).is_done({})


def test_the_summary_says_in_a_line_where_a_partner_stands():
    assert FORM.summary_words(UNDER_WAY) == (
        "Review: under way; by half-term: on track; offer: drafting"
    )
    assert FORM.summary_words(DONE) == (
        "Review: signed off; by half-term: already done; offer: shared with all settings"
    )
    assert FORM.summary_words({"OQ4": "agreed"}) == "Offer: agreed, not shared"
    assert FORM.summary_words({}) == ""


def test_an_answer_that_this_version_does_not_know_stays_as_it_is():
    assert FORM.question("OQ1").words("abandoned") == "abandoned"
    assert FORM.question("OQ5").words(["capacity", "weather"]) == "Capacity, weather"


answers = st.dictionaries(
    st.sampled_from([question.ref for question in FORM.questions]),
    st.text(max_size=20)
    | st.lists(st.text(max_size=5), max_size=3)
    | st.sampled_from([option.value for q in FORM.questions for option in q.options])
    | st.lists(st.sampled_from([o.value for o in FORM.question("OQ5").options]), max_size=3),
)


@given(answers)
def test_whatever_is_sent_gets_sentences_never_a_crash(given):
    found = FORM.mistakes(given, today=TODAY)
    assert set(found) <= {question.ref for question in FORM.questions}
    assert all(sentence.endswith((".", "both.")) for sentence in found.values())
    FORM.is_done(given)
    FORM.summary_words(given)


def question(**more) -> Question:
    fields = {"ref": "A", "text": "Ready?", "short": "Ready", "kind": QuestionKind.TEXT, "source": "S1"}  # fmt: skip
    return Question(**fields | more)


@pytest.mark.parametrize(
    "more",
    [{"status": "B"}, {"help": "B"}, {"summary": ("A", "B")}, {"done": {"B": ("yes",)}},
     {"checks": [{"when": {"B": ["yes"]}, "at": "A", "say": "No."}]},
     {"checks": [{"when": {"A": ["yes"]}, "at": "B", "say": "No."}]},
     {"checks": [{"when": {}, "after_today": "B", "at": "A", "say": "No."}]}],
)  # fmt: skip
def test_a_form_names_only_its_own_questions(more):
    fields = {"questions": (question(),), "status": "A", "summary": ("A",), "help": "A"}
    Form(**fields)
    with pytest.raises(ValidationError, match="there is no question B"):
        Form(**fields | more)


@pytest.mark.parametrize(
    "more",
    [{"text": "x" * 201}, {"short": ""}, {"max_length": 501}, {"kind": "slider"}, {"colour": "red"}, {"hint": "x" * 201}, {"source": "S28"},
     {"options": [{"value": f"v{'a' * n}", "text": "T"} for n in range(21)]}],
)  # fmt: skip
def test_a_question_keeps_slacks_limits(more):
    with pytest.raises(ValidationError):
        question(**more)


@pytest.mark.parametrize("fields", [{"value": "A b"}, {"text": ""}, {"text": "x" * 75}])
def test_an_option_keeps_slacks_limits(fields):
    with pytest.raises(ValidationError):
        Option(**{"value": "a", "text": "A"} | fields)


OPTION = {"value": "yes", "text": "Yes"}


@pytest.mark.parametrize(
    ("kind", "options", "sentence"),
    [
        ("choice", [], "a choice has options, and nothing else has"),
        ("text", [OPTION], "a choice has options, and nothing else has"),
        ("choices", [OPTION, OPTION], "two options have the same value"),
    ],
)
def test_a_question_offers_answers_where_they_are_chosen(kind, options, sentence):
    with pytest.raises(ValidationError, match=sentence):
        Question.model_validate(
            {
                "ref": "Q",
                "text": "Q?",
                "short": "Q",
                "kind": kind,
                "source": "S1",
                "options": options,
            }
        )


@pytest.mark.parametrize("where", ["done", "checks"])
def test_a_rule_names_answers_that_can_be_chosen(where):
    rule = {"OQ1": ["finished_long_ago"]}
    more = {"done": rule, "checks": [{"when": rule, "at": "OQ1", "say": "No."}]}[where]
    with pytest.raises(ValidationError, match="OQ1 does not offer finished_long_ago"):
        Form.model_validate(FORM.model_dump(mode="json") | {where: more})
