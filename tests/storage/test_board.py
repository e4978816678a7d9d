"""The board: who has replied what, at an instant; who answers, when they were asked, what comes next."""

from datetime import date

import pytest
from sqlmodel import Session, select

from jobs.dispatch import Dispatch
from jobs.plan import plan_now
from storage.clock import Clock
from storage.database import Database
from storage.queries.board import Scope, previous_said, standings
from storage.queries.campaigns import close_campaign, open_campaign
from storage.queries.contacts import with_contacts
from storage.read_models import Standing
from storage.tables import (  # fmt: skip
    Campaign,
    CampaignVersion,
    Participation,
    Partner,
    Partnership,
    Reply,
    Round,
)
from storage.vocabulary import CampaignState, Certainty, PostKind
from tests.factories import (
    DONE,
    OPENING,
    TEAM,
    UNDER_WAY,
    lead,
    london,
    make_review,
    make_roster,
    person_id,
    post,
    reply,
)
from tests.fakes import RecordingSender

FIRST_STEP = london(2026, 9, 11, 9)
BIRMINGHAM = "Birmingham Safeguarding Children Partnership"
BOARD = "Birmingham and Solihull Integrated Care Board"


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham, with a respondent for the police and the council, and Leeds with one for health."""
    make_review(
        database,
        post("U1"),
        post("U2", sector="local_government"),
        post("U3", area="Leeds", sector="health"),
    )
    return database


def board(database: Database, *, at=FIRST_STEP, **scope) -> list[Standing]:
    return database.read_now(standings, scope=Scope(**scope), as_of=at)


def birmingham(database: Database, at=FIRST_STEP) -> dict[str, Standing]:
    return {row.body: row for row in board(database, at=at) if row.partnership == BIRMINGHAM}


def test_every_body_has_a_row_whether_or_not_anybody_answers_for_it(database):
    rows = board(database)
    assert [(row.partnership, row.sector_key, row.body) for row in rows] == [
        (BIRMINGHAM, "local_government", "Birmingham council"),
        (BIRMINGHAM, "health", BOARD),
        (BIRMINGHAM, "police", "West Midlands Police"),
        ("Leeds Safeguarding Children Partnership", "local_government", "Leeds council"),
        ("Leeds Safeguarding Children Partnership", "health", "West Yorkshire Integrated Care Board"),
        ("Leeds Safeguarding Children Partnership", "police", "West Yorkshire Police"),
    ]  # fmt: skip
    assert all(row.said is None for row in rows)


def test_a_row_says_its_round(database):
    row = birmingham(database)["West Midlands Police"]
    assert row.campaign_title == "October half-term review 2026 to 2027"
    assert (row.deadline_day, row.late_until) == (date(2026, 10, 23), date(2026, 12, 31))
    assert (row.certainty, row.region, row.sector) == (
        Certainty.ESTIMATED, "West Midlands", "Police",
    )  # fmt: skip


def test_the_board_shows_the_latest_reply_at_that_instant(database):
    reply(database, "U1", UNDER_WAY, at=london(2026, 9, 14, 10))
    reply(database, "U1", DONE, at=london(2026, 10, 1, 10))
    seen = {
        at: birmingham(database, at)["West Midlands Police"].said
        for at in (london(2026, 9, 14, 9, 59), london(2026, 9, 14, 10), london(2026, 10, 1, 9, 59), london(2026, 10, 1, 10))
    }  # fmt: skip
    assert [said and said.answers for said in seen.values()] == [None, UNDER_WAY, UNDER_WAY, DONE]
    assert [said and said.is_done for said in seen.values()] == [None, False, False, True]


def test_a_reply_is_shown_with_who_said_it_and_when(database):
    reply(database, "U1", UNDER_WAY | {"OQ6": "Help."}, at=FIRST_STEP)
    said = birmingham(database)["West Midlands Police"].said
    assert said is not None
    assert (said.by, said.at, said.revision) == ("Respondent U1", FIRST_STEP, 1)
    assert said.summary == "Review: under way; by half-term: on track; offer: drafting"
    assert (said.status, said.asks) == ("On track", "Help.")


def test_overdue_is_only_after_11_59pm_of_the_deadline_and_without_a_reply(database):
    row = birmingham(database)["West Midlands Police"]
    assert not row.is_overdue(london(2026, 10, 23, 23, 59))
    assert row.is_overdue(london(2026, 10, 24))
    reply(database, "U1")
    assert not birmingham(database)["West Midlands Police"].is_overdue(london(2026, 10, 24))


def test_a_scope_narrows_the_board(database):
    def id_of_partnership(session: Session) -> int:
        return session.exec(select(Partnership.id).where(Partnership.name == BIRMINGHAM)).one()

    here = database.read_now(id_of_partnership)
    assert {row.partnership for row in board(database, partnerships=[here])} == {BIRMINGHAM}
    assert len(board(database, sector_key="police")) == 2
    assert {row.region for row in board(database, regions=["West Midlands"])} == {"West Midlands"}
    assert [row.body for row in board(database, sector_key="health", regions=["West Midlands"])] == [BOARD]  # fmt: skip
    assert board(database, partnerships=[]) == board(database, partners=[]) == []


def test_a_body_that_has_ended_owes_nothing_from_the_next_day_on(database):
    def end(session: Session) -> None:
        partner = session.exec(select(Partner).where(Partner.body == BOARD)).one()
        partner.valid_to = date(2026, 9, 30)
        session.add(partner)

    database.write_now(end)
    assert BOARD in birmingham(database, london(2026, 9, 30, 23, 59))
    assert BOARD not in birmingham(database, london(2026, 10, 1))


def test_a_closed_campaign_is_shown_only_where_its_round_is_named(database):
    [named, *_] = [row.round_id for row in board(database)]
    database.write_now(close_campaign, key="october-review", year=2026, partnership="Birmingham", now=OPENING)  # fmt: skip
    assert {row.partnership for row in board(database)} == {
        "Leeds Safeguarding Children Partnership"
    }
    assert {row.partnership for row in board(database, rounds=[named])} == {BIRMINGHAM}
    database.write_now(open_campaign, key="october-review", year=2026, partnership="Birmingham", now=OPENING)  # fmt: skip
    assert len(board(database)) == 6


# Contacts


def contacts(database: Database, at=FIRST_STEP) -> dict[str, Standing]:
    def ask(session: Session) -> list[Standing]:
        return with_contacts(session, standings(session, scope=Scope(), as_of=at), now=at)

    return {row.body: row for row in database.read_now(ask)}


def test_who_answers_is_shown_and_an_area_without_a_contact_has_none(database):
    make_roster(
        database,
        post("U5", name="Second respondent"),
        post("U6", PostKind.DEPUTY),
        post("U7", ends=date(2026, 9, 10)),
        post("U8", starts=date(2026, 9, 12)),
        lead("U9"),
    )
    found = contacts(database)
    assert found["West Midlands Police"].respondents == ("Respondent U1", "Second respondent")
    assert found[BOARD].respondents == ()


async def test_when_they_were_last_asked_and_what_comes_next(database):
    before = contacts(database)["West Midlands Police"]
    assert before.asked_at is None
    assert before.coming is not None
    assert (before.coming.at, before.coming.to) == (FIRST_STEP, "Respondent U1")
    clock = Clock(start=FIRST_STEP, speed=0)
    await Dispatch(database=database, sender=RecordingSender(), clock=clock, team_id=TEAM).run()
    after = contacts(database)["West Midlands Police"]
    assert after.asked_at == FIRST_STEP
    assert after.coming is not None
    assert after.coming.at == london(2026, 10, 2, 9)
    assert contacts(database)[BOARD].coming is None


def test_nothing_comes_for_who_is_done(database):
    reply(database, "U1", DONE)
    assert contacts(database)["West Midlands Police"].coming is None
    assert contacts(database)["Birmingham council"].coming is not None


def test_without_rows_there_are_no_contacts(database):
    assert database.read_now(with_contacts, [], now=FIRST_STEP) == []


# Last year


def test_last_years_answer_is_found_and_only_of_the_same_partner(database):
    def keep_last_year(session: Session) -> None:
        version = session.exec(
            select(CampaignVersion.id).where(CampaignVersion.campaign_key == "october-review")
        ).one()
        partner = session.exec(select(Partner).where(Partner.body == "West Midlands Police")).one()
        campaign = Campaign(key="october-review", school_year=2025, version_id=version, state=CampaignState.CLOSED)  # fmt: skip
        session.add(campaign)
        session.flush()
        part = Participation(
            campaign_id=campaign.id, partnership_id=partner.partnership_id,
            state="closed", opened_at=london(2025, 9, 8),
        )  # fmt: skip
        session.add(part)
        session.flush()
        earlier = Round(
            participation_id=part.id, key="review", opens_on=date(2025, 9, 8),
            deadline_day=date(2025, 10, 24), late_until=date(2025, 12, 31), certainty="council",
        )  # fmt: skip
        session.add(earlier)
        session.flush()
        for revision, answers in enumerate((UNDER_WAY, DONE), start=1):
            session.add(
                Reply(
                    round_id=earlier.id,
                    partner_id=partner.id,
                    revision=revision,
                    version_id=version,
                    answers=answers,
                    is_done=answers == DONE,
                    person_id=person_id(session, "U1"),
                    submitted_at=london(2025, 10, revision),
                    submission=f"last year {revision}",
                )
            )

    database.write_now(keep_last_year)
    plan_now(database, now=OPENING)
    found = database.read_now(
        lambda session: previous_said(session, standings(session, scope=Scope(), as_of=FIRST_STEP))
    )
    row = birmingham(database)["West Midlands Police"]
    assert {key: said.answers for key, said in found.items()} == {
        (row.round_id, row.partner_id): DONE
    }
    assert row.said is None
    assert len(board(database)) == 6  # last year's round is not asked any more


def test_there_is_no_last_year_in_the_first(database):
    rows = board(database)
    assert database.read_now(previous_said, rows) == {}
    assert database.read_now(previous_said, []) == {}
