"""What was typed into a full return is taken out of its draft, of all that was sent and of what sectors added."""

import pytest

from storage.database import Database
from storage.errors import NotYours
from storage.full_returns import Signing
from storage.queries.return_withdrawals import return_words_to_withdraw, withdraw_return
from storage.queries.returns import return_to_read
from storage.queries.review_status import review_status
from storage.tables import AuditEntry, CampaignVersion, ReturnDraft, ReturnRevision, ReturnSignature
from storage.vocabulary import Deed
from tests.bot.views.returns import ASKS, WHOLE
from tests.factories import TEAM, lead, make_roster, person_id
from tests.storage.a_return import (
    LATER,
    OVER,
    SCREENS,
    asker,
    give,
    keep,
    make_birmingham,
    rows,
    send,
    sign,
    sign_all,
    standing,
)

TYPED = {"OF3_WHY", "OF8", "OF12_HOW", "OF15_WHAT", "OF17"}
CHOSEN = {ref: answer for ref, answer in WHOLE.items() if ref not in TYPED}


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham, with the review open, and a lead elsewhere."""
    make_birmingham(database)
    make_roster(database, lead("U6", area="Leeds"))
    return database


def take_out(database: Database, user: str = "U9", *, at=LATER) -> None:
    database.write_now(withdraw_return, asker=asker(user), now=at)


def may_withdraw(database: Database, user: str = "U9") -> bool:
    status = database.read_now(review_status, team_id=TEAM, slack_user_id=user, now=LATER)
    [seen] = status.returns
    return seen.rights.may_withdraw


def test_it_goes_from_the_draft_and_from_every_revision_and_signatures_stand(database):
    send(database)
    sign_all(database)
    send(database, OF4="members", OF17="Even more notice.")
    sign_all(database, revision=2)
    take_out(database)
    [draft] = rows(database, ReturnDraft)
    first, second = rows(database, ReturnRevision)
    assert draft.answers == CHOSEN | {"OF4": "members"}
    assert first.answers == CHOSEN | {"OF18": ["yes"]}
    assert second.answers == CHOSEN | {"OF4": "members", "OF18": ["yes"]}
    lead_id = database.read_now(person_id, "U9")
    assert {(each.withdrawn_at, each.withdrawn_by) for each in (first, second)} == {
        (LATER, lead_id)
    }
    found = standing(database)
    assert found.is_complete
    assert not found.has_unsent_changes
    read = database.read_now(return_to_read, asker=asker("U1"), now=LATER)
    assert (read.sent.withdrawn_at, TYPED & read.sent.answers.keys()) == (LATER, set())


def test_a_second_time_changes_nothing(database):
    send(database)
    take_out(database)
    before = [rows(database, table) for table in (ReturnDraft, ReturnRevision, AuditEntry)]
    [entry] = before[2]
    part_id = before[1][0].participation_id
    assert (entry.deed, entry.participation_id) == (Deed.RETURN_WITHDRAWN, part_id)
    assert (entry.round_id, entry.partner_id, entry.post_id) == (None, None, None)
    take_out(database, "U8", at=OVER)
    assert [rows(database, table) for table in (ReturnDraft, ReturnRevision, AuditEntry)] == before


@pytest.mark.parametrize("user", ["U1", "U4", "U5", "U6", "U7"])
def test_only_a_lead_of_the_partnership_may(database, user):
    send(database)
    for ask in (withdraw_return, return_words_to_withdraw):
        with pytest.raises(NotYours):
            database.write_now(ask, asker=asker(user), now=LATER)
    assert rows(database, ReturnRevision)[0].answers["OF17"] == WHOLE["OF17"]
    assert rows(database, AuditEntry) == []


def test_a_lead_is_offered_it_while_words_stand_anywhere(database):
    assert not may_withdraw(database)
    keep(database, SCREENS[0])
    assert may_withdraw(database)
    assert not may_withdraw(database, "U5")
    send(database)
    without = dict.fromkeys(TYPED, "")
    send(database, **without)
    assert TYPED & rows(database, ReturnRevision)[-1].answers.keys() == set()
    assert may_withdraw(database)  # the first revision holds them still
    take_out(database)
    assert not may_withdraw(database)
    assert database.read_now(return_words_to_withdraw, asker=asker(), now=LATER) is None
    [first, second] = rows(database, ReturnRevision)
    assert (first.withdrawn_at, second.withdrawn_at) == (LATER, None)


def test_the_lead_can_send_it_again_with_other_words(database):
    send(database)
    take_out(database)
    give(database, SCREENS[0] | {"OF3_WHY": "They are far away."}, 1)
    assert standing(database).has_unsent_changes
    assert rows(database, ReturnDraft)[0].answers["OF3_WHY"] == "They are far away."
    assert may_withdraw(database)


def test_what_a_sector_typed_when_it_signed_goes_too(database):
    """Vigil's own campaigns let sectors choose only; another one may let them type."""
    send(database)
    sign(database)

    def let_police_type(session):
        version = session.get_one(CampaignVersion, rows(database, ReturnRevision)[0].version_id)
        fields = version.definition
        typed = ASKS.screens[0].questions[3].model_dump(mode="json")
        assert typed["kind"] == "text"
        note = typed | {"ref": "OF13_NOTE", "part_of": None}
        asks = fields["full_return"]
        signing = [
            each | {"questions": [*each["questions"], note]} if each["sector"] == "police" else each
            for each in asks["signing"]
        ]
        assert all(Signing.model_validate(each) for each in signing)
        version.definition = fields | {"full_return": asks | {"signing": signing}}
        signature = session.get_one(ReturnSignature, 1)
        signature.answers = signature.answers | {"OF13_NOTE": "The heron stands in the reeds."}
        session.add_all([version, signature])

    database.write_now(let_police_type)
    take_out(database)
    [signature] = rows(database, ReturnSignature)
    assert signature.answers == {"OF13": "all", "OF18": ["yes"]}
    assert standing(database).sectors["Police"]
