"""Every setting is a line of .env.example, with a comment above it."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Mode, Settings, load_settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"
LINES = EXAMPLE.read_text(encoding="utf-8").splitlines()
SETTINGS = {field.alias for field in Settings.model_fields.values()}


def test_it_has_every_setting_once_and_no_other():
    assert sorted(SETTINGS) == sorted(
        line.partition("=")[0] for line in LINES if line and not line.startswith("#")
    )


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_comment_above_it_says_what_it_is_for(name):
    [at] = [number for number, line in enumerate(LINES) if line.startswith(f"{name}=")]
    assert LINES[at - 1].startswith("# ")
    assert len(LINES[at - 1]) > 20


def test_copied_as_it_is_it_starts_the_sample_with_the_defaults(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    plain = load_settings()
    (tmp_path / ".env").write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    copied = load_settings()
    assert copied == plain
    assert copied.mode is Mode.SAMPLE


def test_it_holds_no_secret():
    values = dotenv_values(EXAMPLE)
    assert not any(values[name] for name in values if "TOKEN" in name or "SECRET" in name)
