"""A roster as councils send it: read however it was saved, refused with file, line and remedy."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sample import ROSTER
from jobs.roster import COLUMNS, TEMPLATE, read_roster
from storage.errors import FileRefused
from storage.queries.roster import RosterPost
from storage.vocabulary import PostKind

TODAY = date(2026, 9, 7)
HEADER = ",".join(COLUMNS)
GOOD = "U1,u1@west-midlands.example,Zoë Müller,respondent,Birmingham,police,,,2026-09-01,"


def read(path: Path, known: dict[str, str] | None = None) -> list[RosterPost]:
    return read_roster(path, today=TODAY, known_emails=known or {})


def problems(path: Path, known: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        read(path, known)
    return refused.value.problems


@pytest.fixture
def file(tmp_path):
    """Write lines below the header into a file called roster.csv."""

    def write(*lines: str, header: str = HEADER, encoding: str = "utf-8", end: str = "\n") -> Path:
        path = tmp_path / "roster.csv"
        path.write_bytes(end.join([header, *lines, ""]).encode(encoding))
        return path

    return write


def row(**cells: str) -> str:
    """A good row of a respondent, with some cells changed."""
    given = dict(zip(COLUMNS, GOOD.split(","), strict=True)) | cells
    return ",".join(given[column] for column in COLUMNS)


# Read


def test_a_row_is_a_post(file):
    [post] = read(file(GOOD))
    assert post.kind is PostKind.RESPONDENT
    assert (post.slack_user_id, post.email, post.name) == (
        "U1", "u1@west-midlands.example", "Zoë Müller",
    )  # fmt: skip
    assert post.partnership is not None
    assert post.partnership.name == "Birmingham Safeguarding Children Partnership"
    assert (post.sector_key, post.body) == ("police", "West Midlands Police")
    assert (post.valid_from, post.valid_to) == (date(2026, 9, 1), None)


def test_the_template_and_the_sample_are_good(tmp_path):
    (tmp_path / "template.csv").write_text(TEMPLATE, encoding="utf-8")
    assert len(read(tmp_path / "template.csv")) == 4
    assert read(ROSTER)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_any_usual_encoding_and_line_end_is_read(tmp_path, encoding: str, end: str):
    text = end.join([HEADER, GOOD, ""])
    path = tmp_path / "roster.csv"
    if encoding.endswith("-bom"):
        encoding = encoding.removesuffix("-bom")
        text = "\ufeff" + text
    path.write_bytes(text.encode(encoding))
    assert [post.name for post in read(path)] == ["Zoë Müller"]


def test_blank_rows_are_passed_over(file):
    assert len(read(file("", GOOD, ",,,,,,,,,", "   ,,,,,,,,,", "", row(slack_user_id="U2", email="b@x.example")))) == 2  # fmt: skip


def test_space_around_a_cell_is_left_out(file):
    [post] = read(file(row(slack_user_id="  U1 ", area=" Birmingham\t", sector=" Police ")))
    assert (post.slack_user_id, post.sector_key) == ("U1", "police")


def test_capitals_do_not_matter(file):
    [post] = read(file(row(post="RESPONDENT", area="BIRMINGHAM"), header=HEADER.upper()))
    assert post.kind is PostKind.RESPONDENT


def test_a_quoted_cell_may_hold_commas_quotes_and_lines(file):
    [post] = read(file(row(name='"Müller, ""Zoë""\nDeputy head"')))
    assert post.name == 'Müller, "Zoë"\nDeputy head'


@pytest.mark.parametrize("written", ["2026-09-01", "01/09/2026"])
def test_a_date_is_read_day_first(file, written: str):
    assert read(file(row(starts=written)))[0].valid_from == date(2026, 9, 1)


def test_the_partnership_is_that_of_the_first_day(file):
    [post] = read(
        file(row(area="Cumberland", post="lead", sector="", starts="01/03/2025", ends="31/03/2025"))
    )
    assert post.partnership is not None
    assert post.partnership.name == "Cumbria Safeguarding Children Partnership"


def test_one_person_may_hold_many_posts(file):
    assert len(read(file(GOOD, row(area="Solihull"), row(post="lead", sector="", starts="")))) == 3


# Refused: each sentence has the file, the line and what to do


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"area": "Cardiff"}, "Cardiff … such as 330 or Birmingham."),
        ({"area": ""}, "area … Give the three-digit code or the name of a council in England"),
        ({"post": "boss"}, "post is 'boss'. It must be one of: respondent, deputy, lead, observer, facilitator, administrator."),
        ({"sector": "fire"}, "sector is 'fire'. It must be one of: local_government, health, police."),
        ({"body": "Kent Police"}, "Birmingham Safeguarding Children Partnership has no such body in this sector … body must be one of: West Midlands Police."),
        ({"area": "Westmorland and Furness", "sector": "health"}, "Westmorland and Furness Safeguarding Children Partnership has several bodies in this sector … body must be one of: Lancashire and South Cumbria Integrated Care Board; "),
        ({"post": "lead"}, "a post of lead has no sector. Leave the cell empty."),
        ({"post": "facilitator"}, "a post of facilitator has no area. Leave the cell empty."),
        ({"post": "facilitator", "area": "", "region": "The Moon"}, "the region 'The Moon' is not known. Leave it empty for all England, or give one of: East Midlands,"),
        ({"region": "London"}, "a post of respondent has no region. Leave the cell empty."),
        ({"name": ""}, "the name is missing. Fill it in."),
        ({"slack_user_id": ""}, "slack_user_id and email are both needed, such as U0123ABCD and name@council.gov.uk. Fill them in."),
        ({"email": "none"}, "slack_user_id and email are both needed"),
        ({"starts": "1st Sept"}, "starts is '1st Sept'. Write the date as 2026-09-01 or 01/09/2026, the day first."),
        ({"starts": "09/13/2026"}, "starts is '09/13/2026'. Write the date as"),
        ({"ends": "46266"}, "ends is '46266'. Write the date as"),
        ({"ends": "2026-08-31"}, "this post starts on 2026-09-01 and ends before that, on 2026-08-31. Correct one of the two dates."),
        ({"starts": "", "ends": "2026-09-06"}, "this post would start today and ends before that, on 2026-09-06. Correct one of the two dates."),
    ],
)  # fmt: skip
def test_a_mistake_says_the_line_and_the_remedy(file, cells: dict[str, str], says: str):
    [problem] = problems(file(row(slack_user_id="U0", email="u0@x.example"), row(**cells)))
    assert problem.startswith("roster.csv line 3: ")
    assert all(part in problem for part in says.split(" … "))


def test_every_mistake_of_the_file_is_told_at_once(file):
    found = problems(file(row(area="Nowhere", name=""), GOOD, row(post="boss", starts="soon")))
    assert [problem.split(":")[0] for problem in found] == [
        "roster.csv line 2", "roster.csv line 2", "roster.csv line 4", "roster.csv line 4",
    ]  # fmt: skip


def test_a_slack_user_has_one_email(file):
    [problem] = problems(file(GOOD, row(email="other@x.example")))
    assert problem == (
        "roster.csv line 3: the Slack user U1 has another e-mail already."
        " One person has one e-mail: correct one of the two."
    )


def test_an_email_has_one_slack_user(file):
    [problem] = problems(file(GOOD, row(slack_user_id="U2")))
    assert problem == (
        "roster.csv line 3: another Slack user has this e-mail already."
        " One person has one Slack user: correct one of the two."
    )


def test_capitals_make_no_other_email(file):
    assert len(read(file(GOOD, row(email="U1@West-Midlands.example", area="Solihull")))) == 2
    [problem] = problems(file(GOOD, row(slack_user_id="U2", email="U1@WEST-MIDLANDS.example")))
    assert "another Slack user has this e-mail already" in problem


def test_what_is_stored_already_counts(file):
    assert problems(file(GOOD), {"U1": "other@x.example"})
    assert problems(file(GOOD), {"U9": "U1@west-midlands.example"})
    assert read(file(GOOD), {"U1": "U1@West-Midlands.example"})


@pytest.mark.parametrize(
    ("header", "says"),
    [
        (HEADER.replace("email", "mail"), "missing: email; not known: mail"),
        (HEADER.replace(",ends", ""), "missing: ends"),
        (HEADER + ",child_name", "not known: child_name"),
        (HEADER + ",", "not known: a column without a name"),
        (HEADER.replace(",", ";"), "missing: slack_user_id, email"),
        (",".join(sorted(COLUMNS)), "the columns are in another order"),
        ("Contacts for 2026", "missing: slack_user_id"),
    ],
)
def test_another_header_is_refused(file, header: str, says: str):
    [problem] = problems(file(GOOD, header=header))
    assert problem.startswith("roster.csv line 1: this is not the header that is needed (")
    assert says in problem
    assert f"It must be: {HEADER}. vigil import roster --template prints an example." in problem


@pytest.mark.parametrize("line", ["U1,u1@x.example", GOOD + ",one,more", f"{GOOD},"])
def test_a_row_with_too_few_or_too_many_cells_is_refused(file, line: str):
    [problem] = problems(file(GOOD, line))
    assert problem == (
        "roster.csv line 3: this row has not 10 cells. Put quotes around a cell with a comma in it."
    )


def test_a_mistake_after_a_quoted_line_break_says_its_own_line(file):
    [problem] = problems(file(row(name='"Two\nlines"'), row(area="Nowhere")))
    assert problem.startswith("roster.csv line 4:")


@pytest.mark.parametrize("line", ['U1,"never closed', 'U1,"a"b,c'])
def test_broken_quotes_are_refused(file, line: str):
    [problem] = problems(file(GOOD, line, row(area="Solihull")))
    assert problem.startswith("roster.csv line 3: this is not valid CSV (")
    assert problem.endswith("Save the file as CSV again.")


def test_a_file_without_rows_is_refused(file):
    assert problems(file()) == [
        "roster.csv: there is no row below the header. Add one for each post."
    ]


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"")
    [problem] = problems(tmp_path / "roster.csv")
    assert problem.startswith("roster.csv line 1: this is not the header that is needed")


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert problems(tmp_path / "gone.csv") == [
        f"{tmp_path}/gone.csv: there is no such file. Check the path."
    ]


def test_a_folder_is_no_file(tmp_path):
    [problem] = problems(tmp_path)
    assert problem.startswith(f"{tmp_path}: ")
    assert problem.endswith("Check the path.")


def test_a_spreadsheet_renamed_to_csv_is_refused(tmp_path):
    (tmp_path / "roster.csv").write_bytes(b"PK\x03\x04\x14\x00\x06\x00" + bytes(range(256)) * 4)
    assert problems(tmp_path / "roster.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"{HEADER}\n{text}".encode("utf-8", "replace")))  # fmt: skip
def test_whatever_the_file_holds_it_is_refused_with_sentences(tmp_path, content: bytes):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    assert all(problem.endswith((".", "example.")) for problem in problems(path))


cells = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12),
    min_size=len(COLUMNS), max_size=len(COLUMNS),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells)
def test_whatever_the_cells_hold_nothing_but_a_post_or_a_sentence_comes_of_it(tmp_path, given):
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in given)
    path = tmp_path / "any.csv"
    path.write_text(f"{HEADER}\n{quoted}\n", encoding="utf-8", newline="")
    assert problems(path)
