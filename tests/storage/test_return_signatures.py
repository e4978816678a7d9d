"""Signing the full return, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from storage.database import Database
from storage.queries.return_drafts import pass_on
from storage.queries.return_signatures import SentAgain, return_to_sign, sign_return
from storage.read_models import ReturnToSign
from storage.tables import Partner, ReturnSignature
from tests.factories import lead, make_review, partner_id, post
from tests.storage.a_return import (
    ALL_SCREENS,
    AT,
    COUNCIL,
    HEALTH,
    LATER,
    POLICE,
    SCREENS,
    TICK,
    asker,
    give,
    make_birmingham,
    rows,
    send,
    sign,
    sign_all,
    standing,
    submission,
)


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham, with the review open."""
    make_birmingham(database)
    return database


def test_it_counts_when_all_sectors_have_signed(database):
    send(database)
    assert standing(database).sectors == {
        "Local government": False,
        "Health": False,
        "Police": False,
    }
    sign(database, "U1", POLICE)
    assert standing(database).sectors["Police"]
    assert not standing(database).is_complete
    sign(database, "U2", COUNCIL)
    sign(database, "U3", HEALTH)
    assert standing(database).is_complete


def test_a_sector_with_two_bodies_has_signed_when_both_have(database):
    boards = ["Lancashire and South Cumbria Integrated Care Board",
              "North East and North Cumbria Integrated Care Board"]  # fmt: skip
    where = "Westmorland and Furness"
    make_review(
        database,
        post("W1", area=where),
        post("W2", area=where, sector="local_government"),
        post("W3", area=where, sector="health", body=boards[0]),
        post("W4", area=where, sector="health", body=boards[1]),
        lead("W9", area=where),
    )
    partnership = standing(database, "W9").partnership_id
    who = replace(asker("W9"), partnership_id=partnership)
    for number, answers in enumerate(ALL_SCREENS, start=1):
        database.write_now(
            pass_on, asker=who, screen=number, submission=submission(answers), now=AT
        )

    def sign_one(user: str, body: str) -> None:
        [signer] = [each for each in standing(database, "W9").signers if each.body == body]
        answers = {
            "OF13": {"health": "not_in_area", "police": "some"}.get(signer.sector_key, "rarely")
        }
        database.write_now(
            sign_return,
            asker=replace(who, slack_user_id=user),
            partner_id=signer.partner_id,
            revision=1,
            submission=submission(answers | TICK),
            now=LATER,
        )

    sign_one("W1", "Cumbria Police")
    sign_one("W2", "Westmorland and Furness council")
    sign_one("W3", boards[0])
    assert standing(database, "W9").sectors == {
        "Local government": True,
        "Health": False,
        "Police": True,
    }
    sign_one("W4", boards[1])
    assert standing(database, "W9").is_complete


def test_a_signature_keeps_what_the_sector_added_and_nothing_else(database):
    send(database)
    partner = database.read_now(partner_id, POLICE)
    database.write_now(
        sign_return,
        asker=asker("U1"),
        partner_id=partner,
        revision=1,
        submission=submission({"OF13": "some", "OF4": "nobody"} | TICK),
        now=LATER,
    )
    [signed] = rows(database, ReturnSignature)
    assert signed.answers == {"OF13": "some"} | TICK
    assert (signed.partner_id, signed.signed_at) == (partner, LATER)


def test_a_deputy_signs_too_and_a_later_signature_stands(database):
    send(database)
    sign(database, "U1")
    sign(database, "U4", answer="none")
    [police] = [each for each in standing(database).signers if each.body == POLICE]
    assert police.last.answers["OF13"] == "none"
    assert police.last.by == "Deputy U4"
    assert len(rows(database, ReturnSignature)) == 2


def test_a_signature_needs_the_sectors_own_answer_and_the_tick(database):
    send(database)
    refused = database.write_now(
        sign_return,
        asker=asker("U1"),
        partner_id=database.read_now(partner_id, POLICE),
        revision=1,
        submission=submission({"OF13": "waiting_list"}),
        now=LATER,
    )
    assert refused.mistakes == {
        "OF13": "Choose from the answers on offer.",
        "OF18": "Tick this to go on, once it is so.",
    }
    assert rows(database, ReturnSignature) == []


def test_the_same_signature_many_times_at_once_is_one(database):
    send(database)
    with ThreadPoolExecutor(6) as threads:
        signed = [threads.submit(sign, database, key="press") for _ in range(6)]
        assert all(isinstance(one.result(), ReturnToSign) for one in signed)
    assert len(rows(database, ReturnSignature)) == 1


def test_a_change_ends_every_signature_and_says_what_changed(database):
    send(database)
    sign_all(database)
    send(database, OF4="members", at=LATER)
    now = standing(database)
    assert now.sent.revision == 2
    assert not any(now.sectors.values())
    found = database.read_now(
        return_to_sign,
        asker=asker("U1"),
        partner_id=database.read_now(partner_id, POLICE),
        now=LATER,
    )
    assert [each.ref for each in found.changed] == ["OF4"]
    assert (found.before.answers["OF4"], found.sent.answers["OF4"]) == ("forum", "members")
    assert found.signer.last.answers["OF13"] == "all"
    sign_all(database, revision=2)
    assert standing(database).is_complete
    assert len(rows(database, ReturnSignature)) == 6


def test_what_is_changed_back_is_compared_with_what_was_signed(database):
    send(database)
    sign(database)
    send(database, OF4="members")
    send(database, OF4="forum")
    found = database.read_now(
        return_to_sign,
        asker=asker("U1"),
        partner_id=database.read_now(partner_id, POLICE),
        now=LATER,
    )
    assert (found.sent.revision, found.before.revision, found.changed) == (3, 1, ())


def test_an_old_revision_cannot_be_signed(database):
    send(database)
    send(database, OF4="members")
    outcome = sign(database, revision=1)
    assert isinstance(outcome, SentAgain)
    assert outcome.to_sign.sent.revision == 2
    assert rows(database, ReturnSignature) == []


def test_changing_the_draft_alone_leaves_what_was_signed(database):
    send(database)
    sign_all(database)
    give(database, SCREENS[0] | {"OF4": "members"}, 1)
    now = standing(database)
    assert now.is_complete
    assert now.has_unsent_changes
    assert now.sent.answers["OF4"] == "forum"


def test_a_body_that_has_ended_need_not_sign(database):
    send(database)
    sign(database, "U1", POLICE)
    sign(database, "U2", COUNCIL)

    def end(session):
        board = session.exec(select(Partner).where(Partner.body == HEALTH)).one()
        board.valid_to = AT.date()
        session.add(board)

    database.write_now(end)
    assert not standing(database, at=LATER).is_complete
    assert standing(database, at=LATER + timedelta(days=1)).is_complete
