"""Comments that facilitators hide before a result is posted, and the acts that note it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

ACTS = (
    "'set_up', 'edited', 'tailored', 'named', 'taken_out', 'opened', 'reminded', 'extended', "
    "'skipped', 'paused', 'resumed', 'closed', 'hid_comment', 'showed_comment', 'posted', "
    "'exported'"
)
OF_ROUNDS = "'opened', 'reminded', 'extended', 'closed', 'hid_comment', 'showed_comment', 'posted'"


def upgrade() -> None:
    op.create_table(
        "hidden_comments",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("round_id", "digest", name="hidden_comments_pkey"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="hidden_comments_round_id_fkey"),
        sa.ForeignKeyConstraint(
            ["team_id"], ["workspaces.team_id"], name="hidden_comments_team_id_fkey"
        ),
        sa.CheckConstraint("length(digest) = 64", name="digest_length"),
    )
    with op.batch_alter_table("acts") as table:
        table.drop_constraint("what_known", type_="check")
        table.create_check_constraint("what_known", f"what IN ({ACTS})")
        table.drop_constraint("round_of_its_act", type_="check")
        table.create_check_constraint(
            "round_of_its_act", f"round_id IS NOT NULL OR what NOT IN ({OF_ROUNDS})"
        )
