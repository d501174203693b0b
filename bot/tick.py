"""What is due now: erase, close rounds, open them, follow their teams, post, deliver messages.

The database knows; this asks. Running it twice at once or from two processes changes nothing,
because each step claims what it works on.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.delivery import Delivery
from bot.directory import Directory
from bot.logs import Spell
from bot.offload import Offload
from bot.parting import Parting
from bot.use_cases.everything import UseCases
from bot.verdicts import TROUBLE, verdict
from questionnaires.errors import Refusal
from questionnaires.rounds import Audience, Scorecard

log = structlog.get_logger()

LOOK_AGAIN = timedelta(minutes=5)
LET_GO_EVERY = timedelta(hours=1)
# Slack answers about forty questions a minute: nobody's messages wait for a thousand teams.
TEAMS_IN_ONE_GO = 10


class Tick:
    def __init__(
        self,
        uses: UseCases,
        directory: Directory,
        delivery: Delivery,
        parting: Parting,
        team_id: str,
        offload: Offload,
        now: Callable[[], datetime],
    ) -> None:
        self._opening = uses.opening
        self._following = uses.following
        self._closing = uses.closing
        self._erasing = uses.erasing
        self._rehearsing = uses.rehearsing
        self._watching = uses.watching
        self._directory = directory
        self._delivery = delivery
        self._parting = parting
        self._team_id = team_id
        self._offload = offload
        self._now = now
        self._not_before: dict[int, tuple[int, datetime]] = {}
        self._held_up: dict[int, Spell] = {}
        self._lets_go_at = now()
        self._stale = Spell("people not refreshed", "people refreshed")
        self._running = asyncio.Lock()
        self._waiting = False

    async def __call__(self) -> None:
        """Do what is due. Called while it runs, it runs once more afterwards."""
        if self._waiting:
            return
        self._waiting = True
        async with self._running:
            self._waiting = False
            while await self._run():
                await self.beat()  # thousands of messages take longer than a gap

    async def beat(self) -> None:
        """Note that the bot is there, so that it knows how long it was away.

        While Slack refuses our token, it is as good as away.
        """
        if self._parting.is_cut:
            return
        if await self._offload.write(self._watching.beat, self._team_id):
            log.warning("the bot was away")

    async def say_goodbye(self) -> None:
        """The last sign of life of this process: from now on the bot is away."""
        if not self._parting.is_cut:
            await self._offload.write(self._watching.note, self._team_id)

    async def pulse(self) -> None:
        """What the scheduler calls: a sign of life, and what is due."""
        await self.beat()
        await self()

    async def _run(self) -> bool:
        """True when there is more to do than is done in one go."""
        await self._let_go()
        was_cut = self._parting.is_cut
        if not await self._parting.works():
            await self._parting.erase()
            return False
        if was_cut:
            await self.beat()
        await self._refresh()
        for round_id in await self._offload.read(self._closing.due):
            await self._end(round_id, self._closing.close_due, "round closed")
        for round_id in await self._offload.read(self._rehearsing.due):
            await self._wind_up(round_id)
        # After the closing: a round whose time is over would hold up the next one.
        waiting = [one for one in await self._offload.read(self._opening.due) if self._is_up(one)]
        for scorecard in waiting[:TEAMS_IN_ONE_GO]:
            await self._open(scorecard)
        followed = await self._offload.read(self._following.due)
        for round_id, audience in followed[:TEAMS_IN_ONE_GO]:
            await self._follow(round_id, audience)
        more = max(len(waiting), len(followed)) > TEAMS_IN_ONE_GO
        for round_id in await self._offload.read(self._closing.posting_due):
            await self._end(round_id, self._closing.post_due, "round posted")
        # Before delivery: what is still due by now is what came late.
        await self._offload.write(self._watching.look_back, self._team_id)
        return await self._delivery.deliver() or (more and not self._delivery.stopping)

    async def _let_go(self) -> None:
        """Erase what has been kept for long enough, also while Slack is away or refuses us.

        That is counted in months: it is looked for once an hour. What somebody erased by hand
        is swept away at once.
        """
        hour_is_over = self._now() >= self._lets_go_at
        if hour_is_over:
            self._lets_go_at = self._now() + LET_GO_EVERY
            for round_id in await self._offload.read(self._erasing.due):
                await self._expire(round_id)
        try:
            if not self._erasing.is_swept:
                await self._offload.alone(self._erasing.sweep)
            if hour_is_over:
                await self._offload.alone(self._erasing.remove_old_copies)
        except Exception:
            log.exception("what was erased may live on beside the database")

    async def _expire(self, round_id: int) -> None:
        try:
            while await self._offload.write(self._erasing.expire, round_id):
                pass  # clicks come in between
        except Exception:
            log.exception("a round failed", round=round_id, step="answers erased")
        else:
            log.info("answers erased", round=round_id, by="time")

    async def _end(self, round_id: int, step: Callable[[int], bool], said: str) -> None:
        """Close or post one round. One that fails must not hold up the others, or delivery."""
        try:
            if await self._offload.write(step, round_id):
                await self.note(said, round_id, by="time")
        except Exception:
            log.exception("a round failed", round=round_id, step=said)

    async def _wind_up(self, round_id: int) -> None:
        """End a rehearsal. Of one that goes well the log says nothing: it never was."""
        try:
            await self._offload.write(self._rehearsing.wind_up, round_id)
        except Exception:
            log.exception("a round failed", round=round_id, step="rehearsal ended")

    async def note(self, said: str, round_id: int, *, by: str = "facilitator") -> None:
        """The log's line for a round; by whose hand is not said."""
        people = await self._offload.read(self._closing.participation, round_id)
        log.info(said, round=round_id, by=by, people=people.invited, finished=people.finished)

    async def meet_people(self) -> None:
        """Before the very first click: until people are known, nobody is a facilitator."""
        if not await self._directory.knows_people():
            await self._refresh()

    async def _refresh(self) -> None:
        """Keep the people at hand; while Slack is away yesterday's list does."""
        try:
            await self._directory.refresh()
        except TROUBLE as error:
            self._stale.met(verdict(error).problem)
        else:
            self._stale.over()

    def _is_up(self, scorecard: Scorecard) -> bool:
        """Whether Slack is to be asked about it now: not before its hour, nor again at once.

        What was found out of one that was edited since does not count any more.
        """
        now, seen = self._now(), scorecard.revision
        revision, not_before = self._not_before.get(scorecard.id, (seen, now))
        return revision != seen or now >= not_before

    def _wait(self, scorecard: Scorecard, until: datetime) -> None:
        self._not_before[scorecard.id] = scorecard.revision, until

    async def _open(self, scorecard: Scorecard) -> None:
        """Open a round when its hour has come; until then Slack is not asked again."""
        self._wait(scorecard, self._now() + LOOK_AGAIN)
        try:
            await self._open_at_its_hour(scorecard)
        except Refusal as refusal:
            self._hold_up(scorecard, type(refusal).__name__)
            await self._offload.write(self._opening.hold_up, scorecard, type(refusal).__name__)
        except TROUBLE as error:
            self._hold_up(scorecard, verdict(error).problem)
        except Exception:
            log.exception("a round failed", scorecard=scorecard.id, step="round opened")

    def _hold_up(self, scorecard: Scorecard, why: str) -> None:
        """A round is overdue: tried every five minutes, said when it begins."""
        spell = Spell("round not opened", "round can be opened", scorecard=scorecard.id)
        self._held_up.setdefault(scorecard.id, spell).met(why)

    async def _open_at_its_hour(self, scorecard: Scorecard) -> None:
        set_up = scorecard.set_up
        reading = await self._directory.read_again(set_up.audience, set_up.results_channel)
        hour = await self._offload.read(self._opening.first_hour, scorecard, reading)
        if self._now() < hour:
            self._wait(scorecard, hour)
            return
        opened = await self._offload.write(self._opening.open_due, scorecard, reading, hour)
        if opened is not None:
            del self._not_before[scorecard.id]
            if (spell := self._held_up.pop(scorecard.id, None)) is not None:
                spell.over()
            await self.note("round opened", opened.id, by="time")

    async def _follow(self, round_id: int, audience: Audience) -> None:
        """See who has joined or left the team of an open round; else in an hour."""
        try:
            members = await self._directory.members(audience)
        except (Refusal, *TROUBLE):
            await self._offload.write(self._following.later, round_id)
            return
        joined = await self._offload.write(self._following.follow, round_id, members)
        if joined:
            log.info("people joined a round", round=round_id, people=joined)
