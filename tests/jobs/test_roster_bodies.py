"""Which partnership and body a row of a roster means, on the day on which its post starts."""

from datetime import date
from pathlib import Path

import pytest

from jobs.roster import COLUMNS, read_roster
from storage.errors import FileRefused

TODAY = date(2026, 9, 7)
CLOSED = "Norfolk and Waveney Integrated Care Board"
NEW = "Norfolk and Suffolk Integrated Care Board"


@pytest.fixture
def file(tmp_path):
    """Write one row for a health respondent in Norfolk, with some cells changed."""

    def write(**cells: str) -> Path:
        given = dict.fromkeys(COLUMNS, "") | {
            "slack_user_id": "U1",
            "email": "health@partners.example",
            "name": "Health respondent",
            "post": "respondent",
            "area": "Norfolk",
            "sector": "health",
        }
        path = tmp_path / "roster.csv"
        row = ",".join(f'"{cell}"' for cell in (given | cells).values())
        path.write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
        return path

    return write


def body(path: Path) -> str | None:
    [post] = read_roster(path, today=TODAY, known_emails={})
    return post.body


def problem(path: Path) -> str:
    with pytest.raises(FileRefused) as refused:
        read_roster(path, today=TODAY, known_emails={})
    [sentence] = refused.value.problems
    return sentence


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("", "", NEW),
        ("2026-04-01", "", NEW),
        ("2026-03-31", "2026-03-31", CLOSED),
        ("2018-01-01", "2026-03-31", CLOSED),
    ],
)
def test_the_body_is_the_one_in_force_when_the_post_starts(file, starts, ends, expected):
    assert body(file(starts=starts, ends=ends)) == expected
    assert body(file(starts=starts, ends=ends, body=expected.upper())) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({"body": CLOSED, "starts": "2026-04-01"}, NEW, id="closed the day before"),
        pytest.param({"body": NEW, "starts": "2026-03-31"}, CLOSED, id="begins the day after"),
    ],
)
def test_a_body_that_is_not_in_force_then_is_refused_with_those_that_are(file, cells, expected):
    assert problem(file(**cells)) == (
        "roster.csv line 2: Norfolk Safeguarding Children Partnership has no such body in this sector on"
        f" {cells['starts']}, when the post starts. body must be one of: {expected}."
    )


def test_a_post_at_a_closed_board_that_the_file_names_is_taken(file):
    assert body(file(body=CLOSED, starts="2025-09-01")) == CLOSED


def test_a_post_held_today_is_not_put_at_a_closed_board_that_nobody_named(file):
    assert problem(file(starts="2025-09-01")) == (
        f"roster.csv line 2: {CLOSED} ended on 2026-03-31. Let this post end by then, and add a row for what"
        " came after."
    )


def test_a_post_held_today_is_not_put_in_a_partnership_that_ended(file):
    lead = file(post="lead", sector="", area="Cumberland", starts="2024-09-01")
    assert problem(lead).startswith(
        "roster.csv line 2: Cumbria Safeguarding Children Partnership ended on 2025-03-31."
    )


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("Swansea", "‘Swansea’ is in Wales. Vigil works with"),
        ("909", "909 was the code of Cumbria until 31 March 2023."),
        ("Kingston", "‘Kingston’ is not the name of one area. Did you mean Kingston upon Thames (314)"),
        ("Norfolc", "‘Norfolc’ is not an area that Vigil knows. Did you mean Norfolk (926)?"),
    ],
)  # fmt: skip
def test_an_area_that_is_not_plain_is_asked_about_with_file_and_line(file, area, sentence):
    assert problem(file(area=area)).startswith(f"roster.csv line 2: {sentence}")
