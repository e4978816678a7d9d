"""Each check of style can fail: a bad example and a good one for each."""

import ast

import pytest

from tests.bot.words import said, style
from tests.bot.words.style import NEVER, NEVER_DATES, found, reading_age, sentences, too_long

BAD = {
    "‘and’, not ‘&’": "Schools & colleges have replied.",
    "no ‘please’": "Please reply by Friday.",
    "links and buttons say what they do": "Click here to reply.",
    "no emoji": "Done 🎉",
    "‘9am’, not ‘9:00 am’": "We sent it at 10:00 am.",
    "‘11:59pm’, not ‘midnight’": "Reply by midnight on Friday.",
    "no exclamation mark": "Your reply is stored!",
    "no blame": "You failed to reply.",
    "no Latin": "Give a number, e.g. 3.",
    "typographic quotes": "Your partnership's lead can see it.",
}
BAD_DATES = {
    "‘26 October’, not ‘26th’": "Reply by 26th October.",
    "‘26 October 2026’, not ‘2026-10-26’": "Reply by 2026-10-23.",
    "‘26 October 2026’, not ‘26/10/2026’": "Reply by 10/26/2026.",
    "the day before the month": "Reply by October 26.",
    "the month in full": "Reply by 26 Oct.",
    "no comma in a date": "Reply by Monday, 26 October 2026.",
}
GOOD = (
    "Reply by 11:59pm on Friday 23 October 2026. Half-term is from 26 to 30 October, and we are here from 9am to 4:30pm.",
    "Type /review-status to see your partnership’s replies. ‘On track’ is one of the answers.",
    "By half-term: 3 on track, 1 at risk. Week 2: 1 of 10 partners has replied.",
)


@pytest.mark.parametrize("why", NEVER)
def test_what_is_never_said_is_found(why):
    assert found(NEVER, BAD[why]) == [f"{why}: {BAD[why]!r}"]


@pytest.mark.parametrize("why", NEVER_DATES)
def test_a_date_in_another_style_is_found(why):
    assert found(NEVER_DATES, BAD_DATES[why]) == [f"{why}: {BAD_DATES[why]!r}"]


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("no emoji", ":white_check_mark: Done"),
        ("no emoji", "✅ Done"),
        ("‘9am’, not ‘9:00 am’", "We sent it at 9 AM."),
        ("‘9am’, not ‘9:00 am’", "We sent it at 9.30am."),
        ("‘9am’, not ‘9:00 am’", "We sent it at 14:00."),
        ("no blame", "You did not reply."),
        ("no blame", "That is an invalid date."),
        ("typographic quotes", 'Choose "On track".'),
    ],
)
def test_so_are_its_other_forms(why, said):
    assert found(NEVER, said) == [f"{why}: {said!r}"]


@pytest.mark.parametrize("text", GOOD)
def test_good_words_pass_every_check(text):
    assert found(NEVER | NEVER_DATES, text) == []
    assert too_long(text) == []
    assert reading_age([text]) <= style.OLDEST_READER


def test_a_sentence_of_26_words_is_too_long_and_one_of_25_is_not():
    long = " ".join(["word"] * 26) + "."
    assert too_long(f"This is short. {long.capitalize()}") == [long.capitalize()]
    assert too_long(" ".join(["word"] * 25) + ".") == []


def test_a_line_of_a_list_is_a_sentence_of_its_own():
    assert sentences("Who has replied\n• Police, at 9am\nIt is so. Is it?") == [
        "Who has replied",
        "Police, at 9am",
        "It is so.",
        "Is it?",
    ]


def test_the_reading_age_is_the_one_of_the_formula():
    """4 letters a word and 3 words a sentence: 4.71 x 4 + 0.5 x 3 - 21.43, and five years."""
    assert reading_age(["Read this text."]) == pytest.approx(18.84 + 1.5 - 21.43 + 5)


def test_officials_prose_is_too_hard():
    prose = (
        "Notwithstanding the aforementioned organisational arrangements, safeguarding practitioners are"
        " required to operationalise multi-agency accountability frameworks."
    )
    assert reading_age([prose]) > style.OLDEST_READER


def test_names_of_bodies_do_not_make_a_text_hard():
    named = "Birmingham and Solihull Integrated Care Board has replied."
    assert reading_age([named]) == reading_age(["Leeds has replied."])


def test_a_heading_alone_is_no_real_sentence():
    assert not style.is_real_sentence("October half-term review 2026 to 2027")
    assert not style.is_real_sentence("Done.")
    assert style.is_real_sentence("Reply\nNothing has changed since Monday.")


def test_an_input_without_a_label_is_found():
    box = {"type": "plain_text_input", "action_id": "a"}
    labelled = {"type": "input", "label": {"type": "plain_text", "text": "Why?"}, "element": box}
    assert said.without_label([labelled]) == []
    assert said.without_label([labelled | {"label": {"type": "plain_text", "text": " "}}]) == [
        "plain_text_input"
    ]
    assert said.without_label([{"type": "section", "accessory": {"type": "static_select"}}]) == [
        "static_select"
    ]
    assert said.without_label([{"type": "actions", "elements": [{"type": "button"}]}]) == []


def test_a_refusal_that_is_no_sentence_is_found():
    assert not said.is_whole("bad file")
    assert not said.is_whole("The file is bad")
    assert said.is_whole("The file is empty. Save it again.")
    assert said.is_whole("--week is 3. Write it as 2026-W43.")


def test_sentences_in_code_are_found_and_docstrings_are_not():
    code = 'def answer():\n    """Not this one."""\n    say(f"Reply by {day}. Or not.")\n    say("key")\n'
    assert list(said._sentences(ast.parse(code))) == [(3, "Reply by Something. Or not.")]


def test_what_a_campaign_and_a_block_say_is_read_as_people_read_it():
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*Health &amp; care*"}}
    assert list(said.texts([block])) == ["Health & care"]
    assert found(NEVER, "Health & care") != []
