"""Who was named in Slack: for the workspace or one scorecard, each once, and who took whom out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from questionnaires.rounds import Scorecard, SetUp
from storage import namings, scorecards
from storage.database import Database
from tests.storage.conftest import DAY, NOW

AtOnce = Callable[..., list[Any]]


@pytest.fixture
def another(database: Database, scorecard: Scorecard, set_up: SetUp) -> Scorecard:
    """A second scorecard of the same workspace, set up by Ben."""
    with database.writing() as session:
        wanted = replace(set_up, team_name="Search", created_by="U2")
        draft = scorecards.scorecard(
            session, scorecard.team_id, scorecards.add_draft(session, "T1", wanted, NOW)
        )
        assert draft is not None
        assert scorecards.activate(session, draft, DAY, DAY)
    return draft


def test_who_is_named_for_one_is_not_named_for_others(
    database: Database, scorecard: Scorecard, another: Scorecard
) -> None:
    with database.writing() as session:
        first = namings.add(session, "T1", scorecard.id, "U2", "U1")
        namings.add(session, "T1", None, "U3", "U1")
        namings.add(session, "T2", None, "U2", "U1")
    with database.reading() as session:
        (found,) = namings.current(session, "T1", scorecard.id)
        assert (found.id, found.user_id, found.by) == (first, "U2", "U1")
        assert namings.current(session, "T1", another.id) == []
        assert [one.user_id for one in namings.current(session, "T1")] == ["U3"]
        assert namings.scorecards_of(session, "T1", "U2") == {scorecard.id}
        assert namings.scorecards_of(session, "T2", "U2") == set()
        assert namings.scorecards_of(session, "T1", "U3") == set()


def test_who_was_taken_out_and_named_again_has_a_naming_of_its_own(
    database: Database, scorecard: Scorecard
) -> None:
    with database.writing() as session:
        first = namings.add(session, "T1", scorecard.id, "U2", "U1")
        namings.add(session, "T1", None, "U2", "U1")
        namings.take_out(session, "T1", scorecard.id, ["U2", "U9"], "U3")
        assert namings.naming(session, "T1", first) is None
        assert namings.current(session, "T1", scorecard.id) == []
        assert namings.scorecards_of(session, "T1", "U2") == set()
        assert len(namings.current(session, "T1")) == 1
        second = namings.add(session, "T1", scorecard.id, "U2", "U4")
        assert second > first
        found = namings.naming(session, "T1", second)
        assert found is not None
        assert (found.user_id, found.scorecard_id, found.by) == ("U2", scorecard.id, "U4")
        assert namings.naming(session, "T2", second) is None
        assert namings.naming(session, "T1", 999) is None


def test_it_is_known_who_took_somebody_out_last(database: Database, scorecard: Scorecard) -> None:
    with database.writing() as session:
        for by in ("U3", "U4"):
            namings.add(session, "T1", scorecard.id, "U2", "U1")
            namings.take_out(session, "T1", scorecard.id, ["U2"], by)
    with database.reading() as session:
        assert namings.taken_out_by(session, "T1", scorecard.id, ["U2", "U1"]) == {"U2": "U4"}
        assert namings.taken_out_by(session, "T1", None, ["U2"]) == {}
        assert namings.taken_out_by(session, "T1", scorecard.id, []) == {}


@pytest.mark.parametrize("for_one", [False, True])
def test_two_who_name_the_same_person_at_once_name_them_once(
    database: Database, scorecard: Scorecard, at_once: AtOnce, *, for_one: bool
) -> None:
    scorecard_id = scorecard.id if for_one else None

    def name() -> None:
        with database.writing() as session:
            namings.hold(session, "T1")
            if not namings.current(session, "T1", scorecard_id):
                namings.add(session, "T1", scorecard_id, "U2", "U1")

    at_once(name, name, name)
    with database.reading() as session:
        assert len(namings.current(session, "T1", scorecard_id)) == 1


def test_what_somebody_set_up_is_found_once_it_was_confirmed(
    database: Database, scorecard: Scorecard, another: Scorecard, set_up: SetUp
) -> None:
    with database.writing() as session:
        scorecards.add_draft(session, "T1", replace(set_up, team_name="Ads"), NOW)
        assert scorecards.created_by(session, "T1", "U1") == {scorecard.id}
        assert scorecards.created_by(session, "T1", "U2") == {another.id}
        assert scorecards.created_by(session, "T2", "U1") == set()
