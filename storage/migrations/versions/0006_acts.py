"""What facilitators did: who, what and when; begun with what is known of it by now."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ACTS = (
    "'set_up', 'edited', 'tailored', 'named', 'taken_out', 'opened', 'reminded', 'extended', "
    "'skipped', 'paused', 'resumed', 'closed', 'posted'"
)
OF_NAMES = "'named', 'taken_out'"
OF_DAYS = "'extended', 'skipped'"
OF_ROUNDS = "'opened', 'reminded', 'extended', 'closed', 'posted'"

# A set-up was entered then, and confirmed from the same modal. A round without an hour at which
# it was due was opened by somebody. Of everything else nobody wrote down who or when.
KNOWN = """
INSERT INTO acts (team_id, scorecard_id, round_id, user_id, what, version, done_at)
SELECT * FROM (
    SELECT team_id, id AS scorecard_id, CAST(NULL AS INTEGER) AS round_id, created_by AS user_id,
           'set_up' AS what, CAST(NULL AS INTEGER) AS version, created_at AS done_at
    FROM scorecards WHERE state <> 'draft' AND manner <> 'rehearsal'
    UNION ALL
    SELECT team_id, scorecard_id, id, opened_by, 'opened', CAST(NULL AS INTEGER), opened_at
    FROM rounds WHERE due_at IS NULL AND manner <> 'rehearsal'
    UNION ALL
    SELECT team_id, scorecard_id, CAST(NULL AS INTEGER), saved_by, 'tailored', number, saved_at
    FROM tailorings WHERE saved_by IS NOT NULL
) AS known ORDER BY done_at, what DESC
"""


def upgrade() -> None:
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("scorecard_id", sa.Integer()),
        sa.Column("round_id", sa.Integer()),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("whom", sa.String()),
        sa.Column("day", sa.Date()),
        sa.Column("version", sa.Integer()),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="acts_pkey"),
        sa.ForeignKeyConstraint(["team_id"], ["workspaces.team_id"], name="acts_team_id_fkey"),
        sa.ForeignKeyConstraint(["scorecard_id"], ["scorecards.id"], name="acts_scorecard_id_fkey"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="acts_round_id_fkey"),
        sa.CheckConstraint(f"what IN ({ACTS})", name="what_known"),
        sa.CheckConstraint(
            f"scorecard_id IS NOT NULL OR what IN ({OF_NAMES})", name="about_a_scorecard"
        ),
        sa.CheckConstraint(
            f"round_id IS NOT NULL OR what NOT IN ({OF_ROUNDS})", name="round_of_its_act"
        ),
        sa.CheckConstraint(
            f"(what IN ({OF_NAMES})) = (whom IS NOT NULL)", name="whom_with_its_act"
        ),
        sa.CheckConstraint(f"(what IN ({OF_DAYS})) = (day IS NOT NULL)", name="day_with_its_act"),
        sa.CheckConstraint(
            "(what = 'tailored') = (version IS NOT NULL)", name="version_with_its_act"
        ),
    )
    op.create_index("acts_by_scorecard", "acts", ["scorecard_id", "done_at"])
    op.create_index("acts_by_person", "acts", ["team_id", "user_id"])
    op.execute(KNOWN)
