"""Away and back: what came late is said once, what is dead is said, and nothing is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.conftest import Start
from tests.driver import Driver

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"
FIRST_HOUR = datetime(2027, 4, 19, 1, 0, tzinfo=UTC)


def told(bot: Driver, name: str = AMARA) -> list[str]:
    return [one.reads for one in bot.who(name).screen() if "I was away" in one.reads]


async def test_facilitators_are_told_once_what_a_gap_made_late(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.start_round()  # Ben 15:00 UTC, Grace 18:00, Hiro 1:00, Deepa 4:30
    bot.clock.set(datetime(2027, 1, 19, 2, 0, tzinfo=UTC))
    async with start(definitions=definitions) as bot:
        assert told(bot) == [
            "I was away from Mon 18 Jan, 13:00 to Tue 19 Jan, 03:00. This came late: 3 invitations."
        ]
    async with start(definitions=definitions) as bot:
        await bot.pass_(minutes=30)
        assert len(told(bot)) == 1


@pytest.mark.parametrize("minutes", [1, 9])
async def test_a_restart_is_no_gap(start: Start, definitions: Path, minutes: int) -> None:
    async with start(definitions=definitions) as bot:
        await bot.start_round()
        await bot.until(datetime(2027, 1, 18, 14, 55, tzinfo=UTC))
    bot.clock.advance(minutes=minutes)
    async with start(definitions=definitions) as bot:
        assert told(bot) == []
        assert bot.stored("gaps")["gaps"] == []


async def test_a_gap_in_which_nothing_was_due_is_not_worth_a_message(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.open_round()
    bot.clock.advance(hours=5)
    async with start(definitions=definitions) as bot:
        assert told(bot) == []
        assert len(bot.stored("gaps")["gaps"]) == 1


async def test_rounds_that_were_opened_closed_and_posted_late_are_named(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await bot.open_round()
        await bot.answer_together({AMARA: 2, CHIARA: 2, BEN: 2})
    bot.clock.set(datetime(2027, 2, 2, 9, 0, tzinfo=UTC))
    async with start(definitions=definitions) as bot:
        assert [one.partition(": ")[2] for one in told(bot)] == ["closing Northwind ML."]
    bot.clock.set(datetime(2027, 2, 4, 12, 0, tzinfo=UTC))
    async with start(definitions=definitions) as bot:
        assert [one.partition(": ")[2] for one in told(bot)][1:] == ["posting Northwind ML."]
    bot.clock.set(FIRST_HOUR + timedelta(days=2, hours=8))
    async with start(definitions=definitions) as bot:
        assert [one.partition(": ")[2] for one in told(bot)][2:] == ["opening Northwind ML."]
        status = (await bot.command(AMARA, "/scorecard status")).text
        assert "opened late" in status


async def test_a_clock_that_ran_on_without_the_bot_is_a_gap_as_well(bot: Driver) -> None:
    """A laptop that slept: the process lived, and nobody ticked."""
    await bot.start_round()
    bot.clock.set(datetime(2027, 1, 19, 2, 0, tzinfo=UTC))
    await bot.runtime.tick.pulse()
    assert len(told(bot)) == 1


async def test_every_configured_facilitator_reads_it_once(start: Start, definitions: Path) -> None:
    both = ("U01AMARA", "U02BEN")
    async with start(definitions=definitions, facilitators=both) as bot:
        await bot.start_round(people=(HIRO, CHIARA))
        await bot.start_round(team_name="Search", people=("Deepa Nair",))
    bot.clock.set(datetime(2027, 1, 19, 5, 0, tzinfo=UTC))
    async with start(definitions=definitions, facilitators=both) as bot:
        assert [len(told(bot, name)) for name in (AMARA, BEN, CHIARA)] == [1, 1, 0]
        assert "2 invitations" in told(bot)[0]


# A dead installation


async def test_a_revoked_token_stops_the_jobs_and_says_so_in_the_log_and_in_status(
    bot: Driver,
) -> None:
    await bot.start_round()
    bot.workspace.revoke_token()
    with capture_logs() as logs:
        await bot.pass_(hours=3)
        await bot.tick()
        before = len(bot.workspace.calls())
        await bot.pass_(minutes=2)
        assert len(bot.workspace.calls()) == before
    assert [one["event"] for one in logs if "token" in one["event"]] == [
        "Slack refuses the bot's token"
    ]
    status = (await bot.command(AMARA, "/scorecard status")).text
    assert "Slack has refused my token (token_revoked)" in status
    assert "nothing is lost" in status


async def test_with_the_token_back_everything_goes_on_where_it_was(bot: Driver) -> None:
    await bot.start_round()
    bot.workspace.revoke_token("account_inactive")
    await bot.pass_(hours=3)
    await bot.tick()
    assert bot.who(BEN).screen() == []

    bot.workspace.restore_token()
    await bot.pass_(minutes=6)
    assert len(bot.who(BEN).screen()) == 1
    assert "refused my token" not in (await bot.command(AMARA, "/scorecard status")).text


async def test_when_the_creator_left_the_admins_look_after_the_round(
    start: Start, definitions: Path
) -> None:
    both = ("U01AMARA", "U02BEN")
    async with start(definitions=definitions, facilitators=both) as bot:
        await bot.open_round(BEN)
        await bot.answer_together({AMARA: 2, CHIARA: 2, HIRO: 2})
        await bot.workspace.change_member(BEN, deleted=True)
        await bot.runtime.settled()
    async with start(definitions=definitions, facilitators=()) as bot:
        await bot.until(datetime(2027, 2, 1, 23, 0, tzinfo=UTC))
        assert any("Post now" in one.buttons for one in bot.who(AMARA).screen())
