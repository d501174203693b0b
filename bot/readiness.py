"""Whether the bot could answer a click now: the database, and Slack."""

import asyncio
from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot.offload import Offload
from bot.verdicts import TROUBLE, verdict

ANSWER_SECONDS = 2.0
ASK_SLACK_EVERY = 30.0  # seconds: platforms look every few seconds


class Readiness:
    def __init__(self, posting: AsyncWebClient, offload: Offload, look: Callable[[], None]) -> None:
        """`posting`: the client that does not repeat. `look` reads from the database."""
        self._posting = posting
        self._offload = offload
        self._look = look
        self._slack: str | None = None
        self._asked_at: float | None = None

    async def problems(self) -> list[str]:
        """A word or two for each; none when all is well."""
        found = [await self._database(), await self._slack_lately()]
        return [problem for problem in found if problem is not None]

    async def _database(self) -> str | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._offload.read(self._look)
        except Exception as error:
            return f"database: {type(error).__name__}"
        return None

    async def _slack_lately(self) -> str | None:
        now = asyncio.get_running_loop().time()
        if self._asked_at is None or now - self._asked_at >= ASK_SLACK_EVERY:
            self._slack = await self._ask_slack()
            self._asked_at = now
        return self._slack

    async def _ask_slack(self) -> str | None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._posting.auth_test()
        except TROUBLE as error:
            return f"slack: {verdict(error).problem}"
        return None
