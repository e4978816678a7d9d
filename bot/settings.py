"""What Vigil is told from outside: each field is a line of .env.example."""

from enum import StrEnum
from typing import Self

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.errors import VigilError

SLACK = "https://slack.com/api/"
DEFAULT_DATABASE = "sqlite:///vigil.sqlite"


class SettingsRefused(VigilError):
    """The settings contradict each other or leave something out."""


class Mode(StrEnum):
    """How `vigil run` reaches Slack."""

    SAMPLE = "sample"
    SOCKET = "socket"
    HTTP = "http"


class Settings(BaseSettings):
    """Read from the environment, else from .env; an empty value counts as none."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    bot_token: SecretStr | None = Field(default=None, alias="SLACK_BOT_TOKEN")
    app_token: SecretStr | None = Field(default=None, alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(default=None, alias="SLACK_SIGNING_SECRET")
    api_url: str = Field(default=SLACK, alias="SLACK_API_URL")
    given_database_url: str | None = Field(default=None, alias="DATABASE_URL")
    host: str = Field(default="127.0.0.1", alias="VIGIL_HOST")
    port: int = Field(default=8080, alias="VIGIL_PORT", ge=1, le=65535)
    health_host: str = Field(default="127.0.0.1", alias="VIGIL_HEALTH_HOST")
    health_port: int = Field(default=8081, alias="VIGIL_HEALTH_PORT", ge=0, le=65535)
    log_level: str = Field(
        default="INFO", alias="VIGIL_LOG_LEVEL", pattern="^(DEBUG|INFO|WARNING|ERROR)$"
    )

    @model_validator(mode="after")
    def _has_whole_sets(self) -> Self:
        if self.bot_token is None:
            if half := (self.app_token and "SLACK_APP_TOKEN") or (
                self.signing_secret and "SLACK_SIGNING_SECRET"
            ):
                raise ValueError(
                    f"{half} is set, but SLACK_BOT_TOKEN is not."
                    " Set it too (Slack’s ‘OAuth & Permissions’ page), or leave all three empty to try the sample."
                )
        elif self.app_token is None and self.signing_secret is None:
            raise ValueError(
                "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN (for Socket Mode, Slack’s ‘Basic information’"
                " page) nor SLACK_SIGNING_SECRET (for HTTP) is. Set one of them, or leave all three empty to try the"
                " sample."
            )
        _check_prefix("SLACK_BOT_TOKEN", self.bot_token, "xoxb-")
        _check_prefix("SLACK_APP_TOKEN", self.app_token, "xapp-")
        return self

    @property
    def mode(self) -> Mode:
        """Socket Mode with an app token, HTTP with a signing secret alone, the sample with neither."""
        if self.bot_token is None:
            return Mode.SAMPLE
        return Mode.HTTP if self.app_token is None else Mode.SOCKET

    @property
    def answers_health(self) -> bool:
        """Whether somebody may ask how the bot is; the sample is only asked when a port is set for it."""
        is_set = "health_port" in self.model_fields_set
        return self.health_port != 0 and (is_set or self.mode is not Mode.SAMPLE)

    @property
    def database_url(self) -> str:
        """The database that is set, else a SQLite file in this folder."""
        return self.given_database_url or DEFAULT_DATABASE

    @property
    def is_slack_itself(self) -> bool:
        """Whether messages go to Slack and not to a stand-in."""
        return self.api_url.rstrip("/") == SLACK.rstrip("/")


def _check_prefix(name: str, token: SecretStr | None, prefix: str) -> None:
    if token is not None and not token.get_secret_value().startswith(prefix):
        raise ValueError(
            f"{name} does not begin with {prefix}. Copy it again; the two tokens are easily mixed up."
        )


def load_settings() -> Settings:
    """The settings as they are now.

    Raises:
        SettingsRefused: what is wrong, by the setting's own name, never its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsRefused(
            "\n".join(_sentence(dict(detail)) for detail in error.errors())
        ) from None


_MUST_BE = {
    "VIGIL_PORT": "a whole number from 1 to 65535",
    "VIGIL_HEALTH_PORT": "a whole number from 0 to 65535",
    "VIGIL_LOG_LEVEL": "DEBUG, INFO, WARNING or ERROR",
}


def _sentence(detail: dict[str, object]) -> str:
    location = detail["loc"]
    name = str(location[0]) if isinstance(location, tuple) and location else ""
    if name:
        return f"{name} must be {_MUST_BE.get(name, 'text')}. Correct it in .env or in the environment."
    return str(detail["msg"]).removeprefix("Value error, ")
