"""The second quarter: the round opens, closes and is posted by itself."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.app import Runtime
from bot.demo.answering import everybody_answers
from bot.demo.colleagues import Colleague
from bot.demo.minds import Mind
from bot.demo.respondent import worked
from bot.demo.stage import RESULTS_CHANNEL, START, TEAM_CHANNEL, Stage
from questionnaires import calendar
from questionnaires.calendar import Cadence
from questionnaires.model import Questionnaire
from questionnaires.results import Result, signed
from questionnaires.rounds import QUIET_BEFORE_CLOSING


class SecondQuarter:
    def __init__(self, stage: Stage, runtime: Runtime) -> None:
        self._stage = stage
        self._runtime = runtime
        self._narrator = stage.narrator
        self._zone = stage.team[0].zone

    async def play(self, questionnaire: Questionnaire, found: Mapping[str, Mind]) -> None:
        await self._answer(questionnaire, found)
        if all(mind.finishes for mind in found.values()):
            await self._fall_quiet()
        else:
            await self._close()
        await self._wait_for_the_post()

    async def _answer(self, questionnaire: Questionnaire, found: Mapping[str, Mind]) -> None:
        """Nobody presses anything for it: the bot's clock ticks."""
        opens_at, first = min((self._their_hour(one), one.city) for one in self._stage.team)
        self._move_to(opens_at)
        self._narrator.tell(
            f"The second round opens by itself: it is 10:00 in {first}. The others are asked at "
            "their own 10:00."
        )
        await everybody_answers(self._stage, self._runtime, questionnaire, found)

    async def _fall_quiet(self) -> None:
        self._stage.clock.set(self._stage.clock() + QUIET_BEFORE_CLOSING)
        self._narrator.tell(
            "Everybody has answered. After a quiet quarter of an hour the round closes by itself."
        )
        await self._do_what_is_due()

    async def _close(self) -> None:
        """In a large team somebody is always away."""
        self._stage.clock.advance(minutes=5)
        self._narrator.tell(f"{self._stage.first_name} closes the round.")
        worked(await self._stage.lead.command("/scorecard close", channel=TEAM_CHANNEL))
        worked(await self._stage.lead.press("Close this round", in_channel=TEAM_CHANNEL))
        await self._runtime.settled()

    async def _wait_for_the_post(self) -> None:
        before = len(self._stage.results())
        self._move_to(calendar.publishes_at(self._stage.clock(), self._zone))
        self._narrator.tell(
            f"{self._stage.first_name} has seen the result and pressed nothing: it posts itself."
        )
        await self._do_what_is_due()
        self._narrator.panel(f"#{RESULTS_CHANNEL}", self._stage.results()[before].reads)

    async def _do_what_is_due(self) -> None:
        await self._runtime.tick()
        await self._runtime.settled()

    def _their_hour(self, one: Colleague) -> datetime:
        """10:00 where they are, on the day of the round after the first."""
        first = calendar.local_day(START, self._zone)
        day = calendar.next_round(first, Cadence.QUARTERLY, held_on=first)
        assert day is not None, "every quarter has a next one"
        return calendar.at_local_hour(day, calendar.INVITING_HOUR, one.zone)

    def _move_to(self, moment: datetime) -> None:
        """To another day, which is said."""
        self._stage.clock.set(moment)
        self._narrator.gap()
        day = moment.astimezone(ZoneInfo(self._zone))
        self._narrator.aside(f"{day:%A %d %B %Y}", style="bold")


def of_new_questions(result: Result) -> str | None:
    """What no change is, where a new question has moved a score the furthest."""
    if result.since is None or not result.since.can_tell:
        return None
    changes = {one.short_title: one.change for one in result.dimensions if one.change}
    name = max(changes, key=lambda name: abs(changes[name].composition), default="")
    if not name or not changes[name].composition:
        return None
    by_new, by_old = changes[name].composition, changes[name].points
    return (
        f"{name}'s score moved by {signed(by_new + by_old)}: by {signed(by_new)} with its new "
        f"question, and by {signed(by_old)} with those that stayed. Only those are compared."
    )
