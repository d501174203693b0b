"""The bot against the sandbox: one workspace, one clock, one database, nothing by itself."""

import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import running
from bot.http_mode import HttpMode
from bot.manifest import over_http
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from storage import upgrade
from storage.database import open_database
from tests.driver import Driver
from tests.postgresql import migrated_postgresql, postgresql  # noqa: F401 - fixtures

ROOT = Path(__file__).parent.parent
MONDAY = datetime(2027, 1, 18, 12, 0, tzinfo=UTC)

TEAM = (
    ("U01AMARA", "Amara Okafor", "Africa/Lagos"),
    ("U02BEN", "Ben Carter", "America/New_York"),
    ("U03CHIARA", "Chiara Ricci", "Europe/Rome"),
    ("U04DEEPA", "Deepa Nair", "Asia/Kolkata"),
    ("U05ELIAS", "Elias Berg", "Europe/Stockholm"),
    ("U06FATIMA", "Fatima Haddad", "Europe/Paris"),
    ("U07GRACE", "Grace Kim", "America/Los_Angeles"),
    ("U08HIRO", "Hiro Tanaka", "Asia/Tokyo"),
)


@pytest.fixture
def clock() -> SettableClock:
    """A Monday at noon UTC: working hours from New York to Rome."""
    return SettableClock(MONDAY)


@pytest.fixture
def manifest() -> dict[str, object]:
    found: dict[str, object] = json.loads((ROOT / "manifest.json").read_text())
    return found


def northwind(clock: SettableClock, manifest: dict[str, Any]) -> Workspace:
    """Northwind ML: eight people, Amara an admin, a team channel and a results channel."""
    built = Workspace(team_id="T0NORTHWIND", name="Northwind ML", manifest=manifest, now=clock)
    for user_id, name, zone in TEAM:
        built.add_member(user_id, name, tz=zone, admin=user_id == "U01AMARA")
    everybody = [user_id for user_id, _, _ in TEAM]
    built.add_channel("C01MLTEAM", "ml-team", members=everybody)
    built.add_channel("C02RESULTS", "mlops-results", members=everybody)
    return built


@pytest.fixture
async def workspace(clock: SettableClock, manifest: dict[str, object]) -> AsyncIterator[Workspace]:
    built = northwind(clock, manifest)
    async with built.serving():
        yield built


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, made once: migrating would be most of a short test's time."""
    file = tmp_path_factory.mktemp("database") / "empty.sqlite3"
    database = open_database(f"sqlite:///{file}")
    upgrade.prepare(database)
    database.dispose()
    return file


# Each is one long test, or a few: begun last, they would keep one processor busy alone.
LONGEST = (
    "test_ten_thousand.py",
    "test_two_years.py",
    "test_life.py",
    "test_kill.py",
    "test_command_line.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first; the order inside a file stays."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is marked both_ways is played over Socket Mode and over HTTP."""
    if metafunc.definition.get_closest_marker("both_ways"):
        metafunc.parametrize("mode", ["socket", "http"], indirect=True)


@pytest.fixture
def mode(request: pytest.FixtureRequest) -> str:
    """How Slack reaches the bot."""
    return str(getattr(request, "param", "socket"))


@pytest.fixture
def settings(workspace: Workspace, empty_database: Path, tmp_path: Path, mode: str) -> Settings:
    return settings_of(workspace, empty_database, tmp_path, mode)


def settings_of(
    workspace: Workspace, empty_database: Path, folder: Path, mode: str = "socket"
) -> Settings:
    """Of a bot in this workspace, with a database of its own in this folder."""
    copy(empty_database, folder / "scorecard.sqlite3")
    return Settings(
        _env_file=None,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token if mode == "socket" else None,
        slack_signing_secret=workspace.signing_secret,
        host="127.0.0.1",
        port=0,
        slack_api_url=workspace.api_url,
        database_url=f"sqlite:///{folder}/scorecard.sqlite3",
        SCORECARD_OPERATOR="Ola Admin",
    )


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """A folder with our questionnaire cut to six questions: three dimensions, two of each."""
    whole = (ROOT / "questionnaires" / "definitions" / "mlops-scorecard.toml").read_text("utf-8")
    head, *dimensions = whole.split("[[dimensions]]\n")[:4]
    cut = ("[[dimensions.questions]]\n".join(one.split("[[dimensions.questions]]\n")[:3])
           for one in dimensions)  # fmt: skip
    folder = tmp_path / "definitions"
    folder.mkdir()
    short = "[[dimensions]]\n".join((head, *cut))
    (folder / "mlops-scorecard.toml").write_text(short, "utf-8")
    return folder


Measured = Callable[[str], None]


@pytest.fixture
def measured(request: pytest.FixtureRequest) -> Measured:
    """Say a figure below the suite's last line, wherever the test runs."""

    def say(line: str) -> None:
        request.node.user_properties.append(("measured", line))

    return say


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Below everything else, also from the processes of pytest-xdist."""
    reports = chain.from_iterable(terminalreporter.stats.values())
    noted = chain.from_iterable(getattr(report, "user_properties", ()) for report in reports)
    said = [line for name, line in noted if name == "measured"]
    if said:
        terminalreporter.section("measured")
        for line in dict.fromkeys(said):
            terminalreporter.line(line)


Start = Callable[..., AbstractAsyncContextManager[Driver]]


@pytest.fixture
def start(
    workspace: Workspace, settings: Settings, clock: SettableClock, manifest: dict[str, Any]
) -> Start:
    """Starts the real bot, again and again on the same database; keywords change settings."""

    @asynccontextmanager
    async def started(*, definitions: Path | None = None, **changed: Any) -> AsyncIterator[Driver]:
        wanted = settings.model_copy(update=changed)
        async with running(
            wanted, now=clock, sleep=clock.sleep, definitions=definitions
        ) as runtime:
            if isinstance(runtime.slack, HttpMode):
                workspace.install(over_http(manifest, runtime.slack.url))
            driver = Driver(runtime, workspace, clock)
            await driver.tick()
            yield driver

    return started


@pytest.fixture
async def bot(start: Start) -> AsyncIterator[Driver]:
    """The real bot, started, with verbs for what tests do again and again."""
    async with start() as driver:
        yield driver


@pytest.fixture
async def short_bot(start: Start, definitions: Path) -> AsyncIterator[Driver]:
    """The same with six questions only, where many people have to answer."""
    async with start(definitions=definitions) as driver:
        yield driver


@pytest.fixture
def no_errors(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """At the end nothing may have been logged as an error of ours, here or in a library."""
    with capture_logs() as logs:
        yield
    ours = [entry for entry in logs if entry["log_level"] in ("error", "critical")]
    theirs = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert (ours, theirs) == ([], [])
