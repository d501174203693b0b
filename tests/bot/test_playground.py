"""The playground without its page: what is refused, the clock, the team, and the seven pressing."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from shutil import copy
from typing import cast

import pytest
from rich.console import Console

from bot.app import Runtime, running
from bot.demo.minds import minds
from bot.playground import installing, team
from bot.playground.answering import Respondent, answer_all
from bot.playground.child import running_child
from bot.playground.clock import at_work, next_fit, shifted
from bot.playground.errors import CannotPlay
from bot.playground.first_round import FirstRound
from bot.playground.guide import Guide
from bot.playground.page import Page, free_port, serving
from bot.playground.reader import Stage, stage
from bot.playground.screens import Message
from bot.playground.story import first_of, settings
from bot.playground.team import OTHERS, READER, RESULTS_CHANNEL, TEAM
from bot.settings import Settings
from sandbox import Message as Sent
from sandbox import SettableClock, Workspace

ROOT = Path(__file__).parents[2]
ZONES = [one.zone for one in TEAM]
SATURDAY_NIGHT = datetime(2027, 1, 16, 23, 30, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%a %d %b %Y %H:%M").replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("Mon 18 Jan 2027 10:30", "Mon 18 Jan 2027 10:30"),
        ("Mon 18 Jan 2027 11:00", "Mon 18 Jan 2027 11:00"),
        ("Mon 18 Jan 2027 03:00", "Mon 18 Jan 2027 11:00"),
        ("Mon 18 Jan 2027 11:28", "Tue 19 Jan 2027 11:00"),
        ("Mon 18 Jan 2027 22:00", "Tue 19 Jan 2027 11:00"),
        ("Fri 22 Jan 2027 15:00", "Mon 25 Jan 2027 11:00"),
        ("Sat 23 Jan 2027 11:00", "Mon 25 Jan 2027 11:00"),
        ("Sun 24 Jan 2027 23:59", "Mon 25 Jan 2027 11:00"),
        ("Wed 7 Jul 2027 09:30", "Wed 7 Jul 2027 09:30"),
        ("Wed 7 Jul 2027 20:00", "Thu 8 Jul 2027 11:00"),
    ],
)
def test_the_clock_shows_a_working_hour_at_any_hour(now: str, shown: str) -> None:
    found = next_fit(at(now), ZONES)

    assert found == at(shown)
    assert at_work(found, ZONES)


def test_the_shifted_clock_runs_at_its_own_speed() -> None:
    real = [SATURDAY_NIGHT]
    now = shifted(lambda: real[0], ZONES)
    assert now() == at("Mon 18 Jan 2027 11:00")

    real[0] += timedelta(minutes=7)
    assert now() == at("Mon 18 Jan 2027 11:07")


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("day", ["Mon 18 Jan 2027 11:00", "Mon 19 Jul 2027 11:00"])
def test_at_eleven_it_is_working_time_for_each_of_the_team(zone: str, day: str) -> None:
    assert at_work(at(day), [zone])


def test_the_file_describes_the_team_of_the_demo(tmp_path: Path) -> None:
    found = json.loads(team.write(tmp_path).read_text("utf-8"))

    people = {one["id"]: (one["real_name"], one["tz"]) for one in found["users"]}
    assert people == {one.user_id: (one.name, one.zone) for one in TEAM}
    assert people["U01AMARA"][0] == READER.name == "Amara Okafor"
    assert [one["name"] for one in found["channels"]] == ["ml-team", "mlops-results"]
    for channel in found["channels"]:
        assert channel["members"] == [*people, found["app"]["botUserId"]]
    assert found["app"]["mode"] == "socket"


def playground(cache: Path, path: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "bot", "playground"],
        cwd=ROOT,
        env={**os.environ, "PATH": path, "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def npm(folder: Path, script: str) -> str:
    """A PATH on which npm is that script, and nothing else is."""
    for name in ("node", "npm"):
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
    return str(folder)


@pytest.mark.slow
def test_without_node_one_sentence_says_what_is_missing(tmp_path: Path) -> None:
    done = playground(tmp_path, path="")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "node and npm cannot be found" in done.stderr
    assert "make demo" in done.stderr


@pytest.mark.slow
def test_when_npm_fails_one_sentence_says_why(tmp_path: Path) -> None:
    path = npm(tmp_path, "echo 'npm error code ENOTFOUND' >&2; exit 1")
    done = playground(tmp_path / "cache", path)

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ENOTFOUND" in done.stderr
    assert "make demo" in done.stderr
    assert list((tmp_path / "cache" / installing.OURS).iterdir()) == []


@pytest.mark.parametrize(
    ("system", "machine"), [("win32", "AMD64"), ("linux", "riscv64"), ("freebsd14", "x86_64")]
)
def test_another_kind_of_computer_is_pointed_to_the_demo(system: str, machine: str) -> None:
    with pytest.raises(CannotPlay, match="make demo") as refused:
        installing.package_for(system, machine)
    assert refused.value.status == 2
    assert system in str(refused.value)


@pytest.mark.parametrize(
    ("system", "machine", "package"),
    [
        ("linux", "x86_64", "local-slack-linux-x64"),
        ("linux", "aarch64", "local-slack-linux-arm64"),
        ("darwin", "arm64", "local-slack-darwin-arm64"),
        ("darwin", "x86_64", "local-slack-darwin-x64"),
    ],
)
def test_each_kind_of_computer_has_its_package(system: str, machine: str, package: str) -> None:
    assert installing.package_for(system, machine) == package


async def test_what_was_fetched_whole_is_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    package = "local-slack-linux-x64"
    program = f"node_modules/{package}/bin/local-slack"
    script = f"/bin/mkdir -p {Path(program).parent}; : > {program}; /bin/chmod +x {program}"
    monkeypatch.setenv("PATH", npm(tmp_path, script))
    said: list[str] = []

    first = await installing.installed(package, said.append)
    monkeypatch.setenv("PATH", "")
    again = await installing.installed(package, said.append)

    assert first == again
    assert first.is_relative_to(tmp_path / "cache" / "mlops-scorecard-bot")
    assert len(said) == 1


def test_a_port_that_is_taken_is_exchanged_for_a_free_one() -> None:
    with socket.create_server(("localhost", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port
    assert free_port(port) == port


async def test_a_page_that_ends_at_once_is_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\necho 'error: Failed to start server.'; exit 1\n")
    program.chmod(0o755)

    with pytest.raises(CannotPlay, match=r"by itself \(Failed to start server\): make playground"):
        async with serving(program, team.write(tmp_path), 3000):
            pass


async def test_a_program_for_another_computer_is_one_sentence(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_bytes(b"not a program")
    program.chmod(0o755)

    with pytest.raises(CannotPlay, match="could not be started"):
        async with serving(program, team.write(tmp_path), 3000):
            pass


def test_the_settings_read_nothing_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "nonsense")
        monkeypatch.setenv(f"SCORECARD_{name.upper()}", "nonsense")
    page = Page(3000, cast("Process", None), tmp_path)

    found = settings(page, tmp_path)

    assert found.uses_sockets
    assert "nonsense" not in str(found.model_dump())
    assert found.facilitators == (READER.user_id,)


async def test_when_one_ends_the_other_is_ended_and_what_it_raised_is_raised() -> None:
    ended: list[str] = []

    async def long() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("long")

    async def refused() -> None:
        raise CannotPlay("No.")

    with pytest.raises(CannotPlay, match="No"):
        await first_of(long(), refused())
    assert ended == ["long"]


async def test_the_program_beside_us_ends_with_us(tmp_path: Path) -> None:
    async with running_child("sleep", "60", log=tmp_path / "log") as child:
        assert child.returncode is None
    assert child.returncode == -signal.SIGTERM


class SandboxScreens:
    """The same small interface, with our own stand-in for Slack behind it."""

    def __init__(self, workspace: Workspace, runtime: Runtime) -> None:
        self._workspace = workspace
        self._runtime = runtime
        self.pressed = 0

    async def direct(self, user_id: str) -> list[Message]:
        return [_message(one) for one in self._workspace.member(user_id).screen()]

    async def channel(self, channel: str) -> list[Message]:
        return [_message(one) for one in self._workspace.channel(channel)]

    async def press(self, user_id: str, message: Message, label: str) -> None:
        member = self._workspace.member(user_id)
        on = next(one for one in member.screen() if one.ts == message.ts)
        outcome = await member.press(label, on=on)
        assert outcome.ok, outcome
        self.pressed += 1


def _message(sent: Sent) -> Message:
    buttons = {
        element["text"]["text"]: element
        for block in sent.blocks
        for element in (*block.get("elements", ()), block.get("accessory") or {})
        if element.get("type") == "button"
    }
    return Message(sent.channel, sent.ts, sent.reads, buttons)


class Visit:
    """A round that is open in the sandbox, with the playground's team and clock."""

    def __init__(self, workspace: Workspace, runtime: Runtime, first: FirstRound) -> None:
        self.workspace = workspace
        self.runtime = runtime
        self.first = first
        self.screens = SandboxScreens(workspace, runtime)
        self.minds = minds(OTHERS, first.questionnaire, seed=1)

    async def stage(self) -> Stage:
        return await stage(self.screens, READER.user_id, RESULTS_CHANNEL[0])

    def respondents(self) -> list[Respondent]:
        questionnaire = self.first.questionnaire
        return [
            Respondent(one, mind, questionnaire, self.screens, pause=at_once)
            for one, mind in self.minds.items()
        ]


async def at_once(_: float) -> None:
    """No thinking."""


@pytest.fixture
async def visit(
    manifest: dict[str, object], empty_database: Path, tmp_path: Path
) -> AsyncIterator[Visit]:
    night = SettableClock(SATURDAY_NIGHT)
    now = shifted(night, ZONES)
    built = Workspace(team_id=team.TEAM_ID, name=team.TEAM_NAME, manifest=manifest, now=now)
    for one in TEAM:
        built.add_member(one.user_id, one.name, tz=one.zone)
    for channel, name in (team.TEAM_CHANNEL, team.RESULTS_CHANNEL):
        built.add_channel(channel, name, members=[one.user_id for one in TEAM])
    file = tmp_path / "scorecard.sqlite3"
    copy(empty_database, file)
    async with built.serving():
        given = Settings(
            _env_file=None,
            slack_bot_token=built.bot_token,
            slack_app_token=built.app_token,
            slack_api_url=built.api_url,
            database_url=f"sqlite:///{file}",
            SCORECARD_FACILITATORS=READER.user_id,
            SCORECARD_OPERATOR="Ola Admin",
        )
        async with running(given, now=now, sleep=night.sleep) as runtime:
            await runtime.tick()
            first = FirstRound(runtime, now)
            await first.open()
            yield Visit(built, runtime, first)


async def test_on_a_saturday_night_all_eight_are_asked_at_once(visit: Visit) -> None:
    asked = [
        one.name
        for one in TEAM
        if any(
            "Start" in message.buttons for message in visit.workspace.member(one.user_id).screen()
        )
    ]
    assert asked == [one.name for one in TEAM]


@pytest.mark.slow
async def test_the_seven_answer_everything_and_their_pressing_ends(visit: Visit) -> None:
    finished: list[str] = []

    async def note(user_id: str) -> None:
        await visit.first.remark(user_id, visit.minds[user_id])
        finished.append(user_id)

    async with asyncio.timeout(60):
        await answer_all(visit.respondents(), note)

    assert sorted(finished) == sorted(one.user_id for one in OTHERS)
    outcome = await visit.workspace.member(READER.user_id).command(
        "/scorecard close", channel="ml-team"
    )
    assert "7 of 8 finished" in outcome.shown[-1].reads


@pytest.mark.slow
async def test_the_next_steps_follow_what_hangs_on_the_screen(visit: Visit) -> None:
    lead = visit.workspace.member(READER.user_id)
    assert await visit.stage() is Stage.ASKED

    mind = visit.minds[OTHERS[0].user_id]
    person = Respondent(READER.user_id, mind, visit.first.questionnaire, visit.screens, at_once)
    assert await person.answer()
    assert await visit.stage() is Stage.FINISHED

    await lead.command("/scorecard close", channel="ml-team")
    await lead.press("Close this round", in_channel="ml-team")
    await visit.runtime.settled()
    assert await visit.stage() is Stage.CLOSED

    await lead.press("Post now")
    await visit.runtime.settled()
    assert await visit.stage() is Stage.POSTED


async def test_a_round_that_is_closed_early_ends_the_pressing(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.playground.answering.PATIENCE", 0.5)
    lead = visit.workspace.member(READER.user_id)

    async def close_at_the_third_press(_: float) -> None:
        if visit.screens.pressed == 3:
            await lead.command("/scorecard close", channel="ml-team")
            await lead.press("Close this round", in_channel="ml-team")
            await visit.runtime.settled()

    one = OTHERS[0].user_id
    person = Respondent(
        one, visit.minds[one], visit.first.questionnaire, visit.screens, close_at_the_third_press
    )
    assert not await person.answer()


def test_who_is_done_first_waits_for_the_others_before_closing() -> None:
    printed = StringIO()
    guide = Guide(Console(file=printed, width=200, highlight=False), TEAM)

    guide.reached(Stage.FINISHED)
    assert "a little longer" in printed.getvalue()
    assert "/scorecard close" not in printed.getvalue()

    guide.others_are_done()
    assert printed.getvalue().count("/scorecard close") == 1


def test_who_is_done_last_goes_on_at_once() -> None:
    printed = StringIO()
    guide = Guide(Console(file=printed, width=200, highlight=False), TEAM)

    guide.others_are_done()
    assert printed.getvalue() == ""
    guide.reached(Stage.FINISHED)
    assert "a little longer" not in printed.getvalue()
    assert printed.getvalue().count("/scorecard close") == 1


def test_the_terminal_says_first_how_to_end_and_which_page_stays_empty() -> None:
    printed = StringIO()
    guide = Guide(Console(file=printed, width=200, highlight=False), TEAM)

    guide.welcome("http://localhost:3000", at("Mon 18 Jan 2027 11:00"))
    before, steps = printed.getvalue().split("1. ", 1)
    assert "Ctrl-C in this terminal ends the playground" in before
    assert 'under "Direct messages", open Amara Okafor' in steps
    assert 'under "Apps", scorecard; here that page stays empty' in " ".join(steps.split())


def test_the_terminal_says_each_step_and_who_finished_and_no_answers() -> None:
    printed = StringIO()
    guide = Guide(Console(file=printed, width=200, highlight=False), TEAM)

    guide.welcome("http://localhost:3000", at("Mon 18 Jan 2027 11:00"))
    for one in OTHERS:
        guide.finished(one.user_id)
    guide.others_are_done()
    for reached in (Stage.FINISHED, Stage.CLOSED, Stage.POSTED):
        guide.reached(reached)
    guide.goodbye()

    said = printed.getvalue()
    assert "Monday 18 January 2027, 11:00 UTC" in said
    steps = [line for line in said.splitlines() if line[:1].isdigit()]
    assert [int(line.split(".")[0]) for line in steps] == list(range(1, len(steps) + 1))
    for words in (
        "http://localhost:3000",
        "Amara Okafor",
        "press Start",
        "/scorecard close",
        "Close this round",
        "Post now",
        "#mlops-results",
        "(7 of 8)",
        "(8 of 8)",
    ):
        assert words.lower() in said.lower()  # fmt: skip
