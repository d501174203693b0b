"""The workspace: everything a test holds in its hands. What people do is in `people`.

The verbs that make trouble are in `adversity`.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

from sandbox.adversity import Adversity
from sandbox.changes import Changes
from sandbox.directory import SLACKBOT, Account, Conversation, Directory, UserGroup
from sandbox.http_mode import Requests
from sandbox.manifest import Manifest
from sandbox.payloads import Payloads
from sandbox.people import Member
from sandbox.permits import Permits
from sandbox.posts import Posts
from sandbox.record import Call, Record
from sandbox.responses import Responses
from sandbox.screen import Message
from sandbox.server import Server
from sandbox.socket_mode import Ack, Sockets
from sandbox.stamps import Clock, Stamps, utc_now
from sandbox.uploads import Uploads
from sandbox.views import Views
from sandbox.web_api.users import shown

T = TypeVar("T")


class Workspace(Adversity):
    """One Slack workspace with one app installed.

    `manifest` is the app's, as a dict (None allows everything); `scopes` may be changed while
    it runs, to play an admin who declines one. `now` gives aware times and decides over message
    times and expiry; `ack_seconds` is real time on the event loop. Without `paid` there are no
    user groups. `largest_page` may be set to cut every page shorter than Slack would.
    """

    def __init__(
        self,
        *,
        team_id: str = "T0SANDBOX",
        name: str = "Sandbox",
        manifest: dict[str, Any] | None = None,
        now: Clock = utc_now,
        ack_seconds: float = 3.0,
        app_id: str = "A0SANDBOX",
        bot_user_id: str = "U0SCOREBOT",
        bot_id: str = "B0SCOREBOT",
        paid: bool = True,
    ) -> None:
        super().__init__()
        self.team_id, self.name, self.now = team_id, name, now
        self.app_id, self.bot_user_id, self.bot_id = app_id, bot_user_id, bot_id
        self.paid = paid
        self.largest_page: int | None = None
        self.domain = "-".join(name.lower().split())
        self.bot_token = f"xoxb-sandbox-{team_id}"
        self.app_token = f"xapp-1-{app_id}-sandbox"
        self.signing_secret = sha256(app_id.encode()).hexdigest()[:32]
        self.as_app = {"bot_id": bot_id, "app_id": app_id}
        self.manifest = Manifest(manifest)
        self.scopes = self.manifest.scopes
        self.changes = Changes()
        self.stamps = Stamps(now)
        self.record = Record(self.changes)
        self.uploads = Uploads()
        self.permits = Permits(self.stamps)
        self.views = Views(self.stamps)
        self.directory = Directory(bot_user_id)
        self.posts = Posts(self)
        self.responses = Responses(self)
        self.payloads = Payloads(self)
        self.sockets = Sockets(app_id, self.stamps, self.changes, ack_seconds)
        self.requests = Requests(self.signing_secret, now, ack_seconds)
        self.server = Server(self)
        self._members: dict[str, Member] = {}
        self._add(Account(SLACKBOT, "Slackbot"))
        self._add(Account(bot_user_id, self.manifest.app_name, is_bot=True))

    # People and channels

    def add_member(
        self,
        member_id: str,
        name: str,
        *,
        tz: str = "Etc/UTC",
        title: str = "",
        deleted: bool = False,
        is_bot: bool = False,
        guest: bool = False,
        single_channel_guest: bool = False,
        stranger: bool = False,
        admin: bool = False,
        owner: bool = False,
        email: str = "",
    ) -> Member:
        return self._add(
            Account(
                member_id,
                name,
                tz=tz,
                title=title,
                deleted=deleted,
                is_bot=is_bot,
                guest=guest,
                single_channel_guest=single_channel_guest,
                stranger=stranger,
                admin=admin,
                owner=owner,
                email=email,
            )
        )

    def _add(self, account: Account) -> Member:
        self.directory.add_account(account)
        member = self._members[account.id] = Member(self, account)
        return member

    def member(self, id_or_name: str) -> Member:
        return self._members[self.directory.account(id_or_name).id]

    @property
    def members(self) -> list[Member]:
        """Everybody who is a person."""
        return [m for m in self._members.values() if not m.account.is_robot]

    def add_channel(
        self,
        channel_id: str,
        name: str,
        *,
        members: Iterable[str] = (),
        private: bool = False,
        archived: bool = False,
        shared: bool = False,
        with_bot: bool = True,
    ) -> None:
        inside: dict[str, None] = dict.fromkeys(self.directory.ids(members))
        if with_bot:
            inside[self.bot_user_id] = None
        self.directory.add_channel(
            Conversation(
                channel_id, name, "private" if private else "public", inside, archived, shared
            )
        )

    def add_user_group(
        self,
        group_id: str,
        handle: str,
        *,
        name: str = "",
        description: str = "",
        members: Iterable[str] = (),
        disabled: bool = False,
    ) -> None:
        everybody = self.directory.ids(members)
        group = UserGroup(group_id, handle, name or handle, description, everybody)
        self.directory.add_user_group(group)
        self.change_user_group(group_id, disabled=disabled)

    def change_user_group(
        self,
        id_or_handle: str,
        *,
        members: Iterable[str] | None = None,
        disabled: bool | None = None,
    ) -> None:
        """Let people come and go, or take the group out of use. The app is not told: it asks."""
        group = self.directory.user_group(id_or_handle)
        if members is not None:
            group = replace(group, members=self.directory.ids(members))
        if disabled is not None:
            group = replace(group, disabled_at=int(self.stamps.seconds()) if disabled else 0)
        self.directory.user_groups[group.id] = group

    async def change_member(self, id_or_name: str, **facts: Any) -> None:
        """Change what Slack knows of a member, and tell the app (user_change) if it listens."""
        member = self.member(id_or_name)
        changed = replace(member.account, **facts)
        member.account = self.directory.accounts[member.id] = changed
        await self._tell("user_change", {"user": shown(self, changed)})

    async def change_channel(
        self,
        id_or_name: str,
        *,
        archived: bool | None = None,
        with_bot: bool | None = None,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
    ) -> None:
        """Archive a channel, or let people and the bot come and go, and tell the app."""
        channel = self.directory.channel(id_or_name)
        channel.archived = channel.archived if archived is None else archived
        coming, going = list(self.directory.ids(add)), list(self.directory.ids(remove))
        if with_bot is not None:
            (coming if with_bot else going).append(self.bot_user_id)
        for member in going:
            channel.members.pop(member, None)
            await self._tell("member_left_channel", {"user": member, "channel": channel.id})
        for member in coming:
            channel.members[member] = None
            await self._tell("member_joined_channel", {"user": member, "channel": channel.id})
        self.changes.happened()

    async def _tell(self, event: str, facts: dict[str, Any]) -> None:
        listens = self.sockets.connected or not self.manifest.socket_mode
        if self.manifest.wants_event(event) and listens:
            await self.send_event({"type": event, **facts})

    async def send_event(self, event: dict[str, Any]) -> Ack:
        """Deliver one event of the Events API as it is."""
        return await self.send("events_api", self.payloads.event(event))

    async def send(self, kind: str, payload: dict[str, Any]) -> Ack:
        """Deliver over a socket, or with Socket Mode off to the manifest's request URL."""
        if self.manifest.socket_mode:
            return await self.sockets.send(kind, payload)
        url = self.manifest.request_url(kind, payload)
        if url is None:
            return Ack(error="no_request_url")
        return await self.requests.send(url, kind, payload)

    def install(self, manifest: dict[str, Any]) -> None:
        """Change the app's settings as its manifest says; scopes stay as they were granted."""
        self.manifest = Manifest(manifest)

    def direct_with(self, member_id: str) -> Conversation:
        found = self.directory.direct(member_id)
        return found or self.directory.open_direct(member_id, self.stamps.id("D"))

    def channel(self, id_or_name: str) -> list[Message]:
        """All that hangs in a channel, oldest first, whoever may see it."""
        return list(self.directory.channel(id_or_name).messages)

    # Being Slack

    @asynccontextmanager
    async def serving(self, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[None]:
        """Serve on a free port (or the given one) in the running event loop."""
        self.server.host, self.server.port = host, port
        await self.start_listening()
        try:
            yield
        finally:
            await self.stop_listening()

    async def start_listening(self) -> None:
        await self.server.start()

    async def stop_listening(self) -> None:
        """Slack is away: the port is closed and every socket too, until `start_listening()`."""
        await self.server.stop()

    async def disconnect_sockets(self, reason: str = "refresh_requested") -> None:
        """`warning` only announces it; any other reason closes every socket after saying so."""
        await self.sockets.disconnect(reason)

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return self.sockets.connected

    @property
    def api_url(self) -> str:
        return f"{self.server.base_url}/api/"

    def upload_url(self, file_id: str) -> str:
        return f"{self.server.base_url}/upload/{file_id}"

    def socket_url(self, ticket: str) -> str:
        return f"ws{self.server.base_url.removeprefix('http')}/socket/{ticket}"

    def response_url(self, member: str, conversation: str, origin: Message | None) -> str:
        url_id = self.permits.response_url(member, conversation, origin)
        return f"{self.server.base_url}/response/{url_id}"

    # The record, waiting

    def calls(self, method: str | None = None) -> list[Call]:
        """What the app called so far; `method` may also be response_url, upload or websocket."""
        return self.record.calls(method)

    async def until(self, predicate: Callable[[], T], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """Wait until the predicate is true and return what it gave.

        It is asked again after every change: calls, messages, views, sockets.
        Raises TimeoutError that names the last calls.
        """
        try:
            return await self.changes.until(predicate, timeout)
        except TimeoutError:
            last = [f"{call.method} {call.response}" for call in self.record.calls()[-5:]]
            raise TimeoutError(
                f"nothing of the kind within {timeout} s; the last calls: {last or 'none'}"
            ) from None

    def __repr__(self) -> str:
        return f"Workspace({self.team_id!r}, {self.name!r})"
