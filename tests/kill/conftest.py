"""A team of twelve in two zones, Slack and the bot as processes of their own."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from questionnaires import catalog
from questionnaires.model import Questionnaire
from tests.kill.processes import TEAM_ID, Bot, Json, Slack, eventually, free_port

FACILITATOR = "U01"
# On the bot's clock it is 10:50 in Lisbon: asked at once. On the Azores it is 9:50: asked at ten.
ZONES = ("Europe/Lisbon", "Europe/Lisbon", "Atlantic/Azores")
PEOPLE = tuple(f"U{number:02}" for number in range(1, 13))


@pytest.fixture
def team() -> Json:
    """What the sandbox has to know of them."""
    members = [
        {
            "id": user_id,
            "name": f"Person {user_id}",
            "tz": ZONES[place % len(ZONES)],
            "admin": user_id == FACILITATOR,
        }
        for place, user_id in enumerate(PEOPLE)
    ]
    channels = [
        {"id": "C01MLTEAM", "name": "ml-team", "members": PEOPLE},
        {"id": "C02RESULTS", "name": "mlops-results", "members": PEOPLE},
    ]
    return {"team_id": TEAM_ID, "name": "Northwind ML", "members": members, "channels": channels}


@pytest.fixture
async def slack(team: Json, tmp_path: Path) -> AsyncIterator[Slack]:
    """Slack, not there yet: `start()` it."""
    file = tmp_path / "team.json"
    file.write_text(json.dumps(team), encoding="utf-8")
    built = Slack(file, free_port())
    yield built
    await built.close()


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path) -> AsyncIterator[Bot]:
    """The bot, not running yet: `start()` it."""
    built = Bot(slack, tmp_path)
    yield built
    await built.close()


@pytest.fixture(scope="module")
def questions() -> Questionnaire:
    return catalog.load_all()["mlops-scorecard"]


async def open_round(slack: Slack) -> None:
    """The facilitator sets the team up; everybody in the channel is asked."""
    await slack.post("command", member=FACILITATOR, text="/scorecard start", channel="ml-team")
    await eventually(lambda: modal_of(slack), what="the form")
    form = {
        "fill": {"Team name": "Northwind ML"},
        "choose": {
            "Who is asked: everybody in a channel": "ml-team",
            "Where the result is posted": "mlops-results",
        },
    }
    confirm = await slack.post("submit", member=FACILITATOR, **form)
    assert confirm["modal"], confirm
    started = await slack.post("submit", member=FACILITATOR)
    assert (started["error"], started["modal"]) == (None, None)


async def modal_of(slack: Slack) -> object:
    return (await slack.get("screen", member=FACILITATOR))["modal"]
