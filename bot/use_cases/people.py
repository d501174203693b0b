"""The table of people: Slack's list, kept so that nobody waits for it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from questionnaires.rounds import Person
from storage import workspaces
from storage.database import Database

CHUNK = 100


class People:
    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def welcome_workspace(self, team_id: str, name: str, bot_user_id: str) -> None:
        """Know the workspace that the bot is installed in."""
        with self._database.writing() as session:
            workspaces.save_workspace(session, team_id, name, bot_user_id)

    def read_at(self, team_id: str) -> datetime | None:
        with self._database.reading() as session:
            return workspaces.people_read_at(session, team_id)

    def mark_read(self, team_id: str) -> None:
        with self._database.writing() as session:
            workspaces.mark_people_read(session, team_id, self._now())

    def save(self, team_id: str, people: Sequence[Person]) -> None:
        """In chunks, so that a click never waits long for a large workspace."""
        for start in range(0, len(people), CHUNK):
            with self._database.writing() as session:
                workspaces.save_people(session, team_id, people[start : start + CHUNK])
