"""The environment, read in one place: app.py and __main__ build Settings, nobody else reads it."""

from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from questionnaires.floors import K_DEFAULT, K_LEAST, K_MOST


class Settings(BaseSettings):
    """Every variable the bot knows; `.env.example` says the same in words."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr
    slack_api_url: str = "https://slack.com/api/"
    database_url: str = "sqlite:///scorecard.sqlite3"
    facilitators: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), validation_alias="SCORECARD_FACILITATORS"
    )
    operator: str = Field(
        default="the person who installed this app", validation_alias="SCORECARD_OPERATOR"
    )
    least_people: int = Field(
        default=K_DEFAULT, ge=K_LEAST, le=K_MOST, validation_alias="SCORECARD_LEAST_PEOPLE"
    )

    @field_validator("facilitators", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        """U01AMARA,U02BEN -> two ids."""
        if isinstance(given, str):
            return tuple(part.strip() for part in given.split(",") if part.strip())
        return given

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, given: str) -> str:
        return given if given.endswith("/") else given + "/"
