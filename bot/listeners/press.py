"""A press on a button or a choice in a select, unpacked: who, on what, and how to answer."""

import re
from dataclasses import dataclass
from typing import Any

from bot.blocks import ids
from bot.blocks.ids import Spot
from bot.replies import ReplyTo
from bot.turning import Where
from bot.use_cases.participants import Here
from questionnaires.errors import StalePress
from questionnaires.past import Reader

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    team_id: str
    user_id: str
    spot: Spot
    to: ReplyTo
    where: Where

    @classmethod
    def of(cls, body: Body) -> "Press":
        """Raises StalePress when the value is nothing that this version of the bot wrote."""
        container = body.get("container") or {}
        hangs = "message_ts" in container and not container.get("is_ephemeral")
        at = (container["channel_id"], container["message_ts"]) if hangs else None
        to = ReplyTo.of(body)
        return cls(
            team_id=body["team"]["id"],
            user_id=body["user"]["id"],
            spot=Spot.parse(pressed(body)),
            to=to,
            where=Where(to.response_url, at),
        )

    @property
    def here(self) -> Here:
        return Here(self.team_id, self.user_id, self.spot.round_id)

    @property
    def question_id(self) -> str:
        """Raises StalePress for a button that belongs to no question."""
        if self.spot.question_id is None:
            raise StalePress
        return self.spot.question_id

    @property
    def choice(self) -> int:
        """Raises StalePress for a button that carries no level or reason."""
        if self.spot.choice is None:
            raise StalePress
        return self.spot.choice


def who(body: Body) -> tuple[str, str]:
    """The workspace and the user of whoever pressed or submitted."""
    return body["team"]["id"], body["user"]["id"]


def reader_of(body: Body) -> Reader:
    """Who presses or types, and in which channel; a modal and the Home tab are in none."""
    if "command" in body:
        return Reader(body["team_id"], body["user_id"], body.get("channel_id"))
    container = body.get("container") or {}
    in_message = "message_ts" in container
    return Reader(*who(body), container["channel_id"] if in_message else None)


def numbered(action_id: str) -> re.Pattern[str]:
    """The action ids that carry a number behind a dot."""
    return re.compile(rf"^{re.escape(action_id)}\.\d+$")


def view_of(body: Body) -> Body:
    """The modal in which was pressed. Raises StalePress for a press anywhere else."""
    view: Body | None = body.get("view")
    if view is None:
        raise StalePress
    return view


def pressed(body: Body) -> str:
    """What the button that was pressed carries, or the option that was chosen; else empty."""
    action = body["actions"][0]
    return str((action.get("selected_option") or action).get("value") or "")


def typed(view: Body, field: str) -> str:
    """What stands in a text field of a modal, empty when it is. Raises StalePress."""
    return str(state_of(view, field).get("value") or "")


def scorecard_of(body: Body) -> int:
    """The one that a button is about. Raises StalePress."""
    scorecard_id = ids.parse_scorecard(pressed(body))
    if scorecard_id is None:
        raise StalePress
    return scorecard_id


def chosen(view: Body, field: str) -> str:
    """The value chosen in a select of a modal, empty when none was. Raises StalePress."""
    return str((state_of(view, field).get("selected_option") or {}).get("value", ""))


def state_of(view: Body, field: str) -> Body:
    """Raises StalePress for a form that an older version of the bot has opened."""
    try:
        found: Body = values_of(view)[field][ids.INPUT]
    except KeyError:
        raise StalePress from None
    return found


def values_of(view: Body) -> Body:
    """What was entered, by the block it stands in. Raises StalePress where nothing can be."""
    if not view.get("state"):
        raise StalePress
    values: Body = view["state"]["values"]
    return values
