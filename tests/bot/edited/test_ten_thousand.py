"""Ten thousand edited payloads: no server error, and no change that the sender had no right to.

Each is sent into the same world, through the socket that the bot has open, and what the database
holds then is compared with what it held before. Who may change which row says tests/bot/edited/
rights.py, without the bot's own code.
"""

import json
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.listener.async_listener import AsyncListener
from slack_bolt.response import BoltResponse
from structlog.testing import capture_logs

from bot.blocks import ids
from sandbox import Workspace
from sandbox.payloads import Payload
from tests.bot.edited.bending import Bent, Pool, bent
from tests.bot.edited.everything import play
from tests.bot.edited.harvest import COMMANDS, FROM_SLACK, Harvest, Sent
from tests.bot.edited.rights import BOOKKEEPING, Change, File, Sender, changes, unrightful
from tests.conftest import Measured, Start
from tests.driver import Driver

PAYLOADS = 10_000
OVER_HTTP = 300
ACK_SECONDS = 5.0
Found = Mapping[str, Sequence[Sent]]


class Trial:
    """Sends edited payloads to one bot, always into the same world, and judges what comes of it."""

    def __init__(
        self, bot: Driver, file: File, logs: list[Any], caplog: pytest.LogCaptureFixture
    ) -> None:
        self._bot = bot
        self._file = file
        self._logs, self._caplog = logs, caplog
        self._before = file.dump()
        self._version = file.version()
        self._since = time.process_time()
        self.came_to: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    async def judge(self, edited: Bent) -> None:
        self._logs.clear()
        self._caplog.clear()
        sender = sender_of(edited.sent)
        refresh(self._bot.workspace, sender, edited.sent)
        ack = await self._bot.workspace.send(edited.sent.envelope, edited.sent.payload)
        await self._bot.runtime.settled()
        changed = self.undone(sender, edited)
        self._bot.workspace.record.forget()
        assert ack.error is None, f"no answer to {edited}"
        assert self._errors() == [], f"an error of ours over {edited}"
        self._count(changed)

    def undone(self, sender: Sender | None = None, edited: Bent | None = None) -> list[Change]:
        """What was changed, put back. What the sender had no right to change fails."""
        if self._file.version() == self._version:
            return []
        after = self._file.dump()
        found, wrong = changes(self._before, after), unrightful(self._before, after, sender)
        self._file.undo(found)
        self._version = self._file.version()
        assert wrong == [], f"{sender} had no right to change {wrong} with {edited}"
        return [one for one in found if one.table not in BOOKKEEPING]

    @property
    def sent(self) -> int:
        return self.came_to.total()

    def report(self, kinds: int) -> str:
        came_to = ", ".join(f"{number} {what}" for what, number in self.came_to.most_common())
        refused = ", ".join(f"{number} {why}" for why, number in self.refused.most_common(6))
        seconds = time.process_time() - self._since
        return (
            f"{self.sent} edited payloads of {kinds} kinds: {came_to} ({refused}, ...); "
            f"{seconds:.0f} s of this process, making them included"
        )

    def _errors(self) -> list[str]:
        ours = [repr(one) for one in self._logs if one["log_level"] in ("error", "critical")]
        theirs = [one for one in self._caplog.records if one.levelno >= logging.ERROR]
        return [*ours, *(one.getMessage() for one in theirs)]

    def _count(self, changed: list[Change]) -> None:
        said = {str(one["event"]): one for one in self._logs}
        if changed:
            self.came_to["changed what was theirs"] += 1
        elif "press refused" in said:
            self.came_to["refused with a sentence"] += 1
            self.refused[said["press refused"]["why"]] += 1
        elif "request not understood" in said:
            self.came_to["not understood"] += 1
        else:
            self.came_to["shown something"] += 1


def sender_of(sent: Sent) -> Sender | None:
    """Who sends it, as Slack says; None where it says nothing of the kind."""
    user, team = sent.payload.get("user"), sent.payload.get("team")
    user_id = user.get("id") if isinstance(user, dict) else sent.payload.get("user_id")
    team_id = team.get("id") if isinstance(team, dict) else sent.payload.get("team_id")
    both = isinstance(user_id, str) and isinstance(team_id, str)
    return Sender(str(team_id), str(user_id)) if both else None


def refresh(workspace: Workspace, sender: Sender | None, sent: Sent) -> None:
    """What Slack gives to each press anew and lets expire soon, where nobody has edited it."""
    payload, view = sent.payload, sent.payload.get("view")
    if sender is None:
        return
    if str(payload.get("trigger_id")).endswith(".sandbox"):
        view_id = view.get("id") if isinstance(view, dict) else None
        trigger = workspace.permits.trigger(sender.user_id, "C01MLTEAM", view_id)
        payload["trigger_id"] = trigger
    if "/response/R" in str(payload.get("response_url")):
        url = workspace.response_url(sender.user_id, "C01MLTEAM", None)
        payload["response_url"] = url


@dataclass(frozen=True, slots=True)
class Stage:
    """A bot in the middle of everything, and what can be sent to it."""

    bot: Driver
    found: Found
    pool: Pool
    trial: Trial


@pytest.fixture
async def stage(
    start: Start, definitions: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Stage]:
    """Nothing is due, so whatever changes is the sender's doing."""
    async with start(definitions=definitions) as bot:
        harvest = Harvest()
        await play(bot, harvest.look)
        bot.workspace.sockets.ack_seconds = ACK_SECONDS
        await bot.tick()
        file = File(tmp_path / "scorecard.sqlite3")
        with capture_logs() as logs:
            trial = Trial(bot, file, logs, caplog)
            await bot.tick()
            assert trial.undone() == []
            found = harvest.thinned()
            people = [member.id for member in bot.workspace.members]
            yield Stage(bot, found, Pool.of(found, people), trial)
        file.close()


async def test_every_kind_of_thing_that_the_bot_hears_is_among_them(stage: Stage) -> None:
    """A new button is not forgotten: whatever a listener hears is sent, or comes from Slack."""
    listeners = stage.bot.runtime.app._async_listeners
    sent = [one.payload for kind in stage.found.values() for one in kind]
    events = [stage.bot.workspace.payloads.event({"type": name}) for name in FROM_SLACK]
    unheard = [
        f"{one.ack_function.__module__}: {one.ack_function.__name__}"
        for one in listeners
        if not [body for body in (*events, *sent) if await hears(one, body)]
    ]
    assert unheard == []


async def hears(listener: AsyncListener, body: Payload) -> bool:
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    return await listener.async_matches(req=request, resp=BoltResponse(status=200))


@pytest.mark.slow
async def test_no_edited_payload_does_what_its_sender_may_not(
    stage: Stage, measured: Measured
) -> None:
    for one in made(bent(stage.found, stage.pool), PAYLOADS):
        await stage.trial.judge(one)
    assert stage.trial.sent == PAYLOADS
    measured(stage.trial.report(len(stage.found)))


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http"], indirect=True)
async def test_nor_does_it_over_http(stage: Stage) -> None:
    edited = bent(stage.found, stage.pool).filter(fits_a_form)
    for one in made(edited, OVER_HTTP):
        await stage.trial.judge(one)
    assert stage.trial.sent == OVER_HTTP


def fits_a_form(edited: Bent) -> bool:
    """Over HTTP a command comes as a form, where the app said it wants it, and in whole letters."""
    texts = [one for one in edited.sent.payload.values() if isinstance(one, str)]
    ours = edited.sent.payload.get("command") == ids.COMMAND
    return edited.sent.envelope != COMMANDS or (ours and not any("\ud800" in one for one in texts))


def made(edited: SearchStrategy[Bent], many: int) -> Iterator[Bent]:
    """Always the same ones. They are made first: sending is not Hypothesis's to repeat."""
    written: list[tuple[str, str, tuple[str, ...]]] = []

    @settings(
        max_examples=many,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=tuple(HealthCheck),
    )
    @given(edited)
    def write(one: Bent) -> None:
        written.append((one.sent.envelope, json.dumps(one.sent.payload), one.how))

    write()
    for envelope, payload, how in written:
        yield Bent(Sent(envelope, json.loads(payload)), how)
