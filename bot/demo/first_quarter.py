"""The first quarter: a scorecard is set up, asked, answered, closed, looked at and posted."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.app import Runtime
from bot.demo.answering import everybody_answers
from bot.demo.colleagues import Colleague
from bot.demo.minds import Mind
from bot.demo.respondent import opened, worked
from bot.demo.stage import RESULTS_CHANNEL, TEAM_CHANNEL, TEAM_NAME, Stage
from questionnaires.model import Questionnaire


class FirstQuarter:
    def __init__(self, stage: Stage, runtime: Runtime) -> None:
        self._stage = stage
        self._runtime = runtime
        self._lead = stage.lead
        self._narrator = stage.narrator

    async def play(self, questionnaire: Questionnaire, found: Mapping[str, Mind]) -> None:
        await self._set_up()
        await self._answer(questionnaire, found)
        await self._close()
        await self._post()

    async def _set_up(self) -> None:
        """The form, what it will do, and the press that starts it."""
        tell, lead = self._narrator, self._lead
        tell.tell(f"{lead.name} types /scorecard start and fills in the form.")
        worked(await lead.command("/scorecard start", channel=TEAM_CHANNEL))
        await self._runtime.settled()
        form = opened(lead).fill("Team name", TEAM_NAME)
        form.choose("Who is asked: everybody in a channel", TEAM_CHANNEL)
        form.choose("Where the result is posted", RESULTS_CHANNEL)
        worked(await form.submit())
        await self._runtime.settled()
        tell.quote(opened(lead).reads)
        tell.tell(f"{self._stage.first_name} presses Start.")
        worked(await opened(lead).submit())
        await self._runtime.settled()

    async def _answer(self, questionnaire: Questionnaire, found: Mapping[str, Mind]) -> None:
        tell = self._narrator
        tell.tell("Everybody is asked at 10:00 where they are, or now if that is past.")
        await everybody_answers(
            self._stage,
            self._runtime,
            questionnaire,
            found,
            say=lambda asked, hour: tell.tell(_asked(asked, hour)),
        )
        tell.tell(_what_was_pressed(found.values()))

    async def _close(self) -> None:
        tell, lead, name = self._narrator, self._lead, self._stage.first_name
        self._stage.clock.advance(minutes=5)
        tell.tell(f"{name} types /scorecard close.")
        outcome = worked(await lead.command("/scorecard close", channel=TEAM_CHANNEL))
        tell.quote(outcome.shown[-1].reads)
        tell.tell(f"{name} presses Close this round. The result comes to her alone:")
        worked(await lead.press("Close this round", in_channel=TEAM_CHANNEL))
        await self._runtime.settled()
        preview = next(one for one in reversed(lead.screen()) if "Post now" in one.buttons)
        tell.quote(preview.reads.splitlines()[0])

    async def _post(self) -> None:
        self._stage.clock.advance(minutes=10)
        self._narrator.tell(f"{self._stage.first_name} presses Post now.")
        worked(await self._lead.press("Post now"))
        await self._runtime.settled()
        summary, *rest = self._stage.results()
        self._narrator.panel(f"#{RESULTS_CHANNEL}", summary.reads)
        pictures = sum(len(message.files) for message in rest)
        self._narrator.aside(
            f"Below it the radar; in the thread {pictures - 1} more pictures and every question."
        )


def _asked(people: Sequence[Colleague], now: datetime) -> str:
    """Kolkata (12:30) and Tokyo (16:00): 2 people are asked."""
    places = {one.city: f"{now.astimezone(ZoneInfo(one.zone)):%H:%M}" for one in people}
    *most, last = (f"{city} ({clock})" for city, clock in places.items())
    where = f"{', '.join(most)} and {last}" if most else last
    return f"{where}: {len(people)} {'person is' if len(people) == 1 else 'people are'} asked."


def _what_was_pressed(found: Collection[Mind]) -> str:
    """What happened on the way, and who did it stays unsaid, as in the bot."""
    back = sum(mind.thinks_again is not None for mind in found)
    remarks = sum(mind.remark is not None for mind in found)
    wishes = sum(mind.wish is not None for mind in found)
    return (
        f"On the way {back} went back and changed an answer, {remarks} wrote a comment, and "
        f"{wishes} wrote what to fix first."
    )
