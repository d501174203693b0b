"""The table of people: Slack's list, kept so that nobody waits for it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from questionnaires.rounds import Person
from storage import participants, workspaces
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

    def stop(self, team_id: str, why: str) -> None:
        """Slack refuses the token: nothing goes out until it takes one again."""
        with self._database.writing() as session:
            workspaces.set_stopped(session, team_id, self._now(), why)

    def go_on(self, team_id: str) -> None:
        with self._database.writing() as session:
            workspaces.set_stopped(session, team_id, None, None)

    def save(self, team_id: str, people: Sequence[Person]) -> None:
        """In chunks, so that a click never waits long for a large workspace."""
        for start in range(0, len(people), CHUNK):
            chunk = people[start : start + CHUNK]
            with self._database.writing() as session:
                workspaces.save_people(session, team_id, chunk)
                participants.note_who_is_there(session, team_id, chunk)
