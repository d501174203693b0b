"""Results on the command line: which scorecard, which rounds. The database is only read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from bot.beside import NothingThere, reading
from bot.use_cases.closing import Closing
from bot.use_cases.exporting import Exporting
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring
from questionnaires.exports import Export, Format, as_json
from questionnaires.exports.table import as_csv
from questionnaires.rounds import Round, Scorecard
from storage import looking, rounds
from storage.database import Database

ALL = "all"
WRITE = {Format.CSV: as_csv, Format.JSON: as_json}


@dataclass(frozen=True, slots=True)
class Wish:
    """Whose results: of a team by its name or of a scorecard by its number, or the only one."""

    team_name: str | None = None
    scorecard_id: int | None = None
    workspace: str | None = None
    round: str = ALL


def taken(url: str, wish: Wish, format_: Format) -> bytes:
    """The file's bytes. Raises what `reading` raises, NothingThere also for an unmet wish."""
    with reading(url) as database:
        return WRITE[format_](_export(database, wish))


def _export(database: Database, wish: Wish) -> Export:
    """By whoever can read the database: there, nobody has to be a facilitator."""
    nobody, library = Facilitators(()), Library({}, database)
    closing = Closing(database, library, nobody, Measuring(database, library), _now)
    with database.reading() as session:
        scorecard = _scorecard(session, wish)
        closed = rounds.with_result(session, scorecard.id)
    round_id = _round_id(scorecard.set_up.team_name, closed, wish.round)
    return Exporting(database, nobody, closing, _now).export(scorecard, round_id)


def _now() -> datetime:
    return datetime.now(UTC)


def _scorecard(session: Session, wish: Wish) -> Scorecard:
    found = looking.scorecards_in_use(session)
    if not found:
        raise NothingThere("There is no scorecard yet.")
    here = _in_workspace(found, wish.workspace)
    wanted = [one for one in here if _is_meant(one, wish)]
    if len(wanted) == 1:
        return wanted[0]
    if not wanted and wish.scorecard_id is not None:
        raise NothingThere(f"There is no scorecard {wish.scorecard_id}. {_there_are(here)}")
    if not wanted:
        raise NothingThere(f"There is no team {wish.team_name!r}. {_there_are(here)}")
    raise NothingThere(f"Say which one, with --team-name or --scorecard. {_there_are(wanted)}")


def _in_workspace(found: list[Scorecard], workspace: str | None) -> list[Scorecard]:
    """Names and rights end at a workspace, so one has to be meant."""
    there = sorted({one.team_id for one in found})
    if workspace is None and len(there) > 1:
        raise NothingThere(
            f"There are several workspaces in this database. Say which one, with --workspace: "
            f"{', '.join(there)}."
        )
    if workspace not in (None, *there):
        raise NothingThere(
            f"There is no scorecard in a workspace {workspace!r}. There are: {', '.join(there)}."
        )
    return [one for one in found if workspace in (None, one.team_id)]


def _is_meant(one: Scorecard, wish: Wish) -> bool:
    named = wish.team_name is None or _key(wish.team_name) == _key(one.set_up.team_name)
    return named and wish.scorecard_id in (None, one.id)


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _there_are(found: Iterable[Scorecard]) -> str:
    listed = (f"{one.id} ({one.set_up.team_name})" for one in found)
    return f"There are: {', '.join(listed)}."


def _round_id(team_name: str, closed: list[Round], wish: str) -> int | None:
    """None for all."""
    if not closed:
        raise NothingThere(f"No round of {team_name} is closed yet: there is nothing to export.")
    if wish == ALL:
        return None
    for one in closed:
        if wish == str(one.number):
            return one.id
    listed = ", ".join(f"{one.number} ({one.title})" for one in closed)
    raise NothingThere(f"There is no round {wish} of {team_name}. There are: {listed}.")
