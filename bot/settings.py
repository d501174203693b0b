"""The environment, read in one place: app.py and __main__ build Settings, nobody else reads it."""

import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from questionnaires.disclosure.floors import K_DEFAULT, K_LEAST, K_MOST

# What is wrong with a value; bot/check/variables.py says it in sentences.
UNREACHABLE = "unreachable"
NO_TOKEN = "no_token"  # noqa: S105 - a kind of error
NO_MEMBER_IDS = "no_member_ids"
NO_DATABASE = "no_database"
STRAY_AT = "stray_at"
NO_URL = "no_url"
NO_NAME = "no_name"

ENV_FILE = ".env"
MESSAGES_A_MINUTE, MESSAGES_MOST = 240, 600
MONTHS_KEPT, MONTHS_MOST = 24, 120
BOT_TOKEN, APP_TOKEN = "xoxb-", "xapp-"
MEMBER_ID = re.compile(r"[UW][A-Z0-9]+")
# As SQLAlchemy reads an address: scheme, user and password, up to the @ before the host.
BEFORE_HOST = re.compile(r"[^:]+://(?:[^:/]*(?::[^@]*)?@)?")
DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql+psycopg")


class DatabaseSettings(BaseSettings):
    """Where answers are kept: all that bringing the database up to date needs."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",  # Windows likes to put a mark before the first letter
        extra="ignore",
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///scorecard.sqlite3"

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, given: str) -> str:
        from sqlalchemy.exc import ArgumentError  # noqa: PLC0415 - slow to load

        from storage.database import address  # noqa: PLC0415

        if not given.startswith("sqlite") and "@" in BEFORE_HOST.sub("", given, count=1):
            raise PydanticCustomError(STRAY_AT, "a password ends at its first @")
        try:
            known = address(given).drivername in DRIVERS
        except (ArgumentError, ValueError):
            known = False
        if not known:
            raise PydanticCustomError(NO_DATABASE, "neither SQLite nor PostgreSQL")
        return given


class Settings(DatabaseSettings):
    """Every variable the bot knows; `.env.example` says the same in words."""

    slack_bot_token: SecretStr
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = Field(default=None, validate_default=True)
    host: str = "0.0.0.0"  # noqa: S104 - a platform's router is another machine
    port: int = Field(default=3000, ge=0, le=65535)
    slack_api_url: str = "https://slack.com/api/"
    facilitators: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), validation_alias="SCORECARD_FACILITATORS"
    )
    operator: str = Field(validation_alias="SCORECARD_OPERATOR")
    answers_kept_months: int = Field(
        default=MONTHS_KEPT, ge=1, le=MONTHS_MOST, validation_alias="ANSWERS_KEPT_MONTHS"
    )
    least_people: int = Field(
        default=K_DEFAULT, ge=K_LEAST, le=K_MOST, validation_alias="SCORECARD_LEAST_PEOPLE"
    )

    messages_a_minute: int = Field(
        default=MESSAGES_A_MINUTE,
        ge=1,
        le=MESSAGES_MOST,
        validation_alias="SCORECARD_MESSAGES_A_MINUTE",
    )
    questionnaires_dir: Path | None = None

    @field_validator("facilitators", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        """U01AMARA,U02BEN -> two ids."""
        if isinstance(given, str):
            return tuple(part.strip() for part in given.split(",") if part.strip())
        return given

    @property
    def uses_sockets(self) -> bool:
        """Socket Mode where there is an app-level token, else HTTP."""
        return self.slack_app_token is not None

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, given: SecretStr) -> SecretStr:
        return _token(given, BOT_TOKEN)

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, given: SecretStr | None) -> SecretStr | None:
        return None if given is None else _token(given, APP_TOKEN)

    @field_validator("slack_signing_secret")
    @classmethod
    def _slack_can_reach_us(cls, given: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        """An app-level token that is refused is set all the same: it is not in `info.data`."""
        if given is None and info.data.get("slack_app_token", APP_TOKEN) is None:
            raise PydanticCustomError(UNREACHABLE, "neither way for Slack to reach us is set")
        return given

    @field_validator("facilitators")
    @classmethod
    def _are_member_ids(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not all(MEMBER_ID.fullmatch(one) for one in given):
            raise PydanticCustomError(NO_MEMBER_IDS, "not all are member ids")
        return given

    @field_validator("operator")
    @classmethod
    def _is_somebody(cls, given: str) -> str:
        """Everybody reads it under "Who sees what?": one line, and somebody."""
        name = " ".join(given.split())
        if not name:
            raise PydanticCustomError(NO_NAME, "nobody is named")
        return name

    @field_validator("slack_api_url")
    @classmethod
    def _is_url(cls, given: str) -> str:
        """It ends with a slash: the SDK puts the method's name behind it."""
        try:
            parts = urlsplit(given)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            usable = False
        if not usable:
            raise PydanticCustomError(NO_URL, "no http(s) URL")
        return given if given.endswith("/") else given + "/"


def _token(given: SecretStr, beginning: str) -> SecretStr:
    if not re.fullmatch(rf"{beginning}[\w.-]+", given.get_secret_value()):
        raise PydanticCustomError(NO_TOKEN, "no token of this kind")
    return given
