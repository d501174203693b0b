"""Looking at the database: there, writable, of this version, and on a disk that stays."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from bot.check.findings import BOT, Finding, Mark, fine, note, problem
from bot.obstacles import DatabaseUnusable
from questionnaires.errors import ScorecardError
from questionnaires.rounds import Scorecard
from storage import looking, upgrade, workspaces
from storage.database import Database, address

ANOTHER_PLACE = "Give DATABASE_URL a file in a folder where the bot may write."
WIPED = (
    "Answers would be kept in a file, and this host (DYNO is set) forgets its files at every "
    "restart. Add a PostgreSQL database, which sets DATABASE_URL."
)
INSTALL_DRIVER = "It talks to PostgreSQL: run .venv/bin/pip install -r requirements.txt."
IN_MEMORY = "DATABASE_URL keeps answers in memory, where a restart loses them. Name a file."


@dataclass
class Stored:
    """What an up-to-date database holds that can be checked further."""

    findings: list[Finding] = field(default_factory=list)
    scorecards: list[Scorecard] = field(default_factory=list)
    asked: list[tuple[str, int, str, str]] = field(default_factory=list)


def look(url: str) -> Stored:
    stored = Stored()
    if address(url).get_backend_name() != "sqlite":
        _look_into(url, stored)
        return stored
    stored.findings += map(problem, losses(url))
    file = looking.sqlite_file(url)
    if file is None:
        return stored
    obstacles = list(_obstacles(file))
    stored.findings += obstacles
    if file.is_file():
        _look_into(url, stored)
    elif not obstacles:
        stored.findings.append(note(f"There is no database yet: the first start makes {file}."))
    return stored


def losses(url: str) -> list[str]:
    """Why a restart would lose what people have answered; it keeps nobody from starting."""
    if address(url).get_backend_name() != "sqlite":
        return []
    if looking.sqlite_file(url) is None:
        return [IN_MEMORY]
    # Only a host that wipes its disk sets it: Heroku, and those that imitate it.
    return [WIPED] if "DYNO" in os.environ else []


def trouble(url: str, error: ScorecardError) -> str:
    """Why a start came to nothing: what `look` finds, else the first line of the error."""
    wrong = (one.says for one in look(url).findings if one.mark is Mark.PROBLEM)
    if reasons := [says for says in wrong if says not in losses(url)]:
        return reasons[0]
    why = _first_line(error.cause if isinstance(error, DatabaseUnusable) else error)
    return (
        f"{_place(url)} cannot be used ({why}). Nothing in it was changed: remove the reason, and "
        "start again."
    )


def _obstacles(file: Path) -> Iterator[Finding]:
    """Why SQLite could not write: it needs the file, and the folder for what lies beside it."""
    folder = file.parent
    if not folder.is_dir():
        yield problem(f"The folder {folder} for the database is not there. Make it.")
        return
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield problem(f"Nothing can be written to {folder} ({error.strerror}). {ANOTHER_PLACE}")
        return
    if file.exists():
        try:
            with file.open("r+b"):
                pass
        except OSError as error:
            yield problem(f"{file} cannot be written to ({error.strerror}). {ANOTHER_PLACE}")


def _look_into(url: str, stored: Stored) -> None:
    try:
        database = looking.open_to_look(url)
    except ModuleNotFoundError as error:
        stored.findings.append(problem(f"{error.name} is not installed. {INSTALL_DRIVER}"))
        return
    try:
        stored.findings.append(_state(database, url))
        if upgrade.is_current(database):
            _take_along(database, stored)
    except upgrade.DatabaseTooNew as error:
        stored.findings.append(problem(_too_new(error, url)))
    except DBAPIError as error:
        stored.findings.append(problem(_unreadable(error, url)))
    finally:
        database.dispose()


def _state(database: Database, url: str) -> Finding:
    """Raises DatabaseTooNew, DBAPIError."""
    place = _place(url)
    if not upgrade.is_current(database):
        if database.is_sqlite:
            return _not_current(database, place)
        return problem(f"{place} has not the tables of this version. Run {BOT} migrate.")
    if not database.is_sqlite and not looking.is_writable(database):
        return problem(
            f"{place} can be read and not written. Give DATABASE_URL the primary server, and a "
            "user who may write."
        )
    return fine(f"{place} is up to date.")


def _not_current(database: Database, place: str) -> Finding:
    """Each of ours holds the number of its version, from the first start on."""
    if upgrade.revision(database) is not None:
        return note(f"{place} is of an older version: the next start copies and upgrades it.")
    if not inspect(database.engine).get_table_names():
        return note(f"{place} is empty: the next start fills it.")
    return problem(f"{place} holds tables of another program. Give DATABASE_URL another file.")


def _take_along(database: Database, stored: Stored) -> None:
    with database.reading() as session:
        stored.scorecards = looking.scorecards_in_use(session)
        stored.asked = workspaces.asked_questionnaires(session)
        stopped = looking.stopped(session)
    for one in stopped:
        since = f"Slack has refused the bot's token since {_day(one.since)}."
        stored.findings.append(note(f"{since} {kept_until(one.erased_at)}"))


def kept_until(at: datetime) -> str:
    """What becomes of a workspace whose token Slack refuses."""
    return (
        f"All that is kept stays until {_day(at)}; if the bot has not been started with a token "
        "that works by then, it erases everything."
    )


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def _place(url: str) -> str:
    """Where the database is, without its password."""
    file, parsed = looking.sqlite_file(url), address(url)
    if file is not None:
        return f"The database {file}"
    return f"The database {parsed.database} at {parsed.host or 'this machine'}"


def _too_new(error: upgrade.DatabaseTooNew, url: str) -> str:
    return (
        f"{_place(url)} was written by a newer version of the bot (its tables are {error.found}, "
        f"this version knows {error.known}). Run that version."
    )


def _unreadable(error: DBAPIError, url: str) -> str:
    """The driver's own first line; it names host and user, and no password."""
    why = _first_line(error)
    if looking.sqlite_file(url) is not None:
        return (
            f"{_place(url)} cannot be read ({why}). Put it back, or give DATABASE_URL another file."
        )
    return f"{_place(url)} does not answer ({why}). Look whether it runs, and at DATABASE_URL."


def _first_line(error: Exception) -> str:
    """Of SQLAlchemy's errors the driver's words: its own quote statements."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return next(iter(str(said).strip().splitlines()), type(said).__name__).rstrip(".")
