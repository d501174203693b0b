"""A large made-up team: an open round in a database, and the clicks of its members as payloads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from benchmarks.slack import BOT, BOT_USER, TEAM
from bot.blocks import card, ids, invitation
from bot.blocks.ids import Spot
from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.opening import Opening, Reading
from bot.use_cases.people import People
from questionnaires import catalog, conversation
from questionnaires.calendar import Cadence
from questionnaires.model import Questionnaire
from questionnaires.rounds import Audience, Person, SetUp
from storage import upgrade
from storage.database import open_database

ROUND = 1
FACILITATOR = "U00000"


@dataclass(frozen=True, slots=True)
class Click:
    """One press as Slack describes it, and words that only the card turned by it has."""

    payload: str
    shows: bytes


def open_round(database_url: str, people: int) -> None:
    """Tables, people and an open round in which nobody has answered yet."""
    database = open_database(database_url)
    upgrade.prepare(database)
    library = Library(catalog.load_all(), database)
    # In the future, so that no invitation is due while clicks are measured.
    opening = Opening(database, library, Facilitators((FACILITATOR,)), 5, _in_two_days)
    everybody = [_user_id(number) for number in range(people)]
    directory = People(database, lambda: datetime.now(UTC))
    directory.welcome_workspace(TEAM, "Northwind ML", "U0BOT")
    directory.save(TEAM, [Person(user_id, user_id, "UTC") for user_id in everybody])
    directory.mark_read(TEAM)
    reading = Reading(tuple(everybody), None)
    set_up = SetUp(
        team_name="Northwind ML",
        questionnaire_id=questionnaire().id,
        audience=Audience("C01MLTEAM"),
        results_channel="C02RESULTS",
        cadence=Cadence.QUARTERLY,
        zone="UTC",
        created_by=FACILITATOR,
    )
    draft = opening.draft(TEAM, set_up, reading)
    started = opening.confirm(TEAM, FACILITATOR, draft.scorecard_id, reading)
    assert started.round.id == ROUND
    database.dispose()


@cache
def questionnaire() -> Questionnaire:
    return catalog.load_all()["mlops-scorecard"]


def message(number: int) -> dict[str, Any]:
    """The card of a question, counted from 1; 0 is what is there before the first."""
    if number == 0:
        shown = invitation.asked_again(ROUND, _in_two_days(), "UTC")
    else:
        question = questionnaire().core[number - 1]
        shown = card.card(
            conversation.card(questionnaire(), question, round_id=ROUND, ratings={}),
        )
    return {"text": shown.text, "blocks": shown.blocks}


def clicks_of(person: int, response_url: str) -> Iterator[Click]:
    """Start, then a level for every question but the last: after that pictures would be drawn.

    `response_url` holds "{}" where the number of the click belongs.
    """
    user_id = _user_id(person)
    for number, template in enumerate(_templates()):
        button = Spot(ROUND, questionnaire().core[number].id, 0).value
        filled = template.replace("%USER%", user_id).replace("%TS%", f"1800000000.{person:06d}")
        url = response_url.format(f"{person}-{number}")
        yield Click(filled.replace("%URL%", url), json.dumps(button).encode())


@cache
def _templates() -> tuple[str, ...]:
    """The payload of each click of a person, as JSON with three gaps."""
    return tuple(json.dumps(_payload(number)) for number in range(len(questionnaire().core)))


def _payload(number: int) -> dict[str, Any]:
    shown = message(number)
    return {
        "type": "block_actions",
        "team": {"id": TEAM, "domain": "northwind"},
        "api_app_id": "A0BENCH",
        "enterprise": None,
        "is_enterprise_install": False,
        "user": {"id": "%USER%", "username": "ben", "name": "ben", "team_id": TEAM},
        "container": {
            "type": "message",
            "message_ts": "%TS%",
            "channel_id": "D0BENCH",
            "is_ephemeral": False,
        },
        "channel": {"id": "D0BENCH", "name": "directmessage"},
        "trigger_id": "1.2.3",
        "response_url": "%URL%",
        "state": {"values": {}},
        "message": {"type": "message", "user": BOT_USER, "bot_id": BOT, "ts": "%TS%", **shown},
        "actions": [_action(number)],
    }


def _action(number: int) -> dict[str, Any]:
    if number == 0:
        action_id, value = ids.START, Spot(ROUND).value
    else:
        level = number % 5
        question_id = questionnaire().core[number - 1].id
        action_id, value = f"{ids.LEVEL}.{level}", Spot(ROUND, question_id, level).value
    return {
        "type": "button",
        "block_id": "levels",
        "action_id": action_id,
        "value": value,
        "action_ts": "1800000000.1",
    }


def _user_id(person: int) -> str:
    return f"U{person:05d}"


def _in_two_days() -> datetime:
    return datetime.now(UTC) + timedelta(days=2)
