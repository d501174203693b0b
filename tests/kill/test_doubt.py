"""An invitation that arrived while its answer was lost: pressing it is proof enough."""

from collections.abc import AsyncIterator

import pytest

from bot.app import running
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from tests.driver import Driver

FACILITATOR = "Amara Okafor"
CHIARA = "Chiara Ricci"  # where she is it is one o'clock: asked at once


@pytest.fixture
async def driver(
    workspace: Workspace, settings: Settings, clock: SettableClock
) -> AsyncIterator[Driver]:
    async with running(settings, now=clock, sleep=clock.sleep) as runtime:
        built = Driver(runtime, workspace, clock)
        await built.tick()
        yield built


@pytest.mark.parametrize("label", ["Start", "Skip this round", "Remind me tomorrow", None])
async def test_who_pressed_an_invitation_in_doubt_is_not_asked_again(
    driver: Driver, workspace: Workspace, label: str | None
) -> None:
    await driver.fill_in_form(FACILITATOR)
    workspace.fail("chat.postMessage", effect=True, times=None)
    await driver.submit(FACILITATOR)
    workspace.heal()
    if label is not None:
        await driver.press(CHIARA, label)
    for _ in range(3):
        await driver.pass_(minutes=2)
    assert len(driver.who(CHIARA).screen()) == 1
    posted = [call.params["channel"] for call in workspace.calls("chat.postMessage")]
    assert posted.count(driver.who(CHIARA).id) == 1
