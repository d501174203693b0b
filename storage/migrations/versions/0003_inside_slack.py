"""Inside Slack: roles, facilitators named there, edits, and rounds that are answered together."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MANNERS = "'apart', 'together', 'rehearsal'"
KNOWN_MANNER = f"manner IN ({MANNERS})"
USUAL_MANNER = "apart"
# What is deleted (a rehearsal) stays on buttons and in keys: its number is given to nothing else.
NEVER_AGAIN = {"sqlite_autoincrement": True}
ROLES = "'data_science', 'ml_engineering', 'data_engineering', 'platform', 'product'"
KNOWN_ROLE = f"role IN ({ROLES})"

ABOUT_A_ROUND = "round_id IS NOT NULL OR kind IN ('not_opened', 'away', 'facilitator_named')"


def upgrade() -> None:
    _change_people()
    _change_scorecards()
    _change_rounds()
    _create_facilitators()
    _change_messages()


def _change_people() -> None:
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("role", sa.String()))
        table.create_check_constraint("role_known", KNOWN_ROLE)
    with op.batch_alter_table("participants", table_kwargs=NEVER_AGAIN) as table:
        table.create_check_constraint("role_known", KNOWN_ROLE)


def _change_scorecards() -> None:
    with op.batch_alter_table("scorecards", table_kwargs=NEVER_AGAIN) as table:
        table.add_column(_filled("manner", sa.String(), USUAL_MANNER))
        table.add_column(_filled("revision", sa.Integer(), "0"))
        table.add_column(sa.Column("changed_by", sa.String()))
        table.add_column(sa.Column("edits", sa.Integer()))
        table.create_check_constraint("manner_known", KNOWN_MANNER)
        table.create_foreign_key("scorecards_edits_fkey", "scorecards", ["edits"], ["id"])
    with op.batch_alter_table("scorecards", table_kwargs=NEVER_AGAIN) as table:
        table.alter_column("manner", existing_type=sa.String(), server_default=None)
        table.alter_column("revision", existing_type=sa.Integer(), server_default=None)


def _change_rounds() -> None:
    with op.batch_alter_table("rounds", table_kwargs=NEVER_AGAIN) as table:
        table.add_column(_filled("manner", sa.String(), USUAL_MANNER))
        table.create_check_constraint("manner_known", KNOWN_MANNER)
    with op.batch_alter_table("rounds", table_kwargs=NEVER_AGAIN) as table:
        table.alter_column("manner", existing_type=sa.String(), server_default=None)


def _create_facilitators() -> None:
    op.create_table(
        "facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.Integer()),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("removed_by", sa.String()),
        sa.PrimaryKeyConstraint("id", name="facilitators_pkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="facilitators_team_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["scorecard_id"], ["scorecards.id"], name="facilitators_scorecard_id_fkey"
        ),
    )
    _one(
        "one_facilitator_per_workspace",
        ["team_id", "user_id"],
        "scorecard_id IS NULL AND removed_by IS NULL",
    )
    _one(
        "one_facilitator_per_scorecard",
        ["scorecard_id", "user_id"],
        "scorecard_id IS NOT NULL AND removed_by IS NULL",
    )


def _change_messages() -> None:
    """Who was named is told so: a message about no round."""
    with op.batch_alter_table("messages", table_kwargs=NEVER_AGAIN) as table:
        table.drop_constraint("about_a_round", type_="check")
        table.create_check_constraint("about_a_round", ABOUT_A_ROUND)


def _one(name: str, columns: list[str], where: str) -> None:
    op.create_index(
        name,
        "facilitators",
        columns,
        unique=True,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _filled(name: str, kind: Any, value: Any) -> sa.Column[Any]:
    """A column that rows which are there already need a value for."""
    return sa.Column(name, kind, nullable=False, server_default=value)
