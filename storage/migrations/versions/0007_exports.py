"""Exports: files with results for facilitators, and the acts that note them."""

from alembic import op

revision = "0007"
down_revision = "0006"

# What is deleted (a rehearsal) stays on buttons and in keys: its number is given to nothing else.
NEVER_AGAIN = {"sqlite_autoincrement": True}
ABOUT_A_ROUND = (
    "round_id IS NOT NULL OR kind IN ('not_opened', 'away', 'facilitator_named', 'own_data', "
    "'export_csv', 'export_json')"
)
ACTS = (
    "'set_up', 'edited', 'tailored', 'named', 'taken_out', 'opened', 'reminded', 'extended', "
    "'skipped', 'paused', 'resumed', 'closed', 'posted', 'exported'"
)


def upgrade() -> None:
    with op.batch_alter_table("messages", table_kwargs=NEVER_AGAIN) as table:
        table.drop_constraint("about_a_round", type_="check")
        table.create_check_constraint("about_a_round", ABOUT_A_ROUND)
    with op.batch_alter_table("acts") as table:
        table.drop_constraint("what_known", type_="check")
        table.create_check_constraint("what_known", f"what IN ({ACTS})")
