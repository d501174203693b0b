"""Posting a result again or elsewhere, by hand. Posting it at first is closing's work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from questionnaires.acts import Act
from questionnaires.errors import AlreadyPosted, RoundNotClosed
from questionnaires.messages import SHARED_CHANNEL, Kind
from questionnaires.rounds import Round, RoundState
from storage import acts, outbox, posts, rounds
from storage.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Refused:
    """A post that Slack or we refused. `shared`: its channel is another organisation's, too.

    `again`: the result stands elsewhere already. `promised`: where it was to go, if elsewhere.
    """

    channel: str
    shared: bool
    again: bool
    promised: str | None = None


class PostingAgain:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def about(self, team_id: str, user_id: str, round_id: int) -> tuple[Round, int]:
        """The round, and how often its result was sent anywhere: a press that finds another number
        was made before. Raises NotFacilitator, RoundNotClosed.
        """
        with self._database.reading() as session:
            found = self._found(session, team_id, user_id, round_id)
            return found, posts.times(session, round_id)

    def post(self, team_id: str, user_id: str, round_id: int, times: int, channel: str) -> Round:
        """Post summary, pictures and details there. A result that was posted nowhere goes there
        instead of its results channel; once it has arrived, that is its channel.

        Raises NotFacilitator, RoundNotClosed; AlreadyPosted when it was sent meanwhile.
        """
        now = self._now()
        with self._database.writing() as session:
            found = self._found(session, team_id, user_id, round_id)
            acts.note(session, Act.POSTED, found, user_id, now)
            if found.state is RoundState.CLOSED and not rounds.move(
                session,
                round_id,
                old=RoundState.CLOSED,
                new=RoundState.PUBLISHED,
                published_at=now,
            ):
                raise AlreadyPosted(found.team_name, found.results_channel)
            if posts.times(session, round_id) != times:
                raise AlreadyPosted(found.team_name, channel)
            outbox.enqueue(
                session,
                team_id,
                round_id=round_id,
                kind=Kind.SUMMARY,
                recipient=channel,
                due_at=now,
                number=1 + outbox.last_number(session, round_id, channel, Kind.SUMMARY),
            )
            return found

    def refused(self, message_id: int) -> Refused:
        """What became of a post, for who is told of it."""
        with self._database.reading() as session:
            post = posts.post(session, message_id)
            again = posts.is_posted(session, post.round_id)
            round_ = rounds.round_(session, post.round_id)
        goes_to = round_.results_channel if round_ else post.channel
        promised = None if goes_to == post.channel else goes_to
        return Refused(post.channel, post.problem == SHARED_CHANNEL, again, promised)

    def _found(self, session: Session, team_id: str, user_id: str, round_id: int) -> Round:
        """Raises NotFacilitator, RoundNotClosed."""
        found = rounds.round_(session, round_id, team_id)
        self._facilitators.require(session, team_id, user_id, found.scorecard_id if found else None)
        if found is None or found.is_rehearsal or found.state is RoundState.OPEN:
            raise RoundNotClosed
        return found
