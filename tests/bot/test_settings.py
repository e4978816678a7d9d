"""Settings that contradict each other or leave something out get one plain sentence, never their value."""

import pytest

from bot.settings import Mode, SettingsRefused, load_settings

NAMES = (
    "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL",
    "VIGIL_HOST", "VIGIL_PORT", "VIGIL_HEALTH_HOST", "VIGIL_HEALTH_PORT", "VIGIL_LOG_LEVEL",
)  # fmt: skip
BOT, APP, SECRET = "xoxb-planted-bot", "xapp-planted-app", "planted-secret"


@pytest.fixture
def given_settings(monkeypatch, tmp_path):
    """Sets the environment, in a folder without a .env, and reads it."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)

    def read(**values: str):
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        return load_settings()

    return read


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({}, Mode.SAMPLE),
        ({"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""}, Mode.SAMPLE),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, Mode.SOCKET),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_SIGNING_SECRET": SECRET}, Mode.HTTP),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET},
            Mode.SOCKET,
        ),
    ],
)
def test_what_is_set_decides_how_slack_is_reached(given_settings, values, mode):
    assert given_settings(**values).mode is mode


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"SLACK_BOT_TOKEN": BOT}, ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")),
        ({"SLACK_APP_TOKEN": APP}, ("SLACK_APP_TOKEN is set, but SLACK_BOT_TOKEN is not",)),
        (
            {"SLACK_SIGNING_SECRET": SECRET},
            ("SLACK_SIGNING_SECRET is set, but SLACK_BOT_TOKEN is not",),
        ),
        ({"SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SECRET}, ("SLACK_BOT_TOKEN is not",)),
        (
            {"SLACK_BOT_TOKEN": APP, "SLACK_APP_TOKEN": BOT},
            ("SLACK_BOT_TOKEN does not begin with xoxb-", "easily mixed up"),
        ),
        (
            {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": "xoxb-planted-other"},
            ("SLACK_APP_TOKEN does not begin with xapp-",),
        ),
        (
            {"SLACK_BOT_TOKEN": "xoxp-planted-user", "SLACK_SIGNING_SECRET": SECRET},
            ("SLACK_BOT_TOKEN does not begin with xoxb-",),
        ),
        ({"VIGIL_PORT": "planted"}, ("VIGIL_PORT",)),
        ({"VIGIL_PORT": "0"}, ("VIGIL_PORT",)),
        ({"VIGIL_PORT": "65536"}, ("VIGIL_PORT",)),
        ({"VIGIL_PORT": "80.5"}, ("VIGIL_PORT",)),
        ({"VIGIL_LOG_LEVEL": "PLANTED"}, ("VIGIL_LOG_LEVEL",)),
    ],
)
def test_a_mistake_is_one_plain_sentence_without_its_value(given_settings, values, names):
    with pytest.raises(SettingsRefused) as refusal:
        given_settings(**values)
    sentence = str(refusal.value)
    assert len(sentence.splitlines()) == 1
    assert sentence.endswith(".")
    assert all(name in sentence for name in names)
    assert "planted" not in sentence.casefold()
    assert refusal.value.__cause__ is None
    assert refusal.value.__suppress_context__


def test_two_mistakes_are_two_sentences(given_settings):
    with pytest.raises(SettingsRefused) as refusal:
        given_settings(VIGIL_PORT="planted", VIGIL_LOG_LEVEL="planted")
    assert len(str(refusal.value).splitlines()) == 2


def test_a_file_called_env_is_read_and_the_environment_comes_first(given_settings, tmp_path):
    (tmp_path / ".env").write_text("VIGIL_PORT=9000\nVIGIL_LOG_LEVEL=ERROR\n")
    found = given_settings(VIGIL_LOG_LEVEL="DEBUG")
    assert (found.port, found.log_level) == (9000, "DEBUG")


def test_what_the_settings_hold_is_not_shown_with_them(given_settings):
    found = given_settings(SLACK_BOT_TOKEN=BOT, SLACK_APP_TOKEN=APP, SLACK_SIGNING_SECRET=SECRET)
    assert "planted" not in repr(found)
    assert "planted" not in str(found)


def test_slacks_own_address_is_told_from_a_stand_ins(given_settings):
    assert given_settings().is_slack_itself
    assert given_settings(SLACK_API_URL="https://slack.com/api").is_slack_itself
    assert not given_settings(SLACK_API_URL="http://127.0.0.1:8080/api/").is_slack_itself


@pytest.mark.parametrize(
    ("values", "answers"),
    [
        ({}, False),
        ({"VIGIL_HEALTH_PORT": ""}, False),
        ({"VIGIL_HEALTH_PORT": "9000"}, True),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP}, True),
        ({"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "VIGIL_HEALTH_PORT": "0"}, False),
    ],
    ids=["a sample", "a sample with an empty line", "a sample that is asked", "Slack", "none"],
)
def test_health_is_answered_in_slack_and_in_the_sample_only_when_asked_for(
    given_settings, values, answers
):
    settings = given_settings(**values)
    assert settings.answers_health is answers
    assert settings.health_host == "127.0.0.1"
