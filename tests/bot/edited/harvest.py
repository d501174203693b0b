"""One genuine payload of everything that people can send: what honest clients would send now."""

from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from bot.blocks import ids
from sandbox import Member
from sandbox.controls import Control, controls
from sandbox.fields import FIELDS
from sandbox.payloads import Payload, action
from tests.driver import Driver

# Events: Slack itself writes and signs those, and a member has no part in their words.
FROM_SLACK = ("app_home_opened", "team_join", "user_change", "app_uninstalled", "tokens_revoked")

COMMANDS, INTERACTIVE = "slash_commands", "interactive"
MOST_OF_A_KIND = 12
CHOICES: dict[str, Any] = {
    "user": "U05ELIAS",
    "conversation": "C01MLTEAM",
    "date": "2027-04-20",
    "typed": "words",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """What reached the app: the envelope's kind, and what is in it."""

    envelope: str
    payload: Payload

    @property
    def kind(self) -> str:
        """What it is, without numbers behind a dot: block_actions answer.level"""
        if self.envelope == COMMANDS:
            return f"command {self.payload['text'].split(' ')[0]}".strip()
        sort = str(self.payload["type"])
        if sort == "block_actions":
            name, _, number = self.payload["actions"][0]["action_id"].rpartition(".")
            whole = self.payload["actions"][0]["action_id"]
            return f"{sort} {name if number.isdecimal() else whole}"
        if sort == "view_closed":
            return sort
        view = self.payload.get("view", self.payload)
        return f"{sort} {view['callback_id']}"


@dataclass(slots=True)
class Harvest:
    """What was found so far: of each kind the first few that differ."""

    found: dict[str, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    _seen: set[str] = field(default_factory=set)

    def thinned(self) -> dict[str, list[Sent]]:
        """Of each kind the newest and as many older ones, evenly spread."""
        kept = {
            kind: sent[:: -max(1, len(sent) // MOST_OF_A_KIND)] for kind, sent in self.found.items()
        }
        pages = [_next_page(sent) for sent in kept[f"block_actions {ids.HELP}"]]
        comments = [_more_comments(sent) for sent in kept[f"block_actions {ids.HIDE_COMMENT}"]]
        changes = [_of_a_list(sent) for sent in kept[f"block_actions {ids.CHANGE}"]]
        others = {one[0].kind: one for one in (pages, comments)}
        return {**kept, **others, f"{changes[0].kind} of a list": changes}

    async def look(self, bot: Driver) -> None:
        """Everything that anybody could press, choose, submit, close or type now."""
        for member in bot.workspace.members:
            if not member.account.deleted:
                self._look_at(bot, member)

    def _look_at(self, bot: Driver, member: Member) -> None:
        payloads, account = bot.workspace.payloads, member.account
        for conversation in bot.workspace.directory.conversations.values():
            for message in conversation.visible_to(member.id):
                for control in controls(message.blocks):
                    for acted in _used(control):
                        key = (member.id, str(acted))
                        self._keep(
                            key, payloads.press_on_message, account, message, conversation, acted
                        )
        self._look_at_views(bot, member)
        self._keep((member.id, "shortcut"), payloads.shortcut, account, ids.SHORTCUT)
        channel = bot.workspace.directory.channel("ml-team")
        for word in WORDS:
            parts = account, ids.COMMAND, word, channel
            self._keep((member.id, word), payloads.command, *parts, envelope=COMMANDS)

    def _look_at_views(self, bot: Driver, member: Member) -> None:
        payloads, account, views = bot.workspace.payloads, member.account, bot.workspace.views
        home = views.home(member.id)
        for view in (*views.stack(member.id), *([home] if home else ())):
            key = (member.id, view.id, view.hash)
            for control in controls(view.blocks):
                if control.tells_the_app:
                    for acted in _used(control):
                        self._keep((*key, str(acted)), payloads.press_on_view, account, view, acted)
            if view.spec["type"] == "modal":
                self._keep((*key, "submit"), payloads.submission, account, view, [])
                self._keep((*key, "close"), payloads.closed, account, view, cleared=False)

    def _keep(
        self,
        key: tuple[str, ...],
        build: Any,
        *parts: Any,
        envelope: str = INTERACTIVE,
        **more: Any,
    ) -> None:
        """Build and keep it unless it is known; Slack's own stamps make each one differ."""
        if str(key) in self._seen:
            return
        self._seen.add(str(key))
        sent = Sent(envelope, deepcopy(build(*parts, **more)))
        self.found[sent.kind].append(sent)


def _next_page(sent: Sent) -> Sent:
    """The button of a longer Home tab: of eleven scorecards, which would slow all of this down."""
    payload = deepcopy(sent.payload)
    payload["actions"][0].update(action_id=f"{ids.HOME_PAGE}.1", value="1")
    return Sent(sent.envelope, payload)


def _more_comments(sent: Sent) -> Sent:
    """The button of a longer list of comments, in which each would have to be written first."""
    payload = deepcopy(sent.payload)
    payload["actions"][0].update(action_id=f"{ids.COMMENTS_PAGE}.1", value="1")
    return Sent(sent.envelope, payload)


def _of_a_list(sent: Sent) -> Sent:
    """The list of one's answers, in which those of a longer questionnaire stand."""
    payload = deepcopy(sent.payload)
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": payload["actions"][0]["value"]}
    payload["actions"][0] = {
        "type": "static_select",
        "block_id": payload["actions"][0]["block_id"],
        "action_id": ids.CHANGE,
        "selected_option": chosen,
    }
    return Sent(sent.envelope, payload)


WORDS = (
    *("", "help", "my", "status", "close", "data", "start", "rehearse", "facilitators", "dance"),
    *("results", "results posted", "results closed 1", "results 9"),
)


def _used(control: Control) -> list[Payload]:
    """What using it sends: one for a button, for each option of a menu, for what is entered."""
    if control.kind == "button":
        return [action(control, None, "1.0")]
    if control.options():
        chosen = control.options()
        if control.kind in FIELDS and FIELDS[control.kind].many:
            return [action(control, chosen, "1.0")]
        return [action(control, one, "1.0") for one in chosen]
    if control.kind in FIELDS:
        entered = CHOICES[FIELDS[control.kind].how]
        many = FIELDS[control.kind].many
        return [action(control, [entered] if many else entered, "1.0")]
    return []
