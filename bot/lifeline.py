"""Whether Slack still takes our token. Without it nothing is done; with it, it goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Spell
from bot.offload import Offload
from bot.use_cases.people import People
from bot.verdicts import DEAD, TROUBLE

TRY_AGAIN = timedelta(minutes=5)


class Lifeline:
    """Hears every error of Slack's; a dead token is noted where /scorecard status reads it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._problem: str | None = None
        self._noted: str | None = None
        self._try_at = now()
        self._dead = Spell("Slack refuses the bot's token", "Slack takes the bot's token again")

    def refused(self, problem: str) -> None:
        """An error of Slack's, by its name."""
        if problem in DEAD:
            self._problem = problem

    @property
    def is_cut(self) -> bool:
        return self._problem is not None

    async def holds(
        self, calling: AsyncWebClient, people: People, offload: Offload, team_id: str
    ) -> bool:
        """Whether there is anything to do now; a dead token is tried again every five minutes."""
        if self._problem is None:
            return True
        if self._noted != self._problem:
            self._dead.met(self._problem)
            await offload.write(people.stop, team_id, self._problem)
            self._noted, self._try_at = self._problem, self._now() + TRY_AGAIN
        if self._now() < self._try_at:
            return False
        return await self._revived(calling, people, offload, team_id)

    async def _revived(
        self, calling: AsyncWebClient, people: People, offload: Offload, team_id: str
    ) -> bool:
        self._try_at = self._now() + TRY_AGAIN
        try:
            await calling.auth_test()
        except TROUBLE:
            return False
        self._problem = self._noted = None
        self._dead.over()
        await offload.write(people.go_on, team_id)
        return True
