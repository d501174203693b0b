"""A workspace that Slack has shut us out of: noted, and erased when its time is over.

Whether Slack still takes our token is bot/lifeline.py's affair; here is what comes of it.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from questionnaires.standings import Stopped
from storage import leaving, workspaces
from storage.database import Database

# A click waits for all that is erased in one go.
ROWS_IN_ONE_GO = 500


class Leaving:
    def __init__(
        self, database: Database, erased: Callable[[], None], now: Callable[[], datetime]
    ) -> None:
        """`erased` is told that something was, so that it is swept out of the log as well."""
        self._database = database
        self._erased = erased
        self._now = now

    def only_workspace(self) -> str | None:
        """The one that the database is about; None when there is none yet, or several."""
        with self._database.reading() as session:
            found = leaving.workspaces(session)
        return found[0] if len(found) == 1 else None

    def stop(self, team_id: str, why: str) -> datetime | None:
        """Slack refuses the token, in a word of its own: nothing goes out from now on.

        Returns when all that is kept is erased, counted from the first time that this was
        noted; None when nothing is kept.
        """
        with self._database.writing() as session:
            if not workspaces.is_kept(session, team_id):
                return None
            stopped = _stopped(session, team_id, hold=True)
            if stopped is None:
                stopped = Stopped(self._now(), why)
                workspaces.set_stopped(session, team_id, stopped.since, why)
        return stopped.erased_at

    def welcome(self, team_id: str, name: str, bot_user_id: str) -> bool:
        """Slack takes the token of this workspace: what was noted against it is over.

        True when it must be said again: where erasing was begun, some of the rest is erased
        instead, and then the bot begins as on the first day.
        """
        with self._database.writing() as session:
            stopped = _stopped(session, team_id, hold=True)
            if stopped is not None and stopped.why == leaving.ERASING:
                self._erase_some(session, team_id, stopped)
                return True
            workspaces.save_workspace(session, team_id, name, bot_user_id)
        return False

    def is_due(self, team_id: str) -> bool:
        """Whether the workspace has been kept for as long as it may be without a token."""
        with self._database.reading() as session:
            stopped = _stopped(session, team_id)
        return stopped is not None and self._is_over(stopped)

    def erase(self, team_id: str) -> bool:
        """Erase some of what is kept of a workspace that is due; True when there may be more.

        Only after Slack has just refused the token: nothing else tells that nobody came back.
        """
        with self._database.writing() as session:
            stopped = _stopped(session, team_id, hold=True)
            if stopped is None or not self._is_over(stopped):
                return False
            return self._erase_some(session, team_id, stopped)

    def _is_over(self, stopped: Stopped) -> bool:
        """Also when the clock was set back after it was begun."""
        return stopped.why == leaving.ERASING or stopped.erased_at <= self._now()

    def _erase_some(self, session: Session, team_id: str, stopped: Stopped) -> bool:
        workspaces.set_stopped(session, team_id, stopped.since, leaving.ERASING)
        more = leaving.erase_some(session, team_id, ROWS_IN_ONE_GO)
        self._erased()
        return more


def _stopped(session: Session, team_id: str, *, hold: bool = False) -> Stopped | None:
    found = workspaces.stopped(session, team_id, hold=hold)
    return Stopped(*found) if found else None
