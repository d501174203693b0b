"""The demo as it is typed: in its own process, into a folder, several at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.demo.colleagues import TEAM, team
from bot.demo.folder import CALLS, DATABASE, FILES, Folder
from bot.demo.minds import DOESNT_APPLY, DONT_KNOW, minds
from questionnaires import catalog

ROOT = Path(__file__).parents[2]
QUESTIONNAIRE = catalog.load_all()["mlops-scorecard"]
LARGE = 24
RUNS = {"once": ("--seed", "1"), "again": (), "large": ("--people", str(LARGE), "--seed", "7")}


@dataclass(frozen=True)
class Demo:
    folder: Path
    printed: str
    complained: str
    status: int

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    @property
    def result(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.read("result.json"))
        return found

    @property
    def calls(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.read(CALLS).splitlines()]


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Demo]:
    """Three demos at the same time, each with its own hashes and a misleading environment."""
    folder = tmp_path_factory.mktemp("demos")
    running = {}
    for number, (name, options) in enumerate(RUNS.items()):
        output = ("--output", str(folder / name))
        running[name] = subprocess.Popen(  # noqa: S603
            [sys.executable, "-W", "error", "-m", "bot", "demo", *output, *options],
            cwd=ROOT,
            env={
                **{key: value for key, value in os.environ.items() if "COLOR" not in key},
                "PYTHONHASHSEED": str(number),
                "PYTHONIOENCODING": "utf-8",
                "SCORECARD_FACILITATORS": "U0NOBODY",
                "PORT": "none",
                "HTTP_PROXY": "http://127.0.0.1:9",
                "SLACK_SIGNING_SECRET": "none",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
    said = {name: process.communicate(timeout=300) for name, process in running.items()}
    return {
        name: Demo(folder / name, *said[name], process.returncode)
        for name, process in running.items()
    }


@pytest.mark.parametrize("name", RUNS)
def test_a_demo_ends_well_and_leaves_these_files_and_no_others(
    demos: Mapping[str, Demo], name: str
) -> None:
    demo = demos[name]
    assert (demo.status, demo.complained) == (0, "")
    assert {path.name for path in demo.folder.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", sorted(set(FILES) - {DATABASE}))
def test_the_same_seed_leaves_the_same_bytes(demos: Mapping[str, Demo], name: str) -> None:
    assert demos["once"].read(name) == demos["again"].read(name)


def test_another_seed_gives_another_result(demos: Mapping[str, Demo]) -> None:
    once, large = demos["once"].result, demos["large"].result
    assert (once["respondents"], once["invited"]) == (7, 8)
    assert LARGE - 3 <= large["respondents"] < large["invited"] == LARGE
    assert once["dimensions"] != large["dimensions"]


@pytest.mark.parametrize("name", RUNS)
def test_every_call_is_one_object_and_none_was_refused(
    demos: Mapping[str, Demo], name: str
) -> None:
    calls = demos[name].calls
    assert {tuple(call) for call in calls} == {("method", "params", "response")}
    assert [call for call in calls if not call["response"]["ok"]] == []
    used = {call["method"] for call in calls}
    assert {"chat.postMessage", "views.open", "upload", "response_url"} <= used
    assert b"127.0.0.1" not in demos[name].read(CALLS)


def test_the_pictures_are_those_that_were_uploaded(demos: Mapping[str, Demo]) -> None:
    demo = demos["once"]
    sizes = [call["params"]["length"] for call in demo.calls if call["method"] == "upload"]
    for name in ("radar.png", "stellar.png"):
        assert demo.read(name).startswith(b"\x89PNG")
        assert len(demo.read(name)) in sizes


def test_the_story_tells_what_the_facilitator_sees_and_no_answers(
    demos: Mapping[str, Demo],
) -> None:
    printed = demos["once"].printed
    for said in (
        "Amara Okafor types /scorecard start",
        "This messages 8 people for Northwind ML.",
        "7 of 8 finished",
        "Amara presses Post now.",
        "7 of 8 answered",
        "make playground",
    ):
        assert said in printed
    assert "\x1b" not in printed
    shown = next(line for line in printed.splitlines() if "Ben Carter" in line)
    assert " ".join(shown.split()) == "Ben Carter Data Engineer, New York 18 of 18"


def test_the_channel_reads_the_summary_before_the_pictures(demos: Mapping[str, Demo]) -> None:
    lines = demos["once"].read("channel.txt").decode().splitlines()
    assert lines[0] == "#mlops-results"
    assert lines[3].startswith("Northwind ML, January 2027: ")
    radar = next(n for n, line in enumerate(lines) if line.startswith("(radar.png: "))
    assert radar > lines.index("Do next:")
    assert lines.index("-- in the thread --") > radar


def test_a_file_instead_of_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "taken"
    path.write_text("mine")
    with pytest.raises(SystemExit, match="is a file"):
        Folder(path).make_ready()
    with pytest.raises(SystemExit, match="cannot be used"):
        Folder(path / "below").make_ready()
    assert path.read_text() == "mine"


def test_a_database_that_no_demo_left_there_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_text("a year of answers")
    with pytest.raises(SystemExit, match="no demo has left it there"):
        Folder(tmp_path).make_ready()
    assert (tmp_path / DATABASE).read_text() == "a year of answers"


def test_what_an_earlier_demo_left_goes_and_everything_else_stays(tmp_path: Path) -> None:
    for name in (*FILES, DATABASE + "-wal", "notes.txt"):
        (tmp_path / name).write_text("old")
    Folder(tmp_path).make_ready()
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        CALLS: "",
        "notes.txt": "old",
    }


def test_five_hundred_people_have_five_hundred_names() -> None:
    assert len({person.name for person in team(500, seed=1)}) == 500
    assert team(3, seed=1) == TEAM[:3]


@pytest.mark.parametrize("seed", range(5))
def test_in_eight_people_everything_happens_that_can_happen(seed: int) -> None:
    found = minds(team(8, seed), QUESTIONNAIRE, seed).values()
    taking_part = [mind for mind in found if not mind.ignores]
    assert len(taking_part) == 7
    said = {words for mind in taking_part for words in mind.said.values()}
    assert {DONT_KNOW, DOESNT_APPLY} < said
    assert all(any(happened) for happened in zip(*map(_what_happens, taking_part), strict=True))


def _what_happens(mind: Any) -> tuple[object, ...]:
    return mind.thinks_again, mind.remark, mind.wish


@pytest.mark.parametrize("people", [3, 4, 7])
def test_a_small_team_answers_in_full(people: int) -> None:
    found = minds(team(people, seed=2), QUESTIONNAIRE, seed=2).values()
    assert not any(mind.ignores or mind.skips or mind.leaves_off for mind in found)


def test_in_a_large_team_some_ignore_skip_or_leave_off() -> None:
    found = minds(team(200, seed=7), QUESTIONNAIRE, seed=7).values()
    assert sum(mind.ignores for mind in found) > 5
    assert sum(mind.skips for mind in found) > 5
    assert sum(mind.leaves_off is not None for mind in found) > 5
