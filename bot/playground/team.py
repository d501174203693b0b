"""Who is in the playground: the demo's eight, moved to where their working hours meet."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.demo import colleagues
from bot.demo.colleagues import Colleague

# At 11:00 UTC it is between 10:00 and 17:00 in each of them, in summer and in winter.
ZONES = {
    "U02BEN": "Europe/London",
    "U03CHIARA": "Europe/Rome",
    "U05ELIAS": "Europe/Stockholm",
    "U06FATIMA": "Europe/Paris",
    "U07GRACE": "Asia/Dubai",
    "U08HIRO": "Europe/Athens",
}
TEAM = tuple(replace(one, zone=ZONES.get(one.user_id, one.zone)) for one in colleagues.TEAM)
READER, *OTHERS = TEAM

TEAM_ID, TEAM_NAME = "T0NORTHWIND", "Northwind ML"
TEAM_CHANNEL, RESULTS_CHANNEL = ("C01MLTEAM", "ml-team"), ("C02RESULTS", "mlops-results")
BOT_USER, APP = "U0SCORECARD", "A0SCORECARD"
BOT_KEY, APP_KEY = "xoxb-playground", "xapp-playground"


def first_name(one: Colleague) -> str:
    return one.name.split()[0]


def described(team: Sequence[Colleague]) -> dict[str, Any]:
    """The workspace, as the look-alike reads it from its file."""
    everybody = [*(one.user_id for one in team), BOT_USER]
    return {
        "workspace": {"name": TEAM_NAME, "domain": "northwind-ml", "teamId": TEAM_ID},
        "app": {
            "appId": APP,
            "botUserId": BOT_USER,
            "botName": "scorecard",
            "botToken": BOT_KEY,
            "appToken": APP_KEY,
            "signingSecret": "not-used-over-socket-mode",
            "mode": "socket",
        },
        "users": [_described(one) for one in team],
        "channels": [
            {"id": channel, "name": name, "members": everybody}
            for channel, name in (TEAM_CHANNEL, RESULTS_CHANNEL)
        ],
    }


def write(folder: Path) -> Path:
    """Leave the team's file there."""
    file = folder / "team.json"
    file.write_text(json.dumps(described(TEAM), indent=2), "utf-8")
    return file


def _described(one: Colleague) -> dict[str, str]:
    name = first_name(one).lower()
    return {
        "id": one.user_id,
        "name": name,
        "real_name": one.name,
        "email": f"{name}@example.com",
        "tz": one.zone,
    }
