"""People who answer what is on their screens, and remember what was confirmed to them."""

import asyncio
import random
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from questionnaires import conversation
from questionnaires.model import Questionnaire
from tests.kill.processes import Bot, Json, Slack, eventually, rows

LEVELS = 5
READING = 1.5  # seconds before every second one of them presses Start
THINKING = 0.08  # seconds between two presses, at most
CHANGES_MIND = 0.08  # of all presses, how many go back to the question before
GLANCE = 0.1  # seconds between two looks at an empty screen, or two tries while nobody listens
PATIENCE = 2.0  # seconds for a card to turn after all though the press was not acknowledged
DONE = "Done, thank you!"
# On an invitation, on a reminder of somebody who has begun, on the question for one's role.
BEGIN = ("Start", "Continue", "Skip this")
ANSWERS = """
    SELECT user_id, question_id, level FROM answers JOIN participants ON id = participant_id
    WHERE round_id = ?
"""


class Tally:
    """What happened to everybody together."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()
        self._stepped = asyncio.Event()

    def count(self, what: str) -> None:
        self.counted[what] += 1
        self._stepped.set()

    async def step(self) -> None:
        """Wait until something more happens."""
        self._stepped.clear()
        await self._stepped.wait()

    async def reached(self, what: str, number: int) -> None:
        while self.counted[what] < number:
            await self.step()


@dataclass
class Press:
    """A level that was pressed in one life of the bot, and whether that was ever confirmed."""

    life: int
    question_id: str
    level: int
    confirmed: bool = False


class Respondent:
    def __init__(
        self,
        user_id: str,
        slack: Slack,
        bot: Bot,
        questions: Questionnaire,
        tally: Tally,
        dice: random.Random,
    ) -> None:
        self.user_id = user_id
        self.presses: list[Press] = []
        self.complaints: list[str] = []
        self.hung_there: set[str] = set()
        self._slack, self._bot, self._tally, self._dice = slack, bot, tally, dice
        self._asked = {one.statement: one.id for one in questions.core}
        self._called = {conversation.label(questions, one): one for one in self._asked.values()}

    def may_be_stored(self, question_id: str, life: int) -> set[int | None]:
        """What the database may hold when that life of the bot is over; None for no row.

        The level confirmed last, by an acknowledgement or by the card, and those pressed after it
        that nobody ever answered for.
        """
        allowed: set[int | None] = {None}
        for press in self.presses:
            if press.question_id == question_id and press.life <= life:
                allowed = {press.level} if press.confirmed else {*allowed, press.level}
        return allowed

    async def take_part(self) -> None:
        """From the first look at an empty screen until the card says that all is done."""
        shown = await eventually(self._look, within=60.0, every=GLANCE, what="an invitation")
        assert shown is not None
        await asyncio.sleep(self._dice.choice((0, READING)))
        while DONE not in shown["reads"]:
            await asyncio.sleep(self._dice.uniform(0, THINKING))
            await self._press_something(shown)
            shown = await self._look() or shown

    async def _look(self) -> Json | None:
        """The newest message with words; what it says was saved, is confirmed."""
        there = [one for one in await self._slack.screen(self.user_id) if one["buttons"]]
        if not there:
            return None
        if not self.hung_there:
            self._tally.count("invitations seen")
        self.hung_there.update(one["ts"] for one in there)
        shown = there[-1]
        if saved := re.search(r"Saved (.+): (\d)", shown["reads"]):
            self._read_on_card(self._called[saved[1]], int(saved[2]))
        return shown

    def _read_on_card(self, question_id: str, level: int) -> None:
        latest = [one for one in self.presses if one.question_id == question_id][-1]
        if latest.level == level and not latest.confirmed:
            self._tally.count("confirmed by the card alone")
            latest.confirmed = True

    async def _press_something(self, shown: Json) -> None:
        """A level, seldom Back, or a beginning; then wait for the card's turn, or another life."""
        on_card = (one for said, one in self._asked.items() if said in shown["reads"])
        question_id = next(on_card, None)
        label = next((one for one in BEGIN if one in shown["buttons"]), BEGIN[0])
        if question_id is not None:
            label = str(self._dice.randrange(LEVELS))
            if "Back" in shown["buttons"] and self._dice.random() < CHANGES_MIND:
                label = "Back"
        life = self._bot.deaths
        if question_id is not None and label.isdigit():
            self.presses.append(Press(life, question_id, int(label)))
        answer = await self._slack.post("press", member=self.user_id, label=label)
        if answer["text"]:
            self.complaints.append(answer["text"])
        self._tally.count(answer["error"] or "acknowledged")
        if answer["error"] is None:
            if label.isdigit():
                self.presses[-1].confirmed = True
            await self._turned(shown, life)
        elif answer["error"] == "operation_timeout":
            with suppress(TimeoutError):
                await self._turned(shown, life, within=PATIENCE)
        else:
            await asyncio.sleep(GLANCE)
        await self._bot.up.wait()

    async def _turned(self, before: Json, life: int, within: float = 20.0) -> None:
        """A bot that lives turns the card for certain; one that has died never will."""

        async def looks_new() -> bool:
            return self._bot.deaths != life or await self._look() != before

        await eventually(looks_new, within=within, what=f"the turn of {self.user_id}'s card")


def stored_answers(database: Path, round_id: int = 1) -> dict[tuple[str, str], int]:
    """Levels by person and question: one row for each pair."""
    found = rows(database, ANSWERS, round_id)
    stored = {(user_id, question_id): level for user_id, question_id, level in found}
    assert len(stored) == len(found)
    return stored


def nothing_is_lost(
    database: Path,
    questions: Questionnaire,
    people: list[Respondent],
    life: int,
    round_id: int = 1,
) -> None:
    """After that life of the bot the database holds what had been confirmed."""
    stored = stored_answers(database, round_id)
    lost = {
        (person.user_id, question.id): stored.get((person.user_id, question.id))
        for person in people
        for question in questions.core
        if stored.get((person.user_id, question.id)) not in person.may_be_stored(question.id, life)
    }
    assert lost == {}
