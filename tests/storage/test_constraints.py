"""What the database itself refuses, whatever the code above it does: each rule is broken once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Connection, Engine, Index, UniqueConstraint, insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from storage.database import open_database

METADATA = SQLModel.metadata
NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)
LATER = date(2026, 4, 1)

GOOD: dict[str, dict[str, Any]] = {
    "workspaces": {"team_id": "T1", "name": "Acme", "bot_user_id": "UBOT"},
    "people": {
        "team_id": "T1",
        "user_id": "U1",
        "name": "Ann",
        "deleted": False,
        "bot": False,
        "guest": False,
        "stranger": False,
        "admin": False,
    },
    "questionnaires": {
        "team_id": "T1",
        "questionnaire_id": "q",
        "version": 1,
        "digest": "abc",
        "source": "",
        "first_asked_at": NOW,
    },
    "scorecards": {
        "id": 1,
        "team_id": "T1",
        "state": "active",
        "team_name": "Fraud",
        "name_key": "fraud",
        "questionnaire_id": "q",
        "audience_people": [],
        "guests": False,
        "weekend": "saturday_sunday",
        "manner": "apart",
        "results_channel": "C1",
        "cadence": "quarterly",
        "zone": "UTC",
        "hour": 10,
        "days_open": 10,
        "created_by": "U1",
        "created_at": NOW,
    },
    "tailorings": {
        "id": 1,
        "team_id": "T1",
        "scorecard_id": 1,
        "number": 1,
        "content": "{}",
        "saved_at": NOW,
    },
    "tailoring_drafts": {
        "scorecard_id": 1,
        "user_id": "U1",
        "team_id": "T1",
        "begun_from": 0,
        "content": "{}",
    },
    "rounds": {
        "id": 1,
        "team_id": "T1",
        "scorecard_id": 1,
        "number": 1,
        "occurs_on": DAY,
        "team_name": "Fraud",
        "title": "January 2026",
        "state": "open",
        "questionnaire_id": "q",
        "questionnaire_version": 1,
        "k": 5,
        "zone": "UTC",
        "hour": 10,
        "weekend": "friday",
        "manner": "together",
        "results_channel": "C1",
        "opened_by": "U1",
        "opened_at": NOW,
        "audience_due_at": NOW,
        "closes_at": NOW,
    },
    "acts": {
        "id": 1,
        "team_id": "T1",
        "scorecard_id": 1,
        "user_id": "U1",
        "what": "paused",
        "done_at": NOW,
    },
    "participants": {
        "id": 1,
        "team_id": "T1",
        "round_id": 1,
        "user_id": "U1",
        "zone": "UTC",
        "state": "invited",
        "ask_at": NOW,
        "revision": 0,
    },
    "facilitators": {
        "id": 1,
        "team_id": "T1",
        "user_id": "U1",
        "scorecard_id": 1,
        "named_by": "U2",
    },
    "answers": {
        "participant_id": 1,
        "question_id": "q1",
        "team_id": "T1",
        "kind": "level",
        "level": 3,
        "answered_at": NOW,
    },
    "comments": {"participant_id": 1, "question_id": "q1", "team_id": "T1", "body": "fine"},
    "hidden_comments": {"round_id": 1, "digest": "0" * 64, "team_id": "T1"},
    "results": {
        "round_id": 1,
        "team_id": "T1",
        "method_version": 1,
        "measurement": "{}",
        "computed_at": NOW,
    },
    "gaps": {"id": 1, "team_id": "T1", "began_at": NOW, "ended_at": NOW.replace(hour=10)},
    "messages": {
        "id": 1,
        "team_id": "T1",
        "key": "card.1.U1.1",
        "round_id": 1,
        "recipient": "U1",
        "kind": "card",
        "number": 1,
        "state": "due",
        "due_at": NOW,
        "attempts": 0,
    },
}

# Table, rule, and what the good row has to say instead to break this rule and no other.
CHECKS: list[tuple[str, str, dict[str, Any]]] = [
    ("scorecards", "state_known", {"state": "forgotten"}),
    ("scorecards", "weekend_known", {"weekend": "monday"}),
    ("scorecards", "manner_known", {"manner": "alone"}),
    ("scorecards", "cadence_known", {"cadence": "weekly"}),
    ("scorecards", "days_open_in_range", {"days_open": 0}),
    ("scorecards", "days_open_in_range", {"days_open": 41}),
    ("scorecards", "hour_in_range", {"hour": -1}),
    ("scorecards", "hour_in_range", {"hour": 24}),
    ("scorecards", "team_name_length", {"team_name": ""}),
    ("scorecards", "team_name_length", {"team_name": "é" * 36}),
    ("tailorings", "number_from_one", {"number": 0}),
    ("acts", "what_known", {"what": "answered"}),
    ("acts", "about_a_scorecard", {"scorecard_id": None}),
    ("acts", "round_of_its_act", {"what": "closed"}),
    ("acts", "round_of_its_act", {"what": "hid_comment"}),
    ("acts", "round_of_its_act", {"what": "extended", "day": DAY}),
    ("acts", "whom_with_its_act", {"whom": "U2"}),
    ("acts", "whom_with_its_act", {"what": "named"}),
    ("acts", "day_with_its_act", {"day": DAY}),
    ("acts", "day_with_its_act", {"what": "skipped"}),
    ("acts", "version_with_its_act", {"version": 1}),
    ("acts", "version_with_its_act", {"what": "tailored"}),
    ("rounds", "state_known", {"state": "lost", "closed_at": NOW}),
    ("rounds", "weekend_known", {"weekend": ""}),
    ("rounds", "manner_known", {"manner": ""}),
    ("rounds", "k_in_range", {"k": 2}),
    ("rounds", "k_in_range", {"k": 11}),
    ("rounds", "closed_has_a_time", {"closed_at": NOW}),
    ("rounds", "closed_has_a_time", {"state": "closed"}),
    ("rounds", "published_has_a_time", {"published_at": NOW}),
    ("rounds", "published_has_a_time", {"state": "published", "closed_at": NOW}),
    ("rounds", "erased_after_closing", {"erased_at": NOW}),
    ("rounds", "erased_after_closing", {"emptied_at": NOW}),
    ("participants", "state_known", {"state": "asleep"}),
    ("participants", "card_is_whole", {"card_channel": "D1"}),
    ("participants", "card_is_whole", {"card_ts": "1.2"}),
    ("people", "role_known", {"role": "boss"}),
    ("participants", "role_known", {"role": ""}),
    ("answers", "kind_known", {"kind": "maybe", "level": None}),
    ("answers", "level_in_range", {"level": -1}),
    ("answers", "level_in_range", {"level": 5}),
    ("answers", "level_with_its_kind", {"level": None}),
    ("answers", "level_with_its_kind", {"kind": "dont_know"}),
    ("answers", "reason_with_its_kind", {"reason": "because"}),
    ("answers", "reason_with_its_kind", {"kind": "not_applicable", "level": None}),
    ("comments", "body_length", {"body": ""}),
    ("comments", "body_length", {"body": "é" * 2001}),
    ("hidden_comments", "digest_length", {"digest": "words"}),
    ("gaps", "began_before_it_ended", {"ended_at": NOW}),
    ("messages", "about_a_round", {"round_id": None}),
    ("messages", "state_known", {"state": "gone"}),
    ("messages", "claim_has_end", {"state": "claimed"}),
    ("messages", "claim_has_end", {"claimed_until": NOW}),
]

# What a second row says besides its key, so that only this rule stands between them.
UNIQUE: list[tuple[str, str, dict[str, Any]]] = [
    ("scorecards", "one_scorecard_per_name", {"id": 2, "state": "paused"}),
    ("facilitators", "one_facilitator_per_scorecard", {"id": 2}),
    ("facilitators", "one_facilitator_per_workspace", {"id": 2, "scorecard_id": None}),
    ("tailorings", "one_tailoring_per_number", {"id": 2}),
    ("rounds", "one_round_per_occurrence", {"id": 2, "state": "closed", "closed_at": NOW}),
    ("rounds", "one_open_round_per_scorecard", {"id": 2, "occurs_on": LATER}),
    ("participants", "one_participant_per_person", {"id": 2}),
    ("messages", "messages_key_key", {"id": 2, "number": 2}),
    ("messages", "one_message_per_prompt", {"id": 2, "key": "other"}),
]

# What the first row says besides, where a rule holds for some rows only.
FIRST: dict[str, dict[str, Any]] = {"one_facilitator_per_workspace": {"scorecard_id": None}}

SECOND: list[tuple[str, dict[str, Any]]] = [
    ("tailorings", {"id": 2, "number": 2}),
    ("acts", {"id": 2}),
    ("acts", {"id": 2, "scorecard_id": None, "what": "named", "whom": "U2"}),
    ("acts", {"id": 2, "what": "extended", "day": DAY, "round_id": 1}),
    ("acts", {"id": 2, "what": "set_up", "round_id": 1}),
    ("acts", {"id": 2, "what": "tailored", "version": 2}),
    ("tailoring_drafts", {"user_id": "U2"}),
    ("scorecards", {"id": 2, "state": "draft"}),
    ("scorecards", {"id": 2, "name_key": "other", "team_name": "🦊" * 35}),
    ("facilitators", {"id": 2, "scorecard_id": None}),
    ("facilitators", {"id": 2, "user_id": "U2"}),
    ("facilitators", {"id": 2, "removed_by": "U2"}),
    ("rounds", {"id": 2, "occurs_on": LATER, "state": "closed", "closed_at": NOW}),
    ("participants", {"id": 2, "user_id": "U2", "card_channel": "D1", "card_ts": "1.2"}),
    ("answers", {"question_id": "q2", "kind": "dont_know", "level": None}),
    ("answers", {"question_id": "q2", "kind": "not_applicable", "level": None, "reason": "no"}),
    ("comments", {"question_id": "q2", "body": "🦊" * 2000}),
    ("hidden_comments", {"digest": "1" * 64}),
    ("messages", {"id": 2, "key": "away.0.U1.1", "kind": "away", "round_id": None}),
    ("messages", {"id": 2, "key": "other", "kind": "facilitator_named", "round_id": None}),
    ("messages", {"id": 2, "number": 2, "key": "other", "state": "claimed", "claimed_until": NOW}),
]

POINTING = [
    (table.name, str(rule.name), [element.parent.name for element in rule.elements])
    for table in METADATA.sorted_tables
    for rule in sorted(table.foreign_key_constraints, key=lambda rule: str(rule.name))
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A migrated database; every test takes back what it wrote."""
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('migrated_sqlite')}"
    else:
        template = request.getfixturevalue("migrated_postgresql")
        postgresql = request.getfixturevalue("postgresql")
        url = postgresql.url(postgresql.create(template))
    database = open_database(url)
    yield database.engine
    database.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        if engine.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection
        connection.rollback()


def add_good_rows(connection: Connection, *, up_to: str) -> None:
    """One row in each table until this one; parents come before their children."""
    for table in METADATA.sorted_tables:
        connection.execute(insert(table), GOOD[table.name])
        if table.name == up_to:
            return


@pytest.mark.parametrize(("table", "rule", "changes"), CHECKS)
def test_a_row_that_breaks_a_check_is_refused_by_that_check(
    connection: Connection, table: str, rule: str, changes: dict[str, Any]
) -> None:
    add_good_rows(connection, up_to=table)
    with pytest.raises(IntegrityError, match=rule):
        connection.execute(update(METADATA.tables[table]).values(changes))


@pytest.mark.parametrize(("table", "rule", "changes"), UNIQUE)
def test_a_second_row_is_refused_where_there_may_be_one(
    connection: Connection, table: str, rule: str, changes: dict[str, Any]
) -> None:
    # SQLite names the columns of a unique rule, PostgreSQL the rule.
    columns = ", ".join(f"{table}.{name}" for name in _uniques(table)[rule])
    expected = columns if connection.dialect.name == "sqlite" else rule
    add_good_rows(connection, up_to=table)
    if rule in FIRST:
        connection.execute(update(METADATA.tables[table]).values(FIRST[rule]))
    with pytest.raises(IntegrityError, match=expected):
        connection.execute(insert(METADATA.tables[table]), {**GOOD[table], **changes})


@pytest.mark.parametrize(("table", "changes"), SECOND)
def test_a_second_row_within_the_rules_is_kept(
    connection: Connection, table: str, changes: dict[str, Any]
) -> None:
    add_good_rows(connection, up_to=table)
    connection.execute(insert(METADATA.tables[table]), {**GOOD[table], **changes})

    assert len(connection.execute(METADATA.tables[table].select()).all()) == 2


@pytest.mark.parametrize(("table", "rule", "columns"), POINTING)
def test_a_row_that_points_nowhere_is_refused(
    connection: Connection, table: str, rule: str, columns: list[str]
) -> None:
    kinds = METADATA.tables[table].columns
    nowhere = {name: 999 if kinds[name].type.python_type is int else "?" for name in columns}
    add_good_rows(connection, up_to=table)
    # SQLite does not say which; PostgreSQL names the first of those that are broken.
    with pytest.raises(IntegrityError, match=r"FOREIGN KEY constraint failed|_fkey"):
        connection.execute(update(METADATA.tables[table]).values(nowhere))


def test_no_rule_is_left_out_here() -> None:
    tables = METADATA.sorted_tables
    assert {(table, rule) for table, rule, _ in CHECKS} == {
        (table.name, rule.name)
        for table in tables
        for rule in table.constraints
        if isinstance(rule, CheckConstraint)
    }
    assert {(table, rule) for table, rule, _ in UNIQUE} == {
        (table.name, rule) for table in tables for rule in _uniques(table.name)
    }


def _uniques(table: str) -> dict[str, list[str]]:
    """The columns of each unique constraint and unique index, by name."""
    found = METADATA.tables[table]
    rules: list[UniqueConstraint | Index] = [index for index in found.indexes if index.unique]
    rules += [rule for rule in found.constraints if isinstance(rule, UniqueConstraint)]
    return {str(rule.name): [column.name for column in rule.columns] for rule in rules}
