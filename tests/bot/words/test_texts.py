"""Every text that people read keeps GOV.UK's style. What the checks are worth, test_style.py tells."""

from typing import Any

import pytest

from storage.letter import sentences_of
from tests.bot.views import every
from tests.bot.words import said
from tests.bot.words.style import (
    NEVER,
    NEVER_DATES,
    OLDEST_READER,
    found,
    is_real_sentence,
    reading_age,
    too_long,
)

SCREENS = {name: list(said.texts(blocks)) for name, blocks in said.screens().items()}
CAMPAIGNS = said.campaign_texts()
CODE = said.sentences_in_code()
#: What is read in Slack; what only the command line prints may show how a file's dates are written.
IN_SLACK = SCREENS | CAMPAIGNS | {at: texts for at, texts in CODE.items() if said.is_for_slack(at)}
EVERYTHING = IN_SLACK | CODE
#: What a check may find, and why.
ALLOWED = {
    "OAuth & Permissions": "the name of a page of Slack’s",
}

#: Shown as they are: they are not ours.
LETTER = tuple(sentence for number in range(1, 28) for sentence in sentences_of(f"S{number}"))


def _complaints(check: Any, texts: dict[str, list[str]]) -> list[str]:
    return [
        f"{where}: {complaint}"
        for where, each in texts.items()
        for text in each
        for complaint in check(_without_allowed(text))
    ]


def _without_allowed(text: str) -> str:
    for words in ALLOWED:
        text = text.replace(words, "Page")
    for words in LETTER:
        text = text.replace(words, "")
    return text


def test_there_is_something_to_read():
    """The gathering itself: a walk that found nothing would find nothing wrong."""
    assert len(SCREENS) >= len(every.messages()) + len(every.modal_views()) + len(every.homes())
    assert all(SCREENS.values())
    assert len(CODE) > 100
    assert any("Choose an answer. You can change it later." in each for each in CODE.values())
    assert any("so it cannot be off track" in text for text in CAMPAIGNS["october-review"])


def test_what_is_allowed_is_still_said():
    texts = [text for each in EVERYTHING.values() for text in each]
    assert [words for words in ALLOWED if not any(words in text for text in texts)] == []


@pytest.mark.parametrize("why", NEVER)
def test_it_is_said_nowhere(why):
    texts = IN_SLACK if why == "typographic quotes" else EVERYTHING
    assert _complaints(lambda text: found({why: NEVER[why]}, text), texts) == []


@pytest.mark.parametrize("why", NEVER_DATES)
def test_no_date_is_shown_so(why):
    assert _complaints(lambda text: found({why: NEVER_DATES[why]}, text), IN_SLACK) == []


def test_no_sentence_is_too_long():
    assert _complaints(too_long, EVERYTHING) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_somebody_of_fourteen_can_read_a_screen(screen):
    assert reading_age(SCREENS[screen]) <= OLDEST_READER


@pytest.mark.parametrize("campaign", CAMPAIGNS)
def test_somebody_of_fourteen_can_read_what_a_campaign_asks(campaign):
    assert reading_age(CAMPAIGNS[campaign]) <= OLDEST_READER


def test_somebody_of_fourteen_can_read_what_a_mistake_is_answered_with():
    assert reading_age(text for each in CODE.values() for text in each) <= OLDEST_READER


def test_every_refusal_is_whole_sentences():
    """What the code raises for people to read is a sentence, with a capital and a full stop."""
    raised = said.refusals()
    assert len(raised) > 10
    assert [f"{at}: {text}" for at, text in raised if not said.is_whole(text)] == []


@pytest.mark.parametrize("title", every.messages())
def test_a_notification_begins_with_something_that_makes_sense(title):
    """The top-level text, which screen readers and notifications read, says something in its first lines."""
    message = every.messages()[title]
    assert any(map(is_real_sentence, message.text.splitlines()[:6]))


@pytest.mark.parametrize("screen", said.screens())
def test_every_input_has_a_label(screen):
    assert said.without_label(said.screens()[screen]) == []
