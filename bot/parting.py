"""Parting from a workspace: nothing is done there any more, and in time all of it is erased.

Asked is Slack, each time before anything is erased: a bot that works loses nothing, however long
it was switched off, and Slack being away does not count.
"""

import asyncio

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.directory import Installation
from bot.lifeline import Lifeline
from bot.logs import Spell
from bot.obstacles import BotTokenRefused, is_lasting, needing_database
from bot.offload import Offload
from bot.use_cases.erasing import Erasing
from bot.use_cases.everything import UseCases
from bot.use_cases.leaving import Leaving
from bot.verdicts import DEAD, TROUBLE, verdict

log = structlog.get_logger()

LONGEST_WAIT = 60.0


class Parting:
    """Of a bot that runs."""

    def __init__(
        self,
        lifeline: Lifeline,
        calling: AsyncWebClient,
        uses: UseCases,
        offload: Offload,
        installation: Installation,
    ) -> None:
        self._lifeline = lifeline
        self._calling = calling
        self._leaving = uses.leaving
        self._erasing = uses.erasing
        self._offload = offload
        self._installation = installation

    @property
    def is_cut(self) -> bool:
        return self._lifeline.is_cut

    async def works(self) -> bool:
        """Whether Slack takes our token. What it says is noted, so that it outlives us."""
        before = self._lifeline.dead
        if await self._lifeline.holds(self._calling):
            if before is not None:
                await self._come_back()
            return True
        if self._lifeline.dead is not None:
            await self._note(self._lifeline.dead, first=before is None)
        return False

    async def erase(self) -> None:
        """Erase everything, once it is due and Slack has just refused the token again."""
        if not self._lifeline.is_dead_for_sure:
            return
        try:
            await _erase(self._leaving, self._erasing, self._offload, self._installation.team_id)
        except Exception:
            log.exception("the workspace could not be erased")

    async def _note(self, problem: str, *, first: bool) -> None:
        """Each time anew: another process with another token may have taken it back."""
        until = await self._offload.write(self._leaving.stop, self._installation.team_id, problem)
        if first:
            day = f"{until:%Y-%m-%d}" if until else None
            log.warning("Slack refuses the bot's token", problem=problem, data_erased_on=day)

    async def _come_back(self) -> None:
        us = self._installation
        while await self._offload.write(
            self._leaving.welcome, us.team_id, us.team_name, us.bot_user_id
        ):
            pass
        log.info("Slack takes the bot's token again")


async def met(calling: AsyncWebClient, uses: UseCases, offload: Offload) -> Installation:
    """Ask Slack who we are, for as long as it takes. Raises BotTokenRefused.

    That is noted as well, when it is clear whose token it was, and what is due is erased: where
    a bot is started again and again in vain, nothing else would do it.
    """
    wait, away = 1.0, Spell("waiting for Slack", "Slack is there")
    while True:
        try:
            who = await calling.auth_test()
        except TROUBLE as error:
            if is_lasting(error):
                with needing_database():
                    raise await _refused(error, uses, offload) from None
            away.met(verdict(error).problem)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
        else:
            away.over()
            return Installation(who["team_id"], who["team"], who["bot_id"], who["user_id"])


async def _refused(error: Exception, uses: UseCases, offload: Offload) -> BotTokenRefused:
    problem, leaving = verdict(error).problem, uses.leaving
    team_id = await offload.read(leaving.only_workspace) if problem in DEAD else None
    if team_id is None:
        return BotTokenRefused(error)
    until = await offload.write(leaving.stop, team_id, problem)
    erased = await _erase(leaving, uses.erasing, offload, team_id)
    return BotTokenRefused(error, None if erased else until)


async def _erase(leaving: Leaving, erasing: Erasing, offload: Offload, team_id: str) -> bool:
    """Everything, in pieces, clicks coming in between; False when it is not due."""
    if not await offload.read(leaving.is_due, team_id):
        return False
    while await offload.write(leaving.erase, team_id):
        pass
    log.info("all data of the workspace erased", by="time")
    await offload.alone(erasing.sweep)
    await offload.alone(erasing.remove_old_copies)
    return True
