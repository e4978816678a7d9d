"""`vigil campaign`, `preview`, `status`, `digest`, `database` and `check`."""

import json

import pytest

from storage.database import HEAD, Database
from tests.factories import facilitator, lead, make_review, post


@pytest.fixture
def review(ready: Database) -> Database:
    """Birmingham's open review, with a police respondent, a lead and a facilitator."""
    make_review(
        ready, post("U1", name="Police respondent, Birmingham"), lead("U2"), facilitator("U3")
    )
    return ready


def test_preview_shows_every_notice_in_london_time_and_why_some_are_not_sent(vigil, review):
    answer = vigil("preview", "--from", "2026-09-01", "--to", "2026-09-14")
    assert answer.out.splitlines() == [
        "9am on Friday 11 September 2026: reminder to Police respondent, Birmingham",
        "    6 weeks before the deadline: West Midlands Police, Birmingham Safeguarding Children Partnership",
        "9am on Monday 14 September 2026: digest to Facilitator U3",
        "    weekly digest 2026-W38: Police, all England",
    ]
    late = vigil("campaign", "close", "october-review", "--year", "2026")
    assert late.out == "1 partnership is no longer asked.\n"
    cancelled = vigil("preview", "--from", "2026-09-01", "--to", "2026-09-11").out
    assert "[cancelled]" in cancelled
    assert "(not sent: the campaign is closed)" in cancelled


def test_preview_is_json_when_asked(vigil, review):
    first = json.loads(vigil("preview", "--from", "2026-09-01", "--json").out)["notices"][0]
    assert first["at"] == "2026-09-11T08:00:00+00:00"
    assert first["duties"][0]["body"] == "West Midlands Police"


def test_status_prints_the_board(vigil, review):
    answer = vigil("status", "--partnership", "birmingham")
    assert "0 of 3 partners have replied." in answer.out
    assert "No contact. Nobody is named to answer for this partner." in answer.out
    board = json.loads(vigil("status", "--json").out)[0]
    assert [partner["state"] for partner in board["partners"]] == [
        "No contact",
        "No contact",
        "Overdue, no reply yet",
    ]
    assert "No partnership is called 'leeds'" in vigil("status", "--partnership", "leeds").err


def test_digest_prints_what_a_facilitator_would_get(vigil, review):
    answer = vigil("digest", "--week", "2026-W38")
    assert answer.out.startswith("To Facilitator U3\nWeekly digest, Monday 14 September 2026\n")
    assert "• West Midlands Police, Birmingham Safeguarding Children Partnership" in answer.out
    told = json.loads(vigil("digest", "--week", "2026-W38", "--json").out)[0]
    assert (told["facilitator"], told["parts"][0]["expected"]) == ("Facilitator U3", 1)
    assert "No facilitator is called 'nobody'." in vigil("digest", "--facilitator", "nobody").err
    assert vigil("digest", "--week", "soon").err == "--week is 'soon'. Write it as 2026-W43.\n"


def test_campaigns_are_listed_opened_and_closed(vigil, ready):
    assert "draft, nobody is asked yet" in vigil("campaign", "list").out
    assert "Nothing new is asked" in vigil("campaign", "open", "october-review").out
    assert json.loads(vigil("campaign", "open", "october-review", "--json").out) == {
        "partnerships": 0
    }
    assert "open since" in vigil("campaign", "list").out
    answer = vigil("campaign", "open", "november-review")
    assert answer.status == 1
    assert "There is no campaign november-review" in answer.err


def test_a_database_is_made_by_upgrade_and_found_right_by_check(vigil, tmp_path):
    unready = vigil("check")
    assert unready.status == 1
    assert "has no tables yet. Run: vigil database upgrade" in unready.out
    assert vigil("database", "upgrade").out == f"The database has the schema {HEAD}.\n"
    assert json.loads(vigil("database", "upgrade", "--json").out) == {"schema": HEAD}
    answer = vigil("check")
    assert answer.status == 0
    assert "Right: database: it answers and has this version’s schema." in answer.out


def test_a_file_that_is_no_database_is_said_plainly(vigil, tmp_path):
    (tmp_path / "vigil.sqlite").write_text("This is no database at all, only text.")
    for command in (["status"], ["database", "upgrade"]):
        answer = vigil(*command)
        assert answer.status == 1
        assert "does not answer (file is not a database). Check the address" in answer.err
