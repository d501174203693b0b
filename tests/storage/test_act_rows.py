"""Acts: rows that are only added, each with what it records, and read by scorecard or person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from questionnaires.acts import Act
from questionnaires.rounds import Round, Scorecard, ScorecardState, SetUp
from storage import acts, scorecards
from storage.database import Database
from tests.storage.conftest import DAY, NOW

HOUR = timedelta(hours=1)


def test_the_newest_come_first_and_the_rest_is_counted(
    database: Database, scorecard: Scorecard, opened: Round
) -> None:
    with database.writing() as session:
        acts.note(session, Act.SET_UP, opened, "U1", NOW)
        acts.note(session, Act.SKIPPED, scorecard, "U2", NOW + HOUR, day=DAY)
        acts.note(session, Act.TAILORED, scorecard, "U1", NOW + HOUR, version=3)
        acts.note(session, Act.EXTENDED, opened, "U1", NOW + 2 * HOUR, day=DAY)
    with database.reading() as session:
        found, earlier = acts.of_scorecard(session, "T1", scorecard.id, 3)
        every, none = acts.of_scorecard(session, "T1", scorecard.id, 4)
        assert acts.of_scorecard(session, "T2", scorecard.id, 3) == ([], 0)
    assert (found, earlier, none) == (every[:3], 1, 0)
    assert [one.what for one in every] == [Act.EXTENDED, Act.TAILORED, Act.SKIPPED, Act.SET_UP]
    last, tailored, skipped, first = every
    assert (last.by, last.at, last.day) == ("U1", NOW + 2 * HOUR, DAY)
    assert (last.team_name, last.round_title) == ("Fraud detection", "January 2026")
    assert (tailored.version, tailored.round_title) == (3, None)
    assert (skipped.by, skipped.day) == ("U2", DAY)
    assert first.round_title == "January 2026"


def test_names_for_all_scorecards_belong_to_each_from_its_set_up_on(
    database: Database, scorecard: Scorecard, set_up: SetUp
) -> None:
    with database.writing() as session:
        acts.note_name(session, Act.NAMED, "U2", "T1", None, "U1", NOW - HOUR)
        acts.note_name(session, Act.TAKEN_OUT, "U2", "T1", None, "U1", NOW + HOUR)
        acts.note_name(session, Act.NAMED, "U2", "T2", None, "U1", NOW + HOUR)
        acts.note_name(session, Act.NAMED, "U2", "T1", scorecard.id, "U1", NOW)
        other = scorecards.add_draft(session, "T1", replace(set_up, team_name="Ads"), NOW + HOUR)
    with database.reading() as session:
        here, _ = acts.of_scorecard(session, "T1", scorecard.id, 40)
        there, _ = acts.of_scorecard(session, "T1", other, 40)
    assert [(one.what, one.whom, one.scorecard_id) for one in here] == [
        (Act.TAKEN_OUT, "U2", None),
        (Act.NAMED, "U2", scorecard.id),
    ]
    assert [(one.what, one.team_name) for one in there] == [(Act.TAKEN_OUT, None)]


def test_of_somebody_it_is_what_they_did_and_what_was_done_to_them(
    database: Database, scorecard: Scorecard
) -> None:
    with database.writing() as session:
        acts.note(session, Act.PAUSED, scorecard, "U1", NOW)
        acts.note(session, Act.RESUMED, scorecard, "U2", NOW + HOUR)
        acts.note_name(session, Act.NAMED, "U2", "T1", None, "U1", NOW + 2 * HOUR)
    with database.reading() as session:
        found = acts.of_person(session, "T1", "U2")
        assert acts.of_person(session, "T2", "U2") == []
    assert [(one.what, one.by) for one in found] == [(Act.RESUMED, "U2"), (Act.NAMED, "U1")]


def test_an_act_and_what_it_records_are_stored_together_or_not_at_all(
    database: Database, scorecard: Scorecard
) -> None:
    active, paused = ScorecardState.ACTIVE, ScorecardState.PAUSED

    def pause() -> None:
        with database.writing() as session:
            assert scorecards.move(session, scorecard.id, old=active, new=paused)
            acts.note(session, Act.PAUSED, scorecard, "U1", NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        pause()
    with database.reading() as session:
        assert acts.of_scorecard(session, "T1", scorecard.id, 40) == ([], 0)
        found = scorecards.scorecard(session, "T1", scorecard.id)
        assert found is not None
        assert found.state is active


def test_an_act_that_lacks_its_part_is_refused(database: Database, scorecard: Scorecard) -> None:
    for what in (Act.EXTENDED, Act.SKIPPED, Act.TAILORED, Act.CLOSED):
        with pytest.raises(IntegrityError), database.writing() as session:
            acts.note(session, what, scorecard, "U1", NOW)
