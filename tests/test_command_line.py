"""python -m bot, as an operator calls it: a process of its own, its words and its exit status."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from sandbox import Workspace

ROOT = Path(__file__).parent.parent
PATIENCE = 30.0


async def bot(tmp_path: Path, *words: str, under: str = "", **environment: str) -> Process:
    """Start the command line in an empty folder with nothing but these variables.

    `under`: the command that starts it.
    """
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return await asyncio.create_subprocess_exec(
        *under.split(),
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=tmp_path,
        env={**inherited, "PYTHONPATH": str(ROOT), **environment},
        stdout=PIPE,
        stderr=PIPE,
    )


async def ended(process: Process) -> tuple[int, str]:
    """Exit status and everything that was printed."""
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, (out + err).decode()


def environment(workspace: Workspace) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": workspace.api_url,
        "SCORECARD_OPERATOR": "Ola Admin",
    }


async def test_run_without_tokens_names_every_missing_variable(tmp_path: Path) -> None:
    status, printed = await ended(await bot(tmp_path, "run"))

    assert status == 2
    assert "SLACK_BOT_TOKEN" in printed
    assert "SLACK_APP_TOKEN" in printed
    assert "Traceback" not in printed


@pytest.mark.slow
async def test_run_warns_of_a_host_that_forgets_its_files(
    workspace: Workspace, tmp_path: Path
) -> None:
    warned = {**environment(workspace), "SLACK_BOT_TOKEN": "xoxb-wrong", "DYNO": "worker.1"}
    away = {**warned, "DATABASE_URL": "postgresql://me@127.0.0.1:1/scorecard"}
    _, on_a_file = await ended(await bot(tmp_path, "run", **warned))
    _, elsewhere = await ended(await bot(tmp_path, "run", **away))

    first = on_a_file.splitlines()[0]
    assert '"warning", "event": "answers are at risk"' in first
    assert "forgets its files at every restart. Add a PostgreSQL database" in first
    assert on_a_file.count("at risk") == 1
    assert "at risk" not in elsewhere


@pytest.mark.slow
async def test_run_serves_until_it_is_told_to_stop(workspace: Workspace, tmp_path: Path) -> None:
    process = await bot(tmp_path, "run", **environment(workspace))
    await workspace.until(lambda: workspace.connections and workspace.calls("users.list"), PATIENCE)

    outcome = await workspace.member("Ben Carter").command("/scorecard help", channel="ml-team")
    process.send_signal(signal.SIGTERM)
    status, printed = await ended(process)

    assert "/scorecard my" in outcome.text
    assert status == 0
    assert "ready" in printed
    assert "stopping" in printed
    assert workspace.bot_token not in printed
    assert (tmp_path / "scorecard.sqlite3").exists()


async def waits_for_slack(process: Process) -> None:
    assert process.stderr is not None
    async with asyncio.timeout(PATIENCE):
        while b"waiting for Slack" not in await process.stderr.readline():
            assert process.returncode is None


@pytest.mark.slow
@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGHUP])
async def test_run_can_be_stopped_while_slack_is_away(
    workspace: Workspace, tmp_path: Path, wish: signal.Signals
) -> None:
    """SIGHUP: the terminal was closed."""
    await workspace.stop_listening()
    process = await bot(tmp_path, "run", **environment(workspace))
    await waits_for_slack(process)
    process.send_signal(wish)
    status, printed = await ended(process)

    assert (status, "Traceback" in printed, "stopped" in printed) == (0, False, True)


@pytest.mark.slow
async def test_under_nohup_a_closed_terminal_stops_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    await workspace.stop_listening()
    process = await bot(tmp_path, "run", under="nohup", **environment(workspace))
    await waits_for_slack(process)
    process.send_signal(signal.SIGHUP)
    await workspace.start_listening()
    await workspace.until(lambda: workspace.connections, PATIENCE)
    process.send_signal(signal.SIGTERM)
    status, _ = await ended(process)

    assert status == 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong", [{"SLACK_BOT_TOKEN": "xoxb-wrong"}, {"SLACK_APP_TOKEN": "xapp-wrong"}]
)
async def test_run_ends_where_slack_refuses_a_token(
    workspace: Workspace, tmp_path: Path, wrong: dict[str, str]
) -> None:
    status, printed = await ended(await bot(tmp_path, "run", **{**environment(workspace), **wrong}))

    starting, not_started = printed.splitlines()
    assert status == 1
    assert '"starting"' in starting
    assert f"{next(iter(wrong))} (invalid_auth)" in not_started


@pytest.mark.slow
async def test_run_says_in_one_line_that_there_is_no_folder_of_own_questionnaires(
    workspace: Workspace, tmp_path: Path
) -> None:
    given = {**environment(workspace), "QUESTIONNAIRES_DIR": "gone"}
    status, printed = await ended(await bot(tmp_path, "run", **given))

    [line] = printed.splitlines()
    assert status == 1
    assert f"QUESTIONNAIRES_DIR is {tmp_path / 'gone'}, and there is no such folder." in line
    assert workspace.calls() == []
    assert not (tmp_path / "scorecard.sqlite3").exists()


@pytest.mark.slow
async def test_slack_variables_that_bolt_would_read_change_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    """With a client id and secret in the environment Bolt would turn to OAuth by itself."""
    traps = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "x"}
    process = await bot(tmp_path, "run", **environment(workspace), **traps)
    await workspace.until(lambda: workspace.connections and workspace.calls("users.list"), PATIENCE)

    outcome = await workspace.member("Ben Carter").command("/scorecard help", channel="ml-team")
    process.send_signal(signal.SIGINT)
    status, _ = await ended(process)

    assert "/scorecard my" in outcome.text
    assert status == 0


@pytest.mark.slow
async def test_migrate_makes_the_tables_and_says_so(workspace: Workspace, tmp_path: Path) -> None:
    first = await ended(await bot(tmp_path, "migrate", **environment(workspace)))
    again = await ended(await bot(tmp_path, "migrate", **environment(workspace)))

    assert first == again == (0, "The database is up to date.\n")
