"""Who and what is in the workspace: accounts, groups, conversations, found by id or name.

What people do is in `people`; what the Web API shows of an account is in `web_api.users`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from sandbox.errors import SandboxError, Unknown
from sandbox.screen import Message

Kind = Literal["public", "private", "im"]
SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class Account:
    """The facts Slack keeps about a member; `workspace.change_member` changes them."""

    id: str
    real_name: str
    tz: str = "Etc/UTC"
    title: str = ""
    deleted: bool = False
    is_bot: bool = False
    guest: bool = False
    single_channel_guest: bool = False
    stranger: bool = False
    admin: bool = False
    owner: bool = False
    email: str = ""

    @property
    def handle(self) -> str:
        return ".".join(self.real_name.lower().split())

    @property
    def is_robot(self) -> bool:
        return self.is_bot or self.id == SLACKBOT


@dataclass(slots=True, eq=False)
class Conversation:
    """A channel or the bot's direct messages with one person, with all that was said there."""

    id: str
    name: str
    kind: Kind
    members: dict[str, None]
    archived: bool = False
    shared: bool = False
    messages: list[Message] = field(default_factory=list)
    _by_ts: dict[str, Message] = field(default_factory=dict)

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self._by_ts[message.ts] = message

    def remove(self, message: Message) -> None:
        message.deleted = True
        self.messages.remove(message)
        del self._by_ts[message.ts]

    def at(self, ts: str) -> Message | None:
        return self._by_ts.get(ts)

    def visible_to(self, member_id: str) -> Iterator[Message]:
        """Newest first: the newest is what a person looks at."""
        for message in reversed(self.messages):
            if message.ephemeral_to in (None, member_id):
                yield message

    @property
    def slash_name(self) -> str:
        """The channel_name that a slash command carries."""
        return {"public": self.name, "private": "privategroup", "im": "directmessage"}[self.kind]


@dataclass(frozen=True, slots=True)
class UserGroup:
    """People who can be mentioned together; `disabled_at` is 0 while the group is in use."""

    id: str
    handle: str
    name: str
    description: str = ""
    members: tuple[str, ...] = ()
    disabled_at: int = 0


class Directory:
    def __init__(self, bot_user_id: str) -> None:
        self.bot_user_id = bot_user_id
        self.accounts: dict[str, Account] = {}
        self.user_groups: dict[str, UserGroup] = {}
        self.conversations: dict[str, Conversation] = {}
        self._direct: dict[str, Conversation] = {}

    def add_account(self, account: Account) -> None:
        if account.id in self.accounts:
            raise SandboxError(f"there is already a member {account.id}")
        self.accounts[account.id] = account

    def account(self, id_or_name: str) -> Account:
        found = self.accounts.get(id_or_name) or next(
            (a for a in self.accounts.values() if id_or_name in (a.real_name, a.handle)), None
        )
        if found is None:
            raise Unknown(f"there is no member {id_or_name!r}")
        return found

    def ids(self, ids_or_names: Iterable[str]) -> tuple[str, ...]:
        """Everybody once, in the given order."""
        return tuple(dict.fromkeys(self.account(member).id for member in ids_or_names))

    def add_user_group(self, group: UserGroup) -> None:
        handles = {other.handle for other in self.user_groups.values()}
        if group.id in self.user_groups or group.handle in handles:
            raise SandboxError(f"there is already a user group {group.id} or @{group.handle}")
        self.user_groups[group.id] = group

    def user_group(self, id_or_handle: str) -> UserGroup:
        handle = id_or_handle.removeprefix("@")
        found = self.user_groups.get(id_or_handle) or next(
            (g for g in self.user_groups.values() if g.handle == handle), None
        )
        if found is None:
            raise Unknown(f"there is no user group {id_or_handle!r}")
        return found

    def add_channel(self, conversation: Conversation) -> None:
        if conversation.id in self.conversations:
            raise SandboxError(f"there is already a channel {conversation.id}")
        self.conversations[conversation.id] = conversation

    def channel(self, id_or_name: str) -> Conversation:
        name = id_or_name.removeprefix("#")
        found = self.conversations.get(id_or_name) or next(
            (c for c in self.conversations.values() if c.kind != "im" and c.name == name), None
        )
        if found is None:
            raise Unknown(f"there is no channel {id_or_name!r}")
        return found

    def direct(self, member_id: str) -> Conversation | None:
        """The bot's direct messages with this person, if they were ever opened."""
        return self._direct.get(member_id)

    def one_name(self, conversation_id: str) -> str:
        """A person's id stands for the direct messages with them, so both ids give the same."""
        found = self.conversations.get(conversation_id)
        return found.name if found is not None and found.kind == "im" else conversation_id

    def open_direct(self, member_id: str, new_id: str) -> Conversation:
        members = dict.fromkeys((member_id, self.bot_user_id))
        conversation = Conversation(id=new_id, name=member_id, kind="im", members=members)
        self._direct[member_id] = conversation
        self.conversations[new_id] = conversation
        return conversation

    def of_kinds(self, kinds: Iterable[str]) -> list[Conversation]:
        wanted = {"public_channel": "public", "private_channel": "private", "im": "im"}
        chosen = {wanted.get(kind, kind) for kind in kinds}
        return [c for c in self.conversations.values() if c.kind in chosen]

    def name_of(self, some_id: str) -> str | None:
        """How an id reads on a screen; None for an id nobody knows."""
        if (account := self.accounts.get(some_id)) is not None:
            return account.real_name
        conversation = self.conversations.get(some_id)
        return conversation.name if conversation is not None else None
