"""A scorecard's life, two rounds long, with forty kills: asked, reminded, closed, posted, again."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest

from questionnaires.model import Questionnaire
from questionnaires.result_json import measurement_from_json
from sandbox import Workspace
from sandbox.__main__ import furnished
from sandbox.control import Control
from tests.conftest import Measured
from tests.kill.conftest import FACILITATOR, PEOPLE, open_round
from tests.kill.life import (
    DEADLINE,
    FIRST_REMINDERS,
    INVITATIONS,
    POSTING,
    SECOND_REMINDERS,
    SECOND_ROUND,
    Life,
)
from tests.kill.people import Respondent, Tally, nothing_is_lost, stored_answers
from tests.kill.processes import Bot, Json, Slack, free_port, rows
from tests.kill.screens import Screens, Sight
from tests.kill.strikes import Strikes

KILLS = 40
TIMES = 240.0  # four minutes in a second: twice as fast as elsewhere, the longest wait is a lease
FACILITATORS = ("U01", "U02")
EARLY = ("U04", "U05", "U06")  # answer before anybody is reminded
HALFWAY = ("U08", "U09")  # answer when they are reminded
SKIPS, NO_MORE = "U07", "U10"
NEXT_TIME = ("U03", "U11", "U12")  # answer in the second round only
ROUNDS = (1, 2)
RESULTS = "C02RESULTS"
POSTS = ["summary", "radar", "dots", "stellar", "details"]
POINTS_A_LEVEL = 25
IN_DOUBT = "SELECT round_id, kind FROM messages WHERE kind IN ('summary', 'details') AND doubts > 0"


@pytest.fixture
async def workspace(team: Json, manifest: Json) -> AsyncIterator[Workspace]:
    """Slack in this process, so that a call is known of at the moment when it comes in."""
    built = furnished(team, manifest, lambda: datetime.now(UTC))
    built.server.extra_routes = Control(built).routes()
    async with built.serving(port=free_port()):
        yield built


@pytest.fixture
async def slack(workspace: Workspace, tmp_path: Path) -> AsyncIterator[Slack]:
    built = Slack(tmp_path / "not needed", workspace.server.port)
    yield built
    await built.close()


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[Bot]:
    built = Bot(slack, tmp_path, TIMES, SCORECARD_FACILITATORS=",".join(FACILITATORS))
    yield built
    await built.close()


@pytest.fixture
async def screens(workspace: Workspace) -> AsyncIterator[Screens]:
    built = Screens(workspace)
    watching = asyncio.ensure_future(built.watch())
    yield built
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def press(slack: Slack, user_id: str, label: str) -> None:
    assert (await slack.post("press", member=user_id, label=label))["error"] is None


async def close_by_hand(slack: Slack, bot: Bot) -> None:
    """As often as it takes; whether it has worked, the database knows."""
    while rows(bot.database, "SELECT 1 FROM rounds WHERE state = 'open'"):
        await bot.up.wait()
        said = await slack.post("command", member=FACILITATOR, text="/scorecard close")
        if said["error"] is None and "Close this round" in str(said["ack"]):
            await slack.post("press", member=FACILITATOR, label="Close this round")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
async def test_forty_kills_in_a_life_of_two_rounds_double_nothing_and_lose_nothing(
    workspace: Workspace,
    slack: Slack,
    bot: Bot,
    screens: Screens,
    questions: Questionnaire,
    tmp_path: Path,
    seed: int,
    measured: Measured,
) -> None:
    strikes = Strikes(workspace, bot, random.Random(seed), tmp_path)  # noqa: S311 - a plan
    life = Life(bot, strikes)

    def respondent(user_id: str) -> Respondent:
        dice = random.Random(f"{seed} {user_id}")  # noqa: S311
        return Respondent(user_id, slack, bot, questions, Tally(), dice)

    async def take_part_when_reminded(person: Respondent) -> None:
        await screens.shows(f"reminder.1.{person.user_id}.1")
        await person.take_part()

    early, halfway, next_time = (
        [respondent(user_id) for user_id in group] for group in (EARLY, HALFWAY, NEXT_TIME)
    )
    await bot.start()
    await open_round(slack)
    await life.go_on(INVITATIONS, 5)
    await press(slack, SKIPS, "Skip this round")
    await life.go_on(None, 2, *(person.take_part() for person in early))
    await life.go_on(FIRST_REMINDERS, 6, *(take_part_when_reminded(one) for one in halfway))
    await press(slack, NO_MORE, "No more reminders")
    await life.go_on(SECOND_REMINDERS, 4)
    await life.go_on(DEADLINE, 4)
    await life.go_on(POSTING, 7, passing=3)
    await life.go_on(SECOND_ROUND, 2)
    await life.go_on(INVITATIONS, 2)
    await life.go_on(None, 0, *(person.take_part() for person in next_time))
    await life.go_on(None, 3, close_by_hand(slack, bot))
    await life.go_on(POSTING, 5, passing=3)
    assert await bot.terminate(within=10) == 0

    for said in figures(strikes, workspace, screens, bot.database):
        measured(f"seed {seed}: {said}")
    assert len(strikes.left) == KILLS
    everybody_was_asked_and_reminded_once(screens)
    nothing_came_twice_to_a_person(screens)
    for round_id, people in ((1, early + halfway), (2, next_time)):
        for number, left in enumerate(strikes.left):
            nothing_is_lost(left, questions, people, number, round_id)
        nothing_is_lost(bot.database, questions, people, bot.deaths, round_id)
        every_answer_is_in_the_result(bot.database, questions, people, round_id)
        assert [person.complaints for person in people] == [[]] * len(people)
    for left in strikes.left:
        what_was_closed_stays_as_it_is(left, bot.database)
    facilitators_saw_it_first(screens)
    the_channel_reads_in_order(screens)
    who_is_told_of_doubt(screens, bot.database)
    given_up = rows(bot.database, "SELECT DISTINCT problem FROM messages WHERE state <> 'sent'")
    assert given_up == [("no longer wanted",)]


def figures(strikes: Strikes, workspace: Workspace, screens: Screens, database: Path) -> list[str]:
    lost = Counter(call.method for call in workspace.calls() if call.status == 0)
    parts = Counter(sight.what for sight in screens.of(RESULTS))
    doubted = [f"{kind} of round {round_id}" for round_id, kind in rows(database, IN_DOUBT)]
    return [
        f"{len(strikes.left)} kills: {listed(strikes.moments)}",
        f"calls whose answer was lost with the bot: {listed(lost)}",
        f"claimed by the bot that was killed: {listed(strikes.hit)}",
        f"the channel got {listed(parts)}; in doubt there: {', '.join(doubted) or 'nothing'}",
    ]


def listed(counted: Counter[Any]) -> str:
    return ", ".join(f"{what} {number}" for what, number in counted.items())


def everybody_was_asked_and_reminded_once(screens: Screens) -> None:
    """Each prompt that somebody should have got, and none besides: not after they had finished."""
    reminded = [one for one in PEOPLE if one not in (*EARLY, SKIPS)]
    twice = [one for one in reminded if one not in (*HALFWAY, NO_MORE)]
    wanted = [f"invitation.{round_id}.{user_id}.1" for round_id in ROUNDS for user_id in PEOPLE]
    wanted += [f"reminder.1.{user_id}.1" for user_id in reminded]
    wanted += [f"reminder.1.{user_id}.2" for user_id in twice]
    prompts = Counter(one.key for one in screens.sights if one.what in ("invitation", "reminder"))
    assert prompts == Counter(wanted)


def nothing_came_twice_to_a_person(screens: Screens) -> None:
    """Whatever it was; those who finished have a picture of their own scores."""
    keys = Counter(
        (sight.to, sight.key) for user_id in PEOPLE for sight in screens.of(user_id) if sight.keyed
    )
    assert {key: number for key, number in keys.items() if number > 1} == {}
    pictures = Counter(sight.to for sight in screens.sights if sight.key == "radar.png")
    assert {*EARLY, *HALFWAY, *NEXT_TIME} <= pictures.keys()


def every_answer_is_in_the_result(
    database: Path, questions: Questionnaire, people: list[Respondent], round_id: int
) -> None:
    stored = stored_answers(database, round_id)
    assert {user_id for user_id, _ in stored} == {person.user_id for person in people}
    frozen = rows(database, "SELECT measurement FROM results WHERE round_id = ?", round_id)
    measurement = measurement_from_json(frozen[0][0])
    for question in questions.core:
        levels = [stored[person.user_id, question.id] for person in people]
        cell = next(one for one in measurement.questions if one.question_id == question.id)
        assert cell.levels == len(people)
        assert cell.mean == pytest.approx(POINTS_A_LEVEL * fmean(levels))


def what_was_closed_stays_as_it_is(left: Path, database: Path) -> None:
    """Closed once, with one result, however often the bot died afterwards."""
    for query in (
        "SELECT id, closed_at, publishes_at FROM rounds WHERE closed_at IS NOT NULL",
        "SELECT id, published_at FROM rounds WHERE published_at IS NOT NULL",
        "SELECT round_id, measurement, computed_at FROM results",
    ):
        after, in_the_end = rows(left, query), rows(database, query)
        assert set(after) <= set(in_the_end)
        assert [row[0] for row in in_the_end] == list(ROUNDS)
    late = rows(database, "SELECT id, closed_at >= closes_at FROM rounds ORDER BY id")
    assert late == [(1, True), (2, False)]  # by its deadline, and by hand


def facilitators_saw_it_first(screens: Screens) -> None:
    """Each a preview and its radar for each round, before the channel."""
    for round_id in ROUNDS:
        posted = place_of(screens, f"summary.{round_id}.{RESULTS}.1")
        for user_id in FACILITATORS:
            assert place_of(screens, f"preview.{round_id}.{user_id}.1") < posted
    for user_id in FACILITATORS:
        assert [one.what for one in screens.of(user_id)].count("radar") == len(ROUNDS)


def the_channel_reads_in_order(screens: Screens) -> None:
    """All parts of each result; only words may stand there twice, one below the other."""
    shown = screens.of(RESULTS)
    parts = [(what, list(sights)) for what, sights in groupby(shown, lambda sight: sight.what)]
    assert [what for what, _ in parts] == POSTS * len(ROUNDS)
    summaries: list[Sight] = []
    for what, sights in parts:
        assert len(sights) <= (2 if what in ("summary", "details") else 1)
        summaries = sights if what == "summary" else summaries
        above = {None} if what in ("summary", "radar") else {one.ts for one in summaries}
        assert {one.thread_ts for one in sights} <= above


def who_is_told_of_doubt(screens: Screens, database: Path) -> None:
    """Each facilitator, of each post of which nobody knew whether it had arrived."""
    doubted = Counter(round_id for round_id, _ in rows(database, IN_DOUBT))
    for user_id in FACILITATORS:
        told = (one for one in screens.of(user_id) if one.what == "maybe_twice")
        assert Counter(int(one.key.split(".")[1]) for one in told) == doubted
    hanging = Counter(one.key for one in screens.of(RESULTS) if one.keyed)
    twice = {(int(key.split(".")[1]), key.split(".")[0]) for key, n in hanging.items() if n > 1}
    assert twice <= set(rows(database, IN_DOUBT))


def place_of(screens: Screens, key: str) -> int:
    return next(place for place, sight in enumerate(screens.sights) if sight.key == key)
