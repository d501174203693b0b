"""Many teams in the middle of a round, written straight into the tables.

Nothing is due: invitations have gone out, reminders wait, nobody has just finished. All that is
to come is days away, so that the clock may move by hours while ticks are measured.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlmodel import SQLModel

from benchmarks import team
from benchmarks.sandboxed import MONDAY
from benchmarks.slack import TEAM
from questionnaires.messages import Kind, key_of
from storage import workspaces
from storage.database import open_database

Row = dict[str, Any]

PEOPLE = 40
AT_ONCE = 10_000
ASKED_AT = MONDAY - timedelta(days=3)
REMINDED_AT = (MONDAY + timedelta(days=1), MONDAY + timedelta(days=3))
LOOKED_AT_AGAIN = MONDAY + timedelta(days=1)
CLOSES_AT = MONDAY + timedelta(days=10)
HOW_FAR = ("finished", "started", "invited", "started", "finished")  # and so on: 16, 16, 8 of 40


def fill(database_url: str, scorecards: int) -> None:
    """Tables and people, and so many scorecards with an open round each."""
    database = open_database(database_url)
    team.meet(database, PEOPLE, lambda: MONDAY)
    numbers = range(1, scorecards + 1)
    with database.writing() as session:
        workspaces.lock_questionnaire(session, TEAM, team.questionnaire(), ASKED_AT)
        for table, rows in (
            ("scorecards", map(_scorecard, numbers)),
            ("rounds", map(_round, numbers)),
            ("participants", _participants(numbers)),
            ("answers", _answers(numbers)),
            ("messages", _messages(numbers)),
        ):
            statement = insert(SQLModel.metadata.tables[table])
            while chunk := list(islice(rows, AT_ONCE)):
                session.connection().execute(statement, chunk)
    database.dispose()


def _scorecard(number: int) -> Row:
    return {
        "id": number,
        "team_id": TEAM,
        "state": "active",
        "team_name": f"Team {number}",
        "name_key": f"team {number}",
        "questionnaire_id": team.questionnaire().id,
        "audience_channel": team.CHANNEL,
        "audience_people": [],
        "guests": False,
        "results_channel": team.RESULTS_CHANNEL,
        "cadence": "quarterly",
        "zone": "UTC",
        "hour": 10,
        "days_open": 10,
        "weekend": "saturday_sunday",
        "manner": "apart",
        "created_by": team.FACILITATOR,
        "created_at": ASKED_AT,
        "first_on": ASKED_AT.date(),
        "next_on": (ASKED_AT + timedelta(days=91)).date(),
    }


def _round(number: int) -> Row:
    return {
        "id": number,
        "team_id": TEAM,
        "scorecard_id": number,
        "number": 1,
        "occurs_on": ASKED_AT.date(),
        "team_name": f"Team {number}",
        "title": "January 2027",
        "state": "open",
        "questionnaire_id": team.questionnaire().id,
        "questionnaire_version": team.questionnaire().version,
        "k": 5,
        "zone": "UTC",
        "hour": 10,
        "weekend": "saturday_sunday",
        "manner": "apart",
        "results_channel": team.RESULTS_CHANNEL,
        "opened_by": team.FACILITATOR,
        "opened_at": ASKED_AT,
        "closes_at": CLOSES_AT,
        "audience_due_at": LOOKED_AT_AGAIN,
    }


def _participants(rounds: range) -> Iterator[Row]:
    for number, round_id, person in _everybody(rounds):
        yield {
            "id": number,
            "team_id": TEAM,
            "round_id": round_id,
            "user_id": person,
            "zone": "UTC",
            "state": _how_far(number),
            "ask_at": ASKED_AT,
            "changed_at": ASKED_AT,
            "card_channel": f"D{person}",
            "card_ts": f"1800000000.{number:06d}",
        }


def _answers(rounds: range) -> Iterator[Row]:
    core = team.questionnaire().core
    answered = {"finished": len(core), "started": len(core) // 2, "invited": 0}
    for number, _, _ in _everybody(rounds):
        for question in core[: answered[_how_far(number)]]:
            yield {
                "participant_id": number,
                "question_id": question.id,
                "team_id": TEAM,
                "kind": "level",
                "level": number % 5,
                "answered_at": ASKED_AT,
            }


def _messages(rounds: range) -> Iterator[Row]:
    """The invitation, which was sent, and both reminders for whoever has not finished."""
    for number, round_id, person in _everybody(rounds):
        about = {
            "team_id": TEAM,
            "round_id": round_id,
            "participant_id": number,
            "recipient": person,
        }
        yield {
            **about,
            "key": key_of(Kind.INVITATION, round_id, person, 1),
            "kind": "invitation",
            "number": 1,
            "state": "sent",
            "due_at": ASKED_AT,
            "claimed_at": ASKED_AT,
            "attempts": 1,
        }
        for count, due_at in enumerate(REMINDED_AT, start=1):
            yield {
                **about,
                "key": key_of(Kind.REMINDER, round_id, person, count),
                "kind": "reminder",
                "number": count,
                "state": "failed" if _how_far(number) == "finished" else "due",
                "due_at": due_at,
                "claimed_at": None,
                "attempts": 0,
            }


def _everybody(rounds: range) -> Iterator[tuple[int, int, str]]:
    """Each participant's number, round, and user id; the same people are in every team."""
    people = team.everybody(PEOPLE)
    for round_id in rounds:
        for place, person in enumerate(people, start=1):
            yield (round_id - 1) * PEOPLE + place, round_id, person


def _how_far(number: int) -> str:
    return HOW_FAR[number % len(HOW_FAR)]
