"""Promise 8: every message, view and modal keeps Slack's limits, whatever people type."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.views import modals
from bot.views import review_status as views
from bot.views.also_for import kept_modal
from bot.views.blocks import Message, name
from bot.views.digest import digest
from bot.views.home import home
from bot.views.reminder import reminder
from bot.views.reply_modal import reply_modal
from bot.views.withdrawal import withdraw_modal
from storage.forms import Form
from storage.questions import Option, Question, QuestionKind
from storage.read_models import Coming, Said, Standing
from tests.bot.views import every, make
from tests.bot.views.homes import post, tab
from tests.bot.views.slack_takes import (
    complaints_about_message,
    complaints_about_view,
    text_objects,
    texts,
)

MESSAGES = every.messages()
VIEWS = {**every.modal_views(), **every.homes()}
#: A word that nothing but a planted text contains.
MARK = "Qzxj"
TRICKS = (
    "<@U0123456>", "<!channel>", "<!here|here>", "<#C0123456>", "<https://evil.example|gov.uk>",
    "https://evil.example", "@channel", "*bold*", "_italic_", "~struck~", "`code`", "```block```",
    "\n> quote", "\n• item", "&lt;!channel&gt;", "&", "<", ">", "*", ":rotating_light:", "\u202e",
    "\x00", "👩‍👩‍👧‍👧",
)  # fmt: skip


@pytest.mark.parametrize("title", MESSAGES)
def test_slack_takes_every_message(title):
    assert complaints_about_message(MESSAGES[title]) == []


@pytest.mark.parametrize("title", VIEWS)
def test_slack_takes_every_view(title):
    assert complaints_about_view(VIEWS[title]) == []


@pytest.mark.parametrize("title", MESSAGES)
def test_the_text_says_all_that_the_blocks_say(title):
    message = MESSAGES[title]
    for said in [*texts(message.blocks, "mrkdwn")]:
        assert re.sub(r"[*_~`]", "", said) in message.whole_text


@pytest.mark.parametrize("title", MESSAGES)
def test_each_of_several_buttons_says_what_it_is_about(title):
    buttons = [
        element
        for block in MESSAGES[title].blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if element.get("type") == "button"
    ]
    called = [button.get("accessibility_label", button["text"]["text"]) for button in buttons]
    assert all(
        label.startswith(button["text"]["text"])
        for label, button in zip(called, buttons, strict=True)
    )
    assert len(set(called)) == len(called)


# Whatever people type


def _typed(longest: int) -> st.SearchStrategy[str]:
    pieces = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(TRICKS)), max_size=8)
    short = pieces.map("".join)
    long = st.builds(lambda words, times: (words or "x") * times, short, st.integers(1, longest))
    return st.one_of(short, long).map(lambda words: f"{MARK} {words}"[:longest])


NAMES = _typed(4000)
WORDS = _typed(500)
EXAMPLES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def replies(draw: Any, words: st.SearchStrategy[str] = WORDS) -> Said:
    answers = {**make.WHOLE, "OQ6": draw(words)}
    if draw(st.booleans()):
        answers |= {"OQ1": "signed_off", "OQ2": "already_done", "OQ4": "shared"}
    return make.said(answers, by=draw(NAMES))


@st.composite
def standings(draw: Any, words: st.SearchStrategy[str] = WORDS) -> Standing:
    return make.standing(
        draw(st.none() | replies(words)),
        body=draw(NAMES),
        partnership=draw(NAMES),
        coming=draw(st.none() | st.builds(Coming, at=st.just(make.NOW), to=NAMES)),
        may_withdraw=draw(st.booleans()),
    )


def _numbered(rows: list[Standing]) -> list[Standing]:
    """Each a partner and a partnership of its own."""
    return [
        replace(row, partner_id=number, partnership_id=number)
        for number, row in enumerate(rows, start=1)
    ]


@st.composite
def many_standings(draw: Any) -> list[Standing]:
    """Up to 60, made of a few that are drawn."""
    few = draw(st.lists(standings(), min_size=1, max_size=4))
    return _numbered((few * 60)[: draw(st.integers(1, 60))])


def all_messages(rows: list[Standing]) -> list[Message]:
    """Every message that these standings can appear in."""
    boards = [make.board(row, partnership_id=row.partnership_id) for row in rows]
    asked = [(row, row.said.asks) for row in rows if row.said and row.said.asks]
    part = make.part(
        *rows,
        changes=tuple(make.change(row) for row in rows if row.said),
        requests=tuple(asked),
    )
    duties = views.review_status(make.status(duties=tuple(rows)))
    counts = make.count(*rows)
    return [
        reminder(make.reminder(*(make.item(row) for row in rows))),
        reminder(make.reminder(*(make.item(row, asked_at=make.NOW) for row in rows))),
        reminder(make.reminder(make.item(rows[0], previous=rows[-1].said))),
        views.review_status(make.status(make.board(*rows))),
        views.review_status(make.status(*boards)),
        views.review_status(make.status(*boards, duties=tuple(rows), counts=(counts, counts))),
        duties,
        digest(make.digest(part)),
        digest(make.digest(part, part, part, part, part, since=make.ASKED)),
        digest(make.digest(make.part(*rows), since=make.ASKED)),
    ]


def all_views(rows: list[Standing]) -> list[dict[str, Any]]:
    """Every modal and Home tab that these standings can appear in."""
    status = make.status(make.board(*rows), duties=tuple(rows), counts=(make.count(*rows),))
    return [
        home(tab(status)),
        home(tab(status, posts=tuple(post(words=row.body) for row in rows))),
        modals.board_modal(status, status.boards[0]),
        modals.sorry_modal(rows[0].body),
        withdraw_modal(rows[0]),
        reply_modal(
            replace(make.duty(), standing=rows[0], previous=rows[-1].said, others=tuple(rows[1:]))
        ),
        kept_modal(replace(make.duty(), standing=rows[0], also=tuple(rows[1:]))),
    ]


@EXAMPLES
@given(many_standings())
def test_slack_takes_every_message_whatever_people_type(rows):
    for message in all_messages(rows):
        assert complaints_about_message(message) == []


@EXAMPLES
@given(many_standings())
def test_slack_takes_every_view_whatever_people_type(rows):
    for view in all_views(rows):
        assert complaints_about_view(view) == []


@EXAMPLES
@given(many_standings())
def test_nothing_that_people_type_mentions_links_or_formats(rows):
    shown = [*(message.blocks for message in all_messages(rows)), *all_views(rows)]
    for said in text_objects(shown):
        assert said.get("verbatim") is True
        words = said["text"]
        assert not re.search(r"[<>_~`]", words)
        assert not re.search(r"&(?!amp;|lt;|gt;)", words)
        assert words.count("*") % 2 == 0 or words.endswith("…")
    for message in all_messages(rows):
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", message.text)


@EXAMPLES
@given(st.lists(standings(), min_size=1, max_size=6))
def test_free_text_stands_in_plain_text_only(drawn):
    rows = [
        replace(row, body="A body", partnership="A partnership", coming=None)
        for row in _numbered(drawn)
    ]
    rows = [
        row if row.said is None else replace(row, said=replace(row.said, by="A person"))
        for row in rows
    ]
    shown = [*(message.blocks for message in all_messages(rows)), *all_views(rows)[:1]]
    assert not any(MARK in said for said in texts(shown, "mrkdwn"))
    if any(row.said for row in rows):
        assert any(MARK in said for said in texts(shown, "plain_text"))


@given(NAMES)
def test_a_name_is_one_line_without_marks(words):
    safe = name(words)
    assert not re.search(r"[*_~`<>\n\r]", safe)
    assert MARK in safe


# The largest form that a campaign's file may hold


def _largest_form() -> Form:
    options = tuple(Option(value=letter * 75, text=letter * 74) for letter in "abcdefghij")
    kinds = [QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.DATE, QuestionKind.TEXT]
    questions = tuple(
        Question(
            ref=f"Q{number}",
            text="W" * 200,
            short="S" * 40,
            kind=kinds[number % 4],
            source="S15",
            options=options if number % 4 < 2 else (),
            max_length=500,
        )
        for number in range(24)
    )
    return Form(questions=questions, status="Q0", summary=("Q0", "Q4", "Q8"), help="Q3")


LARGEST = _largest_form()


def _fullest(form: Form) -> Said:
    answers: dict[str, Any] = {
        QuestionKind.CHOICE: "a" * 75,
        QuestionKind.CHOICES: [letter * 75 for letter in "abcdefghij"],
        QuestionKind.DATE: "2026-10-19",
        QuestionKind.TEXT: "&" * 500,
    }
    return make.said(
        {each.ref: answers[each.kind] for each in form.questions}, form=form, is_done=False
    )


def test_slack_takes_the_largest_form_that_a_campaign_may_have():
    row = make.standing(_fullest(LARGEST), form=LARGEST)
    rows = _numbered([row] * 60)
    for message in all_messages(rows):
        assert complaints_about_message(message) == []
    for view in all_views(rows):
        assert complaints_about_view(view) == []
