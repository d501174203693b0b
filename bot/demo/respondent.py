"""A made-up person answering: only by what is on their screen."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from bot.demo.minds import DOESNT_APPLY, DONT_KNOW, Mind
from questionnaires.model import Questionnaire
from sandbox import Member, Message, Modal, Outcome

WISH = "What would you fix first?"


class Respondent:
    """`presses()` goes on after each `yield`, when the bot has answered the press before it."""

    def __init__(self, member: Member, mind: Mind, questionnaire: Questionnaire) -> None:
        self.member = member
        self._mind = mind
        self._statements = {one.statement: one.id for one in questionnaire.core}
        self._reasons = {one.id: one.not_applicable for one in questionnaire.core}
        self.answered: set[str] = set()

    @property
    def finished(self) -> bool:
        return len(self.answered) == len(self._statements)

    async def presses(self) -> AsyncIterator[None]:
        """From the invitation to where this person ends."""
        mind = self._mind
        if mind.ignores:
            return
        card = next(one for one in reversed(self.member.screen()) if "Start" in one.buttons)
        await self._press("Skip this round" if mind.skips else "Start", card)
        yield
        if mind.role in card.buttons:
            await self._press(mind.role, card)
            yield
        while (question_id := self._asked(card)) and len(self.answered) != mind.leaves_off:
            async for _ in self._answer(card, question_id):
                yield
        if mind.wish and self.finished:
            await self._press(WISH, card)
            yield
            await self._write(WISH, mind.wish)
            yield

    async def _answer(self, card: Message, question_id: str) -> AsyncIterator[None]:
        if question_id in self.answered:
            raise RuntimeError(f"{self.member.name} is asked again:\n{card.reads}")
        mind, words = self._mind, self._mind.said[question_id]
        if mind.remark and mind.remark[0] == question_id:
            await self._press("Comment", card)
            yield
            await self._write(self._statement(question_id), mind.remark[1])
            yield
        await self._press(words, card)
        yield
        if words == DOESNT_APPLY:
            await self._press(self._reasons[question_id][0], card)
            yield
        self.answered.add(question_id)
        if question_id == mind.thinks_again:
            await self._press("Back", card)
            yield
            await self._press(mind.corrected, card)
            yield

    def _asked(self, card: Message) -> str | None:
        """The question that the card shows; None at the end, and when the round is skipped."""
        if DONT_KNOW not in card.buttons:
            return None
        for line in card.reads.splitlines():
            if line in self._statements:
                return self._statements[line]
        raise RuntimeError(f"{self.member.name} finds no question on this card:\n{card.reads}")

    def _statement(self, question_id: str) -> str:
        return next(text for text, known in self._statements.items() if known == question_id)

    async def _press(self, label: str, card: Message) -> None:
        worked(await self.member.press(label, on=card))

    async def _write(self, label: str, text: str) -> None:
        worked(await opened(self.member).fill(label, text).submit())


def worked(outcome: Outcome) -> Outcome:
    """A press that Slack or the bot refuses is an error in this demo."""
    if not outcome.ok:
        raise RuntimeError(f"{outcome.error or outcome.errors}: {outcome.text}")
    return outcome


def opened(member: Member) -> Modal:
    """The modal in front of somebody."""
    if member.modal is None:
        raise RuntimeError(f"{member.name} has no modal open")
    return member.modal


async def press_in_turns(
    people: Sequence[Respondent],
    *,
    at_once: int,
    settled: Callable[[], Awaitable[None]],
    saw: Callable[[Respondent], None],
) -> None:
    """Everybody presses once, then once more, until nobody has anything left to press.

    With `at_once` 1 even the order of the bot's calls to Slack is always the same.
    """
    under_way = {person: person.presses() for person in people}
    while under_way:
        waiting = list(under_way)
        for first in range(0, len(waiting), at_once):
            for person in await _press_once(waiting[first : first + at_once], under_way, settled):
                del under_way[person]
        for person in waiting:
            saw(person)


async def _press_once(
    people: Sequence[Respondent],
    under_way: dict[Respondent, AsyncIterator[None]],
    settled: Callable[[], Awaitable[None]],
) -> list[Respondent]:
    """Returns who has nothing left to press."""
    over = object()
    after = await asyncio.gather(*(anext(under_way[person], over) for person in people))
    await settled()
    return [person for person, found in zip(people, after, strict=True) if found is over]
