"""The first tables: workspaces, people, questionnaires, scorecards, rounds, answers, outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_workspaces()
    _create_people()
    _create_questionnaires()
    _create_scorecards()
    _create_rounds()
    _create_participants()
    _create_answers()
    _create_comments()
    _create_results()
    _create_messages()


def _create_workspaces() -> None:
    op.create_table(
        "workspaces",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_user_id", sa.String(), nullable=False),
        sa.Column("people_read_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("team_id", name="workspaces_pkey"),
    )


def _create_people() -> None:
    op.create_table(
        "people",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String()),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("stranger", sa.Boolean(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="people_pkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="people_team_id_fkey"),
    )


def _create_questionnaires() -> None:
    op.create_table(
        "questionnaires",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("first_asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "team_id", "questionnaire_id", "version", name="questionnaires_pkey"
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="questionnaires_team_id_fkey"
        ),
    )


def _create_scorecards() -> None:
    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("team_name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("audience_channel", sa.String()),
        sa.Column("audience_people", sa.JSON(), nullable=False),
        sa.Column("results_channel", sa.String(), nullable=False),
        sa.Column("cadence", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("days_open", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_on", sa.Date()),
        sa.Column("next_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name="scorecards_pkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="scorecards_team_id_fkey"
        ),
        sa.CheckConstraint("state IN ('draft', 'active')", name="state_known"),
        sa.CheckConstraint(
            "cadence IN ('quarterly', 'monthly', 'half_yearly', 'yearly', 'once')",
            name="cadence_known",
        ),
        sa.CheckConstraint("days_open BETWEEN 1 AND 40", name="days_open_in_range"),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="hour_in_range"),
        sa.CheckConstraint("length(team_name) BETWEEN 1 AND 35", name="team_name_length"),
    )
    op.create_index(
        "one_active_scorecard_per_name",
        "scorecards",
        ["team_id", "name_key"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index("scorecards_by_next_on", "scorecards", ["state", "next_on"])


def _create_rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occurs_on", sa.Date(), nullable=False),
        sa.Column("team_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("questionnaire_id", sa.String(), nullable=False),
        sa.Column("questionnaire_version", sa.Integer(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("results_channel", sa.String(), nullable=False),
        sa.Column("results_readers", sa.Integer()),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("publishes_at", sa.DateTime(timezone=True)),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="rounds_pkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="rounds_team_id_fkey"),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="rounds_scorecard_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["team_id", "questionnaire_id", "questionnaire_version"],
            ["questionnaires.team_id", "questionnaires.questionnaire_id", "questionnaires.version"],
            name="rounds_team_id_questionnaire_id_questionnaire_version_fkey",
        ),
        sa.UniqueConstraint("scorecard_id", "occurs_on", name="one_round_per_occurrence"),
        sa.CheckConstraint("state IN ('open', 'closed', 'published')", name="state_known"),
        sa.CheckConstraint("k BETWEEN 3 AND 10", name="k_in_range"),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_a_time"),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name="published_has_a_time"
        ),
    )
    op.create_index(
        "one_open_round_per_scorecard",
        "rounds",
        ["scorecard_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("rounds_by_state", "rounds", ["state", "closes_at"])


def _create_participants() -> None:
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("role", sa.String()),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ask_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("card_channel", sa.String()),
        sa.Column("card_ts", sa.String()),
        sa.Column("fix_first", sa.String()),
        sa.PrimaryKeyConstraint("id", name="participants_pkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="participants_team_id_fkey"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="participants_round_id_fkey"),
        sa.UniqueConstraint("round_id", "user_id", name="one_participant_per_person"),
        sa.CheckConstraint(
            "state IN ('invited', 'started', 'finished', 'skipped')", name="state_known"
        ),
        sa.CheckConstraint("(card_channel IS NULL) = (card_ts IS NULL)", name="card_is_whole"),
    )
    op.create_index("participants_by_person", "participants", ["team_id", "user_id"])


def _create_answers() -> None:
    op.create_table(
        "answers",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("reason", sa.String()),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "question_id", name="answers_pkey"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="answers_participant_id_fkey"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="answers_team_id_fkey"),
        sa.CheckConstraint("kind IN ('level', 'not_applicable', 'dont_know')", name="kind_known"),
        sa.CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level_in_range"),
        sa.CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="level_with_its_kind"),
        sa.CheckConstraint(
            "(kind = 'not_applicable') = (reason IS NOT NULL)", name="reason_with_its_kind"
        ),
    )


def _create_comments() -> None:
    op.create_table(
        "comments",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id", "question_id", name="comments_pkey"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="comments_participant_id_fkey"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="comments_team_id_fkey"),
        sa.CheckConstraint("length(body) BETWEEN 1 AND 2000", name="body_length"),
    )


def _create_results() -> None:
    op.create_table(
        "results",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("method_version", sa.Integer(), nullable=False),
        sa.Column("measurement", sa.String(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("round_id", name="results_pkey"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="results_round_id_fkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="results_team_id_fkey"),
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer()),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("ts", sa.String()),
        sa.Column("file_id", sa.String()),
        sa.Column("problem", sa.String()),
        sa.PrimaryKeyConstraint("id", name="messages_pkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="messages_team_id_fkey"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="messages_round_id_fkey"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name="messages_participant_id_fkey"
        ),
        sa.UniqueConstraint("key", name="messages_key_key"),
        sa.UniqueConstraint(
            "round_id", "recipient", "kind", "number", name="one_message_per_prompt"
        ),
        sa.CheckConstraint(
            "state IN ('due', 'claimed', 'sent', 'failed', 'unknown')", name="state_known"
        ),
        sa.CheckConstraint(
            "(state = 'claimed') = (claimed_until IS NOT NULL)", name="claim_has_end"
        ),
    )
    op.create_index("messages_by_due", "messages", ["state", "due_at"])
