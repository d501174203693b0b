"""Reminding: two by themselves, one as somebody wished, and none for who wants none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.participants import Here, Participants, Taking
from questionnaires import calendar
from questionnaires.acts import Act
from questionnaires.conversation import Reminder
from questionnaires.errors import (
    AskedBefore,
    Left,
    LeftAlone,
    NobodyToRemind,
    NoOpenRound,
    Paused,
    Superseded,
    TooLateToRemind,
)
from questionnaires.messages import ASKING, Kind
from questionnaires.rounds import (
    WISHED_SO,
    Participant,
    ParticipantState,
    Round,
    RoundState,
    ScorecardState,
)
from storage import acts, answers, outbox, participants, prompts, rounds, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

UNFINISHED = (ParticipantState.INVITED, ParticipantState.STARTED)


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """When somebody is asked once more, in their zone."""

    at: datetime
    zone: str


def plan_reminders(
    session: Session, round_: Round, participant: Participant, asked_at: datetime
) -> None:
    """Write both reminders down when somebody has been asked; none behind the deadline."""
    weekend = round_.weekend.days
    hours = calendar.reminders_at(asked_at, participant.zone, round_.hour, weekend)
    for number, due_at in enumerate(hours, start=1):
        if due_at < round_.closes_at:
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.REMINDER,
                recipient=participant.user_id,
                due_at=due_at,
                number=number,
                participant_id=participant.id,
            )


class Reminding:
    def __init__(
        self,
        database: Database,
        participants: Participants,
        facilitators: Facilitators,
        now: Clock,
    ) -> None:
        self._database = database
        self._participants = participants
        self._facilitators = facilitators
        self._now = now

    def reminder(self, here: Here, kind: Kind, number: int) -> Reminder:
        """What a reminder says, as it is to be sent now.

        Raises NotInRound, RoundClosed, Left, LeftAlone, AskedBefore for who is done with it, and
        Superseded when a later one is due as well.
        """
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
            latest = prompts.due_by(session, here.round_id, here.user_id, kind, self._now())
            person = workspaces.person(session, here.team_id, here.user_id)
            ratings = answers.ratings(session, taking.participant.id)
        if person is None or not person.here:
            raise Left
        if taking.participant.left_alone is not None:
            raise LeftAlone
        if taking.participant.state not in UNFINISHED:
            raise AskedBefore
        if number < latest:
            raise Superseded
        asked = taking.questionnaire.asked
        answered = sum(question.id in ratings for question in asked)
        return Reminder(
            round_id=here.round_id,
            team_name=taking.round.team_name,
            left=len(asked) - answered,
            of=len(asked),
            scale=taking.questionnaire.scale,
            closes_at=taking.round.closes_at,
            zone=taking.participant.zone,
            wished=kind is Kind.WISHED,
            last=number >= len(calendar.REMINDING_WORKING_DAYS),
            manner=taking.round.manner,
        )

    def tomorrow(self, here: Here) -> AskedAgain | None:
        """Ask once more on the next working day; None for who has finished.

        It does not count as one of the two; one of those that is due by then is left out.
        Raises NotInRound, RoundClosed, TooLateToRemind.
        """
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            participant, round_ = taking.participant, taking.round
            if participant.state is ParticipantState.FINISHED:
                return None
            due_at = calendar.next_working_hour(
                self._now(), participant.zone, round_.hour, round_.weekend.days
            )
            if due_at >= round_.closes_at:
                raise TooLateToRemind(round_.closes_at, participant.zone)
            self._ask_later(session, taking, due_at)
        return AskedAgain(due_at, participant.zone)

    def _ask_later(self, session: Session, taking: Taking, due_at: datetime) -> None:
        round_, participant = taking.round, taking.participant
        if participant.state is ParticipantState.SKIPPED:
            participants.set_state(session, participant.id, ParticipantState.INVITED, self._now())
        participants.leave_alone(session, participant.id, None)
        prompts.seen(session, round_.id, participant.user_id)
        outbox.withdraw(session, round_.id, participant.user_id, kinds=ASKING, until=due_at)
        number = outbox.last_number(session, round_.id, participant.user_id, Kind.WISHED)
        outbox.enqueue(
            session,
            round_.team_id,
            round_id=round_.id,
            kind=Kind.WISHED,
            recipient=participant.user_id,
            due_at=due_at,
            number=number + 1,
            participant_id=participant.id,
        )

    def no_more(self, here: Here) -> Taking:
        """Send no more reminders in this round. Raises NotInRound, RoundClosed."""
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            participants.leave_alone(session, taking.participant.id, WISHED_SO)
            outbox.withdraw(session, here.round_id, here.user_id, kinds=ASKING)
        return taking

    def to_remind(self, team_id: str, user_id: str, scorecard_id: int) -> tuple[Round, int]:
        """The open round, and how many a reminder by hand would go to. Raises as remind_now."""
        with self._database.reading() as session:
            round_ = self._open_round(session, team_id, user_id, scorecard_id)
            found = self._waiting(session, round_)
            return round_, len(found)

    def remind_now(self, team_id: str, user_id: str, scorecard_id: int) -> tuple[Round, int]:
        """Bring everybody's next reminder forward to now; it is one of their two.

        Raises NotFacilitator, NoOpenRound, Paused, NobodyToRemind.
        """
        with self._database.writing() as session:
            round_ = self._open_round(session, team_id, user_id, scorecard_id, hold=True)
            found = self._waiting(session, round_)
            for one in found:
                prompts.bring_forward(session, round_.id, one.user_id, self._now())
            acts.note(session, Act.REMINDED, round_, user_id, self._now())
            return round_, len(found)

    def _open_round(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        *,
        hold: bool = False,
    ) -> Round:
        """With `hold`, of two who remind at once the second finds that it was done."""
        self._facilitators.require(session, team_id, user_id, scorecard_id)
        scorecard = scorecards.scorecard(session, team_id, scorecard_id, hold=hold)
        round_ = rounds.latest(session, scorecard_id) if scorecard else None
        if scorecard is None or round_ is None or round_.state is not RoundState.OPEN:
            raise NoOpenRound
        if scorecard.state is ScorecardState.PAUSED:
            raise Paused(round_.team_name)
        return round_

    def _waiting(self, session: Session, round_: Round) -> list[Participant]:
        """Those who are expected, were not written to today, and have a reminder to bring forward.

        So a second press, or a second facilitator, does not use up what is left; and who is
        asleep waits for their hour once, however often it is pressed meanwhile.
        Raises NobodyToRemind.
        """
        now = self._now()
        left = prompts.next_due_of_each(session, round_.id, Kind.REMINDER)
        asked = prompts.last_asked(session, round_.id)
        found = [
            one
            for one in participants.of_round(session, round_.id)
            if one.state in UNFINISHED
            and one.left_alone is None
            and one.user_id in left
            and left[one.user_id] > self._hour(round_, one)
            and not _is_today(asked.get(one.user_id), now, one.zone)
        ]
        if not found:
            raise NobodyToRemind(round_.team_name)
        return found

    def _hour(self, round_: Round, one: Participant) -> datetime:
        """When what is due now goes out to them."""
        return calendar.ask_at(self._now(), one.zone, round_.hour, round_.weekend.days)


def _is_today(at: datetime | None, now: datetime, zone: str) -> bool:
    return at is not None and calendar.local_day(at, zone) == calendar.local_day(now, zone)
