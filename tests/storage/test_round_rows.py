"""Rounds and participants: one open round, one per day, moved on once, seen by its workspace."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from questionnaires.rounds import (
    LEFT_AUDIENCE,
    LEFT_WORKSPACE,
    WISHED_SO,
    Participant,
    ParticipantState,
    Participation,
    Person,
    Round,
    RoundState,
    Scorecard,
    is_unreachable,
)
from storage import participants, rounds
from storage.database import Database

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)
SPRING = date(2026, 4, 6)


def close(database: Database, round_id: int) -> bool:
    with database.writing() as session:
        return rounds.move(
            session, round_id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=NOW
        )


def add(database: Database, round_: Round, day: date) -> Round:
    with database.writing() as session:
        return rounds.add_round(session, round_, day)


def test_a_round_comes_back_with_its_id(database: Database, a_round: Round) -> None:
    whole = replace(a_round, results_readers=12)
    found = add(database, whole, DAY)
    assert found == replace(whole, id=found.id)
    with database.reading() as session:
        assert rounds.round_(session, found.id) == found
        assert rounds.round_(session, found.id + 1) is None


def test_a_scorecard_has_one_open_round(
    database: Database, opened: Round, a_round: Round, scorecard: Scorecard
) -> None:
    with pytest.raises(IntegrityError):
        add(database, a_round, SPRING)
    with database.reading() as session:
        assert rounds.is_open(session, scorecard.id)
        assert rounds.count(session, scorecard.id) == 1
    assert close(database, opened.id)
    second = add(database, replace(a_round, number=2), SPRING)
    with database.reading() as session:
        assert rounds.latest(session, scorecard.id) == second
        assert rounds.count(session, scorecard.id) == 2


def test_a_day_has_one_round_of_a_scorecard(
    database: Database, opened: Round, a_round: Round
) -> None:
    close(database, opened.id)
    with pytest.raises(IntegrityError):
        add(database, a_round, DAY)


def test_two_who_open_at_once_open_one(
    database: Database, a_round: Round, scorecard: Scorecard, at_once: AtOnce
) -> None:
    def start() -> bool:
        try:
            add(database, a_round, DAY)
        except IntegrityError:
            return False
        return True

    assert sorted(at_once(start, start)) == [False, True]
    with database.reading() as session:
        assert rounds.count(session, scorecard.id) == 1


def test_a_scorecard_without_rounds_has_none(database: Database, scorecard: Scorecard) -> None:
    with database.reading() as session:
        assert rounds.latest(session, scorecard.id) is None
        assert not rounds.is_open(session, scorecard.id)


def test_of_two_who_close_at_once_exactly_one_does(
    database: Database, opened: Round, at_once: AtOnce
) -> None:
    closed = at_once(*[lambda: close(database, opened.id)] * 4)
    assert sorted(closed) == [False, False, False, True]
    with database.reading() as session:
        found = rounds.round_(session, opened.id)
    assert found == replace(opened, state=RoundState.CLOSED, closed_at=NOW)


def test_a_round_moves_only_from_the_state_it_is_in(database: Database, opened: Round) -> None:
    with database.writing() as session:
        assert not rounds.move(
            session,
            opened.id,
            old=RoundState.CLOSED,
            new=RoundState.PUBLISHED,
            published_at=NOW,
        )
        assert rounds.round_(session, opened.id) == opened


def test_a_round_that_could_not_be_posted_goes_back(database: Database, opened: Round) -> None:
    close(database, opened.id)
    with database.writing() as session:
        assert rounds.move(
            session,
            opened.id,
            old=RoundState.CLOSED,
            new=RoundState.PUBLISHED,
            published_at=NOW,
        )
        assert rounds.move(
            session,
            opened.id,
            old=RoundState.PUBLISHED,
            new=RoundState.CLOSED,
            published_at=None,
        )
    with database.reading() as session:
        assert [found.id for found in rounds.in_state(session, RoundState.CLOSED)] == [opened.id]


def test_a_round_is_not_seen_from_another_workspace(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.reading() as session:
        assert rounds.round_(session, opened.id, "T1") == opened
        assert rounds.round_(session, opened.id, "T2") is None
        assert rounds.in_state(session, RoundState.OPEN) == [opened]
        assert rounds.in_state(session, RoundState.OPEN, "T1") == [opened]
        assert rounds.in_state(session, RoundState.OPEN, "T2") == []
        assert participants.find(session, "T1", opened.id, "U1") == (opened, asked[0])
        assert participants.find(session, "T2", opened.id, "U1") is None
        assert participants.of_person(session, "T1", "U1") == [(opened, asked[0])]
        assert participants.of_person(session, "T2", "U1") == []


def test_the_rounds_of_a_person_come_newest_first(
    database: Database, opened: Round, asked: list[Participant], a_round: Round
) -> None:
    close(database, opened.id)
    second = add(database, replace(a_round, number=2), SPRING)
    with database.writing() as session:
        participants.add(session, "T1", second.id, [("U1", "UTC", NOW)])
    with database.reading() as session:
        found = participants.of_person(session, "T1", "U1")
    assert [one.number for one, _ in found] == [2, 1]


def test_participants_come_in_the_order_they_were_added(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.reading() as session:
        assert participants.of_round(session, opened.id) == asked
        assert [(one.user_id, one.zone, one.ask_at) for one in asked] == [
            ("U1", "Europe/Paris", NOW),
            ("U2", "America/New_York", NOW),
        ]
        assert participants.find(session, "T1", opened.id, "U9") is None


def test_nobody_is_asked_twice_in_a_round(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    def ask_again() -> None:
        with database.writing() as session:
            participants.add(session, "T1", opened.id, [("U1", "UTC", NOW)])

    with pytest.raises(IntegrityError):
        ask_again()


def test_participation_counts_how_far_people_are_and_who_is_out_of_reach(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    ann, ben = asked
    with database.writing() as session:
        participants.set_state(session, ann.id, ParticipantState.FINISHED, NOW)
        participants.leave_alone(session, ann.id, LEFT_WORKSPACE)
        participants.leave_alone(session, ben.id, WISHED_SO)
        assert participants.participation(session, opened.id) == Participation(2, 0, 1, 0)
        participants.leave_alone(session, ben.id, "user_not_found")
        assert participants.participation(session, opened.id) == Participation(
            2, 0, 1, 0, {"user_not_found": 1}
        )
        participants.set_state(session, ben.id, ParticipantState.SKIPPED, NOW)
        assert participants.participation(session, opened.id) == Participation(2, 0, 1, 1)
        assert participants.participation(session, opened.id + 1) == Participation(0, 0, 0, 0)


# When a round ends


def ending(database: Database, at: datetime) -> list[int]:
    with database.reading() as session:
        return rounds.ending(session, at)


def test_a_round_ends_at_its_deadline(database: Database, opened: Round) -> None:
    assert ending(database, opened.closes_at - timedelta(seconds=1)) == []
    assert ending(database, opened.closes_at) == [opened.id]


def test_a_round_ends_a_quiet_quarter_of_an_hour_after_the_last_person_finished(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    ann, ben = asked
    with database.writing() as session:
        participants.set_state(session, ann.id, ParticipantState.FINISHED, NOW)
    assert ending(database, NOW + timedelta(hours=9)) == []
    with database.writing() as session:
        participants.set_state(session, ben.id, ParticipantState.SKIPPED, NOW + timedelta(hours=1))
    assert ending(database, NOW + timedelta(hours=1, minutes=14)) == []
    assert ending(database, NOW + timedelta(hours=1, minutes=15)) == [opened.id]


def test_a_round_that_everybody_skipped_stays_open_until_its_deadline(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.writing() as session:
        for one in asked:
            participants.set_state(session, one.id, ParticipantState.SKIPPED, NOW)
    assert ending(database, opened.closes_at - timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("why", "ends"),
    [(None, 0), (WISHED_SO, 0), (LEFT_AUDIENCE, 0), (LEFT_WORKSPACE, 1), ("user_not_found", 1)],
)  # fmt: skip
def test_nobody_waits_for_somebody_who_is_out_of_reach(
    database: Database, opened: Round, asked: list[Participant], why: str | None, ends: int
) -> None:
    ann, ben = asked
    with database.writing() as session:
        participants.set_state(session, ann.id, ParticipantState.FINISHED, NOW)
        participants.leave_alone(session, ben.id, why)
    assert ending(database, NOW + timedelta(hours=1)) == [opened.id] * ends
    assert is_unreachable(ParticipantState.INVITED, why) is bool(ends)


def test_people_who_left_the_workspace_are_left_alone_in_open_rounds_only(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.writing() as session:
        gone = [Person("U1", "Ann", deleted=True), Person("U2", "Ben")]
        participants.note_who_is_there(session, "T2", gone)
        assert [one.left_alone for one in participants.of_round(session, opened.id)] == [None, None]
        participants.note_who_is_there(session, "T1", gone)
        assert [one.left_alone for one in participants.of_round(session, opened.id)] == [
            LEFT_WORKSPACE,
            None,
        ]
        participants.note_who_is_there(session, "T1", [Person("U1", "Ann")])
        assert [one.left_alone for one in participants.of_round(session, opened.id)] == [None, None]


def test_who_wished_no_more_is_left_alone_whatever_slack_tells(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    with database.writing() as session:
        participants.leave_alone(session, asked[0].id, WISHED_SO)
        participants.note_who_is_there(session, "T1", [Person("U1", "Ann")])
        assert participants.of_round(session, opened.id)[0].left_alone == WISHED_SO


def test_two_answers_changed_at_once_count_as_two(
    database: Database, asked: list[Participant], at_once: AtOnce
) -> None:
    def change() -> None:
        with database.writing() as session:
            participants.find(session, "T1", asked[0].round_id, "U1")
            participants.note_answer(
                session, asked[0].id, ParticipantState.STARTED, NOW, changed=True
            )

    at_once(*[change] * 6)
    with database.reading() as session:
        [ann, ben] = participants.of_round(session, asked[0].round_id)
    assert (ann.revision, ben.revision) == (6, 0)


def test_the_card_is_the_message_that_was_named_last(
    database: Database, asked: list[Participant]
) -> None:
    ann = asked[0]
    with database.writing() as session:
        assert participants.set_card(session, ann.id, "D1", "1.1") is None
        assert participants.set_card(session, ann.id, "D1", "1.1") is None
        assert participants.set_card(session, ann.id, "D1", "2.2") == ("D1", "1.1")
    with database.reading() as session:
        assert participants.of_round(session, ann.round_id)[0].card == ("D1", "2.2")


def test_a_wish_is_kept_and_taken_back(database: Database, asked: list[Participant]) -> None:
    for wish in ("the feature store", None):
        with database.writing() as session:
            participants.set_fix_first(session, asked[0].id, wish)
        with database.reading() as session:
            assert participants.of_round(session, asked[0].round_id)[0].fix_first == wish


def test_a_round_that_is_held_does_not_close_before_the_answer_is_in(
    database: Database, asked: list[Participant]
) -> None:
    """Without it, an answer could arrive after the result was computed."""
    ann = asked[0]
    closing = threading.Event()

    def close_it() -> Participant:
        closing.set()
        with database.writing() as session:
            assert rounds.move(
                session, ann.round_id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=NOW
            )
            return participants.of_round(session, ann.round_id)[0]

    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            participants.find(session, "T1", ann.round_id, "U1", hold=True)
            seen = pool.submit(close_it)
            closing.wait()
            with pytest.raises(TimeoutError):
                seen.result(timeout=0.2)
            participants.note_answer(session, ann.id, ParticipantState.STARTED, NOW, changed=True)
        assert seen.result().revision == 1
    with database.writing() as session:
        found = participants.find(session, "T1", ann.round_id, "U1", hold=True)
    assert found is not None
    assert found[0].state is RoundState.CLOSED


def test_what_can_be_exported_are_the_closed_rounds_of_that_scorecard_the_oldest_first(
    database: Database, opened: Round, a_round: Round
) -> None:
    close(database, opened.id)
    second = add(database, replace(a_round, number=2, title="April 2026"), date(2026, 4, 6))
    with database.reading() as session:
        assert [one.id for one in rounds.with_result(session, opened.scorecard_id)] == [opened.id]
    close(database, second.id)
    with database.reading() as session:
        found = rounds.with_result(session, opened.scorecard_id)
        assert rounds.with_result(session, opened.scorecard_id + 1) == []
    assert [one.id for one in found] == [opened.id, second.id]
