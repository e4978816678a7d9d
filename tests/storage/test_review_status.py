"""What /review-status shows to each: their own parts only."""

import pytest

from storage.database import Database
from storage.queries.review_status import boards, review_status
from storage.read_models import ReviewStatus
from storage.vocabulary import PostKind
from tests.factories import (
    TEAM,
    facilitator,
    lead,
    london,
    make_review,
    make_roster,
    post,
    reply,
)

NOW = london(2026, 9, 14, 10)
BIRMINGHAM = "Birmingham Safeguarding Children Partnership"
LEEDS = "Leeds Safeguarding Children Partnership"


@pytest.fixture
def database(database: Database) -> Database:
    """Birmingham and Leeds, each with a lead and a police respondent; a facilitator for each remit."""
    make_review(
        database,
        post("U1"),
        lead("ULEAD"),
        post("UOBSERVER", PostKind.OBSERVER),
        post("UDEPUTY", PostKind.DEPUTY),
        post("U2", area="Leeds"),
        lead("ULEEDS", "Leeds"),
        facilitator("UENGLAND"),
        facilitator("UREGION", region="West Midlands"),
        facilitator("UHEALTH", "health"),
        post("UADMIN", PostKind.ADMINISTRATOR, area=None),
    )
    reply(database, "U1", at=NOW)
    return database


def seen_by(database: Database, user: str, *, team: str = TEAM, at=NOW) -> ReviewStatus:
    return database.read_now(review_status, team_id=team, slack_user_id=user, now=at)


def partnerships(status: ReviewStatus) -> set[str]:
    """Every partnership of which anything is shown."""
    rows = [row for board in status.boards for row in board.standings]
    rows += [*status.duties, *(row for count in status.counts for row in count.standings)]
    return {row.partnership for row in rows}


def test_who_oversees_a_partnership_sees_its_whole_board_and_no_other(database):
    found = seen_by(database, "ULEAD")
    assert seen_by(database, "UOBSERVER").boards == found.boards
    [board] = found.boards
    assert board.partnership == BIRMINGHAM
    assert [row.sector_key for row in board.standings] == ["local_government", "health", "police"]
    assert [row.said is not None for row in board.standings] == [False, False, True]
    assert board.standings[2].respondents == ("Respondent U1",)
    assert (found.duties, found.counts) == ((), ())
    assert partnerships(found) == {BIRMINGHAM}


def test_who_answers_for_a_partner_sees_that_duty_and_nothing_else(database):
    found = seen_by(database, "U1")
    assert seen_by(database, "UDEPUTY").duties == found.duties
    assert [row.body for row in found.duties] == ["West Midlands Police"]
    assert (found.boards, found.counts) == ((), ())
    assert partnerships(found) == {BIRMINGHAM}


def test_one_area_never_sees_anothers(database):
    for user, own in (("U1", BIRMINGHAM), ("ULEAD", BIRMINGHAM), ("U2", LEEDS), ("ULEEDS", LEEDS)):
        assert partnerships(seen_by(database, user)) == {own}


def test_a_facilitator_sees_counts_of_their_own_sector_and_regions(database):
    [count] = seen_by(database, "UENGLAND").counts
    assert count.remit.words == "Police, all England"
    assert {row.body for row in count.standings} == {
        "West Midlands Police",
        "West Yorkshire Police",
    }
    [count] = seen_by(database, "UREGION").counts
    assert count.remit.words == "Police, West Midlands"
    assert {row.body for row in count.standings} == {"West Midlands Police"}
    [count] = seen_by(database, "UHEALTH").counts
    assert {row.sector_key for row in count.standings} == {"health"}
    assert seen_by(database, "UENGLAND").boards == seen_by(database, "UENGLAND").duties == ()


def test_a_stranger_sees_nothing(database):
    assert seen_by(database, "U0STRANGER").access is None
    assert partnerships(seen_by(database, "U0STRANGER")) == set()


def test_the_same_id_in_another_workspace_is_a_stranger(database):
    assert seen_by(database, "ULEAD", team="T0OTHER").access is None


def test_an_administrator_is_no_reader_of_boards(database):
    found = seen_by(database, "UADMIN")
    assert found.access is not None
    assert found.access.is_administrator
    assert partnerships(found) == set()


def test_a_post_opens_the_board_from_its_first_day_to_its_last(database):
    soon = lead("USOON", starts=london(2026, 9, 15).date(), ends=london(2026, 9, 16).date())
    make_roster(database, soon)
    seen = [
        bool(seen_by(database, "USOON", at=london(2026, 9, day, 12)).boards)
        for day in range(14, 18)
    ]
    assert seen == [False, True, True, False]


def test_who_holds_several_posts_sees_each_part(database):
    make_roster(database, lead("U1", "Leeds"), facilitator("U1", "health"))
    found = seen_by(database, "U1")
    assert [board.partnership for board in found.boards] == [LEEDS]
    assert [row.partnership for row in found.duties] == [BIRMINGHAM]
    assert [count.remit.sector_key for count in found.counts] == ["health"]


def test_boards_come_in_the_order_of_their_names(database):
    found = database.read_now(boards, partnerships=None, now=NOW)
    assert [board.partnership for board in found] == [BIRMINGHAM, LEEDS]
    assert database.read_now(boards, partnerships=[], now=NOW) == []
