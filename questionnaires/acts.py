"""What facilitators did, as values: who, what and when. Never what somebody answered."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# Of a scorecard's history so many are shown; a modal holds 100 blocks.
SHOWN_MOST = 40


class Act(StrEnum):
    """What a facilitator can do. What the bot does by itself, when its time has come, is none."""

    SET_UP = "set_up"
    EDITED = "edited"
    TAILORED = "tailored"
    NAMED = "named"
    TAKEN_OUT = "taken_out"
    OPENED = "opened"
    REMINDED = "reminded"
    EXTENDED = "extended"
    SKIPPED = "skipped"
    PAUSED = "paused"
    RESUMED = "resumed"
    CLOSED = "closed"
    HID_COMMENT = "hid_comment"
    SHOWED_COMMENT = "showed_comment"
    POSTED = "posted"
    EXPORTED = "exported"


OF_NAMES = (Act.NAMED, Act.TAKEN_OUT)
OF_DAYS = (Act.EXTENDED, Act.SKIPPED)
OF_ROUNDS = (
    *(Act.OPENED, Act.REMINDED, Act.EXTENDED, Act.CLOSED),
    *(Act.HID_COMMENT, Act.SHOWED_COMMENT, Act.POSTED),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: `by` and `whom` are user ids.

    No `scorecard_id` and no `team_name`: about all scorecards of the workspace. `whom`: who was
    named or taken out. `day`: to which a deadline was moved, or whose round was skipped.
    `version`: of the questions.
    """

    what: Act
    by: str
    at: datetime
    scorecard_id: int | None = None
    team_name: str | None = None
    round_title: str | None = None
    whom: str | None = None
    day: date | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What facilitators did with a scorecard, the newest first; `zone` is the reader's own.

    `earlier`: how many more there are before those.
    """

    team_name: str
    zone: str
    deeds: tuple[Deed, ...]
    earlier: int = 0
