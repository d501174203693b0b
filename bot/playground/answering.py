"""The seven answering by themselves: each at their own pace, with what they would press."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.blocks import wording
from bot.demo.colleagues import chance
from bot.demo.minds import DOESNT_APPLY, DONT_KNOW, Mind
from bot.playground.screens import Message, Screens
from questionnaires.model import Questionnaire

SECONDS = 30.0  # from the first card to the last, for who takes longest
SPEEDS = (0.5, 0.9)
UNEVEN = (0.4, 1.6)
PATIENCE = 10.0  # seconds until a card that does not turn has ended the round for somebody
LOOK_AGAIN = 0.1

Pause = Callable[[float], Awaitable[None]]


class Respondent:
    """Presses what their mind says until no question is left, or the round is over."""

    def __init__(
        self,
        user_id: str,
        mind: Mind,
        questionnaire: Questionnaire,
        screens: Screens,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self.user_id = user_id
        self._mind = mind
        self._questionnaire = questionnaire
        self._screens = screens
        self._pause = pause
        self._luck = chance(f"pace of {user_id}", seed=1)
        self._between = SECONDS / len(questionnaire.core) * self._luck.uniform(*SPEEDS)
        self._thought_again = False

    async def answer(self) -> bool:
        """Whether every question has an answer at the end."""
        card = await self._turned(None)
        if card is not None:
            card = await self._press(card, "Start")
        while card is not None and (asked := self._asked(card)):
            card = await self._answer(card, asked)
        return card is not None and DONT_KNOW not in card.buttons

    async def _answer(self, card: Message, asked: str) -> Message | None:
        """From one card to the next; on the way back once, by who thinks again."""
        words = self._mind.said[asked]
        turned = await self._press(card, words)
        if turned is not None and words == DOESNT_APPLY:
            reason = self._questionnaire.question(asked).not_applicable[0]
            turned = await self._press(turned, reason)
        if turned is not None and asked == self._mind.thinks_again and not self._thought_again:
            self._thought_again = True
            back = await self._press(turned, "Back")
            turned = back and await self._press(back, self._mind.corrected)
        return turned

    def _asked(self, card: Message) -> str | None:
        """The question on the card; None when it asks nothing."""
        if DONT_KNOW not in card.buttons:
            return None
        core = self._questionnaire.core
        return next(one.id for one in core if wording.plain(one.statement) in card.reads)

    async def _press(self, card: Message, label: str) -> Message | None:
        """Think, press, and wait for the card that follows; None when the round is over."""
        await self._pause(self._between * self._luck.uniform(*UNEVEN))
        if label not in card.buttons:
            return None
        await self._screens.press(self.user_id, card, label)
        return await self._turned(card)

    async def _turned(self, before: Message | None) -> Message | None:
        """The newest message with buttons, as soon as it is another one than before."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    found = await self._newest()
                    if found is not None and found != before:
                        return found
                    await asyncio.sleep(LOOK_AGAIN)
        except TimeoutError:
            return None

    async def _newest(self) -> Message | None:
        said = await self._screens.direct(self.user_id)
        return next((one for one in reversed(said) if one.buttons), None)


async def answer_all(
    people: Sequence[Respondent], finished: Callable[[str], Awaitable[None]]
) -> None:
    """All at the same time; `finished` hears of each who is done, as soon as they are."""

    async def one(person: Respondent) -> None:
        if await person.answer():
            await finished(person.user_id)

    await asyncio.gather(*map(one, people))
