"""Where the demo plays: a stand-in for Slack with the team in it, a clock, and who tells of it."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot.demo.colleagues import Colleague, team
from bot.demo.narrator import Narrator
from bot.settings import MONTHS_KEPT, Settings
from questionnaires.disclosure.floors import K_DEFAULT
from sandbox import Message, SettableClock, Workspace

# Monday, 08:00 in Lagos: before the day is over it is 10:00 for everybody from Tokyo to New York.
START = datetime(2027, 1, 18, 7, 0, tzinfo=UTC)
TEAM_NAME = "Northwind ML"
TEAM_CHANNEL, RESULTS_CHANNEL = "ml-team", "mlops-results"
SMALL_TEAM = 12
PATIENCE = 30.0  # seconds for an acknowledgement: Slack gives 3, and this machine may be busy


class Stage:
    def __init__(self, people: int, seed: int) -> None:
        self.seed = seed
        self.team = team(people, seed)
        self.clock = SettableClock(START)
        self.workspace = _workspace(self.team, self.clock)
        self.lead = self.workspace.member(self.team[0].user_id)
        self.narrator = Narrator(_console(), self.clock, self.team[0].zone)

    @property
    def first_name(self) -> str:
        """The facilitator's."""
        return self.lead.name.split()[0]

    @property
    def is_small(self) -> bool:
        return len(self.team) <= SMALL_TEAM

    def results(self) -> list[Message]:
        """What hangs in the results channel, threads included, oldest first."""
        return self.workspace.channel(RESULTS_CHANNEL)

    def settings(self, database_url: str) -> Settings:
        """Everything is given: nothing comes from the environment or from .env."""
        return Settings(
            _env_file=None,
            slack_bot_token=self.workspace.bot_token,
            slack_app_token=self.workspace.app_token,
            slack_signing_secret=None,
            host="127.0.0.1",
            port=0,
            slack_api_url=self.workspace.api_url,
            database_url=database_url,
            SCORECARD_FACILITATORS=(),
            SCORECARD_OPERATOR="whoever runs this demo",
            SCORECARD_LEAST_PEOPLE=K_DEFAULT,
            questionnaires_dir=None,
            ANSWERS_KEPT_MONTHS=MONTHS_KEPT,
        )


def _workspace(people: tuple[Colleague, ...], clock: SettableClock) -> Workspace:
    manifest = json.loads((Path(__file__).parents[2] / "manifest.json").read_text())
    built = Workspace(
        team_id="T0NORTHWIND", name="Northwind", manifest=manifest, now=clock, ack_seconds=PATIENCE
    )
    for one in people:
        first = one is people[0]
        built.add_member(one.user_id, one.name, tz=one.zone, title=one.title, admin=first)
    everybody = [one.user_id for one in people]
    built.add_channel("C01MLTEAM", TEAM_CHANNEL, members=everybody)
    built.add_channel("C02RESULTS", RESULTS_CHANNEL, members=everybody)
    return built


def _console() -> Console:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a terminal that knows no blocks shows question marks
    return Console(highlight=False)
