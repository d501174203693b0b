"""When Slack fails or is slow, or somebody is faster: on the Home tab and in modals."""

import pytest
from structlog.testing import capture_logs

from tests.driver import Driver

pytestmark = [pytest.mark.usefixtures("no_errors")]

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"
PUBLISH = "views.publish"


@pytest.fixture
async def planned(short_bot: Driver) -> Driver:
    """A scorecard of one person that opens in March, on Amara's Home tab."""
    await short_bot.start_round(people=(CHIARA,), First_round="2027-03-03")
    await short_bot.open_home(AMARA)
    return short_bot


# The Home tab cannot be published


@pytest.mark.parametrize(
    "why", ["user_not_found", "view_too_large", "hash_conflict", "ratelimited"]
)
async def test_what_was_done_stays_done_where_the_home_tab_cannot_show_it(
    planned: Driver, why: str
) -> None:
    await planned.at_home(AMARA, "Open a round now")
    planned.workspace.fail(PUBLISH, why, times=None)
    await planned.submit(AMARA)
    assert "Northwind ML is open: I ask 1 person" in planned.modal(AMARA).reads
    assert planned.screen(CHIARA).buttons[0] == "Start"


async def test_whom_slack_shows_no_home_tab_of_us_is_a_line_in_the_log(bot: Driver) -> None:
    bot.workspace.fail(PUBLISH, "not_enabled", times=None)
    with capture_logs() as logs:
        await bot.who(CHIARA).open_home()
        await bot.runtime.settled()
    assert [(one["event"], one["problem"]) for one in logs] == [
        ("a Home tab was not published", "not_enabled")
    ]


async def test_a_page_that_cannot_be_turned_says_so(short_bot: Driver) -> None:
    for number in range(11):
        await short_bot.start_round(team_name=f"Team {number:02}", people=(CHIARA,))
    await short_bot.open_home(AMARA)
    short_bot.workspace.fail(PUBLISH, "ratelimited", times=None)
    await short_bot.at_home(AMARA, "Next")
    assert "Slack isn't answering me right now" in short_bot.modal(AMARA).reads


# The modal that waits was closed, or one opens too late


@pytest.mark.parametrize("wish", ["Open a round now", "Edit"])
async def test_who_has_closed_the_modal_that_waits_hears_no_more(
    planned: Driver, wish: str
) -> None:
    planned.workspace.fail("views.update", "not_found")
    with capture_logs() as logs:
        await planned.at_home(AMARA, wish)
    assert logs == []


async def test_a_round_opens_although_the_modal_that_waits_was_closed(planned: Driver) -> None:
    await planned.at_home(AMARA, "Open a round now")
    planned.workspace.fail("views.update", "not_found")
    await planned.submit(AMARA)
    assert "open until Mon 1 Feb, 18:00" in planned.home(AMARA).reads
    assert planned.screen(CHIARA).buttons[0] == "Start"


@pytest.mark.parametrize("label", ["Help", "Pause", "Open a round now", "New scorecard"])
async def test_a_modal_that_opens_too_late_is_no_failure_of_ours(
    planned: Driver, label: str
) -> None:
    planned.workspace.fail("views.open", "expired_trigger_id", times=None)
    with capture_logs() as logs:
        await planned.at_home(AMARA, label)
    assert [one["log_level"] for one in logs] == ["warning", "warning"]
    assert {one["problem"] for one in logs} == {"expired_trigger_id"}


# The message that a modal was opened from is half an hour old


async def test_what_was_done_is_said_also_where_the_modal_was_open_for_long(
    planned: Driver,
) -> None:
    await planned.ask_for(AMARA, "Pause")
    planned.clock.advance(minutes=31)
    await planned.submit(AMARA)
    assert "Northwind ML is paused" in planned.modal(AMARA).reads


async def test_a_refusal_is_said_also_where_the_modal_was_open_for_long(planned: Driver) -> None:
    await planned.ask_for(AMARA, "Open a round now")
    planned.clock.advance(minutes=31)
    wish = planned.submission(AMARA)
    await planned.submit(AMARA)
    assert "Northwind ML is open" in planned.modal(AMARA).reads
    wish["trigger_id"] = planned.submission(AMARA)["trigger_id"]
    await planned.submit_again(AMARA, wish)
    assert "A round of Northwind ML is open." in planned.modal(AMARA).reads
