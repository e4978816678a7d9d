"""Drafting, sending and signing the full return, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, select

from storage.database import Database
from storage.errors import NotYours, RoundOver
from storage.queries.campaigns import close_campaign
from storage.queries.people import access_of
from storage.queries.replies import Refused
from storage.queries.return_drafts import Unfinished, keep_draft, pass_on, return_form
from storage.queries.return_signatures import SentAgain, return_to_sign, sign_return
from storage.queries.returns import ReturnAsker, return_to_read, returns_seen
from storage.read_models import ReturnForm, ReturnStanding, ReturnToSign, Submission
from storage.tables import Partner, ReturnDraft, ReturnRevision, ReturnSignature
from storage.vocabulary import Audience, PostKind
from tests.bot.views.returns import ASKS, WHOLE
from tests.factories import TEAM, facilitator, lead, london, make_review, partner_id, post

AT = london(2026, 9, 14, 10)
LATER = AT + timedelta(hours=1)
OVER = london(2027, 1, 1, 9)
POLICE, COUNCIL = "West Midlands Police", "Birmingham council"
HEALTH = "Birmingham and Solihull Integrated Care Board"
#: Each screen's answers.
SCREENS = [
    {each.ref: WHOLE[each.ref] for each in ASKS.asked_on(number, WHOLE) if each.ref in WHOLE}
    for number in (1, 2, 3)
]
TICK = {"OF18": ["yes"]}
ALL_SCREENS = [*SCREENS[:2], SCREENS[2] | TICK]
ADDED = {"U1": "all", "U2": "mostly", "U3": "waiting_list"}


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham with a respondent in each sector, a deputy, two leads, an observer and a facilitator."""
    make_review(
        database,
        post("U1"),
        post("U2", sector="local_government"),
        post("U3", sector="health"),
        post("U4", PostKind.DEPUTY),
        post("U5", PostKind.OBSERVER, sector=None),
        lead("U8"),
        lead("U9"),
        facilitator("U7"),
    )
    return database


def asker(user: str = "U9", partnership: int = 1) -> ReturnAsker:
    return ReturnAsker(team_id=TEAM, slack_user_id=user, campaign_id=1, partnership_id=partnership)


def submission(answers: dict[str, Any], *, key: str | None = None, **more: Any) -> Submission:
    held = {"asked": frozenset(answers), "audience": None, "key": key or uuid4().hex}
    return Submission(**{"answers": answers, **held} | more)


def keep(database, answers, screen=1, *, user="U9", at=AT, **more) -> Refused | ReturnForm:
    return database.write_now(
        keep_draft,
        asker=asker(user),
        screen=screen,
        submission=submission(answers, **more),
        now=at,
        must_answer=False,
    )


def give(
    database, answers, screen, *, user="U9", at=AT, **more
) -> Refused | Unfinished | ReturnForm:
    return database.write_now(
        pass_on,
        asker=asker(user),
        screen=screen,
        submission=submission(answers, **more),
        now=at,
    )


def send(database, *, at=AT, user="U9", key=None, **changes) -> ReturnForm:
    """All three screens, with these answers instead."""
    for number, answers in enumerate(ALL_SCREENS, start=1):
        own = {ref: given for ref, given in changes.items() if ref in answers}
        sent = give(database, answers | own, number, at=at, user=user, key=key)
        assert isinstance(sent, ReturnForm)
    return sent


def sign(
    database, user="U1", body=POLICE, *, revision=1, at=LATER, key=None, answer=None
) -> Refused | SentAgain | ReturnToSign:
    answers = {"OF13": answer or ADDED.get(user, "all")} | TICK
    return database.write_now(
        sign_return,
        asker=asker(user),
        partner_id=database.read_now(partner_id, body),
        revision=revision,
        submission=submission(answers, key=key),
        now=at,
    )


def sign_all(database, revision=1) -> None:
    for user, body in (("U1", POLICE), ("U2", COUNCIL), ("U3", HEALTH)):
        assert isinstance(sign(database, user, body, revision=revision), ReturnToSign)


def standing(database, user="U9", at=LATER) -> ReturnStanding:
    def look(session):
        access = access_of(session, team_id=TEAM, slack_user_id=user, now=at)
        [seen] = returns_seen(session, access=access, now=at)
        return seen.standing

    return database.read_now(look)


def rows(database, table) -> list[Any]:
    order = table.participation_id if table is ReturnDraft else table.id
    return list(database.read_now(lambda s: s.exec(select(table).order_by(col(order))).all()))


# Drafting


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


# Sending


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


# Signing


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


# Who may


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
