"""The outbox: written once, claimed by one, and after a crash looked for before it is resent."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from questionnaires.messages import LEASE, SETTLE_AFTER, Kind, Message
from questionnaires.rounds import Participant, Round
from storage import outbox
from storage.database import Database

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def write_down(database: Database, round_: Round, recipient: str, **changes: Any) -> bool:
    with database.writing() as session:
        return outbox.enqueue(
            session,
            "T1",
            round_id=round_.id,
            recipient=recipient,
            **{"kind": Kind.CARD, "due_at": NOW, **changes},
        )


def claim(database: Database, at: datetime = NOW, limit: int = 100) -> list[Message]:
    with database.writing() as session:
        return outbox.claim_due(session, at, limit)


def doubt(database: Database, at: datetime) -> int:
    with database.writing() as session:
        return outbox.doubt_expired(session, at)


def take_unknown(database: Database, at: datetime, limit: int = 100) -> list[Message]:
    with database.writing() as session:
        return outbox.take_unknown(session, at, limit)


@pytest.fixture
def claimed(database: Database, opened: Round) -> Message:
    """The only message, claimed at NOW."""
    write_down(database, opened, "U1")
    [message] = claim(database)
    return message


def test_a_message_is_claimed_as_it_was_written(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    ann = asked[0]
    assert write_down(database, opened, "U1", kind=Kind.OWN_RADAR, number=3, participant_id=ann.id)
    [message] = claim(database)
    assert message == Message(
        id=message.id,
        team_id="T1",
        key=f"own_radar.{opened.id}.U1.3",
        round_id=opened.id,
        participant_id=ann.id,
        recipient="U1",
        kind=Kind.OWN_RADAR,
        number=3,
        due_at=NOW,
        attempts=1,
    )


def test_a_message_written_twice_is_one_row(database: Database, opened: Round) -> None:
    assert write_down(database, opened, "U1")
    assert not write_down(database, opened, "U1", due_at=NOW + SECOND)
    assert write_down(database, opened, "U1", number=2)
    assert write_down(database, opened, "U2")
    assert write_down(database, opened, "U1", kind=Kind.INVITATION)
    assert len(claim(database)) == 4


def test_a_message_written_by_two_at_once_is_one_row(
    database: Database, opened: Round, at_once: AtOnce
) -> None:
    for number in range(1, 6):
        written = at_once(*[lambda n=number: write_down(database, opened, "U1", number=n)] * 3)
        assert sorted(written) == [False, False, True]
    assert len(claim(database)) == 5


def test_a_message_that_is_there_spoils_nothing_else_in_the_transaction(
    database: Database, opened: Round
) -> None:
    write_down(database, opened, "U1")
    with database.writing() as session:
        for recipient in ("U1", "U2"):
            outbox.enqueue(
                session,
                "T1",
                round_id=opened.id,
                kind=Kind.CARD,
                recipient=recipient,
                due_at=NOW,
            )
    assert [message.recipient for message in claim(database)] == ["U1", "U2"]


def test_only_what_is_due_is_claimed_oldest_first_and_no_more_than_asked_for(
    database: Database, opened: Round
) -> None:
    for recipient, wait in (("U3", 1), ("U1", 2), ("U2", 2), ("U4", 9)):
        write_down(database, opened, recipient, due_at=NOW + wait * SECOND)
    assert claim(database) == []
    first = claim(database, NOW + 2 * SECOND, limit=2)
    assert [message.recipient for message in first] == ["U3", "U1"]
    assert [message.recipient for message in claim(database, NOW + 2 * SECOND)] == ["U2"]
    assert claim(database, NOW + 2 * SECOND) == []


def test_eight_who_claim_at_once_never_get_the_same_row(
    database: Database, opened: Round, at_once: AtOnce
) -> None:
    with database.writing() as session:
        for number in range(200):
            outbox.enqueue(
                session,
                "T1",
                round_id=opened.id,
                kind=Kind.CARD,
                recipient=f"U{number}",
                due_at=NOW,
            )

    def work() -> list[int]:
        return [message.id for message in until_none(lambda: claim(database, limit=7))]

    got = [number for share in at_once(*[work] * 8) for number in share]
    assert len(got) == 200
    assert len(set(got)) == 200


def test_a_claim_that_ends_in_an_error_is_no_claim(database: Database, opened: Round) -> None:
    write_down(database, opened, "U1")

    def crash() -> None:
        with database.writing() as session:
            assert len(outbox.claim_due(session, NOW, 10)) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    [message] = claim(database)
    assert message.attempts == 1


def test_a_sent_message_stays_sent(database: Database, claimed: Message) -> None:
    with database.writing() as session:
        assert outbox.mark_sent(session, claimed.id, "D1", "1.1")
        assert not outbox.mark_sent(session, claimed.id, "D2", "2.2")
        assert not outbox.mark_due(session, claimed.id, NOW, None)
        assert not outbox.mark_unknown(session, claimed.id, NOW, "timeout")
        assert not outbox.mark_failed(session, claimed.id, "channel_not_found")
        found = outbox.sent(session, claimed.in_round, Kind.CARD, "U1")
        assert found is not None
        assert (found.channel, found.ts) == ("D1", "1.1")
    assert claim(database, NOW + LEASE * 9) == []
    assert doubt(database, NOW + LEASE * 9) == 0


def test_of_two_who_mark_it_sent_exactly_one_is_told_to_go_on(
    database: Database, claimed: Message, at_once: AtOnce
) -> None:
    def mark() -> bool:
        with database.writing() as session:
            return outbox.mark_sent(session, claimed.id, "D1", "1.1")

    assert sorted(at_once(mark, mark, mark)) == [False, False, True]


def test_a_failed_message_stays_failed(database: Database, claimed: Message) -> None:
    with database.writing() as session:
        assert outbox.mark_failed(session, claimed.id, "channel_not_found")
        assert not outbox.mark_sent(session, claimed.id, "D1", "1.1")
        assert not outbox.mark_due(session, claimed.id, NOW, None)
        assert outbox.sent(session, claimed.in_round, Kind.CARD, "U1") is None
    assert claim(database, NOW + LEASE * 9) == []


def test_a_message_that_surely_did_not_arrive_is_due_again_later(
    database: Database, claimed: Message
) -> None:
    with database.writing() as session:
        assert outbox.mark_due(session, claimed.id, NOW + 30 * SECOND, "ratelimited")
    assert claim(database, NOW + 29 * SECOND) == []
    [again] = claim(database, NOW + 30 * SECOND)
    assert (again.id, again.attempts) == (claimed.id, 2)


def test_a_lease_that_ran_out_leaves_doubt(database: Database, claimed: Message) -> None:
    assert doubt(database, NOW + LEASE) == 0
    late = NOW + LEASE + SECOND
    assert doubt(database, late) == 1
    assert doubt(database, late) == 0
    assert claim(database, late + LEASE * 9) == []
    assert take_unknown(database, late + SETTLE_AFTER - SECOND) == []
    [doubtful] = take_unknown(database, late + SETTLE_AFTER)
    assert (doubtful.id, doubtful.attempts) == (claimed.id, 1)


def test_a_doubtful_message_is_looked_for_once_a_minute(
    database: Database, claimed: Message, at_once: AtOnce
) -> None:
    with database.writing() as session:
        assert outbox.mark_unknown(session, claimed.id, NOW, "timeout")
    first = NOW + SETTLE_AFTER
    assert take_unknown(database, first - SECOND) == []
    taken = at_once(*[lambda: take_unknown(database, first)] * 4)
    assert sorted(len(messages) for messages in taken) == [0, 0, 0, 1]
    assert take_unknown(database, first + SETTLE_AFTER - SECOND) == []
    assert len(take_unknown(database, first + SETTLE_AFTER)) == 1


def test_a_doubtful_message_that_was_found_is_sent_and_one_that_was_not_is_due(
    database: Database, opened: Round
) -> None:
    for recipient in ("U1", "U2"):
        write_down(database, opened, recipient)
    found, missing = claim(database)
    with database.writing() as session:
        for message in (found, missing):
            outbox.mark_unknown(session, message.id, NOW, "timeout")
        assert outbox.mark_sent(session, found.id, "D1", "1.1")
        assert outbox.mark_due(session, missing.id, NOW, None)
    assert [message.id for message in claim(database)] == [missing.id]


def test_an_answer_of_slack_that_comes_late_still_counts(
    database: Database, claimed: Message
) -> None:
    """The lease ran out, nobody found it, it was due again: and then Slack says it is there."""
    with database.writing() as session:
        outbox.mark_unknown(session, claimed.id, NOW, "lease")
        outbox.mark_due(session, claimed.id, NOW, None)
        assert outbox.mark_sent(session, claimed.id, "D1", "1.1")
    assert claim(database) == []


def test_only_a_claimed_or_doubtful_message_is_settled(
    database: Database, claimed: Message
) -> None:
    with database.writing() as session:
        assert outbox.mark_due(session, claimed.id, NOW, None)
        assert not outbox.mark_failed(session, claimed.id, "not claimed")
        assert not outbox.mark_unknown(session, claimed.id, NOW, "not claimed")
        assert not outbox.mark_due(session, claimed.id, NOW + LEASE, "not claimed")
    assert len(claim(database)) == 1


def test_what_is_no_longer_wanted_is_not_sent(database: Database, opened: Round) -> None:
    for recipient in ("U1", "U2"):
        for kind in (Kind.INVITATION, Kind.CARD, Kind.OWN_RADAR):
            write_down(database, opened, recipient, kind=kind)
    with database.writing() as session:
        outbox.withdraw(session, opened.id, "U1")
        outbox.withdraw(session, opened.id + 1)
    assert [(message.recipient, message.kind) for message in claim(database)] == [
        ("U1", Kind.OWN_RADAR),
        ("U2", Kind.CARD),
        ("U2", Kind.OWN_RADAR),
        ("U2", Kind.INVITATION),
    ]


def test_what_is_on_its_way_cannot_be_withdrawn(database: Database, claimed: Message) -> None:
    with database.writing() as session:
        outbox.withdraw(session, claimed.in_round)
        assert outbox.mark_sent(session, claimed.id, "D1", "1.1")


def test_an_upload_is_remembered(database: Database, claimed: Message) -> None:
    with database.writing() as session:
        outbox.keep_file(session, claimed.id, "F1")
        outbox.mark_due(session, claimed.id, NOW, "timeout")
    [again] = claim(database)
    assert again.file_id == "F1"


def test_numbers_count_up_for_each_recipient_and_kind(database: Database, opened: Round) -> None:
    for number in (1, 2, 3):
        write_down(database, opened, "U1", number=number)
    with database.reading() as session:
        assert outbox.last_number(session, opened.id, "U1", Kind.CARD) == 3
        assert outbox.last_number(session, opened.id, "U2", Kind.CARD) == 0
        assert outbox.last_number(session, opened.id, "U1", Kind.INVITATION) == 0


def test_the_latest_message_that_arrived_is_the_one_that_counts(
    database: Database, opened: Round
) -> None:
    for number in (1, 2, 3):
        write_down(database, opened, "U1", number=number)
    with database.writing() as session:
        for message in outbox.claim_due(session, NOW, 2):
            outbox.mark_sent(session, message.id, "D1", f"{message.number}.0")
        found = outbox.sent(session, opened.id, Kind.CARD, "U1")
        assert found is not None
        assert found.ts == "2.0"
        assert outbox.sent(session, opened.id, Kind.CARD, "U2") is None


def until_none(work: Callable[[], list[Message]]) -> Iterator[Message]:
    """Everything that `work` hands out, call after call, until it has nothing more."""
    while found := work():
        yield from found


def test_a_file_that_is_still_due_is_not_written_down_again_but_another_one_is(
    database: Database, opened: Round
) -> None:
    def number(*about: int | None) -> int | None:
        with database.reading() as session:
            return outbox.number_of_next(session, "U1", Kind.EXPORT_CSV, *about)

    assert number(opened.id, None) == 1
    write_down(database, opened, "U1", kind=Kind.EXPORT_CSV)
    assert number(opened.id, None) is None
    assert number(None, opened.scorecard_id) == 2, "a number of its own: the key has it"
    claim(database)
    assert number(opened.id, None) == 2
