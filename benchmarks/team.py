"""A large made-up team: an open round in a database, and the clicks of its members as payloads."""

import json
from collections.abc import Callable, Iterator
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
from bot.use_cases.setting_up import SettingUp
from questionnaires import catalog, conversation
from questionnaires.calendar import Cadence
from questionnaires.disclosure.floors import K_DEFAULT
from questionnaires.model import Questionnaire
from questionnaires.roles import Role
from questionnaires.rounds import Audience, Person, SetUp
from storage import upgrade, workspaces
from storage.database import Database, open_database

ROUND = 1
FACILITATOR = "U00000"
CHANNEL, RESULTS_CHANNEL = "C01MLTEAM", "C02RESULTS"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Click:
    """One press as Slack describes it, and words that only the card turned by it has."""

    payload: str
    shows: bytes


def in_two_days() -> datetime:
    return datetime.now(UTC) + timedelta(days=2)


def open_round(database_url: str, people: int, now: Clock = in_two_days) -> None:
    """Tables, people and an open round in which nobody has answered yet.

    It opens in the future, so that no invitation is due while clicks are measured.
    """
    database = open_database(database_url)
    meet(database, people, now)
    library = Library(catalog.load_all(), database)
    facilitators = Facilitators((FACILITATOR,))
    opening = Opening(database, library, facilitators, K_DEFAULT, now)
    setting_up = SettingUp(database, library, facilitators, opening, now)
    reading = Reading(tuple(everybody(people)), None)
    set_up = SetUp(
        team_name="Northwind ML",
        questionnaire_id=questionnaire().id,
        audience=Audience(CHANNEL),
        results_channel=RESULTS_CHANNEL,
        cadence=Cadence.QUARTERLY,
        zone="UTC",
        created_by=FACILITATOR,
    )
    draft = setting_up.draft(TEAM, set_up, reading)
    started = setting_up.confirm(TEAM, FACILITATOR, draft.scorecard_id, reading)
    assert started.round is not None
    assert started.round.id == ROUND
    database.dispose()


def meet(database: Database, people: int, now: Clock) -> None:
    """Tables, and the people of the workspace as if they had just been read from Slack.

    All of them told their role in a round before: nobody is asked for it between two clicks.
    """
    upgrade.prepare(database)
    directory = People(database, now)
    with database.writing() as session:
        workspaces.save_workspace(session, TEAM, "Northwind ML", BOT_USER)
    directory.save(TEAM, [Person(user_id, user_id, "UTC") for user_id in everybody(people)])
    directory.mark_read(TEAM)
    with database.writing() as session:
        for user_id in everybody(people):
            workspaces.set_role(session, TEAM, user_id, Role.DATA_SCIENCE)


def everybody(people: int) -> list[str]:
    """The user ids of the first so many."""
    return [_user_id(number) for number in range(people)]


@cache
def questionnaire() -> Questionnaire:
    return catalog.load_all()["mlops-scorecard"]


def message(number: int) -> dict[str, Any]:
    """The card of a question, counted from 1; 0 is what is there before the first."""
    if number == 0:
        shown = invitation.asked_again(ROUND, in_two_days(), "UTC")
    else:
        question = questionnaire().core[number - 1]
        shown = card.card(
            conversation.card(questionnaire(), question, round_id=ROUND, ratings={}),
        )
    return {"text": shown.text, "blocks": shown.blocks}


def invited(people: int) -> dict[str, Any]:
    """The first message of a round, as the bot writes it."""
    asked = conversation.Invitation(
        round_id=ROUND,
        team_name="Northwind ML",
        questionnaire_title=questionnaire().title,
        asked_by=FACILITATOR,
        colleagues=people - 1,
        questions=len(questionnaire().core),
        closes_at=in_two_days(),
        zone="UTC",
        k=K_DEFAULT,
        results_channel=RESULTS_CHANNEL,
        results_readers=None,
    )
    shown = invitation.invitation(asked)
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
