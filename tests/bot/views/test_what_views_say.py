"""What people must be able to read, and what they must not."""

import re

import pytest

from bot.views import review_status as views
from bot.views.blocks import fit, section, shorten, shorten_bytes
from bot.views.digest import digest
from bot.views.reminder import reminder
from storage.forms import Form
from storage.questions import Question, QuestionKind
from storage.vocabulary import Audience
from tests.bot.views import every, make
from tests.bot.views.slack_takes import MORE, texts
from tests.factories import UNDER_WAY, london

SINCE = london(2026, 9, 7, 9)


def test_a_digest_with_nothing_new_is_one_line():
    quiet = digest(make.digest(make.part(make.standing()), since=SINCE))
    assert len(quiet.blocks) == 1
    assert "\n" not in quiet.text


def test_the_first_digest_says_who_has_not_replied_even_when_nobody_has():
    first = digest(make.digest(make.part(make.standing())))
    assert "Who has not replied" in first.text
    assert "It is your first digest." in first.text
    assert "Nothing has changed" not in first.text


def test_a_digest_of_many_sectors_says_how_many_it_leaves_out():
    part = make.part(make.standing(), changes=(make.change(make.standing(make.said())),))
    crowded = digest(make.digest(*[part] * 6, since=SINCE))
    assert "2 more parts are not shown here." in crowded.whole_text


def test_a_digest_of_all_england_counts_everybody_and_names_some():
    shown = digest(make.digest(make.all_england(400), since=SINCE))
    assert "133 of 400 partners have replied" in shown.text
    assert re.search(r"and \d+ more", shown.whole_text)


def test_a_receipt_tells_the_writer_who_can_read_it():
    private = make.standing(make.said(make.WHOLE, audience=Audience.PARTNERSHIP))
    shown = reminder(make.reminder(make.item(private)))
    assert "Only your partnership can read what you wrote." in shown.text


def test_a_reminder_of_sixty_duties_says_how_many_are_left_out():
    shown = reminder(make.reminder(*(make.item(row) for row in make.areas(60))))
    buttons = sum(block.get("accessory") is not None for block in shown.blocks)
    assert f"{60 - buttons} more are not shown here." in shown.whole_text


def test_duties_of_two_campaigns_stand_under_one_heading_each():
    other = "Summer-holiday vigilance 2026 to 2027"
    rows = make.areas(20)
    mixed = [
        make.item(make.standing(partner_id=row.partner_id, campaign_title=title))
        for row in rows
        for title in (make.TITLE, other)
    ]
    shown = reminder(make.reminder(*mixed))
    headings = [block["text"]["text"] for block in shown.blocks if block["type"] == "header"]
    assert headings == [make.TITLE, other]


def test_a_second_text_of_a_form_is_plain_text_too():
    question = Question(
        ref="OQ7", text="Where?", short="Where", kind=QuestionKind.TEXT, source="S26"
    )
    fields = make.FORM.model_dump() | {"questions": (*make.FORM.questions, question)}
    form = Form.model_validate(fields)
    said = make.said({**UNDER_WAY, "OQ7": "*Here* <!channel>"}, form=form)
    shown = reminder(make.reminder(make.item(make.standing(said, form=form))))
    assert "Where: *Here* <!channel>" in list(texts(shown.blocks, "plain_text"))
    assert not any("Here" in each for each in texts(shown.blocks, "mrkdwn"))


@pytest.mark.parametrize(
    "title", ["stranger", "help", "typed", "home, lead", "home, stranger", "home, respondent"]
)
def test_where_people_turn_for_help_it_says_that_this_is_not_for_concerns(title):
    shown = {**every.homes(), **{name: m.blocks for name, m in every.messages().items()}}
    assert "This is not for reporting a concern." in str(shown[title])


def test_a_few_duties_are_shown_without_anything_cut():
    row = make.standing(make.said(make.WHOLE), partnership="A very long name of an area " * 3)
    shown = views.review_status(make.status(duties=(row,) * 20))
    assert "…" not in shown.whole_text


def test_a_duty_that_is_done_has_no_deadline_any_more():
    shown = views.review_status(make.status(duties=(make.done(), make.standing())))
    assert shown.text.count("Reply by") == 1


def test_what_does_not_fit_is_cut_at_a_block_and_says_so():
    kept = fit([section("x" * 3000)] * 5)
    assert len(kept) == 4
    assert kept[-1].to_dict()["elements"][0]["text"] == "There is more than fits here."


def test_what_fits_is_left_as_it_is():
    blocks = [section("x" * 3000)] * 4
    assert fit(blocks) == blocks


def test_a_shortened_text_never_ends_inside_an_escape():
    assert shorten("Health &amp; care", 10) == "Health …"
    assert shorten("Health &amp; care", 16) == "Health &amp; ca…"


def test_a_text_that_is_too_long_is_cut_at_a_line_and_says_where_the_rest_is():
    cut = shorten_bytes("\n".join(["a line"] * 1000), 4000)
    assert cut.splitlines()[-1] == MORE
    assert set(cut.splitlines()[:-1]) == {"a line"}


def test_escapes_count_as_slack_counts_them():
    cut = shorten_bytes("\n".join(["&amp;" * 10] * 100), 4000)
    assert len(cut.replace("&", "&amp;").encode()) <= 4000


def test_one_line_that_is_too_long_is_cut_too():
    cut = shorten_bytes("&amp;" * 3000, 4000)
    assert cut.startswith("&amp;")
    assert len(cut.replace("&", "&amp;").encode()) <= 4000


def test_a_board_opened_from_the_list_is_the_same_as_a_leads_only_board():
    board = make.board()
    assert (
        views.board(make.status(board), board).text == views.review_status(make.status(board)).text
    )
