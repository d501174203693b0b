"""The table of hidden comments: no text, no author, and nothing of who hid them or when.

It belongs to storage/tables.py, which has the other tables and would be too long with it.
"""

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel


class HiddenCommentRow(SQLModel, table=True):
    """Comments of a round with this digest are left out of its result (questionnaires/hiding)."""

    __tablename__ = "hidden_comments"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest_length"),)

    round_id: int = Field(primary_key=True, foreign_key="rounds.id")
    digest: str = Field(primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
