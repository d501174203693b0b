"""Workspaces, people and locked questionnaires; what is of one workspace stays there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from questionnaires.errors import QuestionnaireChanged
from questionnaires.model import Questionnaire
from questionnaires.rounds import SLACKBOT, Person
from storage import workspaces
from storage.database import Database

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def acme(database: Database) -> Database:
    """A database with two workspaces."""
    with database.writing() as session:
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
        workspaces.save_workspace(session, "T2", "Other", "UBOT")
    return database


def test_a_workspace_saved_again_still_knows_when_its_people_were_read(acme: Database) -> None:
    with acme.writing() as session:
        assert workspaces.people_read_at(session, "T1") is None
        workspaces.mark_people_read(session, "T1", NOW)
        workspaces.save_workspace(session, "T1", "Acme, renamed", "UBOT2")
    with acme.reading() as session:
        assert workspaces.people_read_at(session, "T1") == NOW
        assert workspaces.people_read_at(session, "T2") is None
        assert workspaces.people_read_at(session, "T9") is None


def test_a_person_is_kept_with_all_that_is_known(acme: Database) -> None:
    person = Person(
        "U1", "Ann", "Asia/Kolkata", deleted=True, bot=True, guest=True, stranger=True, admin=True
    )
    with acme.writing() as session:
        workspaces.save_people(session, "T1", [person])
    with acme.reading() as session:
        assert workspaces.person(session, "T1", "U1") == person
        assert workspaces.person(session, "T1", "U2") is None


def test_people_who_changed_are_overwritten(acme: Database) -> None:
    with acme.writing() as session:
        workspaces.save_people(session, "T1", [Person("U1", "Ann", "UTC", admin=True)])
        workspaces.save_people(session, "T1", [Person("U1", "Anna"), Person("U1", "Anne")])
        assert workspaces.person(session, "T1", "U1") == Person("U1", "Anne")


def test_the_same_person_may_be_in_two_workspaces(acme: Database) -> None:
    with acme.writing() as session:
        workspaces.save_people(session, "T1", [Person("U1", "Ann", admin=True)])
        workspaces.save_people(session, "T2", [Person("U1", "Other"), Person("U2", "Ben")])
    with acme.reading() as session:
        assert workspaces.people(session, "T1", ["U2", "U1"]) == [Person("U1", "Ann", admin=True)]
        assert workspaces.people(session, "T2", ["U2", "U1"]) == [
            Person("U1", "Other"),
            Person("U2", "Ben"),
        ]
        assert workspaces.admins(session, "T2") == []


def test_two_thousand_people_are_read_at_once(acme: Database) -> None:
    everybody = [Person(f"U{number:04}", f"Person {number}") for number in range(2_000)]
    with acme.writing() as session:
        workspaces.save_people(session, "T1", everybody)
    with acme.reading() as session:
        found = workspaces.people(session, "T1", [person.user_id for person in everybody])
        assert found == everybody
        assert workspaces.people(session, "T1", []) == []


def test_admins_are_people_who_can_be_asked(acme: Database) -> None:
    with acme.writing() as session:
        workspaces.save_people(
            session,
            "T1",
            [
                Person("U3", "Cy", admin=True),
                Person("U1", "Ann", admin=True),
                Person("U2", "Gone", deleted=True, admin=True),
                Person("U4", "Dee"),
                Person(SLACKBOT, "Slackbot", admin=True),
            ],
        )
    with acme.reading() as session:
        found = workspaces.admins(session, "T1")
    assert [person.user_id for person in found] == ["U1", "U3"]


def test_a_version_that_was_asked_is_locked(acme: Database, questionnaire: Questionnaire) -> None:
    with acme.writing() as session:
        workspaces.lock_questionnaire(session, "T1", questionnaire, NOW)
        workspaces.lock_questionnaire(session, "T1", questionnaire, NOW)

    def lock_another() -> None:
        with acme.writing() as session:
            edited = replace(questionnaire, digest="edited", source="version = 1 # edited")
            workspaces.lock_questionnaire(session, "T1", edited, NOW)

    with pytest.raises(QuestionnaireChanged) as refused:
        lock_another()
    assert (refused.value.questionnaire_id, refused.value.version) == ("mlops-scorecard", 1)
    with acme.reading() as session:
        assert workspaces.asked_questionnaires(session) == [
            ("mlops-scorecard", 1, "abc", "version = 1")
        ]


def test_another_version_or_workspace_has_its_own_lock(
    acme: Database, questionnaire: Questionnaire
) -> None:
    with acme.writing() as session:
        workspaces.lock_questionnaire(session, "T1", questionnaire, NOW)
        workspaces.lock_questionnaire(session, "T2", replace(questionnaire, digest="x"), NOW)
        second = replace(questionnaire, version=2, digest="y")
        workspaces.lock_questionnaire(session, "T1", second, NOW)
        assert len(workspaces.asked_questionnaires(session)) == 3


def test_two_rounds_that_open_at_once_lock_the_same_version(
    acme: Database, questionnaire: Questionnaire, at_once: AtOnce
) -> None:
    def lock() -> None:
        with acme.writing() as session:
            workspaces.lock_questionnaire(session, "T1", questionnaire, NOW)

    for version in range(5):
        questionnaire = replace(questionnaire, version=version)
        at_once(lock, lock, lock)
    with acme.reading() as session:
        assert len(workspaces.asked_questionnaires(session)) == 5
