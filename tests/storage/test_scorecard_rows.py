"""Scorecards: a draft becomes active once; one active scorecard per name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from questionnaires.calendar import Cadence, Weekend
from questionnaires.errors import ScorecardExists
from questionnaires.rounds import Audience, Manner, Scorecard, ScorecardState, SetUp
from storage import scorecards, workspaces
from storage.database import Database

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)


@pytest.fixture
def acme(database: Database) -> Database:
    """A database with two workspaces."""
    with database.writing() as session:
        for team_id in ("T1", "T2"):
            workspaces.save_workspace(session, team_id, team_id, "UBOT")
    return database


def draft(database: Database, set_up: SetUp, team_id: str = "T1") -> Scorecard:
    with database.writing() as session:
        number = scorecards.add_draft(session, team_id, set_up, NOW)
        found = scorecards.scorecard(session, team_id, number)
    assert found is not None
    return found


def activate(database: Database, scorecard: Scorecard) -> bool:
    with database.writing() as session:
        return scorecards.activate(session, scorecard, DAY, DAY)


def test_a_set_up_comes_back_as_it_was_entered(acme: Database) -> None:
    set_up = SetUp(
        team_name="Modèles 🦊",
        questionnaire_id="mlops-scorecard",
        audience=Audience(None, ("U1", "U2"), "S1"),
        results_channel="C2",
        cadence=Cadence.ONCE,
        zone="Asia/Kolkata",
        created_by="U1",
        days_open=3,
        hour=14,
        weekend=Weekend.FRIDAY_SATURDAY,
        guests=True,
        first_on=DAY,
    )
    found = draft(acme, set_up)
    assert found.set_up == set_up
    assert (found.team_id, found.first_on, found.next_on) == ("T1", None, None)


def test_an_active_scorecard_has_its_first_day(acme: Database, set_up: SetUp) -> None:
    waiting = draft(acme, set_up)
    with acme.writing() as session:
        assert scorecards.in_use(session, "T1") == []
        assert scorecards.activate(session, waiting, DAY, DAY)
        assert scorecards.in_use(session, "T1") == [
            replace(
                waiting,
                state=ScorecardState.ACTIVE,
                set_up=replace(set_up, first_on=DAY),
                first_on=DAY,
                next_on=DAY,
            )
        ]


def test_a_draft_that_two_confirm_at_once_becomes_active_once(
    acme: Database, set_up: SetUp, at_once: AtOnce
) -> None:
    for name in ("one", "two", "three"):
        waiting = draft(acme, replace(set_up, team_name=name))
        confirmed = at_once(*[lambda waiting=waiting: activate(acme, waiting)] * 4)
        assert sorted(confirmed) == [False, False, False, True]


def test_of_two_drafts_of_one_name_only_one_becomes_active(
    acme: Database, set_up: SetUp, at_once: AtOnce
) -> None:
    drafts = [draft(acme, replace(set_up, team_name=name)) for name in ("Fraud", " FRAUD ")]

    def confirm(waiting: Scorecard) -> str:
        try:
            return str(activate(acme, waiting))
        except ScorecardExists as refused:
            return refused.team_name

    said = at_once(*(lambda waiting=waiting: confirm(waiting) for waiting in drafts))
    assert sorted(said) in (["Fraud", "True"], [" FRAUD ", "True"])
    with acme.reading() as session:
        assert len(scorecards.in_use(session, "T1")) == 1


def test_a_refused_name_leaves_the_rest_of_the_transaction_usable(
    acme: Database, set_up: SetUp
) -> None:
    activate(acme, draft(acme, set_up))
    again = draft(acme, set_up)
    with acme.writing() as session:
        workspaces.save_workspace(session, "T3", "kept", "UBOT")
        with pytest.raises(ScorecardExists):
            scorecards.activate(session, again, DAY, DAY)
        assert len(scorecards.in_use(session, "T1")) == 1
    with acme.reading() as session:
        assert scorecards.scorecard(session, "T1", again.id) == again
        assert workspaces.people_read_at(session, "T3") is None


@pytest.mark.parametrize("name", ["Fraud detection", "fraud  DETECTION", " Fraud detection "])
def test_a_name_is_taken_whatever_its_case_and_spaces(
    acme: Database, set_up: SetUp, name: str
) -> None:
    waiting = draft(acme, set_up)
    with acme.writing() as session:
        assert not scorecards.is_name_taken(session, "T1", name)
        scorecards.activate(session, waiting, DAY, DAY)
        assert scorecards.is_name_taken(session, "T1", name)
        assert not scorecards.is_name_taken(session, "T1", "Fraud")
        assert not scorecards.is_name_taken(session, "T2", name)


def test_two_workspaces_may_use_the_same_name(acme: Database, set_up: SetUp) -> None:
    assert activate(acme, draft(acme, set_up, "T1"))
    assert activate(acme, draft(acme, set_up, "T2"))


def test_a_scorecard_is_not_found_from_another_workspace(acme: Database, set_up: SetUp) -> None:
    found = draft(acme, set_up)
    activate(acme, found)
    with acme.reading() as session:
        assert scorecards.scorecard(session, "T2", found.id) is None
        assert scorecards.scorecard(session, "T1", found.id + 1) is None
        assert scorecards.in_use(session, "T2") == []


def test_scorecards_in_use_come_by_name(acme: Database, set_up: SetUp) -> None:
    for name in ("search", "Ads", "fraud"):
        activate(acme, draft(acme, replace(set_up, team_name=name)))
    with acme.reading() as session:
        names = [found.set_up.team_name for found in scorecards.in_use(session, "T1")]
    assert names == ["Ads", "fraud", "search"]


def test_a_scorecard_is_due_from_its_day_on_until_there_is_no_next(
    acme: Database, set_up: SetUp
) -> None:
    waiting = draft(acme, set_up)
    draft(acme, set_up)
    activate(acme, waiting)
    with acme.writing() as session:
        assert scorecards.due(session, date(2026, 1, 4)) == []
        assert [found.id for found in scorecards.due(session, DAY)] == [waiting.id]
        scorecards.set_next(session, waiting.id, date(2026, 4, 6))
        assert scorecards.due(session, date(2026, 4, 5)) == []
        assert len(scorecards.due(session, date(2026, 4, 7))) == 1
        scorecards.set_next(session, waiting.id, None)
        assert scorecards.due(session, date(2099, 1, 1)) == []


@pytest.mark.parametrize("manner", [Manner.APART, Manner.TOGETHER])
def test_a_manner_of_answering_is_kept(acme: Database, set_up: SetUp, manner: Manner) -> None:
    found = draft(acme, set_up)
    with acme.writing() as session:
        scorecards.set_manner(session, found.id, manner)
    with acme.reading() as session:
        kept = scorecards.scorecard(session, "T1", found.id)
    assert kept is not None
    assert kept.set_up == replace(found.set_up, manner=manner)
