"""What keeps the bot from starting, as errors with their cause; bot/check has the sentences."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from questionnaires.errors import ScorecardError


class Obstacle(ScorecardError):
    """Somebody has to remove it: waiting changes nothing."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


class DatabaseUnusable(Obstacle):
    """It could not be opened or upgraded."""


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
