"""Being asked: the invitation, leaving a round out, and where the card hangs."""

from collections.abc import Callable
from datetime import datetime

from bot.use_cases.participants import BEGUN, Here, Participants, Taking
from bot.use_cases.reminding import plan_reminders
from questionnaires.conversation import Invitation
from questionnaires.errors import AskedBefore, Left, NoOpenRound, Superseded
from questionnaires.messages import BEFORE_CARD, Kind
from questionnaires.rounds import ParticipantState, Round
from storage import outbox, participants, rounds, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


class Inviting:
    def __init__(self, database: Database, participants: Participants, now: Clock) -> None:
        self._database = database
        self._participants = participants
        self._now = now

    def invitation(self, here: Here, kind: Kind, number: int) -> Invitation:
        """What the invitation says. Raises NotInRound, RoundClosed, and Left when they left.

        Raises AskedBefore when somebody has pressed it: then it has turned into something else,
        and whoever looks for it after a crash does not find it.
        """
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
            person = workspaces.person(session, here.team_id, here.user_id)
            invited = participants.participation(session, here.round_id).invited
            wished = outbox.last_number(session, here.round_id, here.user_id, Kind.WISHED)
        if person is None or not person.here:
            raise Left
        if taking.participant.state is not ParticipantState.INVITED:
            raise AskedBefore
        if wished > (number if kind is Kind.WISHED else 0):
            raise Superseded
        round_ = taking.round
        return Invitation(
            round_id=round_.id,
            team_name=round_.team_name,
            questionnaire_title=taking.questionnaire.title,
            asked_by=round_.opened_by,
            colleagues=invited - 1,
            questions=len(taking.questionnaire.asked),
            scale=taking.questionnaire.scale,
            closes_at=round_.closes_at,
            zone=taking.participant.zone,
            k=round_.k,
            results_channel=round_.results_channel,
            results_readers=round_.results_readers,
            by_self=round_.opened_by == here.user_id,
            again=kind is Kind.WISHED,
            manner=round_.manner,
        )

    def skip(self, here: Here) -> Taking | None:
        """Leave this round out; nothing more is sent. Raises NotInRound, RoundClosed.

        None for somebody who has begun, on an old copy of the invitation: their answers count.
        """
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            if taking.participant.state in BEGUN:
                return None
            participants.set_state(
                session, taking.participant.id, ParticipantState.SKIPPED, self._now()
            )
            outbox.withdraw(session, here.round_id, here.user_id)
        return taking

    def bring_card(self, here: Here) -> Round:
        """Send the card anew, to the bottom of the conversation. Raises NotInRound, RoundClosed."""
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            outbox.withdraw(session, here.round_id, here.user_id, kinds=BEFORE_CARD)
            number = outbox.last_number(session, here.round_id, here.user_id, Kind.CARD)
            outbox.enqueue(
                session,
                here.team_id,
                round_id=here.round_id,
                kind=Kind.CARD,
                recipient=here.user_id,
                due_at=self._now(),
                number=number + 1,
                participant_id=taking.participant.id,
            )
        return taking.round

    def take_card(self, here: Here, channel: str, ts: str) -> tuple[str, str] | None:
        """The message that was clicked is the card from now on.

        Returns channel and ts of the message that was it before, when that is another one.
        """
        with self._database.writing() as session:
            taking = self._participants.find(session, here)
            if outbox.arrived(session, here.round_id, here.user_id, channel, ts):
                plan_reminders(session, taking.round, taking.participant, self._now())
            return participants.set_card(session, taking.participant.id, channel, ts)

    def card_place(self, here: Here) -> tuple[str, str] | None:
        """Channel and ts of the message that turns, once it is known. Raises NotInRound."""
        with self._database.reading() as session:
            return self._participants.find(session, here).participant.card

    def any_round(self, round_id: int) -> Round:
        """A round, for whoever looks after it."""
        with self._database.reading() as session:
            found = rounds.round_(session, round_id)
        if found is None:
            raise NoOpenRound
        return found

    def round(self, here: Here) -> Round:
        """The round somebody asks about, open or not. Raises NotInRound."""
        with self._database.reading() as session:
            return self._participants.find(session, here).round
