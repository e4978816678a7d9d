"""Drafting and sending the full return, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.database import Database
from storage.queries.return_drafts import Unfinished, return_form
from storage.read_models import ReturnForm
from storage.tables import ReturnDraft, ReturnRevision
from storage.vocabulary import Audience
from tests.bot.views.returns import WHOLE
from tests.storage.a_return import (
    ALL_SCREENS,
    AT,
    LATER,
    SCREENS,
    TICK,
    asker,
    give,
    keep,
    make_birmingham,
    rows,
    send,
    standing,
)


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham, with the review open."""
    make_birmingham(database)
    return database


def test_each_screen_is_kept_as_it_is_passed_on_and_the_others_stay(database):
    give(database, SCREENS[0], 1)
    give(database, SCREENS[1], 2, at=LATER)
    [draft] = rows(database, ReturnDraft)
    assert draft.answers == SCREENS[0] | SCREENS[1]
    assert draft.kept_at == LATER
    assert standing(database).draft.by == "Lead U9"


def test_what_was_emptied_is_not_kept(database):
    give(database, SCREENS[0], 1)
    emptied = {ref: answer for ref, answer in SCREENS[0].items() if ref != "OF3_WHY"}
    give(database, emptied, 1, asked=frozenset(SCREENS[0]))
    assert rows(database, ReturnDraft)[0].answers == emptied


def test_the_numbers_of_what_is_not_ticked_any_more_go(database):
    give(database, SCREENS[0], 1)
    give(database, SCREENS[0] | {"OF1": ["independent"]}, 1)
    assert "OF2_MAINTAINED" not in rows(database, ReturnDraft)[0].answers


def test_saving_needs_no_answer_and_passing_on_needs_those_that_are_required(database):
    assert isinstance(keep(database, {"OF4": "forum"}), ReturnForm)
    refused = give(database, {"OF4": "forum"}, 1)
    assert refused.mistakes.keys() == {"OF1", "OF3", "OF5", "OF6"}
    assert rows(database, ReturnDraft)[0].answers == {"OF4": "forum"}


def test_a_form_says_where_the_draft_was_left(database):
    def unfinished():
        return database.read_now(return_form, asker=asker(), now=AT).unfinished

    assert unfinished() == 1
    give(database, SCREENS[0], 1)
    assert unfinished() == 2
    give(database, SCREENS[1], 2)
    keep(database, SCREENS[2], 3)
    assert unfinished() is None


@pytest.mark.parametrize("ref", ["OF3_WHY", "OF8"])
def test_the_guard_stops_what_is_typed_and_nothing_of_the_screen_is_kept(database, ref):
    screen = 1 if ref == "OF3_WHY" else 2
    words = "NHS number 943 476 5919" if screen == 1 else "https://a.example/943-476-5919"
    for press in (keep, give):
        refused = press(database, SCREENS[screen - 1] | {ref: words}, screen)
        assert refused.mistakes.keys() == {ref}
        assert refused.mistakes[ref].startswith("This looks like an NHS number.")
        assert "943" not in refused.mistakes[ref]
    assert rows(database, ReturnDraft) == []


def test_saving_the_same_again_does_not_change_who_saved_it(database):
    keep(database, SCREENS[0])
    keep(database, SCREENS[0], user="U8", at=LATER)
    assert (standing(database).draft.by, standing(database).draft.at) == ("Lead U9", AT)


def test_two_leads_at_once_keep_what_each_wrote_on_their_screen(database):
    with ThreadPoolExecutor(2) as threads:
        sent = [
            threads.submit(give, database, SCREENS[0], 1, user="U8"),
            threads.submit(give, database, SCREENS[1], 2, user="U9"),
        ]
        assert all(isinstance(one.result(), ReturnForm) for one in sent)
    assert rows(database, ReturnDraft)[0].answers == SCREENS[0] | SCREENS[1]


def test_sending_keeps_a_revision_with_its_version_and_who_may_read_it(database):
    give(database, ALL_SCREENS[0], 1)
    give(database, ALL_SCREENS[1], 2)
    give(database, ALL_SCREENS[2], 3, audience=Audience.PARTNERSHIP)
    [sent] = rows(database, ReturnRevision)
    assert sent.answers == WHOLE | TICK
    assert (sent.revision, sent.audience, sent.submitted_at) == (1, Audience.PARTNERSHIP, AT)
    assert "OF18" not in rows(database, ReturnDraft)[0].answers


def test_without_its_tick_nothing_is_sent(database):
    give(database, ALL_SCREENS[0], 1)
    give(database, ALL_SCREENS[1], 2)
    assert give(database, SCREENS[2], 3).mistakes.keys() == {"OF18"}
    assert rows(database, ReturnRevision) == []


def test_an_earlier_screen_that_is_not_finished_holds_it_back_and_the_last_one_is_kept(database):
    keep(database, {"OF4": "forum"})
    held = give(database, ALL_SCREENS[2], 3)
    assert isinstance(held, Unfinished)
    assert held.screen == 1
    assert held.mistakes.keys() == {"OF1", "OF3", "OF5", "OF6"}
    assert held.form.answers == {"OF4": "forum"} | SCREENS[2]
    assert rows(database, ReturnRevision) == []


def test_the_same_press_twice_sends_once_even_after_a_change(database):
    send(database, key="press")
    send(database, OF17="Less notice.")
    again = give(database, ALL_SCREENS[2], 3, key="press")
    assert again.answers["OF17"] == "Less notice."
    assert [row.revision for row in rows(database, ReturnRevision)] == [1, 2]


def test_the_same_press_many_times_at_once_sends_once(database):
    give(database, ALL_SCREENS[0], 1)
    give(database, ALL_SCREENS[1], 2)
    with ThreadPoolExecutor(6) as threads:
        sent = [threads.submit(give, database, ALL_SCREENS[2], 3, key="press") for _ in range(6)]
        assert all(isinstance(one.result(), ReturnForm) for one in sent)
    assert len(rows(database, ReturnRevision)) == 1


def test_sending_without_a_change_is_no_revision(database):
    send(database)
    send(database)
    assert len(rows(database, ReturnRevision)) == 1
    give(database, ALL_SCREENS[2], 3, audience=Audience.PARTNERSHIP)
    assert [row.audience for row in rows(database, ReturnRevision)] == [
        Audience.FACILITATORS,
        Audience.PARTNERSHIP,
    ]
