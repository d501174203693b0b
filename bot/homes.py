"""Home tabs: published when somebody opens theirs, and for who acts and has it open."""

import asyncio
from weakref import WeakValueDictionary

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import home
from bot.offload import Offload
from bot.use_cases.at_home import Homes
from bot.verdicts import TROUBLE, verdict

log = structlog.get_logger()

Owner = tuple[str, str]


class HomeTabs:
    """One publishing at a time for each person, so that the last one shows the latest state.

    Who has not looked at theirs since the start is told by Slack (app_home_opened) when they do:
    until then nobody sees what would be published.
    """

    def __init__(self, calling: AsyncWebClient, offload: Offload, homes: Homes) -> None:
        self._calling = calling
        self._offload = offload
        self._homes = homes
        self._locks: WeakValueDictionary[Owner, asyncio.Lock] = WeakValueDictionary()
        self._pages: dict[Owner, int] = {}

    async def publish(self, team_id: str, user_id: str, page: int | None = None) -> None:
        """`page` None: the one that the person looked at last. Raises what Slack says of it."""
        owner = (team_id, user_id)
        async with self._locks.setdefault(owner, asyncio.Lock()):
            wanted = self._pages.get(owner, 0) if page is None else page
            self._pages[owner] = wanted
            shown = home.home(await self._offload.read(self._homes.home, *owner, wanted))
            await self._calling.views_publish(user_id=user_id, view=shown)

    async def refresh(self, team_id: str, user_id: str, *, seen: bool = False) -> None:
        """Show what was done, or what has changed since; that stands whatever Slack says of it.

        `seen`: they have it open now. Otherwise nothing happens unless they had it open before.
        """
        if not seen and (team_id, user_id) not in self._pages:
            return
        try:
            await self.publish(team_id, user_id)
        except TROUBLE as error:
            log.warning("a Home tab was not published", problem=verdict(error).problem)
