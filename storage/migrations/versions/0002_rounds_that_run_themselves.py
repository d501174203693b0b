"""Rounds that run themselves: weekends, pauses, reminders, gaps, and people left alone."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

INSTANT = sa.DateTime(timezone=True)
WEEKENDS = "'saturday_sunday', 'friday_saturday', 'friday', 'sunday'"
KNOWN_WEEKEND = f"weekend IN ({WEEKENDS})"
USUAL_WEEKEND = "saturday_sunday"


def upgrade() -> None:
    _change_workspaces()
    _change_scorecards()
    _change_rounds()
    _change_participants()
    _create_gaps()
    _change_messages()


def _change_workspaces() -> None:
    with op.batch_alter_table("workspaces") as table:
        table.add_column(sa.Column("ticked_at", INSTANT))
        table.add_column(sa.Column("stopped_at", INSTANT))
        table.add_column(sa.Column("stopped_why", sa.String()))


def _change_scorecards() -> None:
    op.drop_index("one_active_scorecard_per_name", "scorecards")
    with op.batch_alter_table("scorecards") as table:
        table.add_column(sa.Column("audience_group", sa.String()))
        table.add_column(sa.Column("trouble", sa.String()))
        table.add_column(_filled("guests", sa.Boolean(), sa.false()))
        table.add_column(_filled("weekend", sa.String(), USUAL_WEEKEND))
        table.drop_constraint("state_known", type_="check")
        table.create_check_constraint("state_known", "state IN ('draft', 'active', 'paused')")
        table.create_check_constraint("weekend_known", KNOWN_WEEKEND)
    with op.batch_alter_table("scorecards") as table:
        table.alter_column("guests", existing_type=sa.Boolean(), server_default=None)
        table.alter_column("weekend", existing_type=sa.String(), server_default=None)
    named = sa.text("state <> 'draft'")
    op.create_index(
        "one_scorecard_per_name",
        "scorecards",
        ["team_id", "name_key"],
        unique=True,
        sqlite_where=named,
        postgresql_where=named,
    )


def _change_rounds() -> None:
    with op.batch_alter_table("rounds") as table:
        table.add_column(_filled("weekend", sa.String(), USUAL_WEEKEND))
        table.add_column(sa.Column("due_at", INSTANT))
        table.add_column(sa.Column("audience_due_at", INSTANT))
        table.create_check_constraint("weekend_known", KNOWN_WEEKEND)
    op.execute("UPDATE rounds SET audience_due_at = opened_at")
    with op.batch_alter_table("rounds") as table:
        table.alter_column("weekend", existing_type=sa.String(), server_default=None)
        table.alter_column("audience_due_at", existing_type=INSTANT, nullable=False)
    op.create_index("rounds_by_audience_due_at", "rounds", ["state", "audience_due_at"])


def _change_participants() -> None:
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("left_alone", sa.String()))
    op.create_index("participants_by_state", "participants", ["round_id", "state", "left_alone"])


def _create_gaps() -> None:
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("late", sa.String()),
        sa.CheckConstraint("began_at < ended_at", name="began_before_it_ended"),
        sa.PrimaryKeyConstraint("id", name="gaps_pkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="gaps_team_id_fkey"),
    )
    op.create_index("gaps_by_workspace", "gaps", ["team_id", "ended_at"])


def _change_messages() -> None:
    """A wish to be asked later gets a kind of its own; so far it was a numbered invitation."""
    with op.batch_alter_table("messages") as table:
        table.alter_column("round_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("scorecard_id", sa.Integer()))
        table.add_column(sa.Column("claimed_at", INSTANT))
        table.create_foreign_key(
            "messages_scorecard_id_fkey", "scorecards", ["scorecard_id"], ["id"]
        )
        table.create_check_constraint(
            "about_a_round", "round_id IS NOT NULL OR kind IN ('not_opened', 'away')"
        )
    op.execute("UPDATE messages SET kind = 'wished' WHERE kind = 'invitation' AND number > 1")
    op.create_index("messages_by_recipient", "messages", ["recipient", "kind"])


def _filled(name: str, kind: Any, value: Any) -> sa.Column[Any]:
    """A column that rows which are there already need a value for."""
    return sa.Column(name, kind, nullable=False, server_default=value)
