"""Tailorings: each a row of its own, never changed; drafts, one for each person and scorecard."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from questionnaires.rounds import Round, Scorecard
from questionnaires.tailoring import NOTHING, UNTAILORED, Tailoring
from storage import rounds, tailorings
from storage.database import Database
from storage.tailoring_tables import TailoringRow
from storage.tailorings import Draft
from tests.storage.conftest import DAY, NOW

MINE = Tailoring(
    off={"GOV-1": "Legal <!here> does it"},
    importance={"DAT-1": 3},
    targets={"data": 0},
    deep_dive="data",
)


def test_without_any_the_questions_are_as_the_file_has_them(
    database: Database, scorecard: Scorecard
) -> None:
    with database.reading() as session:
        assert tailorings.current(session, scorecard.id) == UNTAILORED
        assert tailorings.numbered(session, scorecard.id, 0) == UNTAILORED
        assert tailorings.draft(session, scorecard.id, "U1") is None


def test_versions_are_numbered_and_the_newest_holds(
    database: Database, scorecard: Scorecard
) -> None:
    with database.writing() as session:
        first = tailorings.add(session, "T1", scorecard.id, MINE, "U1", NOW)
        second = tailorings.add(session, "T1", scorecard.id, NOTHING, None, NOW)
    assert (first.number, second.number) == (1, 2)
    with database.reading() as session:
        assert tailorings.current(session, scorecard.id) == second
        assert tailorings.numbered(session, scorecard.id, 1) == first
        assert (first.tailoring, first.by, second.by) == (MINE, "U1", None)
        assert tailorings.saved_since(session, scorecard.id, 0) == ("U1", None)
        assert tailorings.saved_since(session, scorecard.id, 2) == ()


def test_no_number_is_given_twice(database: Database, scorecard: Scorecard) -> None:
    row: dict[str, Any] = {
        "team_id": "T1", "scorecard_id": scorecard.id, "content": "{}", "saved_at": NOW
    }  # fmt: skip
    for numbers in ((1, 1), (0,)):
        with pytest.raises(IntegrityError), database.writing() as session:
            session.add_all(TailoringRow(number=number, **row) for number in numbers)


def test_a_round_keeps_what_it_asks(
    database: Database, scorecard: Scorecard, a_round: Round
) -> None:
    with database.writing() as session:
        saved = tailorings.add(session, "T1", scorecard.id, MINE, "U1", NOW)
        opened = rounds.add_round(session, replace(a_round, tailoring_id=saved.id), DAY)
        tailorings.add(session, "T1", scorecard.id, NOTHING, "U2", NOW)
    with database.reading() as session:
        found = rounds.round_(session, opened.id)
        assert found is not None
        assert found.tailoring_id == saved.id
        assert tailorings.of_round(session, found.tailoring_id or 0) == MINE


def test_a_round_asks_no_tailoring_that_is_not_there(database: Database, a_round: Round) -> None:
    with pytest.raises(IntegrityError), database.writing() as session:
        rounds.add_round(session, replace(a_round, tailoring_id=99), DAY)


def test_each_has_a_draft_of_their_own_until_it_is_dropped(
    database: Database, scorecard: Scorecard
) -> None:
    with database.writing() as session:
        tailorings.keep_draft(session, "T1", scorecard.id, "U1", Draft(0, MINE))
        tailorings.keep_draft(session, "T1", scorecard.id, "U2", Draft(1, NOTHING))
        tailorings.keep_draft(session, "T1", scorecard.id, "U1", Draft(2, MINE))
        assert tailorings.draft(session, scorecard.id, "U1") == Draft(2, MINE)
        tailorings.drop_draft(session, scorecard.id, "U1")
        assert tailorings.draft(session, scorecard.id, "U1") is None
        assert tailorings.draft(session, scorecard.id, "U2") == Draft(1, NOTHING)


def test_what_no_database_takes_is_kept_harmless(database: Database, scorecard: Scorecard) -> None:
    with database.writing() as session:
        tailorings.keep_draft(
            session, "T1", scorecard.id, "U1", Draft(0, Tailoring(off={"A": 'a\ud800\x00"\\z'}))
        )
    with database.reading() as session:
        found = tailorings.draft(session, scorecard.id, "U1")
        assert found is not None
        assert found.tailoring.off["A"] == 'a\ufffd\x00"\\z'
