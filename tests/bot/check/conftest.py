"""The command line in a folder of its own, with nothing in the environment but what is given."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copy

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import Settings
from sandbox import Workspace


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    lines: list[str]
    complaints: list[str]

    def of(self, mark: str) -> list[str]:
        return [line.removeprefix(mark).strip() for line in self.lines if line.startswith(mark)]

    @property
    def problems(self) -> list[str]:
        return self.of("PROBLEM")

    @property
    def notes(self) -> list[str]:
        """Without the one that each test would have: the sandbox is not the real Slack."""
        return [note for note in self.of("note") if not note.startswith("SLACK_API_URL")]

    @property
    def fine(self) -> list[str]:
        return self.of("ok")


Run = Callable[..., Awaitable[Said]]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in it, to see whether anything changed."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def environment(
    workspace: Workspace, empty_database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str | None]:
    """Everything as it should be; None takes a variable away."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()
    copy(empty_database, tmp_path / "scorecard.sqlite3")
    names = (
        str(field.validation_alias or name).upper() for name, field in Settings.model_fields.items()
    )
    return {
        **dict.fromkeys(names),
        "DYNO": None,
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "SCORECARD_OPERATOR": "Ola Admin",
    }


@pytest.fixture
def command(environment: dict[str, str | None]) -> Run:
    """Runs a command as it is typed; keywords change variables."""

    async def run(*words: str, **changed: str | None) -> Said:
        variables = {**environment, **changed}
        # On a thread of its own: the workspace is served by the loop of this one.
        done = await asyncio.to_thread(CliRunner().invoke, cli, list(words), env=variables)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Said(done.exit_code, done.stdout.splitlines(), done.stderr.splitlines())

    return run


@pytest.fixture
def check(command: Run) -> Run:
    async def run(**changed: str | None) -> Said:
        return await command("check", **changed)

    return run
