"""Who drafts, reads and signs a full return, and until when, on both databases."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.errors import NotYours, RoundOver
from storage.queries.campaigns import close_campaign
from storage.queries.people import access_of
from storage.queries.return_drafts import pass_on, return_form
from storage.queries.returns import return_to_read, returns_seen
from storage.tables import ReturnDraft, ReturnSignature
from tests.factories import TEAM, lead, london, make_review, post
from tests.storage.a_return import (
    ALL_SCREENS,
    AT,
    COUNCIL,
    HEALTH,
    OVER,
    POLICE,
    SCREENS,
    asker,
    give,
    keep,
    make_birmingham,
    rows,
    send,
    sign,
    standing,
    submission,
)


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham, with the review open."""
    make_birmingham(database)
    return database


@pytest.mark.parametrize("user", ["U1", "U5", "U7"])
def test_only_leads_draft(database, user):
    with pytest.raises(NotYours, match="Only the partnership’s lead drafts"):
        keep(database, SCREENS[0], user=user)
    with pytest.raises(NotYours):
        give(database, SCREENS[0], 1, user=user)
    assert rows(database, ReturnDraft) == []


@pytest.mark.parametrize(
    ("user", "body"), [("U1", HEALTH), ("U9", POLICE), ("U5", POLICE), ("U7", POLICE)]
)
def test_only_those_who_answer_for_a_partner_sign_for_it(database, user, body):
    send(database)
    with pytest.raises(NotYours, match="You do not hold a post that signs this"):
        sign(database, user, body)
    assert rows(database, ReturnSignature) == []


def test_nothing_is_signed_or_read_before_it_is_sent(database):
    give(database, SCREENS[0], 1)
    with pytest.raises(NotYours):
        sign(database)
    with pytest.raises(NotYours, match="has not been sent yet"):
        database.read_now(return_to_read, asker=asker("U1"), now=AT)


def test_nobody_from_elsewhere_sees_it(database):
    make_review(database, post("S1", area="Solihull"), lead("S9", area="Solihull"))
    send(database)
    for user in ("S1", "S9", "U0NOBODY"):
        for question in (return_to_read, return_form):
            with pytest.raises(NotYours, match="do not let you see this return"):
                database.read_now(question, asker=asker(user), now=AT)
    assert standing(database, "S9").sent is None


def test_a_return_that_is_not_there_is_not_yours(database):
    for wrong in (replace(asker(), campaign_id=2), replace(asker(), partnership_id=99)):
        with pytest.raises(NotYours):
            database.read_now(return_form, asker=wrong, now=AT)
        with pytest.raises(NotYours):
            database.write_now(
                pass_on, asker=wrong, screen=1, submission=submission(SCREENS[0]), now=AT
            )


def test_after_the_last_day_nothing_is_changed_or_signed(database):
    send(database)
    for late in (
        lambda: keep(database, SCREENS[0], at=OVER),
        lambda: give(database, ALL_SCREENS[2], 3, at=OVER),
        lambda: sign(database, at=OVER),
    ):
        with pytest.raises(RoundOver):
            late()
    assert database.read_now(return_to_read, asker=asker("U7"), now=OVER).sent.revision == 1


def test_a_campaign_that_was_closed_takes_no_more_and_is_still_read(database):
    send(database)
    database.write_now(close_campaign, key="october-review", year=2026, partnership=None, now=AT)
    with pytest.raises(RoundOver):
        give(database, ALL_SCREENS[2], 3)
    assert database.read_now(return_to_read, asker=asker("U1"), now=AT).sent.revision == 1


def test_it_is_not_asked_before_its_round_opens_nor_shown_for_ever(database):
    def seen(at):
        return database.read_now(
            lambda s: returns_seen(
                s, access=access_of(s, team_id=TEAM, slack_user_id="U9", now=at), now=at
            )
        )

    assert seen(london(2026, 9, 6, 9)) == ()
    assert len(seen(london(2026, 9, 7, 9))) == 1
    assert len(seen(london(2027, 2, 1, 9))) == 1
    assert seen(london(2027, 4, 1, 9)) == ()


# However they go about it

SIGNERS = {"U1": POLICE, "U2": COUNCIL, "U3": HEALTH, "U4": POLICE}
MOVES = st.lists(
    st.tuples(st.just("send"), st.sampled_from(["forum", "members"]))
    | st.tuples(st.just("draft"), st.sampled_from(["forum", "members"]))
    | st.tuples(st.just("sign"), st.sampled_from(sorted(SIGNERS))),
    max_size=6,
)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
def test_it_counts_exactly_while_every_body_has_signed_what_was_sent_last(database, moves):
    """One story, which each example goes on with."""
    before = standing(database)
    sent = before.sent.answers["OF4"] if before.sent else None
    revision = before.sent.revision if before.sent else 0
    signed = {each.body for each in before.signers if before.has_signed(each)}
    for move, what in moves:
        if move == "draft":
            keep(database, SCREENS[0] | {"OF4": what}, 1)
        elif move == "send":
            send(database, OF4=what)
            if sent != what:
                sent, revision, signed = what, revision + 1, set()
        elif sent is not None:
            sign(database, what, SIGNERS[what], revision=revision)
            signed.add(SIGNERS[what])
        now = standing(database)
        assert (now.sent.revision if now.sent else 0) == revision
        assert {each.body for each in now.signers if now.has_signed(each)} == signed
        assert now.is_complete is (len(signed) == 3)
        assert now.sent is None or now.sent.answers["OF4"] == sent
