"""`vigil run`: what it refuses, and the sample that it starts."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sample import sample_team
from bot.service import Service
from bot.settings import SettingsRefused
from bot.workspace import LocalWorkspace
from storage.clock import Clock
from tests.flows.running import connection_to

ROOT = Path(__file__).parents[3]


def free_port() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"SLACK_APP_TOKEN": "xapp-1"},
            "SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not. Set it too",
        ),
        (
            {"SLACK_SIGNING_SECRET": "s"},
            "SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not. Set it too",
        ),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN"),
        (
            {"SLACK_BOT_TOKEN": "xapp-1", "SLACK_APP_TOKEN": "xoxb-1"},
            "SLACK_BOT_TOKEN does not begin with xoxb-.",
        ),
        ({"VIGIL_PORT": "eighty"}, "VIGIL_PORT must be a whole number from 1 to 65535."),
        ({"VIGIL_HEALTH_PORT": "-1"}, "VIGIL_HEALTH_PORT must be a whole number from 0 to 65535."),
        ({"DATABASE_URL": "sqlite:///real.sqlite"}, "a real outbox must never drain into it"),
        (
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "DATABASE_URL": "nonsense"},
            "DATABASE_URL is not an address of a database. Write it as sqlite:///",
        ),
        (
            {
                "SLACK_BOT_TOKEN": "xoxb-1",
                "SLACK_APP_TOKEN": "xapp-1",
                "DATABASE_URL": "sqlite:////no/where.sqlite",
            },
            "there is no folder /no. Make it, or name another file.",
        ),
    ],
)
def test_settings_that_cannot_work_get_one_plain_sentence(vigil, tmp_path, settings, sentence):
    answer = vigil("run", **settings)
    assert answer.status == 1
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_is_named_and_the_sample_left_alone(vigil, tmp_path):
    (tmp_path / "vigil-sample.sqlite").write_text("kept")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = vigil("run", VIGIL_PORT=str(port))
    assert answer.status == 1
    assert (
        f"something else listens on port {port} already. Stop it, or set VIGIL_PORT" in answer.err
    )
    assert (tmp_path / "vigil-sample.sqlite").read_text() == "kept"


def test_a_taken_port_for_health_is_named_too(vigil):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = vigil("run", VIGIL_PORT=free_port(), VIGIL_HEALTH_PORT=str(port))
    assert answer.status == 1
    assert answer.err.splitlines()[-1] == (
        f"VIGIL_HEALTH_PORT: something else listens on port {port} already."
        " Stop it, or set VIGIL_HEALTH_PORT to another number."
    )


def test_a_schema_that_is_missing_is_said_before_slack_is_asked(vigil, tmp_path):
    settings = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}
    answer = vigil("run", SLACK_API_URL="http://127.0.0.1:1/api/", **settings)
    assert (
        answer.err
        == "The database sqlite:///vigil.sqlite has no tables yet. Run: vigil database upgrade\n"
    )


@pytest.mark.parametrize(
    ("arguments", "settings", "sentence"),
    [
        (
            ["--scene", "last-day"],
            {},
            "--scene is 'last-day'. The scenes are: first-day, three-days",
        ),
        (
            ["--scene", "england", "--start-at", "2026-09-07T08:55"],
            {},
            "--start-at is for the scene first-day; the others have a time of their own.",
        ),
        (
            ["--scene", "england"],
            {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
            "--scene is for the sample. Take SLACK_BOT_TOKEN out to try it",
        ),
    ],
)
def test_a_scene_that_cannot_be_opened_gets_one_plain_sentence(
    vigil, tmp_path, arguments, settings, sentence
):
    answer = vigil("run", *arguments, **settings)
    assert answer.status == 1
    assert sentence in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_story_clock_is_refused_against_slack_itself(vigil):
    answer = vigil("run", "--speed", "60", SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1")
    assert "--start-at and --speed are for the local workspace" in answer.err


async def test_tokens_that_slack_refuses_and_a_slack_that_is_not_there_are_said_plainly(database):
    workspace = LocalWorkspace(teams=[sample_team()], clock=Clock())
    await workspace.start()
    right = connection_to(workspace, sample_team(), int(free_port()))
    for changed, sentence in (
        ({"bot_token": "xoxb-old"}, "SLACK_BOT_TOKEN: Slack refuses it (invalid_auth)."),
        ({"app_token": "xapp-old"}, "SLACK_APP_TOKEN: Slack refuses it (invalid_auth)."),
        ({"api_url": "http://127.0.0.1:1/api/"}, "SLACK_API_URL: nothing answers at"),
    ):
        service = Service(connection=replace(right, **changed), database=database, clock=Clock())
        with pytest.raises(SettingsRefused) as refused:
            await service.start()
        await service.stop()
        assert str(refused.value).startswith(sentence)
    await workspace.stop()


def test_the_sample_starts_prints_its_address_and_stops_when_asked(tmp_path):
    port = free_port()
    surroundings = os.environ | {"VIGIL_PORT": port, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=tmp_path,
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == f"Vigil is running with its sample. Open http://127.0.0.1:{port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/control/clock") as answer:
            assert b"6 weeks before the deadline" in answer.read()
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        process.stdout.close()
