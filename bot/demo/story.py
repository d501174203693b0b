"""The story of one round: set up, asked, answered, closed, looked at, posted."""

import json
import logging
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import structlog
from rich.console import Console

from bot.app import Runtime, running
from bot.demo.colleagues import Colleague, team
from bot.demo.folder import FILES, Folder
from bot.demo.minds import Mind, minds
from bot.demo.narrator import Bars, Narrator
from bot.demo.proxies import without_proxies
from bot.demo.respondent import Respondent, opened, press_in_turns, worked
from bot.settings import MONTHS_KEPT, Settings
from questionnaires import calendar, catalog
from questionnaires.result_json import as_json
from sandbox import Member, Message, SettableClock, Workspace

# Monday, 08:00 in Lagos: before the day is over it is 10:00 for everybody from Tokyo to New York.
START = datetime(2027, 1, 18, 7, 0, tzinfo=UTC)
QUESTIONNAIRE = "mlops-scorecard"
TEAM_NAME = "Northwind ML"
TEAM_CHANNEL, RESULTS_CHANNEL = "ml-team", "mlops-results"
FIRST_ROUND = 1  # in a new database
IN_TURN, AT_ONCE = 1, 32
SMALL_TEAM = 12
PATIENCE = 30.0  # seconds for an acknowledgement: Slack gives 3, and this machine may be busy


class Story:
    def __init__(self, *, people: int, seed: int, output: Path, started: float) -> None:
        self._seed = seed
        self._started = started
        self._folder = Folder(output)
        self._team = team(people, seed)
        self._clock = SettableClock(START)
        self._workspace = _workspace(self._team, self._clock)
        self._lead = self._workspace.member(self._team[0].user_id)
        self._narrator = Narrator(_console(), self._clock, self._team[0].zone)

    async def play(self) -> None:
        self._folder.make_ready()
        self._introduce()
        with _quietly(), without_proxies():
            async with self._workspace.serving():
                settings = _settings(self._workspace, self._folder.database_url)
                async with running(settings, now=self._clock, sleep=self._clock.sleep) as runtime:
                    await runtime.tick()
                    await self._set_up(runtime)
                    await self._answer(runtime)
                    await self._close(runtime)
                    await self._post(runtime)
                    self._keep_result(runtime)
                self._keep_calls()
        self._say_where_it_is()

    def _introduce(self) -> None:
        zones = len({one.zone for one in self._team})
        tell = self._narrator
        title = f"A whole round with {len(self._team)} made-up colleagues in {zones} time zones"
        tell.aside(title, style="bold")
        tell.aside(
            "The bot is the real one, over Socket Mode; Slack is a stand-in on this machine, and "
            f"so is the clock, in {self._team[0].city}: {START:%A %d %B %Y}."
        )
        tell.gap()

    async def _set_up(self, runtime: Runtime) -> None:
        """The form, what it will do, and the press that starts it."""
        tell, lead = self._narrator, self._lead
        tell.tell(f"{lead.name} types /scorecard start and fills in the form.")
        worked(await lead.command("/scorecard start", channel=TEAM_CHANNEL))
        await runtime.settled()
        form = opened(lead).fill("Team name", TEAM_NAME)
        form.choose("Who is asked: everybody in a channel", TEAM_CHANNEL)
        form.choose("Where the result is posted", RESULTS_CHANNEL)
        worked(await form.submit())
        await runtime.settled()
        tell.quote(opened(lead).reads)
        tell.tell(f"{_first(lead)} presses Start.")
        worked(await opened(lead).submit())
        await runtime.settled()

    async def _answer(self, runtime: Runtime) -> None:
        """Everybody is asked at their own hour, and answers then."""
        questionnaire = catalog.load_all()[QUESTIONNAIRE]
        found = minds(self._team, questionnaire, self._seed)
        opened_at = self._clock()
        hours = {one: calendar.ask_at(opened_at, one.zone) for one in self._team}
        self._narrator.tell("Everybody is asked at 10:00 where they are, or now if that is past.")
        with self._narrator.watching(self._team, len(questionnaire.core)) as bars:
            for hour in sorted(set(hours.values())):
                asked = [one for one in self._team if hours[one] == hour]
                self._clock.set(hour)
                self._narrator.tell(_asked(asked, hour))
                await runtime.tick()
                people = [
                    Respondent(self._workspace.member(one.user_id), mind, questionnaire)
                    for one, mind in ((one, found[one.user_id]) for one in asked)
                ]
                await self._press(runtime, people, bars)
        self._narrator.tell(_what_was_pressed(found.values()))

    async def _press(self, runtime: Runtime, asked: list[Respondent], bars: Bars) -> None:
        await press_in_turns(
            asked,
            at_once=IN_TURN if len(self._team) <= SMALL_TEAM else AT_ONCE,
            settled=runtime.settled,
            saw=lambda one: bars.show(one.member.id, len(one.answered)),
        )

    async def _close(self, runtime: Runtime) -> None:
        tell, lead = self._narrator, self._lead
        self._clock.advance(minutes=5)
        tell.tell(f"{_first(lead)} types /scorecard close.")
        outcome = worked(await lead.command("/scorecard close", channel=TEAM_CHANNEL))
        tell.quote(outcome.shown[-1].reads)
        tell.tell(f"{_first(lead)} presses Close this round. The result comes to her alone:")
        worked(await lead.press("Close this round", in_channel=TEAM_CHANNEL))
        await runtime.settled()
        preview = next(one for one in reversed(lead.screen()) if "Post now" in one.buttons)
        tell.quote(preview.reads.splitlines()[0])

    async def _post(self, runtime: Runtime) -> None:
        self._clock.advance(minutes=10)
        self._narrator.tell(f"{_first(self._lead)} presses Post now.")
        worked(await self._lead.press("Post now"))
        await runtime.settled()
        summary, *rest = self._workspace.channel(RESULTS_CHANNEL)
        self._narrator.panel(f"#{RESULTS_CHANNEL}", summary.reads)
        pictures = sum(len(message.files) for message in rest)
        self._narrator.aside(
            f"Below it the radar; in the thread {pictures - 1} more pictures and every question."
        )

    def _keep_result(self, runtime: Runtime) -> None:
        result = runtime.uses.closing.shown(FIRST_ROUND).result
        self._folder.write("result.json", as_json(result))
        messages = self._workspace.channel(RESULTS_CHANNEL)
        for file in (file for message in messages for file in message.files):
            if file.name in FILES and file.content:
                self._folder.write(file.name, file.content)
        self._folder.write(
            "channel.txt", "\n".join((f"#{RESULTS_CHANNEL}", "", *map(_as_read, messages)))
        )

    def _keep_calls(self) -> None:
        server = self._workspace.server
        self._folder.write_calls(self._workspace.calls(), f"{server.host}:{server.port}")

    def _say_where_it_is(self) -> None:
        tell, width = self._narrator, max(map(len, FILES))
        tell.gap()
        tell.aside(f"In {self._folder.path}:", style="bold")
        for name, about in FILES.items():
            tell.aside(f"  {name.ljust(width)}  {about}")
        tell.gap()
        tell.aside(f"That took {perf_counter() - self._started:.1f} seconds. Try next:")
        tell.aside("  make playground   press it yourself, in your browser (needs Node.js)")
        tell.aside(
            '  README.md         "Install it in a real workspace": the same in your own Slack'
        )


def _workspace(people: tuple[Colleague, ...], clock: SettableClock) -> Workspace:
    manifest = json.loads((Path(__file__).parents[2] / "manifest.json").read_text())
    built = Workspace(
        team_id="T0NORTHWIND", name="Northwind", manifest=manifest, now=clock, ack_seconds=PATIENCE
    )
    for one in people:
        first = one is people[0]
        built.add_member(one.user_id, one.name, tz=one.zone, title=one.title, admin=first)
    everybody = [one.user_id for one in people]
    built.add_channel("C01MLTEAM", TEAM_CHANNEL, members=everybody)
    built.add_channel("C02RESULTS", RESULTS_CHANNEL, members=everybody)
    return built


def _settings(workspace: Workspace, database_url: str) -> Settings:
    """Everything is given: nothing comes from the environment or from .env."""
    return Settings(
        _env_file=None,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_signing_secret=None,
        host="127.0.0.1",
        port=0,
        slack_api_url=workspace.api_url,
        database_url=database_url,
        SCORECARD_FACILITATORS=(),
        SCORECARD_OPERATOR="whoever runs this demo",
        SCORECARD_LEAST_PEOPLE=5,
        questionnaires_dir=None,
        ANSWERS_KEPT_MONTHS=MONTHS_KEPT,
    )


def _console() -> Console:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a terminal that knows no blocks shows question marks
    return Console(highlight=False)


@contextmanager
def _quietly() -> Iterator[None]:
    """Only warnings are logged, and only while the demo runs."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    try:
        yield
    finally:
        structlog.configure(**before)


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


def _first(member: Member) -> str:
    return member.name.split()[0]


def _as_read(message: Message) -> str:
    """A message as text, in the thread when it hangs there, pictures by their description."""
    where = "in the thread" if message.thread_ts else "in the channel"
    pictures = [f"({file.name}: {file.alt_text})" for file in message.files]
    said = [] if message.files else [message.reads]
    return "\n".join((f"-- {where} --", *said, *pictures, ""))
