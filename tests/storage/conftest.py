"""Two real databases, and a round to write into. Every test of a query runs on both."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import SQLModel

from questionnaires.calendar import Cadence
from questionnaires.model import Questionnaire
from questionnaires.rounds import (
    Audience,
    Participant,
    Person,
    Round,
    RoundState,
    Scorecard,
    SetUp,
)
from storage import participants, rounds, scorecards, workspaces
from storage.database import Database, open_database
from tests.postgresql import PostgreSQL, migrate

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)
BOTH = ["sqlite", "postgresql"]


@pytest.fixture(scope="session")
def shared_postgresql(postgresql: PostgreSQL, migrated_postgresql: str) -> Iterator[Database]:
    """What most tests use, one after the other: making one for each takes a third of a second."""
    database = open_database(postgresql.url(postgresql.create(migrated_postgresql)))
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database without any tables is."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'scorecard.sqlite3'}"
        return
    postgresql: PostgreSQL = request.getfixturevalue("postgresql")
    name = postgresql.create()
    yield postgresql.url(name)
    postgresql.drop(name)


@pytest.fixture
def empty_database(empty_url: str) -> Iterator[Database]:
    database = open_database(empty_url)
    yield database
    database.dispose()


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated database without any rows."""
    if request.param == "sqlite":
        path = tmp_path / "scorecard.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        own = open_database(f"sqlite:///{path}")
        yield own
        own.dispose()
        return
    shared: Database = request.getfixturevalue("shared_postgresql")
    with shared.writing() as session:
        for table in reversed(SQLModel.metadata.sorted_tables):
            session.connection().execute(table.delete())
    yield shared


@pytest.fixture
def url(database: Database) -> str:
    """Where `database` is, for those who open it a second time."""
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def at_once() -> Callable[..., list[Any]]:
    """Runs what it is given in threads that start at the same moment; returns what they return."""

    def run(*works: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(works))

        def one(work: Callable[[], Any]) -> Any:
            start.wait()
            return work()

        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(one, works))

    return run


@pytest.fixture
def set_up() -> SetUp:
    return SetUp(
        team_name="Fraud detection",
        questionnaire_id="mlops-scorecard",
        audience=Audience("C1", ("U1", "U2")),
        results_channel="C2",
        cadence=Cadence.QUARTERLY,
        zone="Europe/Paris",
        created_by="U1",
    )


@pytest.fixture
def questionnaire() -> Questionnaire:
    return Questionnaire(
        id="mlops-scorecard",
        version=1,
        title="MLOps scorecard",
        about="",
        period="the last three months",
        dimensions=(),
        digest="abc",
        source="version = 1",
    )


@pytest.fixture
def scorecard(database: Database, set_up: SetUp, questionnaire: Questionnaire) -> Scorecard:
    """An active one in workspace T1, whose questionnaire is locked; T2 is there as well."""
    with database.writing() as session:
        for team_id in ("T1", "T2"):
            workspaces.save_workspace(session, team_id, f"Workspace {team_id}", "UBOT")
            workspaces.save_people(session, team_id, [Person("U1", "Ann"), Person("U2", "Ben")])
            workspaces.lock_questionnaire(session, team_id, questionnaire, NOW)
        draft = scorecards.scorecard(
            session, "T1", scorecards.add_draft(session, "T1", set_up, NOW)
        )
        assert draft is not None
        assert scorecards.activate(session, draft, DAY, DAY)
        found = scorecards.scorecard(session, "T1", draft.id)
    assert found is not None
    return found


@pytest.fixture
def a_round(scorecard: Scorecard) -> Round:
    """Not stored yet."""
    return Round(
        id=0,
        team_id=scorecard.team_id,
        scorecard_id=scorecard.id,
        number=1,
        team_name=scorecard.set_up.team_name,
        title="January 2026",
        state=RoundState.OPEN,
        questionnaire_id="mlops-scorecard",
        questionnaire_version=1,
        k=5,
        zone="Europe/Paris",
        hour=10,
        results_channel="C2",
        opened_by="U1",
        opened_at=NOW,
        closes_at=datetime(2026, 1, 19, 17, 0, tzinfo=UTC),
    )


@pytest.fixture
def opened(database: Database, a_round: Round) -> Round:
    """An open round, stored."""
    with database.writing() as session:
        return rounds.add_round(session, a_round, DAY)


@pytest.fixture
def asked(database: Database, opened: Round) -> list[Participant]:
    """Ann and Ben, asked in the open round."""
    people = [("U1", "Europe/Paris", NOW), ("U2", "America/New_York", NOW)]
    with database.writing() as session:
        return participants.add(session, "T1", opened.id, people)
