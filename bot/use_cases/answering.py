"""What a respondent answers: levels, reasons, comments. Every press is stored at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.participants import BEGUN, Here, Participants, Taking
from questionnaires import conversation, disclosure, roles
from questionnaires.conversation import Card, Face, Finish, RoleQuestion, Saved
from questionnaires.errors import (
    CommentTooLong,
    StalePress,
    Superseded,
)
from questionnaires.messages import ASKING, BEFORE_CARD, Kind
from questionnaires.model import COMMENT_MOST, Rating
from questionnaires.roles import Role
from questionnaires.rounds import STILL_THERE, Manner, ParticipantState
from storage import answers, outbox, participants, prompts, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Answered:
    """What a press has stored, and what the person sees next."""

    saved: Saved
    coming: Face


class Answering:
    def __init__(self, database: Database, participants: Participants, now: Clock) -> None:
        self._database = database
        self._participants = participants
        self._now = now

    def start(self, here: Here) -> Face:
        """Somebody begins, or takes part after all; returns what they see next.

        Raises NotInRound, RoundClosed.
        """
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            ratings = answers.ratings(session, taking.participant.id)
            coming = self._coming(session, taking, ratings)
            _note_presence(session, taking)
            if taking.participant.state not in BEGUN:
                participants.set_state(session, taking.participant.id, _state(coming), self._now())
            prompts.seen(session, here.round_id, here.user_id)
            outbox.withdraw(session, here.round_id, here.user_id, kinds=BEFORE_CARD)
        return coming

    def answer(self, here: Here, question_id: str, rating: Rating) -> Answered:
        """Store one rating.

        Raises NotInRound, RoundClosed, NoSuchQuestion, LevelOutOfScale.
        """
        now = self._now()
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            taking.questionnaire.check(rating)
            saved = conversation.saved(taking.questionnaire, question_id, rating)
            participant = taking.participant
            _note_presence(session, taking)
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
                participants.note_answer(
                    session, participant.id, _state(coming), now, changed=changed
                )
            if isinstance(coming, Finish):
                outbox.withdraw(session, here.round_id, here.user_id, kinds=ASKING)
                self._want_picture(session, here, participant.id)
        return Answered(saved, coming)

    def comment(self, here: Here, question_id: str, body: str) -> Saved:
        """Store, change or take back a remark. Raises CommentTooLong and those of answer()."""
        text = _checked(body)
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            taking.questionnaire.asked_question(question_id)
            answers.save_comment(
                session,
                here.team_id,
                participant_id=taking.participant.id,
                question_id=question_id,
                body=text,
            )
        return conversation.saved(taking.questionnaire, question_id, None)

    def fix_first(self, here: Here, body: str) -> None:
        """Store what somebody would fix first. Raises CommentTooLong, NotInRound, RoundClosed."""
        text = _checked(body)
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            participants.set_fix_first(session, taking.participant.id, text or None)

    def card(self, here: Here, question_id: str) -> Card:
        """The card of one question, with the earlier answer. Raises NotInRound, RoundClosed."""
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
            ratings = answers.ratings(session, taking.participant.id)
            return self._card(session, taking, question_id, ratings)

    def ready_reason(self, here: Here, question_id: str, number: int) -> Rating:
        """Why a question doesn't apply, out of its ready reasons.

        Raises NotInRound, RoundClosed, and StalePress for a reason that is not among them.
        """
        reasons = self.card(here, question_id).question.not_applicable
        if number not in range(len(reasons)):
            raise StalePress
        return Rating.not_applicable(reasons[number])

    def back(self, here: Here, question_id: str) -> Card | Finish:
        """Where Back leads: to the end for somebody who came from there, else one card back.

        The first card again when there is none before it. Raises NotInRound, RoundClosed.
        """
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
            ratings = answers.ratings(session, taking.participant.id)
            shown = self._card(session, taking, question_id, ratings)
            if shown.done:
                return self._finish(session, taking, ratings)
            earlier = conversation.question_before(taking.questionnaire, question_id)
            return self._card(session, taking, earlier.id, ratings) if earlier else shown

    def next(self, here: Here) -> Face:
        """The card of the first open question, else the end; before all of them the role.

        Raises NotInRound, RoundClosed.
        """
        with self._database.reading() as session:
            taking = self._participants.find_to_show(session, here)
            ratings = answers.ratings(session, taking.participant.id)
            return self._coming(session, taking, ratings)

    def own_scores(self, here: Here, revision: int) -> Finish:
        """Somebody's own scores, for their own eyes, as they are after so many changes.

        Raises NotInRound, RoundClosed, and Superseded when there was a change since.
        """
        with self._database.reading() as session:
            taking = self._participants.find_to_show(session, here)
            if taking.participant.revision != revision:
                raise Superseded
            return self._finish(session, taking, answers.ratings(session, taking.participant.id))

    def has_begun(self, here: Here) -> bool:
        """Whether somebody has answered anything, or pressed Start. Raises NotInRound."""
        with self._database.reading() as session:
            return self._participants.find(session, here).participant.state in BEGUN

    def wish(self, here: Here) -> tuple[str | None, Manner]:
        """What somebody wrote that they would fix first, and in which manner of round."""
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
        return taking.participant.fix_first, taking.round.manner

    def role_question(self, here: Here) -> RoleQuestion:
        """The question for somebody's role, once more.

        Raises NotInRound, RoundClosed, and StalePress in a round too small for roles.
        """
        with self._database.reading() as session:
            taking = self._participants.find_open(session, here)
            _refuse_small(session, taking)
            return _role_question(taking, answers.ratings(session, taking.participant.id))

    def choose_role(self, here: Here, role: Role) -> Face:
        """Store what somebody does: for this round, for their other open ones, and for later.

        Returns what they see next. Raises what role_question() does.
        """
        with self._database.writing() as session:
            taking = self._participants.find_open(session, here, hold=True)
            _refuse_small(session, taking)
            self._keep_role(session, here, taking, role)
            _note_presence(session, taking)
            told = replace(taking, participant=replace(taking.participant, role=role))
            coming = self._coming(session, told, answers.ratings(session, told.participant.id))
            if told.participant.state not in BEGUN:
                participants.set_state(session, told.participant.id, _state(coming), self._now())
        return coming

    def _keep_role(self, session: Session, here: Here, taking: Taking, role: Role) -> None:
        """Of a rehearsal nothing is kept for later, nor for other rounds."""
        if taking.round.manner is Manner.REHEARSAL:
            participants.set_role(session, taking.participant.id, role)
            return
        workspaces.set_role(session, here.team_id, here.user_id, role)
        for round_, one in participants.in_open_rounds(session, here.team_id, here.user_id):
            counts = one.role or roles.are_asked(participants.count(session, round_.id))
            if counts and self._now() < round_.closes_at:
                participants.set_role(session, one.id, role)

    def _coming(
        self, session: Session, taking: Taking, ratings: dict[str, Rating], after: str | None = None
    ) -> Face:
        """The card of the next unanswered question, or the end; before all of them the role.

        Whoever rather didn't say is not asked again once there is an answer.
        """
        if not ratings and taking.participant.role is None and _are_asked(session, taking):
            return _role_question(taking, ratings)
        question = conversation.next_question(taking.questionnaire, ratings, after)
        if question is None:
            return self._finish(session, taking, ratings)
        return self._card(session, taking, question.id, ratings)

    def _want_picture(self, session: Session, here: Here, participant_id: int) -> None:
        """Write down a picture of somebody's own scores, once for each set of answers.

        Together with the answer that completes them: in between a crash would forget it.
        """
        participant = self._participants.find(session, here).participant
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
            taking.questionnaire.asked_question(question_id),
            round_id=taking.round.id,
            ratings=ratings,
            comment=answers.comment(session, taking.participant.id, question_id),
            manner=taking.round.manner,
        )

    def _finish(self, session: Session, taking: Taking, ratings: dict[str, Rating]) -> Finish:
        role = taking.participant.role
        return Finish(
            round_id=taking.round.id,
            team_name=taking.round.team_name,
            round_title=taking.round.title,
            closes_at=taking.round.closes_at,
            zone=taking.participant.zone,
            scores=disclosure.own(taking.questionnaire, ratings),
            answers=conversation.own_answers(taking.questionnaire, ratings),
            fix_first=taking.participant.fix_first,
            scale=taking.questionnaire.scale,
            manner=taking.round.manner,
            asks_role=role is not None or _are_asked(session, taking),
            role=role,
        )


def _are_asked(session: Session, taking: Taking) -> bool:
    """Whether roles count in this round."""
    return roles.are_asked(participants.count(session, taking.round.id))


def _refuse_small(session: Session, taking: Taking) -> None:
    """No honest button asks for a role where it would point at somebody."""
    if taking.participant.role is None and not _are_asked(session, taking):
        raise StalePress


def _role_question(taking: Taking, ratings: dict[str, Rating]) -> RoleQuestion:
    first = None if ratings else taking.questionnaire.asked[0].id
    return RoleQuestion(taking.round.id, taking.participant.role, first)


def _note_presence(session: Session, taking: Taking) -> None:
    """Whoever presses can be reached after all."""
    why = taking.participant.left_alone
    if why is not None and why not in STILL_THERE:
        participants.leave_alone(session, taking.participant.id, None)


def _state(coming: Face) -> ParticipantState:
    """Finished when every question that is asked has an answer, else started."""
    return ParticipantState.FINISHED if isinstance(coming, Finish) else ParticipantState.STARTED


def _checked(body: str) -> str:
    text = body.strip()
    if len(text) > COMMENT_MOST:
        raise CommentTooLong(len(text), COMMENT_MOST)
    return text
