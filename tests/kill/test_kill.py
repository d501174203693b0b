"""Nothing that was confirmed is lost and nobody is asked twice, however the bot ends."""

import asyncio
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from questionnaires.model import Questionnaire
from tests.kill.conftest import PEOPLE, open_round
from tests.kill.people import Respondent, Tally, nothing_is_lost, stored_answers
from tests.kill.processes import Bot, Slack, eventually, rows

INVITATIONS_HIT = 4
PRESSES_HIT = 6
STOPS_AFTER = (2, 5)  # invitations seen
SLOW = 0.1  # seconds that Slack takes to post a message
HELD = 0.6  # seconds for which Slack holds an answer back that no bot will see
STATES = "SELECT state, count(*) FROM messages GROUP BY state"


def say(*lines: str) -> None:
    """What to look at with pytest -s, or after a failure."""
    sys.stdout.write("\n".join(lines) + "\n")


class Killer:
    """Kills the bot at random steps of what happens, a random moment later, and starts it again.

    `left`: what the database held after each life of the bot.
    """

    def __init__(self, bot: Bot, tally: Tally, dice: random.Random, folder: Path) -> None:
        self._bot, self._tally, self._dice, self._folder = bot, tally, dice, folder
        self.invitations = sorted(dice.sample(range(1, len(PEOPLE) + 1), INVITATIONS_HIT))
        self.presses = sorted(dice.sample(range(5, 200), PRESSES_HIT))
        self.left: list[Path] = []

    async def run(self) -> None:
        points = [
            *(("invitations seen", number, 0.2) for number in self.invitations),
            *(("acknowledged", number, 0.03) for number in self.presses),
        ]
        while points:
            reached = [one for one in points if self._tally.counted[one[0]] >= one[1]]
            if not reached:
                await self._tally.step()
                continue
            what, number, at_most = reached[0]
            points.remove(reached[0])
            await asyncio.sleep(self._dice.uniform(0, at_most))
            await self._bot.kill()
            left = self._bot.copy_database(self._folder / f"after {number} {what}")
            self.left.append(left)
            await self._bot.start()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2])
async def test_ten_kills_lose_no_confirmed_answer_and_ask_nobody_twice(
    slack: Slack, bot: Bot, questions: Questionnaire, tmp_path: Path, seed: int
) -> None:
    dice, tally = random.Random(seed), Tally()  # noqa: S311 - a plan for a test
    killer = Killer(bot, tally, dice, tmp_path)
    people = [
        Respondent(user_id, slack, bot, questions, tally, random.Random(f"{seed} {user_id}"))  # noqa: S311
        for user_id in PEOPLE
    ]
    await slack.start()
    for number in killer.invitations:  # visible to the person; the answer never reaches the bot
        await slack.post(
            "fail", method="chat.postMessage", after=number - 1, effect=True, delay=HELD
        )
    await slack.post("fail", method="chat.postMessage", times=None, delay=SLOW)
    await bot.start()
    await open_round(slack)

    async with asyncio.timeout(90), asyncio.TaskGroup() as tasks:
        tasks.create_task(killer.run())
        for person in people:
            tasks.create_task(person.take_part())

    async def settled() -> bool:
        return dict(rows(bot.database, STATES)).keys() <= {"sent", "failed"}

    await eventually(settled, what="a settled outbox")
    assert await bot.terminate(within=10) == 0
    say(f"seed {seed}", str(dict(tally.counted)))

    await nobody_was_asked_twice(slack, people)
    assert len(killer.left) == INVITATIONS_HIT + PRESSES_HIT
    for life, left in enumerate(killer.left):
        confirmed = sum(
            press.confirmed and press.life <= life for one in people for press in one.presses
        )
        say(f"{left.parent.name}: {dict(rows(left, STATES))}, {confirmed} answers confirmed")
        nothing_is_lost(left, questions, people, life)
    assert [person.complaints for person in people] == [[]] * len(people)
    nothing_is_lost(bot.database, questions, people, bot.deaths)
    everybody_has_finished(bot.database, questions, people)


@pytest.mark.slow
async def test_a_stop_finishes_what_is_under_way(
    slack: Slack, bot: Bot, questions: Questionnaire
) -> None:
    tally, left = Tally(), list[dict[str, int]]()
    people = [
        Respondent(user_id, slack, bot, questions, tally, random.Random(user_id))  # noqa: S311
        for user_id in PEOPLE
    ]
    await slack.start()
    await slack.post("fail", method="chat.postMessage", times=None, delay=SLOW)
    await bot.start()
    await open_round(slack)

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        for person in people:
            tasks.create_task(person.take_part())
        for number in STOPS_AFTER:
            await tally.reached("invitations seen", number)
            assert await bot.terminate(within=5) == 0
            left.append(dict(rows(bot.database, STATES)))
            await bot.start()
    assert await bot.terminate(within=5) == 0
    say(*map(str, left), str(dict(tally.counted)))

    assert [states.keys() for states in left] == [{"due", "sent"}] * len(STOPS_AFTER)
    await nobody_was_asked_twice(slack, people)
    nothing_is_lost(bot.database, questions, people, bot.deaths)
    everybody_has_finished(bot.database, questions, people)


async def nobody_was_asked_twice(slack: Slack, people: list[Respondent]) -> None:
    """Nothing was ever posted twice or taken away, answered to the bot or not; so say screens."""
    posted = Counter(
        call["params"]["blocks"][0]["block_id"] for call in await slack.calls("chat.postMessage")
    )
    invited = {key for key in posted if key.startswith("invitation.")}
    assert invited == {f"invitation.1.{person.user_id}.1" for person in people}
    assert {key: number for key, number in posted.items() if number > 1} == {}
    assert await slack.calls("chat.delete") == []
    assert [len(person.hung_there) for person in people] == [1] * len(people)


def everybody_has_finished(
    database: Path, questions: Questionnaire, people: list[Respondent]
) -> None:
    """With one row per question, and a picture of their own scores."""
    assert len(stored_answers(database)) == len(people) * len(questions.core)
    assert rows(database, "SELECT DISTINCT state FROM participants") == [("finished",)]
    pictures = rows(database, "SELECT DISTINCT recipient FROM messages WHERE kind = 'own_radar'")
    assert {user_id for (user_id,) in pictures} == {person.user_id for person in people}
