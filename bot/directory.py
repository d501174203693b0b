"""The workspace's people and channels, read from Slack when a round or a set-up needs them."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.offload import Offload
from bot.use_cases.opening import Reading
from bot.use_cases.people import People
from bot.verdicts import TROUBLE, Fate, verdict
from questionnaires.errors import (
    AudienceArchived,
    AudienceUnreadable,
    GroupEmpty,
    GroupsNeedPlan,
    GroupUnreadable,
    NobodyToAsk,
    ResultsChannelArchived,
    ResultsChannelClosed,
    ResultsChannelShared,
)
from questionnaires.rounds import Audience, Person

FRESH = timedelta(days=1)
GROUPS_FRESH = timedelta(minutes=10)
NEEDS_PLAN = "plan_upgrade_required"
PAGE = 200
MEMBERS_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Installation:
    """Who we are in Slack, as auth.test told at start."""

    team_id: str
    team_name: str
    bot_id: str
    bot_user_id: str


class Directory:
    def __init__(
        self,
        calling: AsyncWebClient,
        people: People,
        offload: Offload,
        installation: Installation,
        now: Callable[[], datetime],
    ) -> None:
        self._calling = calling
        self._people = people
        self._offload = offload
        self._installation = installation
        self._now = now
        self._groups: tuple[tuple[str, str], ...] = ()
        self._groups_read_at: datetime | None = None

    async def knows_people(self) -> bool:
        """Whether the list of people has ever been read."""
        team_id = self._installation.team_id
        return await self._offload.read(self._people.read_at, team_id) is not None

    async def refresh(self) -> None:
        """Read the whole list of people when the one at hand is a day old."""
        team_id = self._installation.team_id
        read_at = await self._offload.read(self._people.read_at, team_id)
        if read_at is not None and self._now() - read_at < FRESH:
            return
        async for members in self._pages("users.list", "members", limit=PAGE):
            found = [self.person(member) for member in members]
            await self._offload.write(self._people.save, team_id, found)
        await self._offload.write(self._people.mark_read, team_id)

    async def changed(self, member: dict[str, Any]) -> None:
        """Somebody joined or was changed: user_change, team_join."""
        team_id = self._installation.team_id
        await self._offload.write(self._people.save, team_id, [self.person(member)])

    async def read(self, audience: Audience, results_channel: str) -> Reading:
        """Who is in the audience and how many read the results.

        Raises NobodyToAsk, AudienceUnreadable, ResultsChannelClosed and its kinds.
        """
        await self.refresh()
        readers = await self._readers(results_channel)
        return Reading(await self._living_members(audience), readers)

    async def read_again(self, audience: Audience, results_channel: str) -> Reading:
        """The same for a round that opens by itself: people are asked all the same when the
        results channel is closed by now. Raises NobodyToAsk, AudienceUnreadable, GroupUnreadable.
        """
        await self.refresh()
        readers, can_post = None, True
        try:
            readers = await self._readers(results_channel)
        except ResultsChannelClosed:
            can_post = False
        return Reading(await self._living_members(audience), readers, can_post)

    async def _living_members(self, audience: Audience) -> tuple[str, ...]:
        """Raises AudienceArchived where a team has closed its channel, and as members does."""
        if audience.channel is not None:
            found = await self._channel(audience.channel, AudienceUnreadable)
            if found.get("is_archived"):
                raise AudienceArchived(audience.channel)
        return await self.members(audience)

    async def members(self, audience: Audience) -> tuple[str, ...]:
        """User ids, sorted, each once. Raises AudienceUnreadable, GroupUnreadable, NobodyToAsk."""
        if audience == Audience(None):
            raise NobodyToAsk
        found = set(audience.people)
        if audience.channel is not None:
            found.update(await self._channel_members(audience.channel))
        if audience.group is not None:
            found.update(await self._group_members(audience.group))
        return tuple(sorted(found - {self._installation.bot_user_id}))

    async def _channel_members(self, channel: str) -> list[str]:
        pages = self._pages("conversations.members", "members", channel=channel, limit=MEMBERS_PAGE)
        try:
            return [user_id async for page in pages for user_id in page]
        except SlackApiError as error:
            if verdict(error).fate is not Fate.NEVER:
                raise
            raise AudienceUnreadable(channel) from error

    async def _group_members(self, group: str) -> list[str]:
        """Raises GroupUnreadable, GroupEmpty, GroupsNeedPlan."""
        try:
            answer = await self._calling.usergroups_users_list(
                usergroup=group, team_id=self._installation.team_id
            )
        except SlackApiError as error:
            found = verdict(error)
            if found.fate is not Fate.NEVER:
                raise
            refused = GroupsNeedPlan if found.problem == NEEDS_PLAN else GroupUnreadable
            raise refused(group) from error
        members: list[str] = answer.get("users") or []
        if not members:
            raise GroupEmpty(group)
        return members

    async def groups(self) -> tuple[tuple[str, str], ...]:
        """The workspace's user groups, id and name, by name; none where they cannot be read.

        Kept for ten minutes: a form that waits for Slack opens too late.
        """
        if self._groups_read_at is None or self._now() - self._groups_read_at >= GROUPS_FRESH:
            self._groups = await self._read_groups()
            self._groups_read_at = self._now()
        return self._groups

    async def _read_groups(self) -> tuple[tuple[str, str], ...]:
        try:
            answer = await self._calling.usergroups_list(team_id=self._installation.team_id)
        except TROUBLE:
            return ()
        found = [(str(one["id"]), str(one["name"])) for one in answer.get("usergroups") or []]
        return tuple(sorted(found, key=lambda group: group[1].casefold()))

    async def readers(self, channel: str) -> int | None:
        """How many read what is posted there. Raises ResultsChannelClosed and its kinds."""
        return await self._readers(channel)

    async def is_shared(self, channel: str) -> bool:
        """Whether another organisation reads a channel by now. What Slack refuses to tell of, it
        refuses to post in as well. Raises what it says of a moment's trouble.
        """
        try:
            return bool((await self._channel(channel, ResultsChannelClosed)).get("is_ext_shared"))
        except ResultsChannelClosed:
            return False

    async def _readers(self, channel: str) -> int | None:
        """Make sure that the bot may post there; returns how many others are in it."""
        found = await self._channel(channel, ResultsChannelClosed)
        if found.get("is_archived"):
            raise ResultsChannelArchived(channel)
        if found.get("is_ext_shared"):
            raise ResultsChannelShared(channel)
        joined = bool(found.get("is_member"))
        if not joined:
            await self._join(channel)
        members = found.get("num_members")
        return None if members is None else int(members) - joined

    async def _join(self, channel: str) -> None:
        """Raises ResultsChannelClosed."""
        try:
            await self._calling.conversations_join(channel=channel)
        except SlackApiError as error:
            if verdict(error).fate is not Fate.NEVER:
                raise
            raise ResultsChannelClosed(channel) from error

    async def _channel(
        self, channel: str, refused: type[AudienceUnreadable | ResultsChannelClosed]
    ) -> dict[str, Any]:
        """A channel as Slack describes it; where it does not, raises what is refused."""
        try:
            answer = await self._calling.conversations_info(
                channel=channel, include_num_members=True
            )
        except SlackApiError as error:
            if verdict(error).fate is not Fate.NEVER:
                raise
            raise refused(channel) from error
        found: dict[str, Any] = answer["channel"]
        return found

    async def _pages(self, method: str, field: str, **params: Any) -> AsyncIterator[list[Any]]:
        cursor = ""
        while True:
            answer = await self._calling.api_call(
                method, params={**params, "team_id": self._installation.team_id, "cursor": cursor}
            )
            yield answer.get(field) or []
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def person(self, member: dict[str, Any]) -> Person:
        """A user object of Slack's as a value; who never signed in counts as not active."""
        profile = member.get("profile") or {}
        elsewhere = member.get("team_id") not in (None, self._installation.team_id)
        name = profile.get("real_name") or member.get("real_name") or member.get("name")
        return Person(
            user_id=member["id"],
            name=str(name or member["id"]),
            zone=member.get("tz"),
            deleted=bool(member.get("deleted") or member.get("is_invited_user")),
            bot=bool(member.get("is_bot") or member.get("is_workflow_bot")),
            guest=bool(member.get("is_restricted") or member.get("is_ultra_restricted")),
            stranger=bool(
                member.get("is_stranger") or (elsewhere and not member.get("enterprise_user"))
            ),
            admin=bool(member.get("is_admin") or member.get("is_owner")),
        )
