"""The form that goes out as a modal comes back as the answers that were chosen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import ButtonValue
from bot.views.also_for import read
from bot.views.filled_in import errors_at, filled_in
from bot.views.reply_modal import reply_modal, topic_modal
from bot.workspace.blocks import checked_view, choice, interactive_elements, state_values
from storage.questions import Question, QuestionKind
from storage.read_models import AlsoFor, Duty
from storage.vocabulary import Audience
from tests.bot.views import make
from tests.bot.views.shared_replies import offers
from tests.factories import UNDER_WAY

WORDS = st.text(min_size=1, max_size=300).map(str.strip).filter(bool)


def _answer(question: Question) -> st.SearchStrategy[Any]:
    values = [option.value for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return st.sampled_from(values)
        case QuestionKind.CHOICES:
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case QuestionKind.DATE:
            return st.dates().map(str)
        case QuestionKind.TEXT:
            return WORDS


ANSWERS = st.fixed_dictionaries(
    {each.ref: _answer(each) for each in make.FORM.questions if each.required},
    optional={each.ref: _answer(each) for each in make.FORM.questions if not each.required},
)


def sent(view: dict[str, Any], filled_in: dict[str, Any]) -> dict[str, Any]:
    """What Slack hands back when this view is sent with these values chosen, by block."""
    taken = checked_view(view, "modal")
    filled = {
        block["block_id"]: {
            element["action_id"]: choice(element, filled_in[block["block_id"]], set())
        }
        for block, element in interactive_elements(taken["blocks"])
        if block["block_id"] in filled_in
    }
    values = state_values(taken["blocks"], filled)
    return {**taken, "id": "V0123", "state": {"values": values}}


@given(ANSWERS, st.sampled_from(Audience))
def test_what_is_chosen_comes_back_as_the_answers(answers, audience):
    view = sent(reply_modal(make.duty()), {**answers, "audience": audience.value})
    submission = filled_in(view)
    assert submission.answers == answers
    assert submission.audience is audience
    assert ButtonValue.decode(view["private_metadata"]) == ButtonValue(round_id=1, partner_id=3)


@given(ANSWERS, st.sampled_from(Audience))
def test_a_form_sent_as_it_was_opened_gives_the_earlier_answers(answers, audience):
    submission = filled_in(sent(reply_modal(make.duty(make.said(answers, audience=audience))), {}))
    assert submission.answers == answers
    assert submission.audience is audience


def test_what_is_emptied_is_no_answer():
    emptied = {"OQ3": None, "OQ5": [], "OQ6": ""}
    submission = filled_in(sent(reply_modal(make.duty(make.said(make.WHOLE))), emptied))
    assert submission.answers == {
        ref: answer for ref, answer in make.WHOLE.items() if ref not in emptied
    }


def test_spaces_alone_are_no_answer():
    submission = filled_in(sent(reply_modal(make.duty()), {**UNDER_WAY, "OQ6": " \n "}))
    assert submission.answers == UNDER_WAY


def test_facilitators_may_read_unless_the_writer_says_otherwise():
    submission = filled_in(sent(reply_modal(make.duty()), UNDER_WAY))
    assert submission.audience is Audience.FACILITATORS


def test_the_same_view_sent_twice_is_the_same_submission():
    view = sent(reply_modal(make.duty()), UNDER_WAY)
    assert filled_in(view).key == filled_in(view).key


def test_what_was_said_a_week_ago_is_filled_in_but_for_what_was_typed():
    last_week = make.summer_said(make.SUMMER_WHOLE, week=0)
    view = reply_modal(Duty(now=make.WEEK_1, standing=make.summer(), previous=last_week))
    assert "Your answers are filled in: change what is different." in str(view["blocks"])
    given = filled_in(sent(view, {})).answers
    assert given == {ref: make.SUMMER_WHOLE[ref] for ref in ("SQ1", "SQ2", "SQ3", "SQ4", "SQ5")}


def test_what_was_said_a_year_ago_is_shown_and_not_filled_in():
    view = reply_modal(make.duty(previous=make.last_year()))
    assert "Last time: Review: under way" in str(view["blocks"])
    assert filled_in(sent(view, {})).answers == {}


def test_every_text_box_warns_about_children():
    boxes = [
        block
        for block in reply_modal(make.duty())["blocks"]
        if block.get("element", {}).get("type") == "plain_text_input"
    ]
    assert boxes
    for box in boxes:
        assert "Do not include anything about a child, family or case." in box["hint"]["text"]


def test_six_questions_at_most_are_on_the_screen():
    assert len(make.FORM.questions) <= 6


def test_not_known_yet_is_always_a_choice():
    for question in make.FORM.questions:
        if question.options:
            assert "Not known yet" in [option.text for option in question.options]


def test_the_same_form_sent_twice_is_one_submission_and_one_with_other_words_another():
    view = reply_modal(make.duty())
    first, again, changed = (
        filled_in(sent(view, {"OQ6": words})).key for words in ("One", "One", "Two")
    )
    assert first == again
    assert changed != first


# For several partners


@pytest.mark.parametrize("count", [2, 31])
def test_none_of_the_other_partners_is_chosen_and_those_that_are_come_back(count):
    view = reply_modal(offers(count))
    assert filled_in(sent(view, UNDER_WAY)).also_for == ()
    submission = filled_in(sent(view, {**UNDER_WAY, "also_for": ["1/2/2", "1/1/0"]}))
    assert submission.answers == UNDER_WAY
    assert submission.also_for == (
        AlsoFor(round_id=1, partner_id=2, reply_id=2),
        AlsoFor(round_id=1, partner_id=1, reply_id=0),
    )


def test_choosing_another_partner_is_no_other_submission_for_those_before():
    view = reply_modal(offers(2))
    few, more = (
        filled_in(sent(view, {**UNDER_WAY, "also_for": chosen}))
        for chosen in (["1/1/0"], ["1/1/0", "1/2/2"])
    )
    assert few.key == more.key


def test_a_second_screen_carries_on_for_whom_the_reply_is():
    duty = Duty(
        now=make.WEEK_1,
        standing=make.summer(make.summer_said()),
        previous=None,
        also=tuple(make.areas(2)),
    )
    about = ButtonValue.decode(topic_modal(duty)["private_metadata"])
    assert read(about.also_for) == (
        AlsoFor(round_id=1, partner_id=1),
        AlsoFor(round_id=1, partner_id=2),
    )


def test_a_sentence_about_the_other_partners_stands_at_their_list_or_else_first():
    mistakes = {"also_for": "Take it out."}
    assert errors_at(sent(reply_modal(offers(2)), {}), mistakes) == mistakes
    assert errors_at(sent(reply_modal(make.duty()), {}), mistakes) == {"OQ1": "Take it out."}


def test_why_we_ask_is_said_once_below_the_questions_that_share_it():
    blocks = reply_modal(make.duty(), shows_why=True)["blocks"]
    ids = [block.get("block_id") for block in blocks]
    assert [each for each in ids if each and each.startswith("why_")] == [
        "why_OQ3",
        "why_OQ4",
        "why_OQ5",
        "why_OQ6",
    ]
    reason = blocks[ids.index("why_OQ3")]["elements"][0]["text"]
    assert reason.startswith("*Why we ask these 3 questions.*")
    assert ids.index("why_OQ3") == ids.index("OQ3") + 1
