"""`vigil import roster`: all or nothing, and a sentence with file, line and remedy."""

import json

import pytest
from sqlmodel import Session, func, select

from jobs.roster import COLUMNS, TEMPLATE
from storage.queries.leaving import account_closed
from storage.tables import Partner, Person, Post
from tests.factories import london

HEADER = ",".join(COLUMNS)
POLICE = "U1,police@partners.example,Police respondent,respondent,Birmingham,police,,,2026-09-01,"


def counts(session: Session) -> tuple[int, int]:
    return session.exec(select(func.count(Person.id))).one(), session.exec(
        select(func.count(Post.id))
    ).one()


def write(tmp_path, *rows: str, header: str = HEADER):
    path = tmp_path / "roster.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return str(path)


def test_the_template_is_a_roster_that_can_be_imported(vigil, ready, tmp_path):
    assert vigil("import", "roster", "--template").out == TEMPLATE
    (tmp_path / "roster.csv").write_text(TEMPLATE, encoding="utf-8")
    answer = vigil("import", "roster", "roster.csv", "--workspace", "T0TEST")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out == "Imported roster.csv: 4 posts. New: 4 posts, 4 people and 1 partnership.\n"
    with Session(ready.engine) as session:
        assert session.exec(select(func.count(Partner.id))).one() == 3


def test_importing_again_changes_nothing(vigil, ready, tmp_path):
    path = write(tmp_path, POLICE)
    vigil("import", "roster", path, "--workspace", "T0TEST")
    answer = vigil("import", "roster", path, "--json")
    assert json.loads(answer.out) == {"people": 0, "posts": 0, "partnerships": 0, "left": 0}
    assert ready.read_now(counts) == (1, 1)


def test_a_post_that_was_left_is_not_given_back_and_the_command_says_so(vigil, ready, tmp_path):
    path = write(tmp_path, POLICE)
    vigil("import", "roster", path, "--workspace", "T0TEST")
    gone = {"team_id": "T0TEST", "slack_user_id": "U1", "now": london(2026, 10, 1, 9)}
    assert ready.write_now(account_closed, **gone)
    answer = vigil("import", "roster", path)
    assert "Not given back: 1 post, as those named have left." in answer.out


def test_check_only_looks(vigil, ready, tmp_path):
    answer = vigil("import", "roster", write(tmp_path, POLICE), "--check", "--workspace", "T0TEST")
    assert answer.out == "roster.csv is right: 1 post. Nothing was imported.\n"
    assert ready.read_now(counts) == (0, 0)


@pytest.mark.parametrize(
    ("rows", "header", "sentence"),
    [
        pytest.param(
            [POLICE],
            HEADER.replace("slack_user_id", "slack id"),
            "roster.csv line 1: this is not the header that is needed (missing: slack_user_id; not known: slack id).",
            id="a wrong header",
        ),
        pytest.param(
            [POLICE, POLICE.replace("Birmingham", "Swansea").replace("U1,police", "U2,other")],
            HEADER,
            "roster.csv line 3: ‘Swansea’ is in Wales. Vigil works with safeguarding partnerships in England only.",
            id="an area that is not in England",
        ),
        pytest.param(
            [POLICE, POLICE.replace("police@", "another@").replace("respondent,B", "deputy,B")],
            HEADER,
            "roster.csv line 3: the Slack user U1 has another e-mail already. One person has one e-mail",
            id="one Slack id with two e-mails",
        ),
        pytest.param(
            [POLICE + "2026-08-01"],
            HEADER,
            "roster.csv line 2: this post starts on 2026-09-01 and ends before that, on 2026-08-01. Correct one",
            id="a post that ends before it starts",
        ),
    ],
)
def test_a_mistake_changes_nothing(vigil, ready, tmp_path, rows, header, sentence):
    answer = vigil(
        "import", "roster", write(tmp_path, *rows, header=header), "--workspace", "T0TEST"
    )
    assert answer.status == 1
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert ready.read_now(counts) == (0, 0)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_files_as_councils_send_them_are_read(vigil, ready, tmp_path, encoding):
    path = tmp_path / "roster.csv"
    row = POLICE.replace("Police respondent", "Police respondent – Birmingham’s")
    path.write_bytes(f"{HEADER}\r\n\r\n,,,,,,,,,\r\n{row}\r\n\r\n".encode(encoding))
    assert vigil("import", "roster", str(path), "--workspace", "T0TEST").status == 0
    with Session(ready.engine) as session:
        assert session.exec(select(Person.name)).all() == ["Police respondent – Birmingham’s"]


def test_a_missing_file_and_an_unknown_workspace_are_said_plainly(vigil, ready):
    assert (
        "there is no such file. Check the path."
        in vigil("import", "roster", "no.csv", "--workspace", "T1").err
    )
    assert (
        "No Slack workspace is known yet. Run vigil check"
        in vigil("import", "roster", "no.csv").err
    )
    assert "Name the file" in vigil("import", "roster").err
