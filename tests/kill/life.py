"""How a scorecard's life goes on under kills: by jumps to what is due next."""

import asyncio
from collections.abc import Coroutine
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from questionnaires import calendar
from tests.kill.conftest import ZONES
from tests.kill.processes import POLL, Bot, eventually, rows
from tests.kill.strikes import Strikes

BEFORE = timedelta(seconds=30)  # on the bot's clock: jumps end so long before what is due
PATIENCE = 60.0  # seconds until all that is due has to be done

# What is due later, until it is done: the instants.
INVITATIONS = "SELECT due_at FROM messages WHERE state = 'due' AND kind = 'invitation'"
REMINDERS = "SELECT due_at FROM messages WHERE state = 'due' AND kind = 'reminder'"
FIRST_REMINDERS, SECOND_REMINDERS = f"{REMINDERS} AND number = 1", f"{REMINDERS} AND number = 2"
DEADLINE = "SELECT closes_at FROM rounds WHERE state = 'open'"
POSTING = "SELECT publishes_at FROM rounds WHERE state = 'closed'"
SECOND_ROUND = "SELECT next_on FROM scorecards WHERE (SELECT count(*) FROM rounds) < 2"

NEXT_ROUND = "SELECT next_on FROM scorecards"
EVERYTHING = ("SELECT due_at FROM messages WHERE state = 'due'", DEADLINE, POSTING, NEXT_ROUND)
UNSURE = "SELECT 1 FROM messages WHERE state IN ('claimed', 'unknown')"


def instants(database: Path, query: str) -> list[datetime]:
    """From the column of instants, or of days on which a round opens."""
    return [_instant(value) for (value,) in rows(database, query) if value]


def _instant(value: str) -> datetime:
    if " " in value:
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return calendar.at_local_hour(date.fromisoformat(value), calendar.INVITING_HOUR, ZONES[0])


class Life:
    def __init__(self, bot: Bot, strikes: Strikes) -> None:
        self._bot, self._strikes = bot, strikes

    async def go_on(
        self, due: str | None, kills: int, *beside: Coroutine[None, None, None], passing: int = 1
    ) -> None:
        """Kill so often while this becomes due and is done, and while people do something.

        `passing`: see Strikes.kill.
        """
        if due is not None:
            await self._jump(due)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._strikes.kill(kills, passing=passing))
            for doing in beside:
                tasks.create_task(doing)
            while due is not None and instants(self._bot.database, due):
                await self._jump(due)
                await asyncio.sleep(POLL)
        await self._settled()

    async def _jump(self, due: str) -> None:
        """To just before the first of these instants, when nothing earlier is left to do."""
        await self._settled()
        if to_come := instants(self._bot.database, due):
            self._bot.jump(min(to_come) - BEFORE)

    async def _settled(self) -> None:
        """Wait until nothing is left that is due by now."""

        async def look() -> bool:
            if rows(self._bot.database, UNSURE):
                return False
            to_come = [one for query in EVERYTHING for one in instants(self._bot.database, query)]
            return min(to_come) > self._bot.now()

        await eventually(look, within=PATIENCE, what="an outbox at rest")
