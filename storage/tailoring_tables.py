"""Tables of tailored questions. What is saved is never changed: rows are added.

They belong to storage/tables.py, which has the other tables and would be too long with them.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import FreeText


class TailoringRow(SQLModel, table=True):
    """One version of a scorecard's questions; `content` is JSON. `saved_by` NULL: by itself."""

    __tablename__ = "tailorings"
    __table_args__ = (
        UniqueConstraint("scorecard_id", "number", name="one_tailoring_per_number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    scorecard_id: int = Field(foreign_key="scorecards.id")
    number: int
    content: str = Field(sa_type=FreeText)
    saved_by: str | None = None
    saved_at: datetime


class TailoringDraftRow(SQLModel, table=True):
    """What a facilitator has chosen and not saved; `begun_from`: the version it changes, or 0."""

    __tablename__ = "tailoring_drafts"

    scorecard_id: int = Field(primary_key=True, foreign_key="scorecards.id")
    user_id: str = Field(primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    begun_from: int
    content: str = Field(sa_type=FreeText)
