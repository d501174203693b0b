"""A made-up team that has answered two rounds of 48 questions, in a SQLite file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from benchmarks import team
from benchmarks.slack import TEAM
from questionnaires.model import LEVELS, Dimension, Question, Questionnaire, Rating
from questionnaires.roles import Role
from storage.database import open_database
from storage.tables import AnswerRow, ParticipantRow, RoundRow

DIMENSIONS, QUESTIONS_EACH = 6, 8
ROLES = (Role.DATA_SCIENCE, Role.ML_ENGINEERING, Role.PLATFORM)
DONT_KNOW, NOT_APPLICABLE = 0.04, 0.04
BEFORE, NOW = team.ROUND, team.ROUND + 1
QUARTER = timedelta(days=91)
ANSWERED_AT = datetime(2027, 1, 18, 9, tzinfo=UTC)
_SEED = 48

Row = dict[str, Any]


@cache
def questionnaire() -> Questionnaire:
    """Ours, with made-up questions: 1.1 is the first of the first dimension."""
    found = team.questionnaire()
    pattern = found.core[0]
    return replace(
        found,
        dimensions=tuple(
            Dimension(
                f"{number}",
                f"Dimension {number}",
                f"D{number}",
                tuple(_question(pattern, f"{number}.{place}") for place in range(QUESTIONS_EACH)),
            )
            for number in range(DIMENSIONS)
        ),
    )


def fill(database_url: str, people: int) -> None:
    """Both rounds are asked of the same people; the first is closed, and has no result yet."""
    team.open_round(database_url, people)
    database = open_database(database_url)
    dice = Random(_SEED)  # noqa: S311 - made-up answers
    with database.writing() as session:
        _ask_again(session)
        for round_id in (BEFORE, NOW):
            given = [row for who in _people(session, round_id) for row in _answers(who, dice)]
            session.connection().execute(insert(AnswerRow), given)
    database.dispose()


def _question(pattern: Question, question_id: str) -> Question:
    return replace(pattern, id=question_id, weight=1.0, depends_on=())


def _ask_again(session: Session) -> None:
    """A round like the one there is, which is closed, of the same people."""
    before = session.get_one(RoundRow, BEFORE)
    before.state, before.closed_at = "closed", before.closes_at
    session.flush()
    again = {
        "id": NOW,
        "state": "open",
        "closed_at": None,
        "number": before.number + 1,
        "occurs_on": before.occurs_on + QUARTER,
    }
    session.connection().execute(insert(RoundRow), [before.model_dump() | again])
    people = session.exec(select(ParticipantRow).order_by(col(ParticipantRow.id))).all()
    for one, role in zip(people, cycle(ROLES), strict=False):
        one.role = role.value
    session.flush()
    copies = [one.model_dump(exclude={"id"}) | {"round_id": NOW} for one in people]
    session.connection().execute(insert(ParticipantRow), copies)


def _people(session: Session, round_id: int) -> Sequence[int | None]:
    wanted = select(ParticipantRow.id).where(ParticipantRow.round_id == round_id)
    return session.exec(wanted.order_by(col(ParticipantRow.id))).all()


def _answers(participant_id: int | None, dice: Random) -> Iterator[Row]:
    for question in questionnaire().core:
        rating = _rating(dice)
        yield {
            "participant_id": participant_id,
            "question_id": question.id,
            "team_id": TEAM,
            "kind": rating.kind.value,
            "level": rating.level,
            "reason": rating.reason,
            "answered_at": ANSWERED_AT,
        }


def _rating(dice: Random) -> Rating:
    drawn = dice.random()
    if drawn < DONT_KNOW:
        return Rating.dont_know()
    if drawn < DONT_KNOW + NOT_APPLICABLE:
        return Rating.not_applicable("We have none")
    return Rating.of_level(dice.choice(LEVELS))
