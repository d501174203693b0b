"""The story of two quarters of one scorecard, and what is kept of them."""

import logging
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import structlog

from bot.app import Runtime, running
from bot.demo import questions
from bot.demo.first_quarter import FirstQuarter
from bot.demo.folder import FILES, RESULT, RESULT_BEFORE, Folder
from bot.demo.later import RISEN, a_quarter_later
from bot.demo.minds import minds
from bot.demo.proxies import without_proxies
from bot.demo.second_quarter import SecondQuarter, of_new_questions
from bot.demo.stage import RESULTS_CHANNEL, START, Stage
from questionnaires.model import Questionnaire
from questionnaires.result_json import as_json
from questionnaires.results import Result
from sandbox import Message

FIRST_ROUND, SECOND_ROUND = 1, 2  # in a new database
# Thursday, 10:00 in Lagos: a month before the second round.
UPDATED = datetime(2027, 3, 18, 9, 0, tzinfo=UTC)


class Story:
    def __init__(self, *, people: int, seed: int, output: Path, started: float) -> None:
        self._started = started
        self._folder = Folder(output)
        self._stage = Stage(people, seed)
        self._narrator = self._stage.narrator

    async def play(self) -> None:
        self._folder.make_ready()
        self._introduce()
        with _quietly(), without_proxies(), TemporaryDirectory(prefix="scorecard-demo-") as update:
            async with self._stage.workspace.serving():
                await self._both_quarters(Path(update))
                self._keep_calls()
        self._say_where_it_is()

    async def _both_quarters(self, update: Path) -> None:
        """The bot is stopped in between, and started again with other questions."""
        stage = self._stage
        asked_first, asked_then = questions.first(), questions.second(update)
        before = minds(stage.team, asked_first, stage.seed)
        after = a_quarter_later(before, asked_then, stage.seed)
        async with self._bot() as runtime:
            await runtime.tick()
            await FirstQuarter(stage, runtime).play(asked_first, before)
            self._keep_result(RESULT_BEFORE, runtime, FIRST_ROUND)
            stage.clock.set(UPDATED)
        self._tell_what_is_new(asked_first, asked_then)
        async with self._bot(update) as runtime:
            await SecondQuarter(stage, runtime).play(asked_then, after)
            result = self._keep_result(RESULT, runtime, SECOND_ROUND)
            if moved := of_new_questions(result):
                self._narrator.aside(moved)
            self._keep_channel()

    def _bot(self, definitions: Path | None = None) -> AbstractAsyncContextManager[Runtime]:
        stage = self._stage
        settings = stage.settings(self._folder.database_url)
        return running(settings, now=stage.clock, sleep=stage.clock.sleep, definitions=definitions)

    def _introduce(self) -> None:
        team, tell = self._stage.team, self._narrator
        zones = len({one.zone for one in team})
        title = f"Two quarters with {len(team)} made-up colleagues in {zones} time zones"
        tell.aside(title, style="bold")
        tell.aside(
            "The bot is the real one, over Socket Mode; Slack is a stand-in on this machine, and "
            f"so is the clock, in {team[0].city}: {START:%A %d %B %Y}."
        )
        tell.gap()

    def _tell_what_is_new(self, old: Questionnaire, new: Questionnaire) -> None:
        tell, swaps = self._narrator, questions.changed(old, new)
        worked_on = next(one.short_title for one in new.dimensions if one.id == RISEN)
        tell.gap()
        tell.aside(f"{UPDATED:%A %d %B %Y}", style="bold")
        tell.aside(f"The team has been at work on {worked_on}.")
        tell.tell(
            f"The bot is stopped, and started again with version {new.version} of the questions. "
            f"That loses nothing. {len(swaps)} of the {len(new.core)} core questions gave way to "
            "others:"
        )
        for swap in swaps:
            tell.tell(f"- {swap}")

    def _keep_result(self, name: str, runtime: Runtime, round_id: int) -> Result:
        result = runtime.uses.closing.shown(round_id).result
        self._folder.write(name, as_json(result))
        return result

    def _keep_channel(self) -> None:
        """What the channel reads; of each picture the newest."""
        messages = self._stage.results()
        for file in (file for message in messages for file in message.files):
            if file.name in FILES and file.content:
                self._folder.write(file.name, file.content)
        self._folder.write(
            "channel.txt", "\n".join((f"#{RESULTS_CHANNEL}", "", *map(_as_read, messages)))
        )

    def _keep_calls(self) -> None:
        server = self._stage.workspace.server
        self._folder.write_calls(self._stage.workspace.calls(), f"{server.host}:{server.port}")

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


def _as_read(message: Message) -> str:
    """A message as text, in the thread when it hangs there, pictures by their description."""
    where = "in the thread" if message.thread_ts else "in the channel"
    pictures = [f"({file.name}: {file.alt_text})" for file in message.files]
    said = [] if message.files else [message.reads]
    return "\n".join((f"-- {where} --", *said, *pictures, ""))
