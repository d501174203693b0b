"""Transactions and values: all or nothing, one writer after the other, instants and text."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import InternalError, OperationalError, StatementError
from sqlmodel import select

from questionnaires.model import Rating
from questionnaires.rounds import Participant, ParticipantState, Person, Round
from storage import answers, outbox, participants, rounds, workspaces
from storage.database import Database, open_database
from storage.tables import ParticipantRow

AtOnce = Callable[..., list[Any]]
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def names(database: Database) -> list[str]:
    with database.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM workspaces ORDER BY name")
        return list(found.scalars())


def test_what_was_written_is_there_for_everybody(database: Database, url: str) -> None:
    with database.writing() as session:
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
    other = open_database(url)
    assert names(other) == ["Acme"]
    other.dispose()


def test_an_error_inside_leaves_nothing(database: Database, opened: Round) -> None:
    def crash() -> None:
        with database.writing() as session:
            workspaces.save_workspace(session, "T3", "Half", "UBOT")
            [half] = participants.add(session, "T1", opened.id, [("U9", "UTC", NOW)])
            participants.set_card(session, half.id, "D1", "1.1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    assert "Half" not in names(database)
    with database.reading() as session:
        assert participants.of_round(session, opened.id) == []


def test_a_connection_given_back_after_an_error_has_no_open_transaction(
    database: Database,
) -> None:
    def crash() -> None:
        with database.writing():
            raise ZeroDivisionError

    for _ in range(20):  # more often than the pool has connections
        with pytest.raises(ZeroDivisionError):
            crash()
    with database.writing() as session:
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
    assert names(database) == ["Acme"]


def test_a_broken_rule_takes_the_whole_transaction_back(database: Database, opened: Round) -> None:
    def twice() -> None:
        with database.writing() as session:
            workspaces.save_workspace(session, "T3", "Half", "UBOT")
            rounds.add_round(session, opened, NOW.date())

    with pytest.raises(Exception, match=r"(?i)unique"):
        twice()
    assert "Half" not in names(database)


def test_a_reader_sees_one_moment(database: Database, url: str) -> None:
    with database.writing() as session:
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
        workspaces.save_people(session, "T1", [Person("U1", "Ann")])
    other = open_database(url)
    with database.reading() as session:
        assert workspaces.person(session, "T1", "U1") == Person("U1", "Ann")
        with other.writing() as writing:
            workspaces.save_people(writing, "T1", [Person("U1", "Anna"), Person("U2", "Ben")])
        assert workspaces.people(session, "T1", ["U1", "U2"]) == [Person("U1", "Ann")]
    with database.reading() as session:
        assert len(workspaces.people(session, "T1", ["U1", "U2"])) == 2
    other.dispose()


def test_reading_changes_nothing(database: Database) -> None:
    def write() -> None:
        with database.reading() as session:
            workspaces.save_workspace(session, "T1", "Acme", "UBOT")

    with pytest.raises((OperationalError, InternalError), match=r"readonly|read-only"):
        write()
    assert names(database) == []
    with database.writing() as session:  # the connection may write again
        workspaces.save_workspace(session, "T1", "Acme", "UBOT")
    assert names(database) == ["Acme"]


def test_clicks_in_two_processes_wait_for_each_other(
    database: Database, url: str, asked: list[Participant], at_once: AtOnce
) -> None:
    """Each reads first and writes later, which SQLite refuses unless the lock is taken at once."""
    ann = asked[0].id

    def click(question: int) -> None:
        own = open_database(url)
        for part in range(5):
            with own.writing() as session:
                before = len(answers.ratings(session, ann))
                answers.save_answer(
                    session,
                    "T1",
                    participant_id=ann,
                    question_id=f"q{question}.{part}",
                    rating=Rating.of_level(before % 5),
                    now=NOW,
                )
                participants.note_answer(session, ann, ParticipantState.STARTED, NOW, changed=True)
        own.dispose()

    at_once(*(lambda question=question: click(question) for question in range(6)))
    with database.reading() as session:
        assert len(answers.ratings(session, ann)) == 30
        assert participants.of_round(session, asked[0].round_id)[0].revision == 30


def test_what_waits_in_the_session_is_not_lost_to_a_later_statement(
    database: Database, asked: list[Participant]
) -> None:
    ann = asked[0]
    with database.writing() as session:
        participants.set_state(session, ann.id, ParticipantState.SKIPPED, NOW)
        outbox.withdraw(session, ann.round_id, ann.user_id)
    with database.reading() as session:
        assert participants.of_round(session, ann.round_id)[0].state is ParticipantState.SKIPPED


def test_a_row_that_was_read_before_is_read_anew_after_a_statement(
    database: Database, asked: list[Participant]
) -> None:
    ann = asked[0]
    with database.writing() as session:
        participants.set_state(session, ann.id, ParticipantState.STARTED, NOW)
        kept = list(session.identity_map.values())  # as a caller further up might
        participants.note_answer(session, ann.id, ParticipantState.STARTED, NOW, changed=True)
        assert kept
        assert participants.of_round(session, ann.round_id)[0].revision == 1


@pytest.mark.parametrize(
    "zone", [UTC, ZoneInfo("Asia/Kolkata"), timezone(timedelta(hours=-8))], ids=str
)
def test_instants_come_back_in_utc(database: Database, asked: list[Participant], zone: Any) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=zone)
    with database.writing() as session:
        participants.set_state(session, asked[0].id, ParticipantState.STARTED, at)
    with database.reading() as session:
        wanted = select(ParticipantRow.changed_at).where(ParticipantRow.id == asked[0].id)
        found = session.exec(wanted).one()
    assert found == at
    assert found is not None
    assert found.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database, asked: list[Participant]) -> None:
    naive = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001

    def write() -> None:
        with database.writing() as session:
            participants.set_state(session, asked[0].id, ParticipantState.STARTED, naive)

    with pytest.raises(StatementError, match="timezone"):
        write()


def test_the_pragmas_hold_on_every_sqlite_connection(database: Database) -> None:
    if not database.is_sqlite:
        return
    wanted = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
        "busy_timeout": 10_000,
        "secure_delete": 1,
    }
    with database.engine.connect() as one, database.engine.connect() as two:
        for connection in (one, two):
            for pragma, value in wanted.items():
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_many_who_open_a_new_file_at_once_all_succeed(empty_url: str, at_once: AtOnce) -> None:
    def start() -> list[str]:
        own = open_database(empty_url)
        found = inspect(own.engine).get_table_names()
        own.dispose()
        return found

    for _ in range(5):
        assert at_once(*[start] * 8) == [[]] * 8


@pytest.mark.parametrize("address", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_addresses_as_hosting_platforms_write_them_are_understood(address: str) -> None:
    database = open_database(address)
    assert database.engine.url.render_as_string(hide_password=False) == (
        "postgresql+psycopg://u:p@h/d"
    )
    assert not database.is_sqlite


def test_text_comes_back_letter_by_letter(database: Database, asked: list[Participant]) -> None:
    text = "Zürich 東京 🦊👩‍💻 'quoted' \"twice\" \\ %s ; -- \n\t<b>&amp;"
    with database.writing() as session:
        answers.save_comment(session, "T1", participant_id=asked[0].id, question_id="q1", body=text)
        participants.set_fix_first(session, asked[0].id, text)
        workspaces.save_people(session, "T1", [Person("U3", text)])
    with database.reading() as session:
        assert answers.comment(session, asked[0].id, "q1") == text
        assert participants.of_round(session, asked[0].round_id)[0].fix_first == text
        assert workspaces.person(session, "T1", "U3") == Person("U3", text)


@pytest.mark.parametrize("odd", ["\x00", "\ud83d"], ids=["NUL", "half a surrogate pair"])
def test_a_letter_that_postgresql_refuses_is_replaced(
    database: Database, asked: list[Participant], odd: str
) -> None:
    ann = asked[0].id
    with database.writing() as session:
        workspaces.save_people(session, "T1", [Person("U3", f"A{odd}n")])
        answers.save_comment(session, "T1", participant_id=ann, question_id="q1", body=odd)
        answers.save_answer(
            session,
            "T1",
            participant_id=ann,
            question_id="q1",
            rating=Rating.not_applicable(odd),
            now=NOW,
        )
        participants.set_fix_first(session, ann, f"{odd}!")
    with database.reading() as session:
        assert workspaces.person(session, "T1", "U3") == Person("U3", "A\ufffdn")
        assert answers.comment(session, ann, "q1") == "\ufffd"
        assert answers.ratings(session, ann) == {"q1": Rating.not_applicable("\ufffd")}
        assert participants.of_round(session, asked[0].round_id)[0].fix_first == "\ufffd!"
