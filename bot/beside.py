"""The database beside a bot that runs: opened to be read only, for commands."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.obstacles import needing_database
from storage import looking, upgrade
from storage.database import Database


class NothingThere(Exception):
    """What a command was asked for is not there, or not one thing; says what there is."""


@contextmanager
def reading(url: str) -> Iterator[Database]:
    """Raises NothingThere, DatabaseUnusable, and what require_current raises."""
    with needing_database():
        file = looking.sqlite_file(url)
        if file is not None and not file.is_file():
            raise NothingThere(f"There is no database at {file}. DATABASE_URL says where it is.")
        database = looking.open_to_look(url)
        try:
            upgrade.require_current(database)
            yield database
        finally:
            database.dispose()
