"""Editing a scorecard: what changes is shown first, and nothing is overwritten silently."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest

from sandbox import Workspace
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
PEOPLE = "And these people"
ENTERED = (
    "team_name", "questionnaire_id", "audience_channel", "audience_group", "audience_people",
    "guests", "results_channel", "cadence", "zone", "hour", "days_open", "weekend", "manner",
    "created_by", "first_on", "next_on", "state",
)  # fmt: skip


async def edit(bot: Driver, name: str = AMARA) -> None:
    await bot.ask_for(name, "Edit")
    assert bot.modal(name).title == "Edit scorecard"


@pytest.fixture
async def running(short_bot: Driver) -> Driver:
    """A scorecard of three people whose first round was posted."""
    await short_bot.open_round(people=(AMARA, BEN, CHIARA))
    await short_bot.close_round()
    return short_bot


async def test_the_form_shows_the_scorecard_as_it_is(running: Driver) -> None:
    await edit(running)
    form = running.modal(AMARA)
    assert form.value("Team name") == "Northwind ML"
    assert form.value(PEOPLE) == ["U01AMARA", "U02BEN", "U03CHIARA"]
    assert form.value("Next round") == "2027-04-19"
    assert form.value("Repeat")["value"] == "quarterly"
    assert form.value("How it is answered")["value"] == "apart"


async def test_what_changes_and_whom_it_asks_is_shown_before_saving(running: Driver) -> None:
    await edit(running)
    form = running.modal(AMARA).fill("Team name", "Search & Ranking")
    form.choose(PEOPLE, AMARA, BEN, CHIARA, DEEPA)
    form.choose("Repeat", "Every half year")
    await running.submit(AMARA)

    shown = running.modal(AMARA).reads
    assert "Team name: Northwind ML → Search & Ranking" in shown
    assert "Repeat: every quarter → every half year" in shown
    assert "Chiara Ricci → @Amara Okafor" in shown
    assert "The next round messages 4 people." in shown
    assert "Next rounds: 19 Apr 2027, 19 Oct 2027 and 19 Apr 2028" in shown
    assert running.column("scorecards", "team_name")[0] == "Northwind ML"

    said = await running.submit(AMARA)
    assert "*Search &amp; Ranking* is saved" in said.text
    assert running.column("scorecards", "team_name") == ["Search & Ranking"]
    assert running.column("scorecards", "changed_by") == ["U01AMARA"]
    await running.until(datetime(2027, 4, 20, 9, tzinfo=UTC))
    assert running.column("rounds", "team_name") == ["Northwind ML", "Search & Ranking"]
    assert "Search & Ranking" in running.reads(DEEPA)


async def test_saving_nothing_changes_nothing(running: Driver) -> None:
    before = {name: running.column("scorecards", name) for name in ENTERED}
    await edit(running)
    await running.submit(AMARA)
    assert "Nothing changes." in running.modal(AMARA).reads
    await running.submit(AMARA)
    assert {name: running.column("scorecards", name) for name in ENTERED} == before


async def test_a_new_day_for_the_next_round_is_counted_from(running: Driver) -> None:
    await edit(running)
    running.modal(AMARA).fill("Next round", "2027-05-01")  # a Saturday
    await running.submit(AMARA)
    assert "Next rounds: 3 May 2027, 2 Aug 2027 and 1 Nov 2027" in running.modal(AMARA).reads
    await running.submit(AMARA)
    assert running.column("scorecards", "next_on") == [date(2027, 5, 3)]


async def test_a_scorecard_that_was_asked_once_can_come_back(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), Repeat="Only once")
    await short_bot.close_round()
    await edit(short_bot)
    form = short_bot.modal(AMARA)
    assert form.value("Next round") is None
    form.choose("Repeat", "Every month")
    refused = await short_bot.submit(AMARA)
    assert refused.errors == {
        "first_on": "Choose a day for the next round, or Only once under Repeat."
    }
    form.fill("Next round", "2027-03-01")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)
    assert short_bot.column("scorecards", "next_on") == [date(2027, 3, 1)]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("Team name", "  ", "Enter a name"),
        (
            "Next round",
            "2027-01-04",
            "This day is over. Choose 19 Jan 2027 (today) or a later day.",
        ),
    ],
)
async def test_what_is_wrong_is_said_under_its_field_and_the_rest_stays(
    running: Driver, field: str, text: str, sentence: str
) -> None:
    await edit(running)
    form = running.modal(AMARA).choose("Repeat", "Every month").fill(field, text)
    refused = await running.submit(AMARA)
    assert [one for one in refused.errors.values() if one.startswith(sentence)]
    assert form.value("Repeat")["value"] == "monthly"
    assert running.column("scorecards", "cadence")[0] == "quarterly"


async def test_another_scorecards_name_is_refused(running: Driver) -> None:
    await running.start_round(team_name="Fraud", people=(DEEPA,))
    await running.command(AMARA, "/scorecard status")
    status = running.who(AMARA).screen("ml-team")[-1]
    await running.who(AMARA).select("Edit", on=status)
    await running.runtime.settled()
    running.modal(AMARA).fill("Team name", "northwind  ml")
    refused = await running.submit(AMARA)
    assert "already a scorecard called" in refused.errors["team_name"]


async def test_a_results_channel_that_many_more_read_is_warned_of(
    running: Driver, workspace: Workspace
) -> None:
    everybody = [f"U9{number:03}" for number in range(12)]
    for user_id in everybody:
        workspace.add_member(user_id, f"Reader {user_id}")
    workspace.add_channel("C09ALL", "all-hands", members=everybody)
    await edit(running)
    running.modal(AMARA).choose("Where the result is posted", "all-hands")
    await running.submit(AMARA)
    shown = running.modal(AMARA).reads
    assert "#all-hands (12 members)" in shown
    assert "more than three times as many as are asked" in shown


async def test_an_open_round_keeps_what_it_promised_and_follows_the_new_team(
    short_bot: Driver, workspace: Workspace
) -> None:
    workspace.add_channel("C03ELSE", "elsewhere", members=["U01AMARA"])
    await short_bot.open_round(people=(AMARA, BEN))
    await edit(short_bot)
    form = short_bot.modal(AMARA).choose(PEOPLE, AMARA, BEN, CHIARA)
    form.choose("Where the result is posted", "elsewhere")
    await short_bot.submit(AMARA)
    assert "The open round keeps its name, its questions" in short_bot.modal(AMARA).reads
    await short_bot.submit(AMARA)
    await short_bot.pass_(hours=2)
    assert short_bot.column("rounds", "results_channel") == ["C02RESULTS"]
    assert "Start" in short_bot.screen(CHIARA).buttons


async def test_a_team_renamed_while_a_round_is_open_is_found_under_its_new_name(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=(AMARA, BEN))
    await edit(short_bot)
    short_bot.modal(AMARA).fill("Team name", "Search ranking")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)
    home = await short_bot.open_home(AMARA)
    assert "Search ranking, January 2027 (asked as Northwind ML): open until" in home.reads


# Two at once


@pytest.fixture
async def two(start: Start, definitions: object) -> AsyncIterator[Driver]:
    """Amara and Ben may both edit."""
    facilitators = ("U01AMARA", "U02BEN")
    async with start(definitions=definitions, facilitators=facilitators) as bot:
        await bot.open_round(people=(AMARA, BEN, CHIARA))
        yield bot


async def test_the_second_of_two_is_told_what_the_first_has_changed(two: Driver) -> None:
    await edit(two, AMARA)
    await edit(two, BEN)
    two.modal(BEN).choose("Repeat", "Every month").choose("Open for", "5 working days")
    await two.submit(BEN)
    await two.submit(BEN)
    two.modal(AMARA).choose("Asked at", "9:00 where each person is")
    await two.submit(AMARA)

    form = two.modal(AMARA)
    assert form.title == "Edit scorecard"
    assert "@Ben Carter has changed this scorecard while you were editing it" in form.reads
    assert "Repeat: every quarter → every month" in form.reads
    assert "Open for: 10 working days → 5 working days" in form.reads
    assert form.value("Asked at")["value"] == "9"
    assert two.column("scorecards", "cadence")[0] == "monthly"

    form.choose("Repeat", "Every month")
    await two.submit(AMARA)
    assert "Asked at: 10:00 where each person is → 9:00" in two.modal(AMARA).reads
    await two.submit(AMARA)
    assert two.column("scorecards", "hour") == [9]
    assert two.column("scorecards", "cadence") == ["monthly"]


async def test_who_saves_after_somebody_else_did_is_sent_back_to_the_form(two: Driver) -> None:
    await edit(two, AMARA)
    two.modal(AMARA).choose("Asked at", "9:00 where each person is")
    await two.submit(AMARA)
    await edit(two, BEN)
    two.modal(BEN).choose("Repeat", "Every month")
    await two.submit(BEN)
    await two.submit(BEN)
    await two.submit(AMARA)
    assert "Meanwhile @Ben Carter has changed Northwind ML" in two.modal(AMARA).reads
    assert two.column("scorecards", "hour")[0] == 10

    await two.modal(AMARA).close()
    await two.submit(AMARA)
    assert "Repeat: every quarter → every month" in two.modal(AMARA).reads


async def test_a_skip_meanwhile_counts_as_a_change(two: Driver) -> None:
    await edit(two, AMARA)
    await two.manage(BEN, "Skip 19 Apr 2027")
    await two.submit(AMARA)
    assert "Next round: 19 Apr 2027 → 19 Jul 2027" in two.modal(AMARA).reads
    assert two.column("scorecards", "next_on")[0] == date(2027, 7, 19)


async def test_saving_twice_saves_once(two: Driver) -> None:
    await edit(two)
    two.modal(AMARA).choose("Repeat", "Every month")
    await two.submit(AMARA)
    wish = two.submission(AMARA)
    await two.submit(AMARA)
    [saved] = two.column("scorecards", "revision")
    said = await two.submit_again(AMARA, wish)
    assert "already confirmed, or no longer there" in said
    assert two.column("scorecards", "revision") == [saved]


async def test_only_facilitators_edit(two: Driver) -> None:
    await two.command(AMARA, "/scorecard status")
    status = two.who(AMARA).screen("ml-team")[-1]
    before = two.stored("scorecards")
    payload = two.who(AMARA).payload_of_press("Remind now", on=status)
    payload["actions"][0].update(action_id="manage.choose.edit", value='[1,"edit",null]')
    payload["user"]["id"] = two.who(CHIARA).id
    await two.who(CHIARA).press_raw(payload)
    await two.runtime.settled()
    assert "Only facilitators can do this" in two.modal(AMARA).reads

    await edit(two)
    two.modal(AMARA).choose("Repeat", "Every month")
    wish = two.submission(AMARA)
    assert "Only facilitators" in await two.submit_again(CHIARA, wish)
    assert two.stored("scorecards") == before


async def test_a_form_of_an_older_version_says_to_open_it_again(two: Driver) -> None:
    await edit(two)
    wish = two.submission(AMARA)
    for metadata in ("", "[]", '[0,1,""]', '["1",0,""]', "[1,true,3]", '[1,0,"",9]'):
        wish["view"]["private_metadata"] = metadata
        assert "older version of me" in await two.submit_again(AMARA, wish)


# What the bot has found out before


async def test_a_round_that_is_moved_to_today_opens_today(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-01-19")
    await short_bot.tick()  # it knows by now that this is tomorrow
    await edit(short_bot)
    short_bot.modal(AMARA).fill("Next round", "2027-01-18")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)
    assert short_bot.column("rounds", "state") == ["open"]


async def test_an_earlier_hour_counts_at_once(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-01-19")
    await short_bot.until(datetime(2027, 1, 19, 6, 30, tzinfo=UTC))
    await edit(short_bot)
    short_bot.modal(AMARA).choose("Asked at", "7:00 where each person is")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)
    assert "Start" in short_bot.screen(CHIARA).buttons


# Opening a round meanwhile


@pytest.fixture
async def planned(start: Start, definitions: object) -> AsyncIterator[Driver]:
    """Amara and Ben may both act; nobody was asked yet."""
    async with start(definitions=definitions, facilitators=("U01AMARA", "U02BEN")) as bot:
        await bot.start_round(people=(CHIARA,), First_round="2027-01-19")
        yield bot


async def ask_others(bot: Driver) -> None:
    """Ben changes who is asked, up to the question whether to save it."""
    await edit(bot, BEN)
    bot.modal(BEN).choose(PEOPLE, BEN, DEEPA)
    await bot.submit(BEN)


async def test_who_opens_a_round_that_another_has_changed_reads_first_what_it_is_now(
    planned: Driver,
) -> None:
    assert "This messages 1 person" in await planned.ask_for(AMARA, "Open a round now")
    await ask_others(planned)
    await planned.submit(BEN)
    await planned.submit(AMARA)
    said = planned.who(AMARA).screen("ml-team")[-1].reads
    assert "Meanwhile @Ben Carter has changed Northwind ML, so nobody was asked." in said
    assert planned.column("rounds", "id") == []

    assert "This messages 2 people" in await planned.ask_for(AMARA, "Open a round now")
    await planned.submit(AMARA)
    assert planned.column("participants", "user_id") == ["U02BEN", "U04DEEPA"]


async def test_a_round_that_opens_while_its_team_is_changed_asks_the_new_one(
    planned: Driver,
) -> None:
    await ask_others(planned)
    planned.clock.set(datetime(2027, 1, 19, 10, tzinfo=UTC))
    planned.workspace.fail("conversations.info", delay=0.3)
    await asyncio.gather(planned.runtime.tick(), planned.submit(BEN))
    for _ in range(2):
        await planned.pass_(minutes=5)
    assert planned.column("participants", "user_id") == ["U02BEN", "U04DEEPA"]
