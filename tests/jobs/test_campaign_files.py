"""A campaign's TOML file that is not right says which file, where, and what is wrong."""

from pathlib import Path

import pytest

from jobs.campaign_files import FOLDER, load_campaigns
from storage.errors import FileRefused

REVIEW = (FOLDER / "october-review.toml").read_text(encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        load_campaigns(folder)
    return refused.value.problems


def test_the_campaigns_that_ship_are_valid():
    assert [definition.key for definition in load_campaigns()] == [
        "october-review",
        "summer-vigilance",
    ]


def test_an_empty_folder_has_no_campaigns(tmp_path):
    assert load_campaigns(tmp_path) == []


def test_what_is_not_toml_says_the_file_and_the_line(tmp_path):
    (tmp_path / "review.toml").write_text('key = "review"\ntitle = October\n')
    [problem] = problems(tmp_path)
    assert problem.startswith("review.toml: this is not valid TOML:")
    assert "line 2" in problem
    assert problem.endswith("Correct it there.")


def test_a_text_that_is_not_utf_8_says_what_to_do(tmp_path):
    (tmp_path / "review.toml").write_bytes(
        REVIEW.encode("cp1252").replace(b"Agreed", b"Agr\xe9\xe9")
    )
    assert problems(tmp_path) == ["review.toml: this is not a text in UTF-8. Save it as UTF-8."]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("version = 4\n", "", "review.toml line 1: version: Field required"),
        ("days_before = 42", "days = 42", "review.toml line 17: steps.0.days: Extra inputs are not permitted"),
        ("days_before = 42", 'days_before = "soon"', "review.toml line 17: steps.0.days_before:"),
        ('key = "the_day"', 'key = "one_week_before"', "review.toml line 1: the file: two steps have the same name"),
        ('status = "OQ2"', 'status = "OQ9"', "review.toml line 62: form: there is no question OQ9"),
        ('late_until = "12-31"', 'late_until = "31-12"', "review.toml line 9: rounds.late_until: not every year has a day 31-12"),
        ('kind = "date"', 'kind = "day"', "review.toml line 106: form.questions.2.kind:"),
        ('rule = "october-half-term"', 'rule = "easter"', "review.toml line 8: rounds.rule:"),
    ],
)  # fmt: skip
def test_a_mistake_says_the_file_and_the_place(tmp_path, old: str, new: str, says: str):
    assert old in REVIEW
    (tmp_path / "review.toml").write_text(REVIEW.replace(old, new, 1), encoding="utf-8")
    assert any(problem.startswith(says) for problem in problems(tmp_path)), problems(tmp_path)


def test_the_mistakes_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "a.toml").write_text("key = ")
    (tmp_path / "b.toml").write_text('key = "b"')
    (tmp_path / "c.toml").write_text(REVIEW, encoding="utf-8")
    found = problems(tmp_path)
    assert {problem.split(":")[0] for problem in found} == {"a.toml", "b.toml line 1"}
    assert "b.toml line 1: title: Field required. Correct it there." in found
