"""One's own data: rounds from which answers were erased, and files that people asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# What is deleted (a rehearsal) stays on buttons and in keys: its number is given to nothing else.
NEVER_AGAIN = {"sqlite_autoincrement": True}
ERASED_AFTER_CLOSING = "closed_at IS NOT NULL OR (erased_at IS NULL AND emptied_at IS NULL)"
ABOUT_A_ROUND = (
    "round_id IS NOT NULL OR kind IN ('not_opened', 'away', 'facilitator_named', 'own_data')"
)


def upgrade() -> None:
    with op.batch_alter_table("rounds", table_kwargs=NEVER_AGAIN) as table:
        table.add_column(sa.Column("erased_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("emptied_at", sa.DateTime(timezone=True)))
        table.create_check_constraint("erased_after_closing", ERASED_AFTER_CLOSING)
    with op.batch_alter_table("messages", table_kwargs=NEVER_AGAIN) as table:
        table.drop_constraint("about_a_round", type_="check")
        table.create_check_constraint("about_a_round", ABOUT_A_ROUND)
