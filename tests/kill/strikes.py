"""Kills at random points of what the bot says to Slack, and what each life has left behind."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from sandbox import Workspace
from tests.kill.processes import Bot, eventually, rows

SLOW = 0.1  # seconds that Slack takes to post a message or to share a file
HELD = 0.6  # seconds for which Slack holds an answer back that no bot will see
AFTERWARDS = 0.1  # seconds from a call to the kill, at most
ANY_TIME = 0.5  # seconds to a kill that waits for no call, at most
STARTING = 0.4  # seconds to a kill of a bot that has just been started, at most
NOTHING_SAID = 1.5  # seconds without a call after which the bot is killed while it rests
LOOK = 0.01  # seconds between two looks at what Slack gets
SLOW_ONES = ("chat.postMessage", "files.completeUploadExternal")
SAID = (
    *SLOW_ONES,
    "files.getUploadURLExternal",
    "upload",
    "conversations.open",
    "conversations.history",
)
IN_DOUBT = """
    SELECT id FROM messages WHERE kind IN ('summary', 'details')
    AND (state IN ('claimed', 'unknown') OR (state = 'due' AND doubts > 0))
"""
CLAIMED = "SELECT id, claimed_at, kind FROM messages WHERE state = 'claimed'"


class Moment(StrEnum):
    """When the bot dies."""

    DONE = "Slack did it, the answer never arrived"
    NOT_DONE = "Slack got the call and did nothing"
    ANSWERED = "soon after an answer"
    ANY = "any time"
    STARTING = "soon after a start"
    RESTING = "nothing to say"


# Most of all while it speaks.
DRAWN = (*2 * (Moment.DONE, Moment.NOT_DONE, Moment.ANSWERED), Moment.ANY, Moment.STARTING)


class Strikes:
    """`left`: what the database held after each life. `hit`: what was claimed in each death."""

    def __init__(self, workspace: Workspace, bot: Bot, dice: random.Random, folder: Path) -> None:
        self.left: list[Path] = []
        self.moments: Counter[Moment] = Counter()
        self.hit: Counter[str] = Counter()
        self._workspace, self._bot, self._dice, self._folder = workspace, bot, dice, folder
        self._claims: set[tuple[int, str]] = set()
        self._script()

    async def kill(self, times: int, *, passing: int) -> None:
        """So many times in a row; the bot that is started each time goes on where it was.

        `passing`: how many calls pass before the one that counts, at most.
        """
        for _ in range(times):
            moment = self._dice.choice(DRAWN)
            if moment is not Moment.STARTING:
                await self._bot.connected()
            await eventually(self._not_in_doubt, what="the end of the doubt")
            self.moments[await self._reached(moment, passing)] += 1
            await self._bot.kill()
            self._look()
            await self._bot.launch()
        await self._bot.connected()

    async def _not_in_doubt(self) -> bool:
        """A post in the channel is in doubt once at most; twice, it is left to people."""
        return not rows(self._bot.database, IN_DOUBT)

    async def _reached(self, moment: Moment, passing: int) -> Moment:
        """Wait for that moment; which it was in the end."""
        if moment in (Moment.ANY, Moment.STARTING):
            most = ANY_TIME if moment is Moment.ANY else STARTING
            await asyncio.sleep(self._dice.uniform(0, most))
            return moment
        met = await self._more(self._answered, self._dice.randint(0, passing))
        if met and moment is Moment.ANSWERED:
            met = await self._more(self._answered, 1)
        elif met:
            self._script(moment)
            met = await self._more(self._held, 1)
            self._script()
        if not met:
            return Moment.RESTING
        await asyncio.sleep(self._dice.uniform(0, AFTERWARDS))
        return moment

    async def _more(self, count: Callable[[], int], number: int) -> bool:
        """Wait until the count is so much higher; False when it does not come to that."""
        wanted = count() + number

        async def reached() -> bool:
            return count() >= wanted

        try:
            return await eventually(reached, within=NOTHING_SAID, every=LOOK)
        except TimeoutError:
            return False

    def _script(self, moment: Moment | None = None) -> None:
        """Slack is slow; at a moment that is to be met it also holds the next answer back."""
        self._workspace.heal()
        if moment is not None:
            done = moment is Moment.DONE
            for method in SAID:
                self._workspace.fail(method, effect=done, drop=True, delay=HELD)
        for method in SLOW_ONES:
            self._workspace.fail(method, times=None, delay=SLOW)

    def _answered(self) -> int:
        return sum(call.method in SAID for call in self._workspace.calls())

    def _held(self) -> int:
        played = self._workspace.troubles.played
        return sum(number for kind, number in played.items() if kind != "slow")

    def _look(self) -> None:
        """Copy what the dead one has left, and note what it was about to say."""
        left = self._bot.copy_database(self._folder / f"life {self._bot.deaths}")
        self.left.append(left)
        claims = {(row_id, since): kind for row_id, since, kind in rows(left, CLAIMED)}
        fresh = [kind for claim, kind in claims.items() if claim not in self._claims]
        self.hit.update(fresh or ["nothing"])
        self._claims |= claims.keys()
