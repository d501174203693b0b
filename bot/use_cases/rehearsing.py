"""Rehearsing: a round with made-up colleagues over the same machinery, deleted when it is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring
from bot.use_cases.participants import Here, Participants
from questionnaires import calendar, rehearsal
from questionnaires.calendar import Cadence
from questionnaires.disclosure.floors import k_of
from questionnaires.errors import NotInRound, StalePress
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire
from questionnaires.rehearsal import COLLEAGUES_DEFAULT, Ending
from questionnaires.rounds import Audience, Manner, ParticipantState, Round, RoundState, SetUp
from storage import answers, outbox, participants, rehearsals, rounds, workspaces
from storage.database import Database

Clock = Callable[[], datetime]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is rehearsed. `people`: how many would be asked, the one who rehearses among them.

    `team_name` None, `results_channel` empty: no team is set up yet. `questionnaire_id` None: the
    one that a set-up begins with.
    """

    questionnaire_id: str | None
    team_name: str | None = None
    results_channel: str = ""
    people: int = 1 + COLLEAGUES_DEFAULT


@dataclass(frozen=True, slots=True)
class Begun:
    """A rehearsal that is under way, and where the card of the one hangs that it has ended."""

    round: Round
    card_before: Place | None


class Rehearsing:
    def __init__(
        self,
        database: Database,
        library: Library,
        facilitators: Facilitators,
        participants: Participants,
        measuring: Measuring,
        k: int,
        now: Clock,
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._participants = participants
        self._measuring = measuring
        self._k = k
        self._now = now

    def start(self, team_id: str, user_id: str, wish: Wish) -> Begun:
        """Ask one person, at once, beside made-up colleagues who have answered.

        A rehearsal of theirs that is under way ends. Raises NotFacilitator, NoSuchQuestionnaire.
        """
        asked = wish.questionnaire_id or self._library.choices()[0].id
        questionnaire = self._library.newest(asked)
        with self._database.writing() as session:
            self._facilitators.require(session, team_id, user_id)
            workspaces.hold_person(session, team_id, user_id)
            before = rehearsals.of_person(session, team_id, user_id)
            card = rehearsals.purge(session, before.id) if before else None
            round_ = self._open(session, team_id, user_id, wish, questionnaire)
            self._invite(session, round_)
            number = rehearsal.colleagues_of(wish.people, round_.k)
            made_up = rehearsal.colleagues(questionnaire, number, seed=round_.id)
            rehearsals.add_colleagues(session, round_, made_up, self._now())
        return Begun(round_, card)

    def end(self, here: Here) -> Place | None:
        """End one's rehearsal and delete it; returns where its card hangs, if somewhere.

        Raises NotInRound for one that is over.
        """
        with self._database.writing() as session:
            if not self._participants.find(session, here).round.is_rehearsal:
                raise StalePress
            return rehearsals.purge(session, here.round_id)

    def due(self) -> list[int]:
        """Rehearsals that somebody has finished, or whose day is over."""
        now = self._now()
        with self._database.reading() as session:
            return [
                one.id
                for one in rehearsals.running(session)
                if rehearsal.is_overdue(one, now)
                or (one.state is RoundState.OPEN and self._is_up(session, one))
            ]

    def wind_up(self, round_id: int) -> None:
        """Compute the result at once, or say that it is over; what is overdue goes unsaid."""
        with self._database.writing() as session:
            found = rounds.round_(session, round_id)
            if found is None or not found.is_rehearsal:
                return
            if rehearsal.is_overdue(found, self._now()):
                rehearsals.purge(session, round_id)
            elif self._is_up(session, found):
                self._close(session, found)

    def end_outdated(self) -> None:
        """End those whose questions were edited since they began: at start, before any press."""
        with self._database.writing() as session:
            for one, digest in rehearsals.under_way(session):
                version = one.questionnaire_id, one.questionnaire_version
                if not self._library.holds(*version, digest):
                    self._close(session, one, with_result=False)

    def ending(self, round_id: int) -> Ending:
        """Why a rehearsal is over. Raises NotInRound when it is deleted by now."""
        with self._database.reading() as session:
            found = rounds.round_(session, round_id)
            has_result = answers.measurement(session, round_id) is not None
        if found is None:
            raise NotInRound
        return rehearsal.ending_of(found, has_result=has_result)

    def _open(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        wish: Wish,
        questionnaire: Questionnaire,
    ) -> Round:
        now, zone = self._now(), workspaces.zone(session, team_id, user_id)
        set_up = SetUp(
            team_name=wish.team_name or rehearsal.NAME,
            questionnaire_id=questionnaire.id,
            audience=Audience(None),
            results_channel=wish.results_channel,
            cadence=Cadence.ONCE,
            zone=zone,
            created_by=user_id,
            manner=Manner.REHEARSAL,
        )
        today = set_up.today(now)
        workspaces.lock_questionnaire(session, team_id, questionnaire, now)
        return rounds.add_round(
            session,
            Round(
                id=0,
                team_id=team_id,
                scorecard_id=rehearsals.add_scorecard(session, team_id, set_up, now),
                number=1,
                team_name=rehearsal.called(wish.team_name),
                title=calendar.round_title(today),
                state=RoundState.OPEN,
                questionnaire_id=questionnaire.id,
                questionnaire_version=questionnaire.version,
                k=k_of(questionnaire, self._k),
                zone=zone,
                hour=set_up.hour,
                manner=set_up.manner,
                results_channel=set_up.results_channel,
                opened_by=user_id,
                opened_at=now,
                closes_at=now + rehearsal.LASTS,
            ),
            today,
        )

    def _invite(self, session: Session, round_: Round) -> None:
        """At once, whatever the hour and whatever else came today: it was wished for."""
        now = self._now()
        asked = [(round_.opened_by, round_.zone, now)]
        for participant in participants.add(session, round_.team_id, round_.id, asked):
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.REHEARSAL,
                recipient=participant.user_id,
                due_at=now,
                participant_id=participant.id,
            )

    def _has_finished(self, session: Session, round_: Round) -> bool:
        found = participants.find(session, round_.team_id, round_.id, round_.opened_by)
        return found is not None and found[1].state is ParticipantState.FINISHED

    def _is_up(self, session: Session, round_: Round) -> bool:
        return self._now() >= round_.closes_at or self._has_finished(session, round_)

    def _close(self, session: Session, round_: Round, *, with_result: bool = True) -> None:
        """What follows it in the outbox ends with the words after which it is deleted."""
        now, state = self._now(), RoundState.OPEN
        if not rounds.move(session, round_.id, old=state, new=RoundState.CLOSED, closed_at=now):
            return
        outbox.withdraw(session, round_.id)
        kind = Kind.REHEARSAL_OVER
        if with_result and self._has_finished(session, round_):
            measured = self._measuring.measure(session, round_)
            answers.save_result(session, round_.team_id, round_.id, measured, now)
            kind = Kind.REHEARSED
        outbox.enqueue(
            session,
            round_.team_id,
            round_id=round_.id,
            kind=kind,
            recipient=round_.opened_by,
            due_at=now,
        )
