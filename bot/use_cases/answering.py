"""What a respondent does: answer, go back, comment, skip. Every click is stored at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases.library import Library
from questionnaires import calendar, conversation, disclosure
from questionnaires.calendar import zone_of
from questionnaires.conversation import Card, Finish, Invitation, OwnAnswer, Saved
from questionnaires.errors import (
    AskedBefore,
    CommentTooLong,
    Left,
    NotInRound,
    RoundClosed,
    Superseded,
    TooLateToRemind,
)
from questionnaires.messages import Kind
from questionnaires.model import COMMENT_MOST, Questionnaire, Rating
from questionnaires.rounds import Participant, ParticipantState, Round, RoundState
from storage import answers, outbox, rounds, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

BEGUN = (ParticipantState.STARTED, ParticipantState.FINISHED)


@dataclass(frozen=True, slots=True)
class Here:
    """Who clicked, in which round."""

    team_id: str
    user_id: str
    round_id: int


@dataclass(frozen=True, slots=True)
class Taking:
    """Somebody taking part, as found in the database."""

    round: Round
    participant: Participant
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class Reminder:
    """When somebody is asked once more, in their zone."""

    at: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What a press has stored, and what the person sees next."""

    saved: Saved
    coming: Card | Finish


class Answering:
    def __init__(self, database: Database, library: Library, now: Clock) -> None:
        self._database = database
        self._library = library
        self._now = now

    def take_card(self, here: Here, channel: str, ts: str) -> tuple[str, str] | None:
        """The message that was clicked is the card from now on.

        Returns channel and ts of the message that was it before, when that is another one.
        """
        with self._database.writing() as session:
            taking = self._taking(session, here)
            outbox.arrived(session, here.round_id, here.user_id, channel, ts)
            return rounds.set_card(session, taking.participant.id, channel, ts)

    def card_place(self, here: Here) -> tuple[str, str] | None:
        """Channel and ts of the message that turns, once it is known. Raises NotInRound."""
        with self._database.reading() as session:
            return self._taking(session, here).participant.card

    def start(self, here: Here) -> Card | Finish:
        """Somebody begins, or takes part after all; returns what they see next.

        Raises NotInRound, RoundClosed.
        """
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            ratings = answers.ratings(session, taking.participant.id)
            coming = self._coming(session, taking, ratings)
            if taking.participant.state not in BEGUN:
                rounds.set_state(session, taking.participant.id, _state(coming), self._now())
            outbox.withdraw(session, here.round_id, here.user_id)
        return coming

    def answer(self, here: Here, question_id: str, rating: Rating) -> Answered:
        """Store one rating. Raises NotInRound, RoundClosed, NoSuchQuestion."""
        now = self._now()
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            saved = Saved(conversation.label(taking.questionnaire, question_id), rating)
            participant = taking.participant
            ratings = answers.ratings(session, participant.id)
            changed = ratings.get(question_id) != rating
            if changed:
                answers.save_answer(
                    session,
                    here.team_id,
                    participant_id=participant.id,
                    question_id=question_id,
                    rating=rating,
                    now=now,
                )
                ratings[question_id] = rating
            coming = self._coming(session, taking, ratings, question_id)
            if changed or _state(coming) is not participant.state:
                rounds.note_answer(session, participant.id, _state(coming), now, changed=changed)
            if isinstance(coming, Finish):
                self._want_picture(session, here, participant.id)
        return Answered(saved, coming)

    def comment(self, here: Here, question_id: str, body: str) -> Saved:
        """Store, change or take back a remark. Raises CommentTooLong and those of answer()."""
        text = _checked(body)
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            taking.questionnaire.question(question_id)
            answers.save_comment(
                session,
                here.team_id,
                participant_id=taking.participant.id,
                question_id=question_id,
                body=text,
            )
        return Saved(conversation.label(taking.questionnaire, question_id), None)

    def fix_first(self, here: Here, body: str) -> None:
        """Store what somebody would fix first. Raises CommentTooLong, NotInRound, RoundClosed."""
        text = _checked(body)
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            rounds.set_fix_first(session, taking.participant.id, text or None)

    def skip(self, here: Here) -> Taking | None:
        """Leave this round out; nothing more is sent. Raises NotInRound, RoundClosed.

        None for somebody who has begun, on an old copy of the invitation: their answers count.
        """
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            if taking.participant.state in BEGUN:
                return None
            rounds.set_state(session, taking.participant.id, ParticipantState.SKIPPED, self._now())
            outbox.withdraw(session, here.round_id, here.user_id)
        return taking

    def remind_tomorrow(self, here: Here) -> Reminder | None:
        """Send the invitation once more on the next working day; None for who has begun.

        Raises NotInRound, RoundClosed, TooLateToRemind.
        """
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            if taking.participant.state in BEGUN:
                return None
            zone = taking.participant.zone
            tomorrow = self._now().astimezone(zone_of(zone)).date() + timedelta(days=1)
            day = calendar.next_working_day(tomorrow)
            due_at = calendar.at_local_hour(day, taking.round.hour, zone)
            if due_at >= taking.round.closes_at:
                raise TooLateToRemind(taking.round.closes_at, zone)
            rounds.set_state(session, taking.participant.id, ParticipantState.INVITED, self._now())
            number = outbox.last_number(session, here.round_id, here.user_id, Kind.INVITATION)
            outbox.withdraw(session, here.round_id, here.user_id)
            outbox.enqueue(
                session,
                here.team_id,
                round_id=here.round_id,
                kind=Kind.INVITATION,
                recipient=here.user_id,
                due_at=due_at,
                number=number + 1,
                participant_id=taking.participant.id,
            )
        return Reminder(due_at, zone)

    def bring_card(self, here: Here) -> Round:
        """Send the card anew, to the bottom of the conversation. Raises NotInRound, RoundClosed."""
        with self._database.writing() as session:
            taking = self._open(session, here, hold=True)
            outbox.withdraw(session, here.round_id, here.user_id)
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

    def card(self, here: Here, question_id: str) -> Card:
        """The card of one question, with the earlier answer. Raises NotInRound, RoundClosed."""
        with self._database.reading() as session:
            taking = self._open(session, here)
            ratings = answers.ratings(session, taking.participant.id)
            return self._card(session, taking, question_id, ratings)

    def card_before(self, here: Here, question_id: str) -> Card:
        """The card before this one; the first one again when there is none."""
        with self._database.reading() as session:
            taking = self._open(session, here)
            earlier = conversation.question_before(taking.questionnaire, question_id)
            ratings = answers.ratings(session, taking.participant.id)
            return self._card(session, taking, earlier.id if earlier else question_id, ratings)

    def next(self, here: Here, after: str | None = None) -> Card | Finish:
        """What somebody sees next: an unanswered question behind `after`, else the end."""
        with self._database.reading() as session:
            taking = self._open(session, here)
            ratings = answers.ratings(session, taking.participant.id)
            return self._coming(session, taking, ratings, after)

    def own_scores(self, here: Here, revision: int) -> Finish:
        """Somebody's own scores, for their own eyes, as they are after so many changes.

        Raises NotInRound, RoundClosed, and Superseded when there was a change since.
        """
        with self._database.reading() as session:
            taking = self._open(session, here)
            if taking.participant.revision != revision:
                raise Superseded
            return self._finish(taking, answers.ratings(session, taking.participant.id))

    def invitation(self, here: Here, number: int) -> Invitation:
        """What the invitation says. Raises NotInRound, RoundClosed, and Left when they left.

        Raises AskedBefore when somebody has pressed it: then it has turned into something else,
        and whoever looks for it after a crash does not find it.
        """
        with self._database.reading() as session:
            taking = self._open(session, here)
            person = workspaces.person(session, here.team_id, here.user_id)
            invited = rounds.participation(session, here.round_id).invited
            last = outbox.last_number(session, here.round_id, here.user_id, Kind.INVITATION)
        if person is None or not person.askable:
            raise Left
        if taking.participant.state is not ParticipantState.INVITED or number < last:
            raise AskedBefore
        round_ = taking.round
        return Invitation(
            round_id=round_.id,
            team_name=round_.team_name,
            questionnaire_title=taking.questionnaire.title,
            asked_by=round_.opened_by,
            colleagues=invited - 1,
            questions=len(taking.questionnaire.core),
            closes_at=round_.closes_at,
            zone=taking.participant.zone,
            k=round_.k,
            results_channel=round_.results_channel,
            results_readers=round_.results_readers,
            by_self=round_.opened_by == here.user_id,
            again=number > 1,
        )

    def wish(self, here: Here) -> str | None:
        """What somebody wrote that they would fix first."""
        with self._database.reading() as session:
            return self._open(session, here).participant.fix_first

    def round(self, here: Here) -> Round:
        """The round somebody asks about, open or not. Raises NotInRound."""
        with self._database.reading() as session:
            return self._taking(session, here).round

    def _taking(self, session: Session, here: Here, *, hold: bool = False) -> Taking:
        found = rounds.participant(session, here.team_id, here.round_id, here.user_id, hold=hold)
        if found is None:
            raise NotInRound
        round_, participant = found
        questionnaire = self._library.version(round_.questionnaire_id, round_.questionnaire_version)
        return Taking(round_, participant, questionnaire)

    def _open(self, session: Session, here: Here, *, hold: bool = False) -> Taking:
        """Raises NotInRound, or RoundClosed when the deadline has passed or it was closed.

        With `hold` the round cannot be closed before what is being stored is stored.
        """
        taking = self._taking(session, here, hold=hold)
        ended = taking.round.closed_at or taking.round.closes_at
        if taking.round.state is not RoundState.OPEN or self._now() >= ended:
            raise RoundClosed(taking.round.team_name, ended)
        return taking

    def _coming(
        self, session: Session, taking: Taking, ratings: dict[str, Rating], after: str | None = None
    ) -> Card | Finish:
        """The card of the next unanswered question, or the end."""
        question = conversation.next_question(taking.questionnaire, ratings, after)
        if question is None:
            return self._finish(taking, ratings)
        return self._card(session, taking, question.id, ratings)

    def _want_picture(self, session: Session, here: Here, participant_id: int) -> None:
        """Write down a picture of somebody's own scores, once for each set of answers.

        Together with the answer that completes them: in between a crash would forget it.
        """
        participant = self._taking(session, here).participant
        outbox.enqueue(
            session,
            here.team_id,
            round_id=here.round_id,
            kind=Kind.OWN_RADAR,
            recipient=here.user_id,
            due_at=self._now(),
            number=participant.revision,
            participant_id=participant_id,
        )

    def _card(
        self, session: Session, taking: Taking, question_id: str, ratings: dict[str, Rating]
    ) -> Card:
        return conversation.card(
            taking.questionnaire,
            taking.questionnaire.question(question_id),
            round_id=taking.round.id,
            ratings=ratings,
            comment=answers.comment(session, taking.participant.id, question_id),
        )

    def _finish(self, taking: Taking, ratings: dict[str, Rating]) -> Finish:
        questionnaire = taking.questionnaire
        return Finish(
            round_id=taking.round.id,
            team_name=taking.round.team_name,
            round_title=taking.round.title,
            closes_at=taking.round.closes_at,
            zone=taking.participant.zone,
            scores=disclosure.own(questionnaire, ratings),
            answers=tuple(
                OwnAnswer(
                    question.id,
                    conversation.label(questionnaire, question.id),
                    question.short_title,
                    ratings[question.id],
                )
                for question in questionnaire.core
                if question.id in ratings
            ),
            fix_first=taking.participant.fix_first,
        )


def _state(coming: Card | Finish) -> ParticipantState:
    """Finished when every core question has an answer, else started."""
    return ParticipantState.FINISHED if isinstance(coming, Finish) else ParticipantState.STARTED


def _checked(body: str) -> str:
    text = body.strip()
    if len(text) > COMMENT_MOST:
        raise CommentTooLong(len(text), COMMENT_MOST)
    return text
