"""Every id that Slack sends back, named feature.verb, and what a button carries as its value.

The block_id of a modal's input is the field name that a refusal carries (Refusal.field).
"""

import json
from dataclasses import dataclass
from types import NoneType

from questionnaires.errors import StalePress

COMMAND = "/scorecard"

START = "answer.start"
LEVEL = "answer.level"  # with the level behind a dot: action ids are unique within a block
DONT_KNOW = "answer.dont_know"
DOESNT_APPLY = "answer.doesnt_apply"
REASON = "answer.reason"  # with the reason's number behind a dot
OTHER_REASON = "answer.other_reason"
BACK = "answer.back"
SHOW_CARD = "answer.show_card"
CHANGE = "answer.change"
COMMENT = "answer.comment"
FIX_FIRST = "answer.fix_first"
SKIP = "answer.skip"
REMIND_TOMORROW = "answer.remind_tomorrow"
BRING_CARD = "answer.bring_card"
WHO_SEES_WHAT = "trust.show"

NEW_SCORECARD = "set_up.open"
CLOSE_ROUND = "close.confirm"
POST_RESULT = "publish.post"

COMMENT_MODAL = "answer.comment_modal"
REASON_MODAL = "answer.reason_modal"
FIX_FIRST_MODAL = "answer.fix_first_modal"
SET_UP_MODAL = "set_up.modal"
CONFIRM_MODAL = "set_up.confirm_modal"

TEAM_NAME = "team_name"
QUESTIONNAIRE = "questionnaire"
AUDIENCE = "audience"
AUDIENCE_PEOPLE = "audience_people"
RESULTS_CHANNEL = "results_channel"
DAYS_OPEN = "days_open"
CADENCE = "cadence"
COMMENT_FIELD = "comment"
REASON_FIELD = "reason"
INPUT = "input"  # the one action id inside each input block


# No database holds larger ones, and says so with an error of its own.
ROUND_IDS = range(1, 2**31)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a press is about: a round, and on a card its question and the level or reason."""

    round_id: int
    question_id: str | None = None
    choice: int | None = None

    @property
    def value(self) -> str:
        return json.dumps([self.round_id, self.question_id, self.choice], separators=(",", ":"))

    @classmethod
    def parse(cls, value: str) -> "Spot":
        """Raises StalePress when it is nothing that this version of the bot wrote."""
        try:
            round_id, question_id, choice = json.loads(value)
        except (TypeError, ValueError, RecursionError):
            raise StalePress from None
        # To Python, true is 1.
        whole = type(round_id) is int and type(choice) in (int, NoneType)
        whole = whole and round_id in ROUND_IDS
        if not whole or not isinstance(question_id, str | None):
            raise StalePress
        return cls(round_id, question_id, choice)
