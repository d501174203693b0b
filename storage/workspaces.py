"""Workspaces, their people as Slack described them last, and the versions that were asked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from questionnaires.calendar import zone_of
from questionnaires.errors import QuestionnaireChanged
from questionnaires.model import Questionnaire
from questionnaires.roles import Role
from questionnaires.rounds import Person
from storage.database import insert_unless_there, upsert
from storage.tables import PersonRow, QuestionnaireRow, WorkspaceRow


def save_workspace(session: Session, team_id: str, name: str, bot_user_id: str) -> None:
    row = WorkspaceRow(team_id=team_id, name=name, bot_user_id=bot_user_id)
    upsert(session, row, keep=("people_read_at", "ticked_at"))


def hold_person(session: Session, team_id: str, user_id: str) -> None:
    """Until the transaction ends nobody else decides what this person is sent."""
    session.get(PersonRow, (team_id, user_id), with_for_update=True)


def stopped(session: Session, team_id: str) -> tuple[datetime, str] | None:
    """Since when, and with which word of Slack's, nothing goes out; None when all is well."""
    found = session.get(WorkspaceRow, team_id)
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
    """Keep a version as it is asked. Raises QuestionnaireChanged when it was asked otherwise."""
    row = QuestionnaireRow(
        team_id=team_id,
        questionnaire_id=questionnaire.id,
        version=questionnaire.version,
        digest=questionnaire.digest,
        source=questionnaire.source,
        first_asked_at=now,
    )
    insert_unless_there(session, row)
    key = (team_id, questionnaire.id, questionnaire.version)
    if session.get_one(QuestionnaireRow, key).digest != questionnaire.digest:
        raise QuestionnaireChanged(questionnaire.id, questionnaire.version)


def asked_questionnaires(session: Session) -> list[tuple[str, int, str, str]]:
    """Every version that was asked anywhere: id, version, digest, source."""
    rows = session.exec(select(QuestionnaireRow))
    return [(row.questionnaire_id, row.version, row.digest, row.source) for row in rows]


def _columns(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in Person.__slots__}


def _person(row: PersonRow) -> Person:
    return Person(**{name: getattr(row, name) for name in Person.__slots__})
