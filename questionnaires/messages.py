"""What the bot says unasked, as rows of the outbox: kinds, order, leases and patience."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE = timedelta(seconds=120)
SETTLE_AFTER = timedelta(seconds=60)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
# Why a result was not posted: another organisation would have read it.
SHARED_CHANNEL = "shared with another organisation"


class Kind(StrEnum):
    """What a message is; with round, recipient and number it names exactly one."""

    INVITATION = "invitation"
    WISHED = "wished"
    REMINDER = "reminder"
    CARD = "card"
    OWN_RADAR = "own_radar"
    PREVIEW = "preview"
    PREVIEW_RADAR = "preview_radar"
    SUMMARY = "summary"
    RADAR = "radar"
    DOTS = "dots"
    STELLAR = "stellar"
    DETAILS = "details"
    TREND = "trend"
    QUESTION_MAP = "question_map"
    NOT_POSTED = "not_posted"
    MAYBE_TWICE = "maybe_twice"
    CHANNEL_CLOSED = "channel_closed"
    NOT_OPENED = "not_opened"
    AWAY = "away"
    FACILITATOR_NAMED = "facilitator_named"
    ERASED = "erased"
    OWN_DATA = "own_data"
    EXPORT_CSV = "export_csv"
    EXPORT_JSON = "export_json"
    REHEARSAL = "rehearsal"
    REHEARSED = "rehearsed"
    REHEARSED_RADAR = "rehearsed_radar"
    REHEARSED_DOTS = "rehearsed_dots"
    REHEARSED_STELLAR = "rehearsed_stellar"
    REHEARSED_DETAILS = "rehearsed_details"
    REHEARSAL_OVER = "rehearsal_over"


# What asks somebody something: on working days, at their own hour.
ASKING = frozenset({Kind.INVITATION, Kind.WISHED, Kind.REMINDER})
# Each is the one message of a round that turns with each press.
TURNING = frozenset({*ASKING, Kind.CARD, Kind.ERASED, Kind.REHEARSAL})
# A card in the conversation takes their place; reminders still come to who does not finish.
BEFORE_CARD = frozenset({Kind.INVITATION, Kind.WISHED, Kind.CARD, Kind.ERASED, Kind.REHEARSAL})
# Somebody has pressed and looks at the screen: these do not queue behind a thousand invitations.
AWAITED = frozenset(
    {
        Kind.CARD,
        Kind.OWN_RADAR,
        Kind.ERASED,
        Kind.OWN_DATA,
        Kind.EXPORT_CSV,
        Kind.EXPORT_JSON,
        Kind.REHEARSAL,
        Kind.REHEARSED,
        Kind.REHEARSED_RADAR,
        Kind.REHEARSED_DOTS,
        Kind.REHEARSED_STELLAR,
        Kind.REHEARSED_DETAILS,
        Kind.REHEARSAL_OVER,
    }
)
PICTURES = frozenset(
    {
        Kind.OWN_RADAR,
        Kind.PREVIEW_RADAR,
        Kind.RADAR,
        Kind.DOTS,
        Kind.STELLAR,
        Kind.TREND,
        Kind.QUESTION_MAP,
        Kind.REHEARSED_RADAR,
        Kind.REHEARSED_DOTS,
        Kind.REHEARSED_STELLAR,
    }
)
EXPORTS = frozenset({Kind.EXPORT_CSV, Kind.EXPORT_JSON})
# For who asked for them only, in the conversation with the bot.
FOR_ONE = EXPORTS | {Kind.OWN_DATA}
# Uploaded first, then shared.
FILES = PICTURES | FOR_ONE
IN_THREAD = frozenset({Kind.DOTS, Kind.STELLAR, Kind.DETAILS, Kind.TREND, Kind.QUESTION_MAP})
IN_CHANNEL = frozenset({Kind.SUMMARY, Kind.RADAR, *IN_THREAD})

# A message is written when the one before it has been sent, so that a channel reads in order.
FOLLOWED_BY = {
    Kind.PREVIEW: Kind.PREVIEW_RADAR,
    Kind.SUMMARY: Kind.RADAR,
    Kind.RADAR: Kind.DOTS,
    Kind.DOTS: Kind.STELLAR,
    Kind.STELLAR: Kind.DETAILS,
    Kind.DETAILS: Kind.TREND,
    Kind.TREND: Kind.QUESTION_MAP,
    Kind.REHEARSED: Kind.REHEARSED_RADAR,
    Kind.REHEARSED_RADAR: Kind.REHEARSED_DOTS,
    Kind.REHEARSED_DOTS: Kind.REHEARSED_STELLAR,
    Kind.REHEARSED_STELLAR: Kind.REHEARSED_DETAILS,
    Kind.REHEARSED_DETAILS: Kind.REHEARSAL_OVER,
}

# From so many results on there is a trend to be seen, and a map to look up what is behind it.
RESULTS_FOR_A_TREND = 3


@dataclass(frozen=True, slots=True)
class Message:
    """One row of the outbox as it is handed out for sending or settling.

    `recipient` is a user id or a channel id; `channel` and `ts` are known once it was sent.
    What is about no round is about a scorecard, or about the bot itself.
    `doubts` counts how often nobody knew whether it had arrived.
    """

    id: int
    team_id: str
    key: str
    round_id: int | None
    participant_id: int | None
    recipient: str
    kind: Kind
    number: int
    due_at: datetime
    scorecard_id: int | None = None
    attempts: int = 0
    doubts: int = 0
    channel: str | None = None
    ts: str | None = None
    file_id: str | None = None

    @property
    def about(self) -> int:
        """The scorecard it is about: only for kinds that are about one."""
        assert self.scorecard_id is not None, self.kind
        return self.scorecard_id

    @property
    def in_round(self) -> int:
        """The round it belongs to: only for kinds that belong to one."""
        assert self.round_id is not None, self.kind
        return self.round_id


def key_of(kind: Kind, about: int | None, recipient: str, number: int) -> str:
    """What the message carries as its first block_id, so that it can be found again.

    `about`: the round, else the scorecard, else nothing but the bot.
    """
    return f"{kind}.{about or 0}.{recipient}.{number}"


def wait_before(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: doubling from five seconds to 15 minutes."""
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 10)
    return min(doubled, LONGEST_WAIT)
