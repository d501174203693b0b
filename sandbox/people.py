"""People: all that a member can do in Slack. The control API and the tests share these verbs."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sandbox.controls import Control, find_button, find_choice, labels, pick_or_say
from sandbox.directory import Account, Conversation
from sandbox.errors import NotOnScreen, Refusal, SandboxError
from sandbox.fields import FIELDS
from sandbox.modal import Home, Modal, choose
from sandbox.outcome import Outcome
from sandbox.payloads import Payload, action
from sandbox.screen import Message
from sandbox.views import View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Surface = Message | Modal | Home


class _Found(NamedTuple):
    surface: Message | View
    control: Control


class Member:
    """A person in front of Slack. They can only use what is on their screen."""

    def __init__(self, workspace: "Workspace", account: Account) -> None:
        self._workspace = workspace
        self.account = account

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def name(self) -> str:
        return self.account.real_name

    def __repr__(self) -> str:
        return f"Member({self.id!r}, {self.name!r})"

    # Seeing

    def screen(self, channel: str | None = None) -> list[Message]:
        """What hangs there for this person, oldest first: with the bot, or in a channel."""
        conversation = self._conversation(channel)
        if conversation is None:
            return []
        return list(conversation.visible_to(self.id))[::-1]

    @property
    def modal(self) -> Modal | None:
        """The modal in front, if one is open."""
        stack = self._workspace.views.stack(self.id)
        return Modal(self._workspace, self.account, stack[-1]) if stack else None

    @property
    def home(self) -> Home | None:
        """The app's Home tab, once the app has published one for this person."""
        view = self._workspace.views.home(self.id)
        return Home(self._workspace, self.account, view) if view is not None else None

    def _conversation(self, channel: str | None) -> Conversation | None:
        if channel is None:
            return self._workspace.directory.direct(self.id)
        found = self._workspace.directory.channel(channel)
        if found.kind != "public" and self.id not in found.members:
            raise SandboxError(f"{self.name} cannot see #{found.name}")
        return found

    # Doing

    async def command(self, line: str, *, channel: str | None = None) -> Outcome:
        """Type a slash command, by default in the conversation with the bot."""
        self._is_here()
        workspace = self._workspace
        conversation = self._conversation(channel) or workspace.direct_with(self.id)
        command, _, text = line.partition(" ")
        if not workspace.manifest.has_command(command):
            return self._outcome(error="unknown_command")
        if workspace.manifest.escapes(command):
            text = self._escaped(text)
        payload = workspace.payloads.command(self.account, command, text.strip(), conversation)
        outcome = await self._send("slash_commands", payload)
        if outcome.ack:
            try:
                workspace.responses.show(conversation, self.id, outcome.ack)
            except Refusal as refusal:
                outcome.error = f"invalid_response: {refusal.error}"
        return outcome

    async def shortcut(self, name: str) -> Outcome:
        """Pick one of the app's global shortcuts by its name, as in the menu beside the words.

        Where there is no manifest to name them, `name` is the callback_id.
        """
        self._is_here()
        callback_id = self._workspace.manifest.global_shortcut(name)
        if callback_id is None:
            return self._outcome(error="unknown_shortcut")
        payload = self._workspace.payloads.shortcut(self.account, callback_id)
        return await self._send("interactive", payload)

    async def press(
        self, label: str, *, in_channel: str | None = None, on: Surface | None = None
    ) -> Outcome:
        """Press the newest button with that label; a confirm dialog is answered with yes.

        Looked for in the open modal, then among the messages; `on` names the one message (an
        old copy of it, too), modal or Home tab that is meant.
        """
        found = self._button(label, in_channel, on)
        return await self._use(found, None)

    def payload_of_press(
        self, label: str, *, in_channel: str | None = None, on: Surface | None = None
    ) -> Payload:
        """What `press` would send, to be bent and sent with `press_raw`."""
        return self._payload(self._button(label, in_channel, on), None)

    async def press_raw(self, payload: Payload, kind: str = "interactive") -> Outcome:
        """Send an envelope's payload as it is: for what no honest client would send."""
        return await self._send(kind, payload)

    async def select(
        self, wanted: str, *options: str, in_channel: str | None = None, on: Surface | None = None
    ) -> Outcome:
        """Choose in a select that tells the app at once.

        `select("Change an answer", "Deployment 1")` by its words and the option;
        `select("Manage")` by an option alone, as in an overflow menu.
        """
        found = self._choice(wanted, options, in_channel, on)
        control = found.control
        name_of = self._workspace.directory.name_of
        if control.kind == "overflow" or not options:
            chosen: Any = pick_or_say(control.options(), (options or (wanted,))[0], name_of)
            if control.kind in FIELDS and FIELDS[control.kind].many:
                chosen = [chosen]
        else:
            chosen = choose(self._workspace, self.account, control, options)
        return await self._use(found, chosen)

    async def open_home(self) -> Outcome:
        """Look at the app's Home tab: the app hears of it (app_home_opened) if it listens."""
        self._is_here()
        if not self._workspace.manifest.home_tab:
            return self._outcome(error="home_tab_disabled")
        conversation = self._workspace.direct_with(self.id)
        event: Payload = {
            "type": "app_home_opened",
            "user": self.id,
            "tab": "home",
            "channel": conversation.id,
        }
        if (view := self._workspace.views.home(self.id)) is not None:
            event["view"] = self._workspace.payloads.view(view)
        return await self._happen(event)

    async def say(self, text: str, *, in_channel: str | None = None) -> Outcome:
        """Write an ordinary message, to the bot or into a channel."""
        self._is_here()
        workspace = self._workspace
        conversation = self._conversation(in_channel) or workspace.direct_with(self.id)
        if conversation.kind == "im" and workspace.manifest.read_only_messages:
            return self._outcome(error="messages_tab_read_only")
        message = workspace.posts.say(conversation, self.id, text)
        where = {"im": "im", "public": "channel", "private": "group"}[conversation.kind]
        event = {
            "type": "message",
            "channel": conversation.id,
            "user": self.id,
            "text": text,
            "ts": message.ts,
            "channel_type": where,
        }
        listens = {"im": "message.im", "public": "message.channels", "private": "message.groups"}
        if workspace.bot_user_id not in conversation.members:
            return self._outcome()
        return await self._happen(event, listens[conversation.kind])

    async def _happen(self, event: Payload, subscription: str | None = None) -> Outcome:
        if not self._workspace.manifest.wants_event(subscription or event["type"]):
            return self._outcome()
        ack = await self._workspace.send_event(event)
        return self._outcome(ack.payload, ack.error)

    # How a press reaches the app

    def _button(self, label: str, in_channel: str | None, on: Surface | None) -> _Found:
        there: list[str] = []
        for surface in self._surfaces(in_channel, on):
            if (control := find_button(surface.blocks, label)) is not None:
                return _Found(surface, control)
            there += labels(surface.blocks)
        raise NotOnScreen(label, there, f"on {self.name}'s screen")

    def _choice(
        self, wanted: str, options: tuple[str, ...], in_channel: str | None, on: Surface | None
    ) -> _Found:
        option = options[0] if options else None
        name_of = self._workspace.directory.name_of
        for surface in self._surfaces(in_channel, on):
            control = find_choice(surface.blocks, wanted, option, name_of)
            if control is not None:
                return _Found(surface, control)
        there = [m.reads for m in self._surfaces(in_channel, on) if isinstance(m, Message)]
        raise NotOnScreen(wanted, there, f"to choose on {self.name}'s screen")

    def _surfaces(self, in_channel: str | None, on: Surface | None) -> "list[Message | View]":
        """Where to look, the nearest first."""
        self._is_here()
        if isinstance(on, Message):
            if on.deleted or on.ephemeral_to not in (None, self.id):
                raise NotOnScreen("the message", [], f"on {self.name}'s screen")
            return [on]
        if on is not None:
            return [on.view]
        conversation = self._conversation(in_channel)
        messages = conversation.visible_to(self.id) if conversation is not None else ()
        modals = self._workspace.views.stack(self.id)[-1:] if in_channel is None else []
        return [*modals, *messages]

    async def _use(self, found: _Found, chosen: Any) -> Outcome:
        return await self._send("interactive", self._payload(found, chosen))

    def _payload(self, found: _Found, chosen: Any) -> Payload:
        surface, control = found
        workspace = self._workspace
        acted = action(control, chosen, workspace.stamps.ts())
        if control.kind in FIELDS:
            state = {"type": control.kind, FIELDS[control.kind].state: chosen}
            if isinstance(surface, View):
                surface.state[control.key] = state
            else:
                surface.picked.setdefault(self.id, {})[control.key] = state
        if isinstance(surface, View):
            return workspace.payloads.press_on_view(self.account, surface, acted)
        conversation = workspace.directory.conversations[surface.channel]
        return workspace.payloads.press_on_message(self.account, surface, conversation, acted)

    async def _send(self, kind: str, payload: Payload) -> Outcome:
        manifest = self._workspace.manifest
        if kind == "interactive" and not manifest.interactivity:
            return self._outcome(error="interactivity_disabled")
        outcome = self._outcome()
        ack = await self._workspace.send(kind, payload)
        outcome.ack, outcome.error = ack.payload, ack.error
        return outcome

    def _outcome(self, ack: Payload | None = None, error: str | None = None) -> Outcome:
        outcome = self._workspace.posts.outcome(self.id)
        outcome.ack, outcome.error = ack, error
        return outcome

    def _is_here(self) -> None:
        if self.account.deleted:
            raise SandboxError(f"{self.name} is deactivated and cannot do anything")

    def _escaped(self, text: str) -> str:
        """Names become ids where the manifest asks for it (should_escape)."""
        directory = self._workspace.directory
        for account in directory.accounts.values():
            for name in (account.real_name, account.handle):
                text = re.sub(rf"@{re.escape(name)}\b", f"<@{account.id}|{account.handle}>", text)
        for conversation in directory.of_kinds(("public", "private")):
            text = re.sub(
                rf"#{re.escape(conversation.name)}(?![\w-])",
                f"<#{conversation.id}|{conversation.name}>",
                text,
            )
        return text
