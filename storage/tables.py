"""Every table, with the constraints that hold whatever the code above does.

Each row carries the workspace (`team_id`). Instants are aware and come back as UTC.
"""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from questionnaires.calendar import Weekend
from questionnaires.roles import Role
from questionnaires.rounds import Manner
from storage.act_table import ActRow  # noqa: F401 - of ours, too
from storage.columns import FreeText, one_of
from storage.hidden_table import HiddenCommentRow  # noqa: F401 - of ours, too
from storage.tailoring_tables import TailoringDraftRow, TailoringRow  # noqa: F401 - of ours, too

# What is deleted (a rehearsal) stays on buttons and in keys: its number is given to nothing else.
NEVER_AGAIN = {"sqlite_autoincrement": True}


class WorkspaceRow(SQLModel, table=True):
    __tablename__ = "workspaces"

    team_id: str = Field(primary_key=True)
    name: str = Field(sa_type=FreeText)
    bot_user_id: str
    people_read_at: datetime | None = None
    ticked_at: datetime | None = None
    stopped_at: datetime | None = None
    stopped_why: str | None = None


class PersonRow(SQLModel, table=True):
    """A person as Slack describes them; `role` is what they said of themselves."""

    __tablename__ = "people"
    __table_args__ = (one_of("role", *Role),)

    team_id: str = Field(primary_key=True, foreign_key="workspaces.team_id")
    user_id: str = Field(primary_key=True)
    name: str = Field(sa_type=FreeText)
    zone: str | None = None
    deleted: bool = False
    bot: bool = False
    guest: bool = False
    stranger: bool = False
    admin: bool = False
    role: str | None = None


class QuestionnaireRow(SQLModel, table=True):
    """A version that has been asked: locked, and kept so that results can be recomputed."""

    __tablename__ = "questionnaires"

    team_id: str = Field(primary_key=True, foreign_key="workspaces.team_id")
    questionnaire_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    digest: str
    source: str
    first_asked_at: datetime


class ScorecardRow(SQLModel, table=True):
    """A team's set-up. A draft that `edits` another one waits to be put in its place; `revision`
    is then the one that was edited.
    """

    __tablename__ = "scorecards"
    __table_args__ = (
        one_of("state", "draft", "active", "paused"),
        one_of("weekend", *Weekend),
        one_of("manner", *Manner),
        one_of("cadence", "quarterly", "monthly", "half_yearly", "yearly", "once"),
        CheckConstraint("days_open BETWEEN 1 AND 40", name="days_open_in_range"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_in_range"),
        CheckConstraint("length(team_name) BETWEEN 1 AND 35", name="team_name_length"),
        Index(
            "one_scorecard_per_name",
            "team_id",
            "name_key",
            unique=True,
            sqlite_where=sql("state <> 'draft'"),
            postgresql_where=sql("state <> 'draft'"),
        ),
        Index("scorecards_by_next_on", "state", "next_on"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    state: str
    team_name: str = Field(sa_type=FreeText)
    name_key: str = Field(sa_type=FreeText)
    questionnaire_id: str
    audience_channel: str | None = None
    audience_group: str | None = None
    audience_people: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    guests: bool
    results_channel: str
    cadence: str
    zone: str
    hour: int
    days_open: int
    weekend: str
    created_by: str
    created_at: datetime
    first_on: date | None = None
    next_on: date | None = None
    trouble: str | None = None
    manner: str
    revision: int = 0
    changed_by: str | None = None
    edits: int | None = Field(default=None, foreign_key="scorecards.id")


class FacilitatorRow(SQLModel, table=True):
    """Somebody who was named in Slack: for one scorecard, or without one for the workspace.

    Each naming is a row; who was taken out keeps it, with who did that.
    """

    __tablename__ = "facilitators"
    __table_args__ = (
        Index(
            "one_facilitator_per_workspace",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=sql("scorecard_id IS NULL AND removed_by IS NULL"),
            postgresql_where=sql("scorecard_id IS NULL AND removed_by IS NULL"),
        ),
        Index(
            "one_facilitator_per_scorecard",
            "scorecard_id",
            "user_id",
            unique=True,
            sqlite_where=sql("scorecard_id IS NOT NULL AND removed_by IS NULL"),
            postgresql_where=sql("scorecard_id IS NOT NULL AND removed_by IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    user_id: str
    scorecard_id: int | None = Field(default=None, foreign_key="scorecards.id")
    named_by: str
    removed_by: str | None = None


class RoundRow(SQLModel, table=True):
    """`erased_at`: since when it is no longer recomputable, for answers were erased from it after
    its result was computed; `emptied_at`: when the last of them were, their time being over.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        one_of("state", "open", "closed", "published"),
        one_of("weekend", *Weekend),
        one_of("manner", *Manner),
        CheckConstraint("k BETWEEN 3 AND 10", name="k_in_range"),
        CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="closed_has_a_time"),
        CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name="published_has_a_time"
        ),
        CheckConstraint(
            "closed_at IS NOT NULL OR (erased_at IS NULL AND emptied_at IS NULL)",
            name="erased_after_closing",
        ),
        ForeignKeyConstraint(
            ["team_id", "questionnaire_id", "questionnaire_version"],
            ["questionnaires.team_id", "questionnaires.questionnaire_id", "questionnaires.version"],
        ),
        UniqueConstraint("scorecard_id", "occurs_on", name="one_round_per_occurrence"),
        Index(
            "one_open_round_per_scorecard",
            "scorecard_id",
            unique=True,
            sqlite_where=sql("state = 'open'"),
            postgresql_where=sql("state = 'open'"),
        ),
        Index("rounds_by_state", "state", "closes_at"),
        Index("rounds_by_audience_due_at", "state", "audience_due_at"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    scorecard_id: int = Field(foreign_key="scorecards.id")
    number: int
    occurs_on: date
    team_name: str = Field(sa_type=FreeText)
    title: str
    state: str
    questionnaire_id: str
    questionnaire_version: int
    tailoring_id: int | None = Field(default=None, foreign_key="tailorings.id")
    k: int
    zone: str
    hour: int
    weekend: str
    results_channel: str
    results_readers: int | None = None
    opened_by: str
    due_at: datetime | None = None
    opened_at: datetime
    closes_at: datetime
    audience_due_at: datetime
    closed_at: datetime | None = None
    publishes_at: datetime | None = None
    published_at: datetime | None = None
    manner: str
    erased_at: datetime | None = None
    emptied_at: datetime | None = None


class ParticipantRow(SQLModel, table=True):
    __tablename__ = "participants"
    __table_args__ = (
        one_of("state", "invited", "started", "finished", "skipped"),
        one_of("role", *Role),
        CheckConstraint("(card_channel IS NULL) = (card_ts IS NULL)", name="card_is_whole"),
        UniqueConstraint("round_id", "user_id", name="one_participant_per_person"),
        Index("participants_by_person", "team_id", "user_id"),
        Index("participants_by_state", "round_id", "state", "left_alone"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    round_id: int = Field(foreign_key="rounds.id")
    user_id: str
    role: str | None = None
    zone: str
    state: str
    ask_at: datetime
    left_alone: str | None = None
    revision: int = 0
    changed_at: datetime | None = None
    card_channel: str | None = None
    card_ts: str | None = None
    fix_first: str | None = Field(default=None, sa_type=FreeText)


class AnswerRow(SQLModel, table=True):
    __tablename__ = "answers"
    __table_args__ = (
        one_of("kind", "level", "not_applicable", "dont_know"),
        CheckConstraint("level IS NULL OR level BETWEEN 0 AND 4", name="level_in_range"),
        CheckConstraint("(kind = 'level') = (level IS NOT NULL)", name="level_with_its_kind"),
        CheckConstraint(
            "(kind = 'not_applicable') = (reason IS NOT NULL)", name="reason_with_its_kind"
        ),
    )

    participant_id: int = Field(primary_key=True, foreign_key="participants.id")
    question_id: str = Field(primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    kind: str
    level: int | None = None
    reason: str | None = Field(default=None, sa_type=FreeText)
    answered_at: datetime


class CommentRow(SQLModel, table=True):
    """A remark on a question; it may come before the answer."""

    __tablename__ = "comments"
    __table_args__ = (CheckConstraint("length(body) BETWEEN 1 AND 2000", name="body_length"),)

    participant_id: int = Field(primary_key=True, foreign_key="participants.id")
    question_id: str = Field(primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    body: str = Field(sa_type=FreeText)


class ResultRow(SQLModel, table=True):
    """The measurement of a closed round, computed once and frozen."""

    __tablename__ = "results"

    round_id: int = Field(primary_key=True, foreign_key="rounds.id")
    team_id: str = Field(foreign_key="workspaces.team_id")
    method_version: int
    measurement: str
    computed_at: datetime


class GapRow(SQLModel, table=True):
    """A while in which the bot was away; `late` is what came late because of it, as JSON."""

    __tablename__ = "gaps"
    __table_args__ = (
        CheckConstraint("began_at < ended_at", name="began_before_it_ended"),
        Index("gaps_by_workspace", "team_id", "ended_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    began_at: datetime
    ended_at: datetime
    late: str | None = Field(default=None, sa_type=FreeText)


class MessageRow(SQLModel, table=True):
    """The outbox: one row for each message that somebody would see twice.

    `key` is carried by the message itself as its first block_id; `file_id` is the uploaded
    file of a picture. `due_at` of an unknown row is when the conversation is looked at;
    `claimed_at` of a sent one is when it was sent.
    """

    __tablename__ = "messages"
    __table_args__ = (
        one_of("state", "due", "claimed", "sent", "failed", "unknown"),
        CheckConstraint("(state = 'claimed') = (claimed_until IS NOT NULL)", name="claim_has_end"),
        CheckConstraint(
            "round_id IS NOT NULL OR kind IN "
            "('not_opened', 'away', 'facilitator_named', 'own_data', 'export_csv', 'export_json')",
            name="about_a_round",
        ),
        UniqueConstraint("round_id", "recipient", "kind", "number", name="one_message_per_prompt"),
        Index("messages_by_due", "state", "due_at"),
        Index("messages_by_recipient", "recipient", "kind"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: str = Field(foreign_key="workspaces.team_id")
    key: str = Field(unique=True)
    round_id: int | None = Field(default=None, foreign_key="rounds.id")
    scorecard_id: int | None = Field(default=None, foreign_key="scorecards.id")
    participant_id: int | None = Field(default=None, foreign_key="participants.id")
    recipient: str
    kind: str
    number: int
    state: str
    due_at: datetime
    claimed_at: datetime | None = None
    claimed_until: datetime | None = None
    attempts: int = 0
    doubts: int = 0
    channel: str | None = None
    ts: str | None = None
    file_id: str | None = None
    problem: str | None = Field(default=None, sa_type=FreeText)
