"""Tailored questions: versions, drafts, and which of them a round asks."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# What is deleted (a rehearsal) stays on buttons and in keys: its number is given to nothing else.
NEVER_AGAIN = {"sqlite_autoincrement": True}


def upgrade() -> None:
    _create_tailorings()
    _create_drafts()
    with op.batch_alter_table("rounds", table_kwargs=NEVER_AGAIN) as table:
        table.add_column(sa.Column("tailoring_id", sa.Integer()))
        table.create_foreign_key("rounds_tailoring_id_fkey", "tailorings", ["tailoring_id"], ["id"])


def _create_tailorings() -> None:
    op.create_table(
        "tailorings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("saved_by", sa.String()),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="tailorings_pkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="tailorings_team_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="tailorings_scorecard_id_fkey"
        ),
        sa.UniqueConstraint("scorecard_id", "number", name="one_tailoring_per_number"),
        sa.CheckConstraint("number >= 1", name="number_from_one"),
    )


def _create_drafts() -> None:
    op.create_table(
        "tailoring_drafts",
        sa.Column("scorecard_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("begun_from", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("scorecard_id", "user_id", name="tailoring_drafts_pkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="tailoring_drafts_team_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="tailoring_drafts_scorecard_id_fkey"
        ),
    )
