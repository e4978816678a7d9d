"""The full return's forms: within Slack's limits whatever people type, read back as they were filled in, plainly worded."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ids import ButtonValue
from bot.views import review_status as views
from bot.views.filled_in import errors_at, filled_in
from bot.views.home import home
from bot.views.questions import WARNING, shows_why
from bot.views.return_screens import screen_modal, sent_modal
from bot.views.return_signing import read_modal, sign_modal, signed_modal
from storage.full_returns import FullReturn
from storage.letter import sentences_of
from storage.questions import Question, QuestionKind
from storage.read_models import ReturnStanding
from storage.vocabulary import Audience
from tests.bot.views import returns
from tests.bot.views.homes import tab
from tests.bot.views.slack_takes import complaints_about_message, complaints_about_view, texts
from tests.bot.views.test_limits import EXAMPLES, MARK, NAMES, WORDS
from tests.bot.views.test_reply_modal import sent

ASKS = returns.ASKS
READABLE = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def standings(draw: Any) -> ReturnStanding:
    """Sent and signed by some, with words that somebody typed wherever they can."""
    typed = {ref: draw(WORDS) for ref in ("OF3_WHY", "OF8", "OF12_HOW", "OF15_WHAT", "OF17")}
    answers = returns.WHOLE | typed
    signed = returns.signers(*draw(st.sets(st.integers(1, 3))))
    signers = tuple(
        replace(each, body=draw(NAMES), last=each.last and replace(each.last, by=draw(NAMES)))
        for each in signed
    )
    return returns.standing(
        partnership=draw(NAMES),
        draft=returns.draft(answers, by=draw(NAMES)),
        sent=returns.sent(answers, by=draw(NAMES)),
        signers=signers,
    )


def all_views(of: ReturnStanding) -> list[dict[str, Any]]:
    """Every form that this return can appear in."""
    form, to_sign = returns.form(of), returns.to_sign(of)
    before = returns.sent(returns.CHANGED)
    changed = tuple(of.asks.changed(before.answers, to_sign.sent.answers))
    mistakes = {"OF3_WHY": "This looks like an NHS number."}
    return [
        *(screen_modal(form, screen=n, shows_why=True, mistakes=mistakes) for n in (1, 2, 3)),
        sent_modal(form),
        sign_modal(to_sign, shows_why=True),
        sign_modal(replace(to_sign, before=before, changed=changed), is_sent_again=True),
        signed_modal(to_sign),
        read_modal(returns.to_read(of)),
        read_modal(returns.to_read(of, words=False)),
    ]


@EXAMPLES
@given(standings())
def test_slack_takes_every_form_and_line_whatever_people_type(of):
    for view in all_views(of):
        assert complaints_about_view(view) == []
    for content in (
        returns.for_lead(of),
        returns.for_respondent(*returns.many(40, of)),
        returns.for_facilitator(*returns.many(40, of)),
    ):
        assert complaints_about_message(views.review_status(content)) == []
        assert complaints_about_view(home(tab(content))) == []


@EXAMPLES
@given(standings())
def test_what_people_type_stands_in_plain_text_only(of):
    named = replace(
        of,
        partnership="A partnership",
        draft=of.draft and replace(of.draft, by="A person"),
        sent=of.sent and replace(of.sent, by="A person"),
        signers=returns.signers(1),
    )
    shown = all_views(named)
    assert not any(MARK in words for words in texts(shown, "mrkdwn"))
    assert any(MARK in words for words in texts(shown, "plain_text"))


@READABLE
@given(standings())
def test_nobody_outside_reads_words_that_are_for_the_partnership_only(of):
    answers = of.sent.answers | {"OF8": "https://council.example/offer"}
    of = replace(of, sent=replace(of.sent, answers=answers))
    inside, outside = (read_modal(returns.to_read(of, words=words)) for words in (True, False))
    assert any(MARK in said for said in texts(inside, "plain_text"))
    assert not any(MARK in said for said in texts(outside, "plain_text"))


def _answer(question: Question) -> st.SearchStrategy[Any]:
    values = [option.value for option in question.options]
    match question.kind:
        case QuestionKind.CHOICE:
            return st.sampled_from(values)
        case QuestionKind.CHOICES:
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case QuestionKind.DATE:
            return st.dates().map(str)
        case QuestionKind.NUMBER:
            return st.integers(0, 9999).map(str)
        case _:
            return st.text(min_size=1, max_size=200).map(str.strip).filter(bool)


@st.composite
def drafts(draw: Any) -> dict[str, Any]:
    """Any answers, some left open."""
    answers = {
        each.ref: draw(_answer(each))
        for screen in ASKS.screens
        for each in screen.questions
        if each.for_each is None and draw(st.booleans())
    }
    for each in ASKS.asked(answers):
        if each.part_of == "OF2" and draw(st.booleans()):
            answers[each.ref] = draw(_answer(each))
    return answers


@READABLE
@given(drafts(), st.sampled_from(Audience), st.booleans())
def test_a_screen_sent_as_it_was_opened_gives_what_was_saved(answers, audience, why):
    form = returns.form(returns.standing(draft=returns.draft(answers, audience=audience)))
    together: dict[str, Any] = {}
    for number in (1, 2, 3):
        view = sent(screen_modal(form, screen=number, shows_why=why), {})
        submission = filled_in(view)
        assert ButtonValue.decode(view["private_metadata"]).screen == number
        assert submission.audience is (audience if number == 3 else None)
        assert submission.asked == {each.ref for each in ASKS.asked_on(number, answers)}
        together |= submission.answers
    assert _as_sets(together) == _as_sets(answers)


def _as_sets(answers: dict[str, Any]) -> dict[str, Any]:
    """Ticks come back in the order of the options."""
    return {ref: set(one) if isinstance(one, list) else one for ref, one in answers.items()}


def test_a_screen_shows_nothing_that_was_refused():
    refused = {"OF3_WHY": "This looks like an NHS number."}
    form = replace(returns.form(), unsaved={"OF1": ["colleges"], "OF4": "forum"})
    view = screen_modal(form, screen=1, mistakes=refused)
    by_name = {block.get("block_id"): block for block in view["blocks"]}
    assert "initial_value" not in by_name["OF3_WHY"]["element"]
    assert by_name["OF4"]["element"]["initial_option"]["value"] == "forum"
    assert "OF2_COLLEGES" in by_name


def test_a_sentence_stands_at_the_first_block_of_its_question():
    view = sent(screen_modal(returns.form(), screen=2), {})
    assert errors_at(view, {"OF7": "Choose.", "OF9": "Choose.", "OF99": "?"}) == {
        "OF7": "Choose.",
        "OF9": "Choose.",
    }
    signing = sent(sign_modal(returns.to_sign()), {})
    assert errors_at(signing, {"OF18": "Tick."}) == {"OF18~revision-1": "Tick."}


def test_a_tick_is_given_anew_for_each_revision():
    names = [
        block["block_id"]
        for of in (returns.to_sign(), returns.sent_again())
        for block in sign_modal(of)["blocks"]
        if str(block.get("block_id")).startswith("OF18")
    ]
    assert names == ["OF18~revision-1", "OF18~revision-2"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_why_we_ask_is_below_each_question_and_only_where_it_is_wanted(number):
    form = returns.form(returns.DRAFTED)
    view, without = (
        screen_modal(form, screen=number, shows_why=True),
        screen_modal(form, screen=number),
    )
    assert (shows_why(_named(view)), shows_why(_named(without))) == (True, False)
    shown = [block for block in view["blocks"] if str(block.get("block_id")).startswith("why_")]
    asked = [each for each in ASKS.screens[number - 1].questions if each.part_of is None]
    assert [block["block_id"] for block in shown] == [f"why_{each.ref}" for each in asked]
    for block, question in zip(shown, asked, strict=True):
        said = block["elements"][0]["text"]
        assert all(sentence in said for sentence in sentences_of(question.source))
    fields = [
        [each for each in one["blocks"] if each["type"] == "input"] for one in (view, without)
    ]
    assert fields[0] == fields[1]


def _named(view: dict[str, Any]) -> dict[str, Any]:
    """With the names that Slack would make up."""
    return {"blocks": [{"block_id": "made up", **block} for block in view["blocks"]]}


def test_every_text_box_warns_about_children():
    boxes = [
        block
        for view in returns.modals().values()
        for block in view["blocks"]
        if block.get("element", {}).get("type") == "plain_text_input"
    ]
    assert boxes
    assert all(WARNING in box["hint"]["text"] for box in boxes)


def test_slack_takes_the_largest_return_that_a_campaign_may_have():
    option = {"value": "v" * 75, "text": "T" * 74}
    options = [{**option, "value": letter * 75} for letter in "abcdefghijklmnopqrst"]
    base = {"text": "W" * 200, "short": "S" * 40, "source": "S14, S15, S7, S12", "hint": "H" * 200}
    questions = [
        {**base, "ref": "Q0", "kind": "choices", "options": options},
        {**base, "ref": "Q1", "kind": "number", "for_each": "Q0"},
        *({**base, "ref": f"Q{n}", "kind": "text", "max_length": 500} for n in range(2, 6)),
        *(
            {**base, "ref": f"Q{n}", "kind": "text", "max_length": 500, "part_of": "Q5"}
            for n in range(6, 17)
        ),
    ]
    fields = ASKS.model_dump(mode="json") | {"title": "T" * 16, "checks": []}
    largest = [
        {
            "title": "T" * 60,
            "questions": [
                {**each, "ref": f"{each['ref']}_{n}", **_renamed(each, n)} for each in questions
            ],
        }
        for n in range(8)
    ]
    last = {"title": "T", "questions": [{**base, "ref": "LAST", "kind": "text"}]}
    asks = FullReturn.model_validate(fields | {"screens": [*largest, last]})
    answers: dict[str, Any] = {}
    for screen in asks.screens:
        for each in screen.questions:
            if each.kind is QuestionKind.CHOICES:
                answers[each.ref] = [option.value for option in each.options]
            elif each.kind is QuestionKind.TEXT:
                answers[each.ref] = "&" * each.max_length
    of = returns.standing(
        asks=asks,
        draft=returns.draft(answers),
        sent=returns.sent(answers, asks=asks),
        signers=returns.signers(1),
    )
    form = returns.form(of)
    for number in range(1, 10):
        assert complaints_about_view(screen_modal(form, screen=number, shows_why=True)) == []
    assert complaints_about_view(sign_modal(returns.to_sign(of), shows_why=True)) == []
    assert complaints_about_view(read_modal(returns.to_read(of))) == []


def _renamed(question: dict[str, Any], n: int) -> dict[str, Any]:
    return {key: f"{question[key]}_{n}" for key in ("part_of", "for_each") if key in question}


# How it reads


def _own_sentences() -> set[str]:
    """All that the forms and lines say, but for the letter's words and those of the sample's answers."""
    shown = [view for name, view in returns.modals().items() if "why" not in name]
    shown += [message.blocks for message in returns.messages().values()]
    said = {words for kind in ("mrkdwn", "plain_text") for words in texts(shown, kind)}
    return {
        sentence.strip()
        for words in said
        for line in re.sub(r"[*•]", "", words).splitlines()
        for sentence in re.split(r"(?<=[.?:])\s", line)
        if sentence.strip()
    }


def test_every_sentence_is_short_and_without_please_blame_or_ampersand():
    for sentence in _own_sentences():
        assert len(sentence.split()) <= 25, sentence
        assert not re.search(r"\bplease\b|\bfailed\b|\bmidnight\b|&|'", sentence, re.IGNORECASE), (
            sentence
        )


def test_a_lead_is_told_where_it_is_and_who_is_missing():
    said = views.review_status(returns.for_lead(returns.SENT)).whole_text
    assert "1 of 3 sectors has signed. Waiting for Birmingham and Solihull" in said
    over = views.review_status(returns.for_lead(returns.COMPLETE)).whole_text
    assert "All 3 sectors have signed." in over
    assert "Send and sign it by" not in over


def test_those_who_have_not_signed_come_first_and_the_rest_is_counted():
    signed = replace(returns.COMPLETE, partnership="Signed already")
    rows = returns.many(12)
    shown = views.review_status(returns.for_respondent(signed, *rows)).whole_text
    assert "3 more are not shown here." in shown
    assert "Signed already" not in shown
