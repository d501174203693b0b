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

from bot.demo import questions
from bot.demo.colleagues import TEAM, Colleague, team
from bot.demo.folder import CALLS, DATABASE, FILES, RESULT, RESULT_BEFORE, Folder
from bot.demo.later import RISEN, a_quarter_later
from bot.demo.minds import DOESNT_APPLY, DONT_KNOW, Mind, minds
from questionnaires import change, difference, scoring
from questionnaires.change import Sitting
from questionnaires.model import Answer, Kind, Questionnaire, Rater, Rating, Tier
from questionnaires.results import Verdict

ROOT = Path(__file__).parents[2]
QUESTIONNAIRE = questions.first()
LARGE, FEW = 24, 4
RUNS = {
    "once": ("--seed", "1"),
    "again": (),
    "large": ("--people", str(LARGE), "--seed", "7"),
    "few": ("--people", str(FEW)),
}


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
        """What the second quarter came to."""
        found: dict[str, Any] = json.loads(self.read(RESULT))
        return found

    @property
    def before(self) -> dict[str, Any]:
        """What the first quarter came to."""
        found: dict[str, Any] = json.loads(self.read(RESULT_BEFORE))
        return found

    @property
    def verdicts(self) -> dict[str, str]:
        """By dimension id."""
        return {one["id"]: one["change"]["verdict"] for one in self.result["dimensions"]}

    @property
    def calls(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.read(CALLS).splitlines()]


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Demo]:
    """Four demos at the same time, each with its own hashes and a misleading environment."""
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
    assert (once["respondents"], once["invited"]) == (8, 8)
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
        "8 of 8 finished",
        "Amara presses Post now.",
        "8 of 8 answered",
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
    assert radar > next(n for n, line in enumerate(lines) if line.startswith("Do next: "))
    assert lines.index("-- in the thread --") > radar


def test_two_rounds_hang_in_the_channel_one_after_the_other(demos: Mapping[str, Demo]) -> None:
    lines = demos["once"].read("channel.txt").decode().splitlines()
    said = [n for n, line in enumerate(lines) if line.startswith("Northwind ML, ")]
    assert [lines[n].partition(":")[0] for n in said] == [
        "Northwind ML, January 2027",
        "Northwind ML, April 2027",
    ]
    radars = [n for n, line in enumerate(lines) if line.startswith("(radar.png: ")]
    assert said[0] < radars[0] < said[1] < radars[1]


def test_the_second_round_opens_by_itself_with_the_next_version(demos: Mapping[str, Demo]) -> None:
    before, now = demos["once"].before, demos["once"].result
    assert (before["round_title"], now["round_title"]) == ("January 2027", "April 2027")
    assert now["questionnaire_version"] == before["questionnaire_version"] + 1
    printed = demos["once"].printed
    assert "Monday 19 April 2027" in printed
    assert "The second round opens by itself: it is 10:00 in Tokyo." in printed
    assert printed.count("types /scorecard") == 2, "start and close, both in January"
    assert [call["method"] for call in demos["once"].calls].count("auth.test") == 2, "a restart"


def test_four_questions_give_way_to_four_others(demos: Mapping[str, Demo]) -> None:
    then, now = ({one["id"] for one in found["questions"]} for found in
                 (demos["once"].before, demos["once"].result))  # fmt: skip
    assert (then - now, now - then) == (
        set(questions.GIVING_WAY),
        set(questions.GIVING_WAY.values()),
    )
    assert len(questions.GIVING_WAY) == 4
    printed = demos["once"].printed
    for gone, came in questions.GIVING_WAY.items():
        title = QUESTIONNAIRE.question(came).short_title
        assert f"{came} {title}, no longer {gone}" in printed


@pytest.mark.parametrize("name", ["once", "large"])
def test_one_dimension_changed_and_the_others_show_no_clear_change(
    demos: Mapping[str, Demo], name: str
) -> None:
    demo = demos[name]
    others = set(demo.verdicts) - {RISEN}
    assert len(others) == 5
    assert demo.verdicts == {
        RISEN: Verdict.CHANGED,
        **dict.fromkeys(others, Verdict.NO_CLEAR_CHANGE),
    }
    changed = next(one for one in demo.result["dimensions"] if one["id"] == RISEN)
    said = f"Monitoring {changed['change']['points']:+d}. Elsewhere no clear change."
    assert f"Changed since January 2027: {said}" in demo.printed


def test_the_small_moves_go_both_ways_and_new_questions_are_left_out(
    demos: Mapping[str, Demo],
) -> None:
    demo = demos["once"]
    since = demo.result["since"]
    assert (since["round_title"], since["people"]) == ("January 2027", 8)
    assert since["same_people"]
    assert demo.before["since"] is None
    others = [one["change"] for one in demo.result["dimensions"] if one["id"] != RISEN]
    points = [one["points"] for one in others]
    assert min(points) < 0 < max(points)
    assert max(map(abs, points)) < 10
    assert sum(one["composition"] != 0 for one in others) >= 3
    assert "with its new question, and by" in demo.printed


def test_so_few_people_cannot_tell_a_change_from_noise(demos: Mapping[str, Demo]) -> None:
    demo = demos["few"]
    assert demo.result["respondents"] == FEW
    assert demo.result["since"]["can_tell"] is False
    assert f"with {FEW} people one round cannot prove a change." in demo.printed
    assert "Changed since" not in demo.printed
    assert "its new question" not in demo.printed


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
    assert len(taking_part) == 8
    said = {words for mind in taking_part for words in mind.said.values()}
    assert {DONT_KNOW, DOESNT_APPLY} < said
    assert all(any(happened) for happened in zip(*map(_what_happens, taking_part), strict=True))


def _what_happens(mind: Any) -> tuple[object, ...]:
    return mind.thinks_again, mind.remark, mind.wish


@pytest.fixture(scope="module")
def asked_then(tmp_path_factory: pytest.TempPathFactory) -> Questionnaire:
    """The questions of the second quarter."""
    return questions.second(tmp_path_factory.mktemp("update"))


def test_the_next_version_moves_eight_questions_and_every_trend_holds(
    asked_then: Questionnaire,
) -> None:
    found = difference.compare(QUESTIONNAIRE, asked_then)
    assert (found.added, found.removed, found.head, found.dimensions) == ((), (), (), ())
    assert {one.question.id: one.tier for one in found.reworked} == {
        **dict.fromkeys(questions.GIVING_WAY, (Tier.CORE, Tier.DEEP_DIVE)),
        **dict.fromkeys(questions.GIVING_WAY.values(), (Tier.DEEP_DIVE, Tier.CORE)),
    }
    assert [one.fields for one in found.reworked] == [()] * 8
    assert [trend.common for trend in found.trends] == [2, 2, 2, 3, 3, 2]
    assert all(trend.holds for trend in found.trends)


def test_whoever_was_away_is_away_again_and_no_remark_is_made_twice(
    asked_then: Questionnaire,
) -> None:
    before = minds(team(LARGE, seed=7), QUESTIONNAIRE, seed=7)
    after = a_quarter_later(before, asked_then, seed=7)
    assert [one.finishes for one in after.values()] == [one.finishes for one in before.values()]
    assert not all(one.finishes for one in after.values())
    remarks = ([one.remark for one in found.values() if one.remark] for found in (before, after))
    then, now = map(set, remarks)
    assert now
    assert then.isdisjoint(now)


@pytest.mark.parametrize("seed", range(20))
def test_eight_people_tell_one_change_from_noise_under_every_seed(
    asked_then: Questionnaire, seed: int
) -> None:
    people = team(8, seed)
    before = minds(people, QUESTIONNAIRE, seed)
    after = a_quarter_later(before, asked_then, seed)
    found = change.compare(
        _sitting(QUESTIONNAIRE, people, before),
        _sitting(asked_then, people, after),
        since=1,
        k=5,
    )
    assert found.can_tell
    assert {one.dimension_id for one in found.dimensions if one.verdict is Verdict.CHANGED} == {
        RISEN
    }
    assert all(one.verdict is not Verdict.NOT_TESTED for one in found.dimensions)


def _sitting(
    questionnaire: Questionnaire, people: tuple[Colleague, ...], found: Mapping[str, Mind]
) -> Sitting:
    """What comes of it when everybody presses what they think."""
    raters = [Rater(number) for number, _ in enumerate(people)]
    answers = [
        Answer(number, question.id, _rating(found[person.user_id], question.id))
        for number, person in enumerate(people)
        for question in questionnaire.core
    ]
    measured = scoring.measure(questionnaire, raters, answers, invited=len(people))
    return Sitting(questionnaire, measured, raters, answers)


def _rating(mind: Mind, question_id: str) -> Rating:
    words = mind.corrected if question_id == mind.thinks_again else mind.said[question_id]
    if words == DONT_KNOW:
        return Rating(Kind.DONT_KNOW)
    if words == DOESNT_APPLY:
        return Rating.not_applicable("We have none")
    return Rating.of_level(int(words))


@pytest.mark.parametrize("people", [3, 4, 7])
def test_a_small_team_answers_in_full(people: int) -> None:
    found = minds(team(people, seed=2), QUESTIONNAIRE, seed=2).values()
    assert not any(mind.ignores or mind.skips or mind.leaves_off for mind in found)


def test_in_a_large_team_some_ignore_skip_or_leave_off() -> None:
    found = minds(team(200, seed=7), QUESTIONNAIRE, seed=7).values()
    assert sum(mind.ignores for mind in found) > 5
    assert sum(mind.skips for mind in found) > 5
    assert sum(mind.leaves_off is not None for mind in found) > 5
