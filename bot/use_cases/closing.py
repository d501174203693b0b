"""The end of a round: compute once, freeze, show the facilitators, post."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import calendar, disclosure, scoring, together
from questionnaires.acts import Act
from questionnaires.calendar import zone_of
from questionnaires.errors import (
    AlreadyPosted,
    NoOpenRound,
    NotFacilitator,
    NotRecomputable,
    RoundClosed,
    RoundNotClosed,
    Superseded,
)
from questionnaires.measurements import Measurement
from questionnaires.messages import Kind
from questionnaires.model import Rater
from questionnaires.results import Result
from questionnaires.rounds import Participation, Round, RoundState
from questionnaires.standings import OpenRound
from storage import acts, answers, outbox, participants, rounds
from storage.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Shown:
    """A closed round with all of its result that may be seen.

    `counted`: the ids of the questions its scores are made of, and what each weighs.
    """

    round: Round
    result: Result
    counted: tuple[tuple[str, float], ...] = ()


class Closing:
    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._now = now

    def open_rounds(self, team_id: str, user_id: str) -> list[OpenRound]:
        """What a facilitator could close. Raises NotFacilitator, NoOpenRound."""
        with self._database.reading() as session:
            reach = self._facilitators.reach(session, team_id, user_id)
            if not reach:
                raise NotFacilitator(self._facilitators.of(session, team_id))
            every = rounds.in_state(session, RoundState.OPEN, team_id)
            found = [one for one in every if reach.covers(one.scorecard_id)]
            if not found:
                raise NoOpenRound
            return [OpenRound(one, participants.participation(session, one.id)) for one in found]

    def participation(self, round_id: int) -> Participation:
        """How many were asked and how far they are."""
        with self._database.reading() as session:
            return participants.participation(session, round_id)

    def due(self) -> list[int]:
        """Open rounds past their deadline, or quiet since the last person finished."""
        with self._database.reading() as session:
            return rounds.ending(session, self._now())

    def close(self, team_id: str, user_id: str, round_id: int) -> Round:
        """Close by hand. Raises NotFacilitator, NoOpenRound, RoundClosed."""
        with self._database.writing() as session:
            found = self._found(session, team_id, user_id, round_id)
            if found is None:
                raise NoOpenRound
            self._note(session, Act.CLOSED, found, user_id)
            if not self._freeze(session, found, user_id):
                raise RoundClosed(found.team_name, found.closed_at or self._now(), found.zone)
            return found

    def close_due(self, round_id: int) -> bool:
        """Close a round whose time has come; False when it was closed meanwhile."""
        with self._database.writing() as session:
            found = rounds.round_(session, round_id)
            return found is not None and self._freeze(session, found)

    def posting_due(self) -> list[int]:
        """Closed rounds that nobody posted by 10:00 on the second working day after.

        One that is late, since the bot was down, waits for working hours.
        """
        now = self._now()
        with self._database.reading() as session:
            return [
                one.id
                for one in rounds.posting(session, now)
                if calendar.ask_at(now, one.zone, calendar.PUBLISHING_HOUR, one.weekend.days) <= now
            ]

    def post(self, team_id: str, user_id: str, round_id: int) -> Round:
        """Post by hand. Raises NotFacilitator, RoundNotClosed, AlreadyPosted."""
        with self._database.writing() as session:
            found = self._found(session, team_id, user_id, round_id)
            if found is None or found.state is RoundState.OPEN:
                raise RoundNotClosed
            self._note(session, Act.POSTED, found, user_id)
            if not self._publish(session, found):
                raise AlreadyPosted(found.team_name, found.results_channel)
            return found

    def post_due(self, round_id: int) -> bool:
        """Post a round that waited long enough; False when it was posted meanwhile."""
        with self._database.writing() as session:
            found = rounds.round_(session, round_id)
            return found is not None and self._publish(session, found)

    def preview(self, team_id: str, user_id: str, round_id: int) -> Shown:
        """A result before it is posted. Raises NotFacilitator, RoundNotClosed, AlreadyPosted."""
        with self._database.reading() as session:
            found = self._found(session, team_id, user_id, round_id)
        if found is None:
            raise RoundNotClosed
        if found.state is RoundState.PUBLISHED:
            raise AlreadyPosted(found.team_name, found.results_channel)
        return self.shown(round_id)

    def shown(self, round_id: int) -> Shown:
        """A closed round's result as it may be seen. Raises RoundNotClosed."""
        with self._database.reading() as session:
            round_ = rounds.round_(session, round_id)
            measured = answers.measurement(session, round_id)
            remarks = answers.comments(session, round_id)
            questionnaire = self._library.of(session, round_) if round_ else None
        if round_ is None or questionnaire is None or round_.closed_at is None or measured is None:
            raise RoundNotClosed
        result = disclosure.disclose(
            measured,
            questionnaire,
            k=round_.k,
            team_name=round_.team_name,
            round_title=round_.title,
            closed_on=round_.closed_at.astimezone(zone_of(round_.zone)).date(),
            comments=remarks,
            manner=round_.manner,
        )
        counted = tuple((question.id, question.weight) for question in questionnaire.core)
        return Shown(round_, result, counted)

    def shown_first(self, round_id: int, user_id: str) -> Shown:
        """The same for somebody who sees it before the channel does.

        Raises Superseded for who may not act for the scorecard any more.
        """
        found = self.shown(round_id)
        with self._database.reading() as session:
            about = found.round
            allowed = self._facilitators.of(session, about.team_id, about.scorecard_id)
        if user_id not in allowed:
            raise Superseded
        return found

    def _found(self, session: Session, team_id: str, user_id: str, round_id: int) -> Round | None:
        """The round of a press. Raises NotFacilitator for who may not act for its scorecard.

        None also for a rehearsal, which is for nobody to close or to post.
        """
        found = rounds.round_(session, round_id, team_id)
        scorecard_id = found.scorecard_id if found else None
        self._facilitators.require(session, team_id, user_id, scorecard_id)
        return None if found is None or found.is_rehearsal else found

    def _note(self, session: Session, what: Act, round_: Round, by: str) -> None:
        """Before the round changes: whoever extends it holds its scorecard, too, and first."""
        acts.note(session, what, round_, by, self._now())

    def _freeze(self, session: Session, round_: Round, by: str | None = None) -> bool:
        """`by`: the facilitator who closed it by hand and waits for the result."""
        now = self._now()
        closed = rounds.move(
            session,
            round_.id,
            old=RoundState.OPEN,
            new=RoundState.CLOSED,
            closed_at=now,
            publishes_at=calendar.publishes_at(now, round_.zone, round_.weekend.days),
        )
        if not closed:
            return False
        answers.save_result(session, round_.team_id, round_.id, self.measure(session, round_), now)
        outbox.withdraw(session, round_.id)
        told = self._facilitators.to_tell(session, round_.team_id, round_.scorecard_id)
        for user_id in dict.fromkeys((*told, by) if by else told):
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.PREVIEW,
                recipient=user_id,
                due_at=now,
            )
        return True

    def measure(self, session: Session, round_: Round) -> Measurement:
        """What a round comes to by now. Raises NotRecomputable once answers were erased."""
        if round_.erased_at is not None:
            raise NotRecomputable
        people = participants.of_round(session, round_.id)
        questionnaire = self._library.of(session, round_)
        given = answers.answers(session, round_.id)
        if round_.together:  # one person's, for all
            agreed = {answer.question_id: answer.rating for answer in given}
            return together.measure(questionnaire, agreed)
        return scoring.measure(
            questionnaire,
            [Rater(person.id, person.role) for person in people],
            given,
            invited=len(people),
        )

    def _publish(self, session: Session, round_: Round) -> bool:
        now = self._now()
        moved = rounds.move(
            session,
            round_.id,
            old=RoundState.CLOSED,
            new=RoundState.PUBLISHED,
            published_at=now,
        )
        if moved:
            channel = round_.results_channel
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.SUMMARY,
                recipient=channel,
                due_at=now,
                number=1 + outbox.last_number(session, round_.id, channel, Kind.SUMMARY),
            )
        return moved
