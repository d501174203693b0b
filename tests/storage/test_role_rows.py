"""What people said that they do: kept for a person, and for each round as it was then."""

from datetime import date

from questionnaires.roles import Role
from questionnaires.rounds import Participant, Person, Round, RoundState
from storage import participants, rounds, workspaces
from storage.database import Database
from tests.storage.conftest import NOW


def say(database: Database, user_id: str, role: Role) -> None:
    with database.writing() as session:
        workspaces.set_role(session, "T1", user_id, role)


def roles_in(database: Database, round_id: int) -> dict[str, Role | None]:
    with database.reading() as session:
        return {one.user_id: one.role for one in participants.of_round(session, round_id)}


def test_a_round_takes_over_what_was_said_and_keeps_what_it_has(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    say(database, "U1", Role.PLATFORM)
    with database.writing() as session:
        participants.take_over_roles(session, opened.id)
    assert roles_in(database, opened.id) == {"U1": Role.PLATFORM, "U2": None}

    say(database, "U1", Role.PRODUCT)
    with database.writing() as session:
        participants.take_over_roles(session, opened.id)
    assert roles_in(database, opened.id) == {"U1": Role.PLATFORM, "U2": None}


def test_what_somebody_said_in_another_workspace_is_not_taken_over(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.writing() as session:
        workspaces.set_role(session, "T2", "U1", Role.PLATFORM)
        participants.take_over_roles(session, opened.id)
    assert roles_in(database, opened.id) == {"U1": None, "U2": None}


def test_who_is_read_from_slack_again_keeps_their_role(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    say(database, "U1", Role.PLATFORM)
    with database.writing() as session:
        workspaces.save_people(session, "T1", [Person("U1", "Ann, married", "UTC")])
        participants.take_over_roles(session, opened.id)
    assert roles_in(database, opened.id)["U1"] == Role.PLATFORM


def test_somebody_is_found_in_their_open_rounds_only(
    database: Database, opened: Round, asked: list[Participant], a_round: Round
) -> None:
    with database.writing() as session:
        rounds.move(session, opened.id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=NOW)
        second = rounds.add_round(session, a_round, date(2026, 4, 6))
        participants.add(session, "T1", second.id, [("U1", "UTC", NOW)])
    with database.writing() as session:
        found = participants.in_open_rounds(session, "T1", "U1")
        assert [(round_.id, one.user_id) for round_, one in found] == [(second.id, "U1")]
        assert participants.in_open_rounds(session, "T1", "U2") == []
        assert participants.in_open_rounds(session, "T2", "U1") == []
        assert participants.count(session, opened.id) == 2
        assert participants.count(session, 2**31 - 1) == 0


def test_the_role_of_one_participant_is_set(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.writing() as session:
        participants.set_role(session, asked[1].id, Role.DATA_SCIENCE)
    assert roles_in(database, opened.id) == {"U1": None, "U2": Role.DATA_SCIENCE}
