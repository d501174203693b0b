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

    def read_at(self, team_id: str) -> datetime | None:
        with self._database.reading() as session:
            return workspaces.people_read_at(session, team_id)

    def mark_read(self, team_id: str) -> None:
        with self._database.writing() as session:
            workspaces.mark_people_read(session, team_id, self._now())

    def save(self, team_id: str, people: Sequence[Person]) -> None:
        """In chunks, so that a click never waits long for a large workspace.

        Of a workspace that was erased, of which Slack may still have something to tell, nobody.
        """
        for start in range(0, len(people), CHUNK):
            chunk = people[start : start + CHUNK]
            with self._database.writing() as session:
                if not workspaces.is_kept(session, team_id):
                    return
                workspaces.save_people(session, team_id, chunk)
                participants.note_who_is_there(session, team_id, chunk)
