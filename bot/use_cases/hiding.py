"""Hiding single comments of a closed round before its result is posted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import disclosure
from questionnaires.acts import Act
from questionnaires.errors import AlreadyPosted, RoundNotClosed
from questionnaires.results import HideableComment
from questionnaires.rounds import Round, RoundState
from storage import acts, answers, hiding, rounds
from storage.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments of a round that may be shown, in the order of its thread."""

    round: Round
    comments: tuple[HideableComment, ...]


class Hiding:
    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._now = now

    def comments(self, team_id: str, user_id: str, round_id: int) -> Remarks:
        """Raises NotFacilitator, RoundNotClosed, AlreadyPosted."""
        with self._database.reading() as session:
            return self._remarks(session, self._found(session, team_id, user_id, round_id))

    def hide(self, team_id: str, user_id: str, round_id: int, digest: str) -> Remarks:
        """Leave all comments that read so out of the result.

        Nothing is done, and nothing noted, where they are hidden already or no longer there; how
        all of them stand is returned all the same. Raises as `comments`.
        """
        with self._database.writing() as session:
            found = self._held(session, team_id, user_id, round_id)
            if digest in self._digests(session, found, hidden=False):
                hiding.hide(session, team_id, round_id, digest)
                acts.note(session, Act.HID_COMMENT, found, user_id, self._now())
            return self._remarks(session, found)

    def show_again(self, team_id: str, user_id: str, round_id: int, digest: str) -> Remarks:
        """The other way round. Raises as `comments`."""
        with self._database.writing() as session:
            found = self._held(session, team_id, user_id, round_id)
            if digest in self._digests(session, found, hidden=True):
                hiding.show_again(session, round_id, digest)
                acts.note(session, Act.SHOWED_COMMENT, found, user_id, self._now())
            return self._remarks(session, found)

    def _held(self, session: Session, team_id: str, user_id: str, round_id: int) -> Round:
        """The round, which nobody posts before the transaction ends.

        Its scorecard is held first, as everywhere.
        """
        found = self._found(session, team_id, user_id, round_id)
        self._facilitators.scorecard(session, team_id, user_id, found.scorecard_id, hold=True)
        if not rounds.move(session, found.id, old=RoundState.CLOSED, new=RoundState.CLOSED):
            raise AlreadyPosted(found.team_name, found.results_channel)
        return found

    def _found(self, session: Session, team_id: str, user_id: str, round_id: int) -> Round:
        """Rehearsals, which nobody else reads, are closed and never posted."""
        found = rounds.round_(session, round_id, team_id)
        scorecard_id = found.scorecard_id if found else None
        self._facilitators.require(session, team_id, user_id, scorecard_id)
        if found is None or found.is_rehearsal or found.state is RoundState.OPEN:
            raise RoundNotClosed
        if found.state is RoundState.PUBLISHED:
            raise AlreadyPosted(found.team_name, found.results_channel)
        return found

    def _digests(self, session: Session, round_: Round, *, hidden: bool) -> set[str]:
        every = self._remarks(session, round_).comments
        return {one.digest for one in every if one.hidden is hidden}

    def _remarks(self, session: Session, round_: Round) -> Remarks:
        measured = answers.measurement(session, round_.id)
        if measured is None:
            raise RoundNotClosed
        shown = disclosure.hideable(
            measured,
            self._library.of(session, round_),
            k=round_.k,
            comments=answers.comments(session, round_.id),
            hidden=hiding.digests(session, round_.id),
        )
        return Remarks(round_, shown)
