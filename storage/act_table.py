"""The table of what facilitators did. Rows are only added, and none has room for free text.

It belongs to storage/tables.py, which has the other tables and would be too long with it.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from questionnaires.acts import OF_DAYS, OF_NAMES, OF_ROUNDS, Act
from storage.columns import one_of, words


class ActRow(SQLModel, table=True):
    """Who did what, and when. Without a scorecard: somebody named or taken out for all of them.

    `whom`: who that was; `day`: to which a deadline was moved, or whose round was skipped;
    `version`: of the questions that were saved.
    """

    __tablename__ = "acts"
    __table_args__ = (
        one_of("what", *Act),
        CheckConstraint(
            f"scorecard_id IS NOT NULL OR what IN ({words(*OF_NAMES)})", name="about_a_scorecard"
        ),
        CheckConstraint(
            f"round_id IS NOT NULL OR what NOT IN ({words(*OF_ROUNDS)})", name="round_of_its_act"
        ),
        CheckConstraint(
            f"(what IN ({words(*OF_NAMES)})) = (whom IS NOT NULL)", name="whom_with_its_act"
        ),
        CheckConstraint(
            f"(what IN ({words(*OF_DAYS)})) = (day IS NOT NULL)", name="day_with_its_act"
        ),
        CheckConstraint(
            f"(what = '{Act.TAILORED}') = (version IS NOT NULL)", name="version_with_its_act"
        ),
        Index("acts_by_scorecard", "scorecard_id", "done_at"),
        Index("acts_by_person", "team_id", "user_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    scorecard_id: int | None = Field(default=None, foreign_key="scorecards.id")
    round_id: int | None = Field(default=None, foreign_key="rounds.id")
    user_id: str
    what: str
    whom: str | None = None
    day: date | None = None
    version: int | None = None
    done_at: datetime
