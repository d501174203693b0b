"""Erasing, as rows: what goes, what stays, and whose; on both databases."""

from datetime import UTC, datetime, timedelta

from questionnaires.model import Rating
from questionnaires.roles import Role
from questionnaires.rounds import Participant, Person, Round, RoundState
from storage import answers, erasing, keeping, participants, rounds, workspaces
from storage.database import Database
from tests.storage.conftest import NOW

LATER = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)


def say(database: Database, one: Participant, text: str = "mine") -> None:
    with database.writing() as session:
        answers.save_answer(
            session,
            "T1",
            participant_id=one.id,
            question_id="Q1",
            rating=Rating.not_applicable(text),
            now=NOW,
        )
        answers.save_comment(session, "T1", participant_id=one.id, question_id="Q2", body=text)
        participants.set_fix_first(session, one.id, text)
        participants.set_role(session, one.id, Role.PLATFORM)
        workspaces.set_role(session, "T1", one.user_id, Role.PLATFORM)


def close(database: Database, round_: Round) -> None:
    with database.writing() as session:
        assert rounds.move(
            session, round_.id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=LATER
        )


def spoke(database: Database, user_id: str) -> list[erasing.Said]:
    with database.reading() as session:
        return [said for *_, said in erasing.own_rounds(session, "T1", user_id)]


def test_all_that_one_person_said_goes_and_nobody_elses(
    database: Database, asked: list[Participant]
) -> None:
    ann, ben = asked
    for one in asked:
        say(database, one)
    with database.writing() as session:
        [(_, one, _)] = erasing.own_rounds(session, "T1", "U1", hold=True)
        assert one.id == ann.id
        erasing.erase(session, [ann.id])
        erasing.erase_role_for_later(session, "T1", "U1")
    assert spoke(database, "U1") == [erasing.Said(0, 0, wish=False, role=False)]
    assert spoke(database, "U2") == [erasing.Said(1, 1, wish=True, role=True)]
    with database.reading() as session:
        assert keeping.role(session, "T1", "U1") is None
        assert keeping.role(session, "T1", "U2") is Role.PLATFORM
        assert keeping.ratings(session, ann.id) == {}
        assert keeping.comments(session, ben.id) == {"Q2": "mine"}


def test_another_workspace_and_rehearsals_are_not_looked_into(
    database: Database, asked: list[Participant], opened: Round
) -> None:
    say(database, asked[0])
    with database.reading() as session:
        assert erasing.own_rounds(session, "T2", "U1") == []
        assert keeping.parts(session, "T2", "U1") == []
        assert keeping.messages(session, "T2", "U1") == []
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE rounds SET manner = 'rehearsal'")
    close(database, opened)
    with database.reading() as session:
        assert erasing.own_rounds(session, "T1", "U1") == []
        assert keeping.parts(session, "T1", "U1") == []
        assert erasing.expired(session, LATER) == []


def test_a_round_is_marked_once(database: Database, opened: Round) -> None:
    close(database, opened)
    for day in range(3):
        with database.writing() as session:
            erasing.mark(session, opened.id, LATER + timedelta(days=day))
    with database.reading() as session:
        found = rounds.round_(session, opened.id)
    assert found is not None
    assert found.erased_at == LATER


def test_what_has_expired_is_found_until_it_is_empty(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    say(database, asked[0])
    with database.reading() as session:
        assert erasing.expired(session, LATER) == []
    close(database, opened)
    with database.writing() as session:
        assert erasing.expired(session, LATER - timedelta(seconds=1)) == []
        assert erasing.expired(session, LATER) == [opened.id]
        assert erasing.who_spoke(session, opened.id, 9) == [asked[0].id]
        erasing.erase(session, [asked[0].id])
        assert erasing.who_spoke(session, opened.id, 9) == []
        erasing.empty(session, opened.id, LATER)
        assert erasing.expired(session, LATER) == []


def test_a_role_goes_with_the_last_round_of_its_person(
    database: Database, a_round: Round, opened: Round, asked: list[Participant]
) -> None:
    for one in asked:
        say(database, one)
    close(database, opened)
    with database.writing() as session:
        workspaces.save_people(session, "T1", [Person("U3", "Cy")])
        workspaces.set_role(session, "T1", "U3", Role.PRODUCT)
        newer = rounds.add_round(session, a_round, LATER.date())
        participants.add(session, "T1", newer.id, [("U2", "UTC", LATER)])
        erasing.empty(session, opened.id, LATER)
        assert keeping.role(session, "T1", "U1") is None
        assert keeping.role(session, "T1", "U2") is Role.PLATFORM
        assert keeping.role(session, "T1", "U3") is Role.PRODUCT
