"""The bot against the sandbox: one workspace, one clock, one database, nothing by itself."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import running
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from tests.driver import Driver

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


@pytest.fixture
async def workspace(
    clock: SettableClock, manifest: dict[str, object]
) -> AsyncIterator[Workspace]:
    """Northwind ML: eight people, Amara an admin, a team channel and a results channel."""
    built = Workspace(team_id="T0NORTHWIND", name="Northwind ML", manifest=manifest, now=clock)
    for user_id, name, zone in TEAM:
        built.add_member(user_id, name, tz=zone, admin=user_id == "U01AMARA")
    everybody = [user_id for user_id, _, _ in TEAM]
    built.add_channel("C01MLTEAM", "ml-team", members=everybody)
    built.add_channel("C02RESULTS", "mlops-results", members=everybody)
    async with built.serving():
        yield built


@pytest.fixture
def settings(workspace: Workspace, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_api_url=workspace.api_url,
        database_url=f"sqlite:///{tmp_path}/scorecard.sqlite3",
        SCORECARD_OPERATOR="Ola Admin",
    )


@pytest.fixture
async def bot(
    workspace: Workspace, settings: Settings, clock: SettableClock
) -> AsyncIterator[Driver]:
    """The real bot, started, with verbs for what tests do again and again."""
    async with running(settings, now=clock) as runtime:
        driver = Driver(runtime, workspace, clock)
        await driver.tick()
        yield driver
