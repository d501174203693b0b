"""What rounds that run themselves ask of the database: due, late, paused, taken, gone quiet."""

from datetime import UTC, date, datetime, timedelta

import pytest

from questionnaires.gaps import Gap, Late
from questionnaires.messages import ASKING, Kind, Message
from questionnaires.rounds import Participant, Round, RoundState, Scorecard, ScorecardState
from storage import gaps, outbox, participants, prompts, rounds, scorecards, workspaces
from storage.database import Database

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def write_down(
    database: Database, round_: Round, kind: Kind, due_at: datetime, number: int = 1
) -> None:
    with database.writing() as session:
        outbox.enqueue(
            session, "T1", round_id=round_.id, kind=kind, recipient="U1", due_at=due_at,
            number=number,
        )  # fmt: skip


def claim(database: Database, at: datetime, *kinds: Kind) -> list[Message]:
    with database.writing() as session:
        return outbox.claim_due(session, at, 10, kinds or tuple(Kind))


def test_nothing_that_asks_goes_out_while_its_scorecard_is_paused(
    database: Database, opened: Round, scorecard: Scorecard
) -> None:
    active, paused = ScorecardState.ACTIVE, ScorecardState.PAUSED
    for kind in (*sorted(ASKING), Kind.CARD):
        write_down(database, opened, kind, NOW)
    with database.writing() as session:
        assert scorecards.move(session, scorecard.id, old=active, new=paused)
        assert not scorecards.move(session, scorecard.id, old=active, new=paused)
    assert [one.kind for one in claim(database, NOW)] == [Kind.CARD]
    with database.writing() as session:
        assert scorecards.due(session, date(2099, 1, 1)) == []
        assert scorecards.move(session, scorecard.id, old=paused, new=active)
    assert {one.kind for one in claim(database, NOW)} == ASKING


def test_only_kinds_that_are_wanted_are_claimed_and_what_is_awaited_comes_first(
    database: Database, opened: Round
) -> None:
    write_down(database, opened, Kind.INVITATION, NOW - HOUR)
    write_down(database, opened, Kind.CARD, NOW)
    write_down(database, opened, Kind.OWN_RADAR, NOW)
    assert [one.kind for one in claim(database, NOW, Kind.OWN_RADAR)] == [Kind.OWN_RADAR]
    assert [one.kind for one in claim(database, NOW)] == [Kind.CARD, Kind.INVITATION]


def test_an_invitation_of_another_round_is_seen_from_when_it_was_claimed(
    database: Database, opened: Round, a_round: Round
) -> None:
    write_down(database, opened, Kind.INVITATION, NOW)
    [message] = claim(database, NOW)
    with database.writing() as session:
        rounds.move(session, opened.id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=NOW)
        other = rounds.add_round(session, a_round, date(2026, 4, 6))
    write_down(database, other, Kind.INVITATION, NOW)
    [second] = claim(database, NOW)
    with database.writing() as session:
        workspaces.hold_person(session, "T1", "U1")
        assert prompts.is_invited_elsewhere(session, second, NOW)
        assert not prompts.is_invited_elsewhere(session, second, NOW + HOUR)
        outbox.mark_due(session, message.id, NOW, None)
        assert not prompts.is_invited_elsewhere(session, second, NOW)


def test_reminders_are_found_brought_forward_and_counted(database: Database, opened: Round) -> None:
    for number in (1, 2):
        write_down(database, opened, Kind.REMINDER, NOW + number * HOUR, number)
    with database.writing() as session:
        assert prompts.next_due(session, opened.id, Kind.REMINDER) == NOW + HOUR
        assert prompts.next_due_of_each(session, opened.id, Kind.REMINDER) == {"U1": NOW + HOUR}
        assert prompts.next_due_of_each(session, opened.id, Kind.INVITATION) == {}
        assert prompts.last_asked(session, opened.id) == {}
        assert prompts.due_by(session, opened.id, "U1", Kind.REMINDER, NOW) == 0
        assert prompts.due_by(session, opened.id, "U1", Kind.REMINDER, NOW + 5 * HOUR) == 2
        assert prompts.bring_forward(session, opened.id, "U1", NOW)
        assert prompts.next_due(session, opened.id, Kind.REMINDER) == NOW
    assert [one.number for one in claim(database, NOW)] == [1]
    with database.writing() as session:
        assert prompts.last_asked(session, opened.id) == {"U1": NOW}
        assert prompts.bring_forward(session, opened.id, "U1", NOW)
    assert [one.number for one in claim(database, NOW)] == [2]
    with database.writing() as session:
        assert not prompts.bring_forward(session, opened.id, "U1", NOW)
        assert prompts.next_due(session, opened.id, Kind.REMINDER) is None


def test_what_is_withdrawn_until_an_hour_leaves_what_comes_later(
    database: Database, opened: Round
) -> None:
    for number in (1, 2):
        write_down(database, opened, Kind.REMINDER, NOW + number * HOUR, number)
    with database.writing() as session:
        outbox.withdraw(session, opened.id, "U1", kinds=ASKING, until=NOW + HOUR)
    assert [one.number for one in claim(database, NOW + 9 * HOUR)] == [2]


def test_posting_and_following_come_when_they_are_due(database: Database, opened: Round) -> None:
    with database.writing() as session:
        assert [one.id for one in rounds.audience_due(session, NOW)] == [opened.id]
        rounds.look_again(session, opened.id, NOW + HOUR)
        assert rounds.audience_due(session, NOW) == []
        assert rounds.posting(session, NOW) == []
        rounds.move(
            session, opened.id, old=RoundState.OPEN, new=RoundState.CLOSED, closed_at=NOW,
            publishes_at=NOW + HOUR,
        )  # fmt: skip
        assert rounds.posting(session, NOW) == []
        assert [one.id for one in rounds.posting(session, NOW + HOUR)] == [opened.id]
        assert rounds.audience_due(session, NOW + HOUR) == []


def test_when_somebody_was_asked_last_is_when_they_really_were(
    database: Database, opened: Round, asked: list[Participant], scorecard: Scorecard
) -> None:
    with database.writing() as session:
        participants.was_asked(session, asked[0].id, NOW + HOUR)
        found = participants.last_asked(session, scorecard.id, ["U1", "U2", "U9"])
        assert found == {"U1": NOW + HOUR, "U2": NOW}
        assert participants.last_asked(session, scorecard.id + 1, ["U1"]) == {}
        assert rounds.occurred_on(session, scorecard.id, date(2026, 1, 5))
        assert not rounds.occurred_on(session, scorecard.id, date(2026, 1, 6))


def test_late_is_what_was_due_in_between_and_came_after(database: Database, a_round: Round) -> None:
    late = Round(**{name: getattr(a_round, name) for name in Round.__slots__} | {
        "due_at": NOW - HOUR, "opened_at": NOW, "closes_at": NOW + HOUR,
    })  # fmt: skip
    with database.writing() as session:
        one = rounds.add_round(session, late, date(2026, 1, 5))
        found = rounds.came_late(session, "T1", NOW - 2 * HOUR, NOW)
        assert {step: [r.id for r in those] for step, those in found.items()} == {
            "opened": [one.id],
            "closed": [],
            "posted": [],
        }
        assert one.opened_late is False
        rounds.move(
            session, one.id, old=RoundState.OPEN, new=RoundState.CLOSED,
            closed_at=NOW + 3 * HOUR, publishes_at=NOW + 9 * HOUR,
        )  # fmt: skip
        found = rounds.came_late(session, "T1", NOW, NOW + 2 * HOUR)
        assert [r.id for r in found["closed"]] == [one.id]
        assert rounds.came_late(session, "T2", NOW, NOW + 2 * HOUR)["closed"] == []
    write_down(database, one, Kind.INVITATION, NOW)
    write_down(database, one, Kind.SUMMARY, NOW)
    with database.reading() as session:
        due = prompts.asking_due(session, "T1", NOW - HOUR, NOW + HOUR)
        assert due == {(Kind.INVITATION, one.id): 1}
        assert prompts.asking_due(session, "T1", NOW - HOUR, NOW) == {}


def test_a_gap_is_kept_until_it_was_looked_at(database: Database, scorecard: Scorecard) -> None:
    late = Late(invitations=2, opened=("Fraud & co",))
    with database.writing() as session:
        assert gaps.ticked_at(session, "T1") is None
        gaps.set_ticked(session, "T1", NOW)
        assert gaps.ticked_at(session, "T1") == NOW
        workspaces.save_workspace(session, "T1", "Renamed", "UBOT")
        assert gaps.ticked_at(session, "T1") == NOW
        gaps.add(session, "T1", NOW, NOW + HOUR)
    with database.writing() as session:
        [found] = gaps.open_gaps(session, "T1")
        assert found == Gap(found.id, NOW, NOW + HOUR, Late())
        gaps.settle(session, found.id, late)
    with database.reading() as session:
        assert gaps.open_gaps(session, "T1") == []
        assert gaps.gap(session, "T1", found.id) == Gap(found.id, NOW, NOW + HOUR, late)
        assert gaps.gap(session, "T2", found.id) is None


def test_a_stopped_workspace_says_since_when_and_why_until_it_starts_again(
    database: Database, scorecard: Scorecard
) -> None:
    with database.writing() as session:
        assert workspaces.stopped(session, "T1") is None
        workspaces.set_stopped(session, "T1", NOW, "token_revoked")
        assert workspaces.stopped(session, "T1") == (NOW, "token_revoked")
        workspaces.set_stopped(session, "T1", None, None)
        assert workspaces.stopped(session, "T1") is None


@pytest.mark.parametrize("kind", [Kind.NOT_OPENED, Kind.AWAY])
def test_what_is_about_no_round_is_kept_once_as_well(
    database: Database, scorecard: Scorecard, kind: Kind
) -> None:
    with database.writing() as session:
        for first in (True, False):
            assert first is outbox.enqueue(
                session, "T1", scorecard_id=scorecard.id, kind=kind, recipient="U1", due_at=NOW,
                number=7,
            )  # fmt: skip
    [message] = claim(database, NOW)
    assert (message.round_id, message.about) == (None, scorecard.id)
