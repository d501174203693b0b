"""Turning the card: the one message of a round that changes with each click."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import card
from bot.blocks.message import Content
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.answering import Answering, Here
from bot.verdicts import verdict
from questionnaires.conversation import Saved

log = structlog.get_logger()

Draw = Callable[[], Content]


@dataclass(frozen=True, slots=True)
class Where:
    """How the card can be turned: the response_url, and the pressed message where there is one."""

    response_url: str
    at: tuple[str, str] | None = None


class Turning:
    """One turn at a time for each participant; a card is drawn when it is sent.

    The card turns through response_url, which no rate tier counts. When that is spent or
    refused, chat.update turns the message whose channel and ts are kept.
    """

    def __init__(
        self,
        calling: AsyncWebClient,
        replies: Replies,
        offload: Offload,
        answering: Answering,
        tick: Tick,
    ) -> None:
        self._calling = calling
        self._replies = replies
        self._offload = offload
        self._answering = answering
        self._tick = tick
        self._locks: WeakValueDictionary[Here, asyncio.Lock] = WeakValueDictionary()
        self._cards: dict[Here, tuple[str, str]] = {}

    async def go_on(self, here: Here, where: Where, saved: Saved | None, after: str | None) -> None:
        """Show what comes next; at the end also the picture of one's own scores."""

        def draw() -> Content:
            return card.face(self._answering.next(here, after), saved)

        await self.turn(here, where, draw)
        if await self._offload.write(self._answering.want_picture, here):
            await self._tick()

    async def turn(self, here: Here, where: Where, draw: Draw) -> None:
        """Draw and show; the pressed message is the card from now on."""
        lock = self._locks.setdefault(here, asyncio.Lock())
        async with lock:
            if where.at is not None and self._cards.get(here) != where.at:
                await self._take(here, where.at)
            content = await self._offload.read(draw)
            if not await self._replies.replace(where.response_url, content):
                await self._update(here, content)

    async def _take(self, here: Here, at: tuple[str, str]) -> None:
        """The clicked message becomes the card; another that was it before is taken away."""
        before = await self._offload.write(self._answering.take_card, here, *at)
        self._cards[here] = at
        if before is None:
            return
        channel, ts = before
        try:
            await self._calling.chat_delete(channel=channel, ts=ts)
        except SlackApiError as error:
            log.info("an old card was not there any more", problem=verdict(error).problem)

    async def _update(self, here: Here, content: Content) -> None:
        place = self._cards.get(here)
        if place is None:
            return
        channel, ts = place
        try:
            await self._calling.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=content.blocks
            )
        except SlackApiError as error:
            # The answer is stored; /scorecard my brings a fresh card.
            log.warning("a card could not be turned", problem=verdict(error).problem)
