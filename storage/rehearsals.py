"""Rehearsals: rows like those of any round, found apart from them, and deleted when it is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from questionnaires.rehearsal import Colleague
from questionnaires.rounds import (
    Manner,
    ParticipantState,
    Round,
    RoundState,
    ScorecardState,
    SetUp,
)
from storage.database import execute
from storage.rounds import IS_REHEARSAL, round_of
from storage.tables import (
    AnswerRow,
    CommentRow,
    MessageRow,
    ParticipantRow,
    QuestionnaireRow,
    ResultRow,
    RoundRow,
    ScorecardRow,
)
from storage.workspaces import ASKS

Place = tuple[str, str]


def add_scorecard(session: Session, team_id: str, set_up: SetUp, now: datetime) -> int:
    """One for each person at a time; returns its id."""
    row = ScorecardRow(
        team_id=team_id,
        state=ScorecardState.ACTIVE.value,
        team_name=set_up.team_name,
        name_key=_name_key(set_up.created_by),
        questionnaire_id=set_up.questionnaire_id,
        guests=set_up.guests,
        results_channel=set_up.results_channel,
        cadence=set_up.cadence.value,
        zone=set_up.zone,
        hour=set_up.hour,
        days_open=set_up.days_open,
        weekend=set_up.weekend.value,
        created_by=set_up.created_by,
        created_at=now,
        manner=Manner.REHEARSAL.value,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def add_colleagues(
    session: Session, round_: Round, colleagues: Sequence[Colleague], now: datetime
) -> None:
    """Made-up people who have finished, with their answers; nothing is ever sent to them."""
    rows = [
        ParticipantRow(
            team_id=round_.team_id,
            round_id=round_.id,
            user_id=one.user_id,
            role=one.role,
            zone=round_.zone,
            state=ParticipantState.FINISHED.value,
            ask_at=now,
        )
        for one in colleagues
    ]
    session.add_all(rows)
    session.flush()
    for row, one in zip(rows, colleagues, strict=True):
        session.add_all(
            AnswerRow(
                participant_id=row.id or 0,
                question_id=question_id,
                team_id=round_.team_id,
                kind=rating.kind.value,
                level=rating.level,
                reason=rating.reason,
                answered_at=now,
            )
            for question_id, rating in one.ratings.items()
        )
        if one.comment is not None:
            question_id, body = one.comment
            session.add(
                CommentRow(
                    participant_id=row.id or 0,
                    question_id=question_id,
                    team_id=round_.team_id,
                    body=body,
                )
            )
    session.flush()


def of_person(session: Session, team_id: str, user_id: str) -> Round | None:
    """The rehearsal that somebody has under way."""
    wanted = (
        select(RoundRow)
        .join(ScorecardRow, col(ScorecardRow.id) == col(RoundRow.scorecard_id))
        .where(ScorecardRow.team_id == team_id, ScorecardRow.name_key == _name_key(user_id))
    )
    row = session.exec(wanted).first()
    return round_of(row) if row else None


def running(session: Session) -> list[Round]:
    """Every rehearsal, oldest first. None is ever posted: history is not looked through."""
    still_there = col(RoundRow.state).in_([RoundState.OPEN.value, RoundState.CLOSED.value])
    wanted = select(RoundRow).where(still_there, IS_REHEARSAL).order_by(col(RoundRow.id))
    return [round_of(row) for row in session.exec(wanted)]


def under_way(session: Session) -> list[tuple[Round, str]]:
    """Every rehearsal, with the digest of the questions it was begun with; oldest first."""
    wanted = (
        select(RoundRow, QuestionnaireRow.digest)
        .join(QuestionnaireRow, ASKS)
        .where(IS_REHEARSAL)
        .order_by(col(RoundRow.id))
    )
    return [(round_of(row), digest) for row, digest in session.exec(wanted)]


def purge(session: Session, round_id: int) -> Place | None:
    """Delete all of a rehearsal, and the questions where no other round asks them.

    Returns where its card hangs, if somewhere. Whatever is no rehearsal stays as it is.
    """
    row = session.get(RoundRow, round_id, with_for_update=True)
    if row is None or row.manner != Manner.REHEARSAL.value:
        return None
    round_ = round_of(row)
    card = _card(session, round_id)
    people = select(ParticipantRow.id).where(ParticipantRow.round_id == round_id)
    for statement in (
        delete(MessageRow).where(col(MessageRow.round_id) == round_id),
        delete(AnswerRow).where(col(AnswerRow.participant_id).in_(people)),
        delete(CommentRow).where(col(CommentRow.participant_id).in_(people)),
        delete(ResultRow).where(col(ResultRow.round_id) == round_id),
        delete(ParticipantRow).where(col(ParticipantRow.round_id) == round_id),
        delete(RoundRow).where(col(RoundRow.id) == round_id),
        delete(ScorecardRow).where(col(ScorecardRow.id) == round_.scorecard_id),
        delete(QuestionnaireRow).where(
            col(QuestionnaireRow.team_id) == round_.team_id,
            col(QuestionnaireRow.questionnaire_id) == round_.questionnaire_id,
            col(QuestionnaireRow.version) == round_.questionnaire_version,
            ~exists().where(ASKS),
        ),
    ):
        execute(session, statement)
    return card


def _card(session: Session, round_id: int) -> Place | None:
    wanted = select(ParticipantRow.card_channel, ParticipantRow.card_ts).where(
        ParticipantRow.round_id == round_id, col(ParticipantRow.card_ts).is_not(None)
    )
    found = session.exec(wanted).first()
    return (str(found[0]), str(found[1])) if found else None


def _name_key(user_id: str) -> str:
    """What no team can be called: names of teams are compared in lower case."""
    return f"Rehearsal {user_id}"
