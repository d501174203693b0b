"""What keeps the bot from starting, as errors with their cause; bot/check has the sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.verdicts import verdict
from questionnaires.errors import ScorecardError

# What Slack says to a token until somebody does something about it.
LASTING = frozenset(
    {
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "not_allowed_token_type",
        "not_authed",
        "socket_mode_not_enabled",
        "token_expired",
        "token_revoked",
    }
)


class Obstacle(ScorecardError):
    """Somebody has to remove it: waiting changes nothing."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


class DatabaseUnusable(Obstacle):
    """It could not be opened or upgraded."""


class QuestionnairesUnreadable(Obstacle):
    """QUESTIONNAIRES_DIR cannot be looked into. What is wrong with a file says itself."""


class BotTokenRefused(Obstacle):
    """Slack does not take SLACK_BOT_TOKEN. `kept_until`: when what is kept of the workspace is
    erased; None when nothing is, or when nobody knows whose token it was.
    """

    def __init__(self, cause: Exception, kept_until: datetime | None = None) -> None:
        super().__init__(cause)
        self.kept_until = kept_until


class AppTokenRefused(Obstacle):
    """Slack opens no connection with SLACK_APP_TOKEN."""


class CannotListen(Obstacle):
    """Nobody may take requests at HOST and PORT."""


def is_lasting(error: Exception) -> bool:
    """Whether Slack would say the same to a bot that waits and asks again."""
    return verdict(error).problem in LASTING


@contextmanager
def needing_database() -> Iterator[None]:
    """Around the first use of a database. Raises DatabaseUnusable.

    The drivers' own errors among them: SQLite's where a file is copied aside, and ImportError
    where PostgreSQL's is not installed.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, ImportError) as error:
        raise DatabaseUnusable(error) from error


@contextmanager
def needing_questionnaires() -> Iterator[None]:
    """Around reading the files. Raises QuestionnairesUnreadable."""
    try:
        yield
    except OSError as error:
        raise QuestionnairesUnreadable(error) from error
