"""Computing a result, against the same means written directly in SQL and in numpy.

Run: python -m benchmarks.result [repetitions]

Two rounds of 48 questions in one SQLite file for each number of respondents: five levels, three
roles, some "don't know" and "doesn't apply". Ours counts, scores with ranges and agreement, tests
the change since the round before, and builds what may be shown. The baselines do the scores alone:
question means with roles first, dimension scores, the overall mean; SQL reads for that, numpy has
its arrays. All take turns in one run; times are of the processor, which other programs disturb
less, and growth is to the line above. Memory: the peak of Python's own, traced apart.
"""

import gc
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from benchmarks import answered
from bot.charts import draw_radar
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring
from questionnaires import change, disclosure, scoring
from questionnaires.change import Sitting
from questionnaires.disclosure.changes import Before
from questionnaires.measurements import Measurement
from questionnaires.model import POINTS_PER_LEVEL, Answer, Rater
from questionnaires.results import Result
from storage import answers, participants, rounds
from storage.database import Database, open_database

SIZES = (10, 100, 1_000, 10_000)
K = 5
AIM = 1.0  # seconds for the largest
CLOSE = 1e-9

BY_SQL = text(
    """
    WITH by_role AS (
        SELECT answers.question_id, participants.role, 25.0 * AVG(answers.level) AS mean
        FROM participants JOIN answers ON answers.participant_id = participants.id
        WHERE participants.round_id = :round
        GROUP BY answers.question_id, participants.role
    ), questions AS (
        SELECT question_id, AVG(mean) AS mean FROM by_role GROUP BY question_id
    ), dimensions AS (
        SELECT AVG(mean) AS score FROM questions
        GROUP BY substr(question_id, 1, instr(question_id, '.') - 1)
    )
    SELECT AVG(score) FROM dimensions
    """
)
PARTS = ("read", "measure", "disclose", "change", "sql", "numpy")

READ, COMPUTE = ("read",), ("measure", "disclose")

Floats = NDArray[np.float64]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Team:
    """Two rounds of so many people: where they are stored, what was read of them, and arrays.

    `roles`: a row of True and False for each, by participant; `points`: by participant and
    question, not a number where there is no level.
    """

    people: int
    database: Database
    before: Sitting
    now: Sitting
    roles: NDArray[np.bool_]
    points: Floats
    seconds: Mapping[str, list[float]] = field(default_factory=lambda: {name: [] for name in PARTS})

    def timed(self, name: str, work: Callable[[], Found]) -> Found:
        gc.collect()
        started = process_time()
        found = work()
        self.seconds[name].append(process_time() - started)
        return found

    def middle(self, *names: str) -> float:
        """Seconds that these take one after another, each the median of its times."""
        return sum(median(self.seconds[name]) for name in names)


def read(database: Database, round_id: int) -> tuple[list[Rater], list[Answer]]:
    """What closing a round reads of it."""
    with database.reading() as session:
        people = participants.of_round(session, round_id)
        given = answers.answers(session, round_id)
    return [Rater(one.id, one.role) for one in people], given


def measured(raters: Sequence[Rater], given: Sequence[Answer]) -> Measurement:
    return scoring.measure(answered.questionnaire(), raters, given, invited=len(raters))


def disclosed(measurement: Measurement, before: Before | None = None) -> Result:
    return disclosure.disclose(
        measurement,
        answered.questionnaire(),
        k=K,
        team_name="Northwind ML",
        round_title="April 2027",
        closed_on=date(2027, 4, 20),
        comments=(),
        before=before,
    )


def by_sql(database: Database) -> float:
    with database.reading() as session:
        found: float = session.connection().execute(BY_SQL, {"round": answered.NOW}).scalar_one()
    return found


def by_numpy(points: Floats, roles: NDArray[np.bool_]) -> float:
    means = np.mean([np.nanmean(points[held], axis=0) for held in roles], axis=0)
    return float(means.reshape(answered.DIMENSIONS, -1).mean(axis=1).mean())


def asked(folder: str, people: int) -> Team:
    """The round before has its result, as the change needs it."""
    url = f"sqlite:///{Path(folder, f'{people}.sqlite3')}"
    answered.fill(url, people)
    database = open_database(url)
    library = Library({answered.questionnaire().id: answered.questionnaire()}, database)
    with database.writing() as session:
        first = rounds.round_(session, answered.BEFORE)
        assert first is not None
        found = Measuring(database, library).measure(session, first)
        answers.save_result(session, first.team_id, first.id, found, answered.ANSWERED_AT)
    before, now = (sitting(database, round_id) for round_id in (answered.BEFORE, answered.NOW))
    # Both are of the same people, in the same order.
    both = zip(before.raters, now.raters, strict=True)
    numbers = {then.participant: one.participant for then, one in both}
    with database.reading() as session:
        then = answers.answers(session, answered.BEFORE, numbers)
    before = replace(before, raters=now.raters, answers=then)
    return Team(people, database, before, now, *arrays(now))


def sitting(database: Database, round_id: int) -> Sitting:
    raters, given = read(database, round_id)
    return Sitting(answered.questionnaire(), measured(raters, given), raters, given)


def arrays(now: Sitting) -> tuple[NDArray[np.bool_], Floats]:
    rows = {rater.participant: row for row, rater in enumerate(now.raters)}
    columns = {question.id: place for place, question in enumerate(now.questionnaire.core)}
    points = np.full((len(rows), len(columns)), np.nan)
    for one in now.answers or ():
        if one.rating.level is not None:
            points[rows[one.participant], columns[one.question_id]] = (
                POINTS_PER_LEVEL * one.rating.level
            )
    held = np.array([rater.role for rater in now.raters])
    return np.array([held == role.value for role in answered.ROLES]), points


def take_turns(team: Team) -> None:
    """One of each. All of them come to the same overall score."""
    raters, given = team.timed("read", lambda: read(team.database, answered.NOW))
    found = team.timed("measure", lambda: measured(raters, given))
    team.timed("disclose", lambda: disclosed(found))
    now, before = replace(team.now, measurement=found), replace(team.before)  # nothing counted yet
    team.timed("change", lambda: changed(before, now))
    others = (
        team.timed("sql", lambda: by_sql(team.database)),
        team.timed("numpy", lambda: by_numpy(team.points, team.roles)),
    )
    assert found.overall is not None
    assert all(abs(other - found.overall) < CLOSE for other in others)


def changed(before: Sitting, now: Sitting) -> Result:
    """The change, and the result with it."""
    since = change.compare(before, now, since=answered.BEFORE, k=K)
    then = Before(disclosed(before.measurement), before.measurement, before.questionnaire)
    return disclosed(replace(now.measurement, change=since), then)


def megabytes(team: Team) -> float:
    """The most that reading and computing a first round had at once."""
    gc.collect()
    tracemalloc.start()
    disclosed(measured(*read(team.database, answered.NOW)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def picture(team: Team) -> float:
    """Seconds for one radar of the largest team, after another to load what draws."""
    spokes = disclosed(team.now.measurement).dimensions
    seconds = []
    for _ in range(2):
        started = process_time()
        draw_radar(spokes, title="Northwind ML, April 2027", caption=f"{team.people:,} answered")
        seconds.append(process_time() - started)
    return seconds[-1]


def print_ours(teams: Sequence[Team]) -> None:
    print(
        f"{'people':>7}{'answers':>9}{'read':>10}{'measure':>10}{'disclose':>10}"
        f"{'computing':>11}{'growth':>8}{'with reading':>14}{'growth':>8}{'change':>10}"
        f"{'memory':>9}"
    )
    before: Team | None = None
    for team in teams:
        growth = [
            "" if before is None else f"{team.middle(*names) / before.middle(*names):.2f}"
            for names in (COMPUTE, READ + COMPUTE)
        ]
        print(
            f"{team.people:7,}{team.people * len(answered.questionnaire().core):9,}"
            f"{1000 * team.middle('read'):7.1f} ms{1000 * team.middle('measure'):7.1f} ms"
            f"{1000 * team.middle('disclose'):7.1f} ms{1000 * team.middle(*COMPUTE):8.1f} ms"
            f"{growth[0]:>8}{1000 * team.middle(*READ, *COMPUTE):11.1f} ms{growth[1]:>8}"
            f"{1000 * team.middle('change'):7.1f} ms{megabytes(team):6.1f} MB"
        )
        before = team


def print_baselines(teams: Sequence[Team]) -> None:
    print(f"{'people':>7}{'SQL':>13}{'with reading / SQL':>20}{'numpy':>13}{'measure / numpy':>18}")
    for team in teams:
        print(
            f"{team.people:7,}{1000 * team.middle('sql'):10.2f} ms"
            f"{team.middle(*READ, *COMPUTE) / team.middle('sql'):20.2f}"
            f"{1000 * team.middle('numpy'):10.2f} ms"
            f"{team.middle('measure') / team.middle('numpy'):18.2f}"
        )


def main(repetitions: int) -> int:
    with TemporaryDirectory() as folder:
        teams = [asked(folder, people) for people in SIZES]
        gc.freeze()  # what waits here for its turn is not ours to look through
        for number in range(repetitions + 1):
            for team in teams:
                take_turns(team)
                if number == 0:
                    for times in team.seconds.values():
                        times.clear()
        print(f"a result, {len(answered.questionnaire().core)} questions, median of {repetitions}")
        print_ours(teams)
        print()
        print_baselines(teams)
        largest = teams[-1]
        for team in teams:
            team.database.dispose()
    seconds = largest.middle(*COMPUTE)
    both = largest.middle("measure", "change")
    print(f"\nthe largest computed with the change since the round before: {both:.2f} s")
    met = "met" if seconds < AIM else "NOT met"
    print(f"one radar of the largest: {1000 * picture(largest):.0f} ms")
    print(f"aim, {SIZES[-1]:,} people computed in less than {AIM:.0f} s without pictures: {met}")
    return int(seconds >= 2 * AIM)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 7))
