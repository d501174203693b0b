"""Every id that Slack sends back, named feature.verb, and what a button carries as its value.

The block_id of a modal's input is the field name that a refusal carries (Refusal.field).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.blocks.carried import packed, row_id, unpacked
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
CHANGE = "answer.change"  # of a list; with the number of the answer behind a dot, of a button
ROLE = "answer.role"  # with the role's place behind a dot
CHANGE_ROLE = "answer.change_role"
COMMENT = "answer.comment"
FIX_FIRST = "answer.fix_first"
SKIP = "answer.skip"
REMIND_TOMORROW = "answer.remind_tomorrow"
BRING_CARD = "answer.bring_card"
WHO_SEES_WHAT = "trust.show"
WHO_SEES_WHAT_HERE = "trust.show_at_home"  # about no round

NO_MORE_REMINDERS = "remind.no_more"

MANAGE = "manage.choose"  # with the verb behind a dot, but in a menu
HOME_PAGE = "home.page"  # with the page behind a dot
SHORTCUT = "answer.shortcut"
PREVIEW_RESULT = "publish.preview"
SEE_COMMENTS = "comments.see"
HIDE_COMMENT = "comments.hide"
SHOW_COMMENT = "comments.show"
COMMENTS_PAGE = "comments.page"  # with the page behind a dot
HELP = "help.show"
HOW_TO_READ = "result.how_to_read"
RESULTS = "results.open"
SHOW_RESULT = "results.show"
COMPARE = "compare.open"
POST_AGAIN = "post_again.open"
GET_MY_DATA = "own_data.get"
ERASE_MY_DATA = "own_data.erase"
NEW_SCORECARD = "set_up.open"
FILL_IN_TOGETHER = "set_up.together"
FACILITATORS = "facilitators.open"
REHEARSE = "rehearse.open"
REHEARSE_SET_UP = "rehearse.from_set_up"
END_REHEARSAL = "rehearse.end"
TAILOR_TARGET = "tailor.target"
TAILOR_DEEP_DIVE = "tailor.deep_dive"
TAILOR_SHOW = "tailor.show"
TAILOR_CHOOSE = "tailor.choose"
TAILOR_START_OVER = "tailor.start_over"
CLOSE_ROUND = "close.confirm"
POST_RESULT = "publish.post"

COMMENT_MODAL = "answer.comment_modal"
REASON_MODAL = "answer.reason_modal"
FIX_FIRST_MODAL = "answer.fix_first_modal"
ERASE_MODAL = "own_data.erase_modal"
EDIT_MODAL = "edit.modal"
EDIT_CONFIRM_MODAL = "edit.confirm_modal"
MANAGE_MODAL = "manage.modal"
PREVIEW_MODAL = "publish.preview_modal"
COMPARE_MODAL = "compare.modal"
POST_AGAIN_MODAL = "post_again.modal"
POST_AGAIN_CONFIRM_MODAL = "post_again.confirm_modal"
TAILOR_MODAL = "tailor.modal"
TAILOR_QUESTIONS_MODAL = "tailor.questions_modal"
TAILOR_REVIEW_MODAL = "tailor.review_modal"
EXPORT_MODAL = "export.modal"
REHEARSE_MODAL = "rehearse.modal"
SET_UP_MODAL = "set_up.modal"
CONFIRM_MODAL = "set_up.confirm_modal"
FACILITATORS_MODAL = "facilitators.modal"

TEAM_NAME = "team_name"
QUESTIONNAIRE = "questionnaire"
AUDIENCE = "audience"
AUDIENCE_PEOPLE = "audience_people"
AUDIENCE_GROUP = "audience_group"
GUESTS = "guests"
RESULTS_CHANNEL = "results_channel"
FIRST_ON = "first_on"
HOUR = "hour"
WEEKEND = "weekend"
DAYS_OPEN = "days_open"
CADENCE = "cadence"
CLOSES_ON = "closes_on"
MANNER = "manner"
COMMENT_FIELD = "comment"
REASON_FIELD = "reason"
THIS_ROUND = "this_round"
WITH_ROUND = "with_round"
EXPORTED_ROUNDS = "exported_rounds"
EXPORT_FORMAT = "export_format"
OFF_REASON = "off_reason"  # with the question's id behind a dot
FACILITATORS_FIELD = "facilitators"
INPUT = "input"  # the one action id inside each input block

_ALL = frozenset(one for name, one in vars().copy().items() if name.isupper() and "." in one)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a press is about: a round, and on a card its question and the level or reason.

    On the question for one's role: the role's place, without a question.
    """

    round_id: int
    question_id: str | None = None
    choice: int | None = None

    @property
    def value(self) -> str:
        return packed(self.round_id, self.question_id, self.choice)

    @classmethod
    def parse(cls, value: str) -> "Spot":
        """Raises StalePress when it is nothing that this version of the bot wrote."""
        round_id, question_id, choice = unpacked(value, int, str | None, int | None)
        return cls(row_id(round_id), question_id, choice)


def known(name: str) -> str:
    """An id as it stands here, without what is behind its dot; empty for one that is not here."""
    return next((one for one in (name, name.rpartition(".")[0]) if one in _ALL), "")


def verbs(action_id: str) -> re.Pattern[str]:
    """The action id of a menu, and those that carry a verb behind a dot."""
    return re.compile(rf"^{re.escape(action_id)}(\.[a-z]+)?$")


class Verb(StrEnum):
    """What a facilitator does with a scorecard."""

    RUN = "run"
    REMIND = "remind"
    EXTEND = "extend"
    EDIT = "edit"
    FACILITATORS = "facilitators"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    TAILOR = "tailor"
    HISTORY = "history"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class Errand:
    """What a facilitator's press is about: a scorecard, what to do, and the day it was seen on."""

    scorecard_id: int
    verb: Verb
    day: date | None = None

    @property
    def value(self) -> str:
        day = self.day and self.day.isoformat()
        return packed(self.scorecard_id, self.verb, day)

    @classmethod
    def parse(cls, value: str) -> "Errand":
        """Raises StalePress when it is nothing that this version of the bot wrote."""
        scorecard_id, verb, day = unpacked(value, int, str, str | None)
        try:
            return cls(row_id(scorecard_id), Verb(verb), date.fromisoformat(day) if day else None)
        except ValueError:
            raise StalePress from None


def of_scorecard(scorecard_id: int | None) -> str:
    """What a button carries that is about one scorecard; empty: about all of them."""
    return "" if scorecard_id is None else packed(scorecard_id)


def parse_scorecard(value: str) -> int | None:
    """Raises StalePress when it is nothing that this version of the bot wrote."""
    if value == "":
        return None
    [scorecard_id] = unpacked(value, int)
    return row_id(scorecard_id)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The set-up that is rehearsed, and how many people it would ask."""

    scorecard_id: int
    people: int

    @property
    def value(self) -> str:
        return packed(self.scorecard_id, self.people)

    @classmethod
    def parse(cls, value: str) -> "Rehearsed":
        """Raises StalePress when it is nothing that this version of the bot wrote."""
        scorecard_id, people = unpacked(value, int, int)
        return cls(row_id(scorecard_id), people)
