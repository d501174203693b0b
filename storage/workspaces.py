"""Workspaces, their people as Slack described them last, and the versions that were asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists
from sqlmodel import Session, col, select

from questionnaires.calendar import zone_of
from questionnaires.errors import QuestionnaireChanged
from questionnaires.model import Questionnaire
from questionnaires.roles import Role
from questionnaires.rounds import Person
from storage.database import insert_unless_there, upsert
from storage.rounds import IS_REHEARSAL
from storage.tables import PersonRow, QuestionnaireRow, RoundRow, WorkspaceRow

ASKS = and_(
    col(RoundRow.team_id) == col(QuestionnaireRow.team_id),
    col(RoundRow.questionnaire_id) == col(QuestionnaireRow.questionnaire_id),
    col(RoundRow.questionnaire_version) == col(QuestionnaireRow.version),
)
ONLY_REHEARSED = exists().where(ASKS, IS_REHEARSAL) & ~exists().where(ASKS, ~IS_REHEARSAL)

Version = tuple[str, int, str, str]  # id, version, digest, source


def save_workspace(session: Session, team_id: str, name: str, bot_user_id: str) -> None:
    row = WorkspaceRow(team_id=team_id, name=name, bot_user_id=bot_user_id)
    upsert(session, row, keep=("people_read_at", "ticked_at"))


def is_kept(session: Session, team_id: str) -> bool:
    """Whether anything is kept of the workspace at all."""
    return session.get(WorkspaceRow, team_id) is not None


def hold_person(session: Session, team_id: str, user_id: str) -> None:
    """Until the transaction ends nobody else decides what this person is sent."""
    session.get(PersonRow, (team_id, user_id), with_for_update=True)


def stopped(session: Session, team_id: str, *, hold: bool = False) -> tuple[datetime, str] | None:
    """Since when, and with which word of Slack's, nothing goes out; None when all is well.

    With `hold` nobody else decides over the workspace before the transaction ends.
    """
    found = session.get(WorkspaceRow, team_id, with_for_update=hold)
    if found is None or found.stopped_at is None:
        return None
    return found.stopped_at, found.stopped_why or ""


def set_stopped(session: Session, team_id: str, at: datetime | None, why: str | None) -> None:
    found = session.get_one(WorkspaceRow, team_id)
    found.stopped_at, found.stopped_why = at, why
    session.add(found)


def people_read_at(session: Session, team_id: str) -> datetime | None:
    """When the whole list of people was last read from Slack."""
    found = session.get(WorkspaceRow, team_id)
    return found.people_read_at if found else None


def save_people(session: Session, team_id: str, people: Iterable[Person]) -> None:
    """As Slack describes them; what they said of themselves stays."""
    rows = (PersonRow(team_id=team_id, **_columns(person)) for person in people)
    upsert(session, *rows, keep=("role",))


def set_role(session: Session, team_id: str, user_id: str, role: Role) -> None:
    """What somebody does, by their own word: for the rounds to come."""
    found = session.get_one(PersonRow, (team_id, user_id))
    found.role = role.value
    session.add(found)


def mark_people_read(session: Session, team_id: str, at: datetime) -> None:
    found = session.get_one(WorkspaceRow, team_id)
    found.people_read_at = at
    session.add(found)


def person(session: Session, team_id: str, user_id: str) -> Person | None:
    found = session.get(PersonRow, (team_id, user_id))
    return _person(found) if found else None


def zone(session: Session, team_id: str, user_id: str) -> str:
    """Somebody's own time zone; UTC when Slack does not tell."""
    found = person(session, team_id, user_id)
    return str(zone_of(found.zone if found else None))


def people(session: Session, team_id: str, user_ids: Iterable[str]) -> list[Person]:
    """Those of the given ids that are known, in the order of their ids."""
    wanted = select(PersonRow).where(
        PersonRow.team_id == team_id, col(PersonRow.user_id).in_(list(user_ids))
    )
    return [_person(row) for row in session.exec(wanted.order_by(PersonRow.user_id))]


def admins(session: Session, team_id: str) -> list[Person]:
    """The workspace's owners and admins, in the order of their ids."""
    wanted = select(PersonRow).where(PersonRow.team_id == team_id, col(PersonRow.admin).is_(True))
    found = [_person(row) for row in session.exec(wanted.order_by(PersonRow.user_id))]
    return [person for person in found if person.askable()]


def lock_questionnaire(
    session: Session, team_id: str, questionnaire: Questionnaire, now: datetime
) -> None:
    """Keep a version as it is asked. Raises QuestionnaireChanged when it was asked otherwise.

    What was only rehearsed was never asked: it may have been edited since.
    """
    row = QuestionnaireRow(
        team_id=team_id,
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        source=questionnaire.source,
        first_asked_at=now,
    )
    if insert_unless_there(session, row):
        return
    kept = select(QuestionnaireRow.digest, ONLY_REHEARSED).where(
        QuestionnaireRow.team_id == team_id,
        QuestionnaireRow.questionnaire_id == questionnaire.id,
        QuestionnaireRow.version == questionnaire.version,
    )
    digest, only_rehearsed = session.exec(kept).one()
    if only_rehearsed:
        upsert(session, row)
    elif digest != questionnaire.digest:
        raise QuestionnaireChanged(questionnaire.id, questionnaire.version)


def asked_questionnaires(session: Session) -> list[Version]:
    """Every version that was asked anywhere."""
    return _versions(session, ~ONLY_REHEARSED)


def rehearsed_questionnaires(session: Session) -> list[Version]:
    """Those that nobody was asked for real: kept until the rehearsal is over."""
    return _versions(session, ONLY_REHEARSED)


def _versions(session: Session, which: ColumnElement[bool]) -> list[Version]:
    rows = session.exec(select(QuestionnaireRow).where(which))
    return [(row.questionnaire_id, row.version, row.digest, row.source) for row in rows]


def _columns(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__slots__}


def _person(row: PersonRow) -> Person:
    return Person(**{name: getattr(row, name) for name in Person.__slots__})
