"""Turning the card: the one message of a round that changes with each click."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks import card
from bot.blocks.message import Content
from bot.offload import Offload
from bot.old_cards import take_away
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.answering import Answering
from bot.use_cases.inviting import Inviting
from bot.use_cases.participants import Here
from bot.verdicts import TROUBLE, verdict
from questionnaires.conversation import Face, Finish, Stored

log = structlog.get_logger()

Draw = Callable[[], Content]
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Where:
    """How the card can be turned: the response_url, and the pressed message where there is one."""

    response_url: str
    at: Place | None = None


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
        inviting: Inviting,
        tick: Tick,
    ) -> None:
        self._calling = calling
        self._replies = replies
        self._offload = offload
        self._answering = answering
        self._inviting = inviting
        self._tick = tick
        self._locks: WeakValueDictionary[Here, asyncio.Lock] = WeakValueDictionary()
        self._cards: dict[Here, Place] = {}

    async def go_on(
        self, here: Here, where: Where, coming: Face, saved: Stored | None = None
    ) -> None:
        """Show what comes next; at the end also the picture of one's own scores."""

        def draw() -> Content:
            return card.face(self._answering.next(here), saved)

        await self.turn(here, where, draw, ready=card.face(coming, saved))
        if isinstance(coming, Finish):
            await self._tick()

    async def show_next(self, here: Here, where: Where) -> None:
        """For an old copy of a message, pressed by somebody who is further: where they are."""
        await self.turn(here, where, lambda: card.face(self._answering.next(here)))

    async def turn(
        self, here: Here, where: Where, draw: Draw, *, ready: Content | None = None
    ) -> None:
        """Draw and show; the message that shows it is the card from now on.

        What is `ready` is shown as it is, unless another turn came in between.
        """
        lock = self._locks.setdefault(here, asyncio.Lock())
        waits = lock.locked()
        async with lock:
            content = await self._offload.read(draw) if waits or ready is None else ready
            shown = where.at
            if not await self._replies.replace(where.response_url, content):
                shown = await self._update(here, where.at, content)
            if shown is not None and self._cards.get(here) != shown:
                await self._take(here, shown)

    async def _take(self, here: Here, at: Place) -> None:
        """The message that turned becomes the card; another that was it before is taken away.

        Only now: what was pressed may have been an old copy of a message that is gone.
        """
        before = await self._offload.write(self._inviting.take_card, here, *at)
        self._cards[here] = at
        if before is not None:
            await take_away(self._calling, before)

    async def _update(self, here: Here, at: Place | None, content: Content) -> Place | None:
        """Turn the pressed message, else the one that is the card; returns which it was."""
        card = await self._offload.read(self._inviting.card_place, here)
        for place in dict.fromkeys((at, card)):
            if place is not None and await self._updated(place, content):
                return place
        return None

    async def _updated(self, place: Place, content: Content) -> bool:
        channel, ts = place
        try:
            await self._calling.chat_update(
                channel=channel, ts=ts, text=content.text, blocks=content.blocks
            )
        except TROUBLE as error:
            # The answer is stored; /scorecard my brings a fresh card.
            log.warning("a card could not be turned", problem=verdict(error).problem)
            return False
        return True
