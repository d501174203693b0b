"""The upgrade that brings the table of acts: it begins with what is known by then."""

from datetime import UTC, datetime

from questionnaires.acts import Act
from storage import acts, keeping, namings
from storage.database import Database
from storage.upgrade import SHIPPED, Migrations, upgrade

LATER = datetime(2026, 7, 5, 9, 0, tzinfo=UTC)
BEFORE = Migrations(SHIPPED.folder, "0005")
# A team with two rounds, of which the second opened by itself; a draft; and a rehearsal.
KEPT = (
    "INSERT INTO workspaces (team_id, name, bot_user_id) VALUES ('T1', 'Acme', 'UBOT')",
    "INSERT INTO questionnaires VALUES ('T1', 'q', 1, 'abc', '', '2026-01-05 09:00:00+00:00')",
    "INSERT INTO scorecards (id, state, team_name, name_key, manner,"
    " team_id, questionnaire_id, audience_people, guests, results_channel, cadence, zone, hour,"
    " days_open, weekend, created_by, created_at, revision) VALUES"
    " (1, 'paused', 'Fraud', 'fraud', 'apart', 'T1', 'q', '[]', FALSE, 'C1', 'once', 'UTC', 10,"
    " 10, 'sunday', 'U1', '2026-01-05 09:00:00+00:00', 0),"
    " (2, 'draft', 'Ads', 'ads', 'apart', 'T1', 'q', '[]', FALSE, 'C1', 'once', 'UTC', 10,"
    " 10, 'sunday', 'U1', '2026-01-05 09:00:00+00:00', 0),"
    " (3, 'active', 'Try', 'try', 'rehearsal', 'T1', 'q', '[]', FALSE, 'C1', 'once', 'UTC', 10,"
    " 10, 'sunday', 'U1', '2026-01-05 09:00:00+00:00', 0)",
    "INSERT INTO rounds (id, scorecard_id, number, occurs_on, title, due_at, opened_at, manner,"
    " team_id, team_name, state, questionnaire_id, questionnaire_version, k, zone, hour, weekend,"
    " results_channel, opened_by, closes_at, audience_due_at, closed_at) VALUES"
    " (1, 1, 1, '2026-01-05', 'January 2026', NULL, '2026-01-05 09:01:00+00:00', 'apart',"
    " 'T1', 'Fraud', 'closed', 'q', 1, 5, 'UTC', 10, 'sunday', 'C1', 'U1',"
    " '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00'),"
    " (2, 1, 2, '2026-02-05', 'February 2026', '2026-02-05 09:00:00+00:00',"
    " '2026-02-05 09:00:00+00:00', 'apart',"
    " 'T1', 'Fraud', 'closed', 'q', 1, 5, 'UTC', 10, 'sunday', 'C1', 'U1',"
    " '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00'),"
    " (3, 3, 1, '2026-01-05', 'January 2026', NULL, '2026-01-05 09:01:00+00:00', 'rehearsal',"
    " 'T1', 'Fraud', 'closed', 'q', 1, 5, 'UTC', 10, 'sunday', 'C1', 'U1',"
    " '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00', '2026-06-05 09:00:00+00:00')",
    "INSERT INTO tailorings (id, team_id, scorecard_id, number, content, saved_by, saved_at) VALUES"
    " (1, 'T1', 1, 1, '{}', 'U2', '2026-03-05 09:00:00+00:00'),"
    " (2, 'T1', 1, 2, '{}', NULL, '2026-04-05 09:00:00+00:00')",
    "INSERT INTO facilitators (team_id, user_id, scorecard_id, named_by)"
    " VALUES ('T1', 'U2', 1, 'U1')",
)


def test_acts_begin_with_what_is_known_by_then(empty_database: Database) -> None:
    """Who was named is known, but not when; what came by itself was nobody's act."""
    upgrade(empty_database, BEFORE)
    with empty_database.engine.begin() as connection:
        for statement in KEPT:
            connection.exec_driver_sql(statement)

    upgrade(empty_database)

    with empty_database.reading() as session:
        found, earlier = acts.of_scorecard(session, "T1", 1, 40)
        assert acts.of_scorecard(session, "T1", 2, 40) == ([], 0)
        assert acts.of_scorecard(session, "T1", 3, 40) == ([], 0)
    assert earlier == 0
    assert [(one.what, one.by, one.at, one.round_title, one.version) for one in found] == [
        (Act.TAILORED, "U2", datetime(2026, 3, 5, 9, 0, tzinfo=UTC), None, 1),
        (Act.OPENED, "U1", datetime(2026, 1, 5, 9, 1, tzinfo=UTC), "January 2026", None),
        (Act.SET_UP, "U1", datetime(2026, 1, 5, 9, 0, tzinfo=UTC), None, None),
    ]


def test_of_what_is_older_than_the_acts_ones_own_file_speaks_once(empty_database: Database) -> None:
    upgrade(empty_database, BEFORE)
    with empty_database.engine.begin() as connection:
        for statement in KEPT:
            connection.exec_driver_sql(statement)
    upgrade(empty_database)
    with empty_database.writing() as session:
        namings.take_out(session, "T1", 1, ["U2"], "U1")
        acts.note_name(session, Act.TAKEN_OUT, "U2", "T1", 1, "U1", LATER)
        namings.add(session, "T1", 1, "U2", "U1")
        acts.note_name(session, Act.NAMED, "U2", "T1", 1, "U1", LATER)

    def kept(user_id: str) -> list[tuple[str, str | None]]:
        with empty_database.reading() as session:
            deeds = acts.of_person(session, "T1", user_id)
            return [(one.what, one.about) for one in keeping.acts(session, "T1", user_id, deeds)]

    assert kept("U2") == [("you were named a facilitator", "Fraud")]
    assert kept("U1") == [
        ("you are named as who entered this set-up, which was not confirmed", "Ads"),
        ("you are named as who asks in this round", "Fraud, January 2026"),
        ("you are named as who asks in this round", "Fraud, February 2026"),
        ("you named a facilitator", "Fraud"),
    ]
