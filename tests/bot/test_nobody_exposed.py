"""Nobody is exposed: two rounds that come to the same result look the same to everybody else.

Who said what differs between the two; what the whole comes to does not. What anybody reads but
the five who answered, on every screen, in every file and in the log, has to be equal to the last
byte: so it follows from the result alone. What a result gives away is played through in
tests/questionnaires/test_attack.py.
"""

import json
import re
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.app import running
from questionnaires.result_json import as_json
from sandbox import SettableClock
from sandbox.uploads import File
from tests.conftest import MONDAY, Measured, northwind, settings_of
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, GRACE, HIRO = "Amara Okafor", "Grace Kim", "Hiro Tanaka"
FIVE = ("Ben Carter", "Chiara Ricci", "Deepa Nair", "Elias Berg", "Fatima Haddad")
OTHERS = (AMARA, GRACE, HIRO)
PICTURE, PICTURES = (
    re.compile("<([0-9a-f]{64})>"),
    3,
)  # radar, dots and star; the radar before posting, too
REMARK = "Nobody reads the runbook."

Rows = Sequence[Sequence[int]]

# Six questions, two in each dimension. In the second round two pairs of people have exchanged
# their levels in one dimension, and everybody has somebody else's place.
SAID: Rows = (
    (1, 2, 3, 1, 2, 2),
    (2, 1, 1, 3, 2, 2),
    (3, 2, 2, 2, 1, 3),
    (2, 3, 2, 2, 3, 1),
    (1, 1, 2, 2, 2, 2),
)
OTHERWISE: Rows = (
    (2, 3, 2, 2, 1, 3),
    (3, 2, 2, 2, 3, 1),
    (1, 1, 2, 2, 2, 2),
    (2, 1, 3, 1, 2, 2),
    (1, 2, 1, 3, 2, 2),
)


async def test_what_others_read_follows_from_the_result_alone(
    definitions: Path,
    tmp_path: Path,
    empty_database: Path,
    manifest: dict[str, Any],
    measured: Measured,
) -> None:
    read, stored, results = [], [], []
    for name, said, remarks in (("one", SAID, 0), ("other", OTHERWISE, 3)):
        folder = tmp_path / name
        folder.mkdir()
        clock = SettableClock(MONDAY)
        workspace = northwind(clock, manifest)
        async with workspace.serving():
            settings = settings_of(workspace, empty_database, folder)
            with capture_logs() as logs:
                async with running(
                    settings, now=clock, sleep=clock.sleep, definitions=definitions
                ) as runtime:
                    bot = Driver(runtime, workspace, clock)
                    shown = [one async for one in play(bot, said, FIVE[remarks])]
                    stored.append([bot.answers(person) for person in FIVE])
                    results.append(as_json(runtime.uses.closing.shown(1).result))
        read.append([*shown, *map(str, logs)])
    assert stored[0] != stored[1]
    assert results[0] == results[1]
    assert [pair for pair in zip(*read, strict=True) if pair[0] != pair[1]] == []
    whole = "\n".join(read[0])
    assert whole.count(REMARK) > 1
    assert len(set(PICTURE.findall(whole))) == PICTURES
    measured(
        f"nobody exposed: {len(read[0]):,} messages, views and log lines with {PICTURES} pictures "
        "are equal for two rounds with other answers and the same result"
    )


async def play(bot: Driver, said: Rows, remarks: str) -> AsyncIterator[str]:
    """A round from its opening to its posting, looked at by others all the while."""
    await bot.tick()
    await bot.open_round()
    for person, row in zip(FIVE, said, strict=True):
        await bot.press(person, "Start")
        for level in row:
            await bot.press(person, str(level))
        if person == remarks:
            await bot.press(person, "What would you fix first?")
            await bot.write(person, "What would you fix first?", REMARK)
        async for one in seen(bot):
            yield one
    await bot.close_round()
    async for one in seen(bot):
        yield one
    preview = bot.screen(AMARA)
    for label in ("See comments", "Hide", "Show again"):
        await bot.press(AMARA, label)
        yield written(bot.modal(AMARA).blocks, [])
    await bot.modal(AMARA).close()
    async for one in seen(bot):
        yield one
    await bot.press(AMARA, "Post now", on=preview)
    async for one in seen(bot):
        yield one


async def seen(bot: Driver) -> AsyncIterator[str]:
    """All that others have before them, a facilitator among them, also when they ask for it."""
    for person in OTHERS:
        for line in ("/scorecard", "/scorecard status", "/scorecard my"):
            await bot.command(person, line)
        yield written((await bot.open_home(person)).view.spec["blocks"], [])
        for place in (None, "ml-team", "mlops-results"):
            for message in bot.who(person).screen(place):
                yield f"{message.text} {written(message.blocks, message.files)}"


def written(blocks: list[dict[str, Any]], files: list[File]) -> str:
    """What stands there, with a picture as the digest of its bytes. Keys are drawn by chance."""
    named = [{key: it for key, it in block.items() if key != "block_id"} for block in blocks]
    drawn = [
        f"<{sha256(one.content or b'').hexdigest()}> {one.title} {one.alt_text}" for one in files
    ]
    return json.dumps([named, drawn])
