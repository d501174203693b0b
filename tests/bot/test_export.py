"""Export: results as a file, for who may act for the scorecard, once for each press."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from sandbox import Message
from tests.bot.test_facilitators import (
    SEARCH,
    name,
    two_teams,  # noqa: F401 - a fixture
)
from tests.bot.test_own_data import COMMENT, REASON, SHARE, WISH, erase, say_much
from tests.conftest import Start
from tests.driver import Driver
from tests.questionnaires.test_exports import SCHEMA

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA, ELIAS = (
    "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair", "Elias Berg",
)  # fmt: skip
FIVE = (AMARA, BEN, CHIARA, DEEPA, ELIAS)
APRIL = datetime(2027, 4, 20, 9, 0, tzinfo=UTC)
ROUNDS, FILE = "Which rounds", "Kind of file"
ALL, JANUARY = "All 2 rounds", "January 2027"
CSV, JSON = "A table for spreadsheets (CSV)", "A document for programs (JSON)"


async def a_round(bot: Driver, *people: str) -> None:
    """Answered by these people and closed, not posted."""
    await bot.open_round(people=FIVE)
    await bot.answer_together({person: 1 + place % 3 for place, person in enumerate(people)})
    await bot.close_round()


@pytest.fixture
async def closed(short_bot: Driver) -> Driver:
    await a_round(short_bot, *FIVE)
    return short_bot


@pytest.fixture
async def twice(closed: Driver) -> Driver:
    """January was posted; April is closed and not posted yet."""
    await closed.press(AMARA, "Post now")
    await closed.until(APRIL)
    for hours in (5, 6, 7):
        await closed.pass_(hours=hours)
    await closed.answer_together(dict.fromkeys(FIVE, 3))
    await closed.close_round()
    return closed


async def export(bot: Driver, person: str = AMARA, file: str = CSV, which: str = "") -> None:
    await bot.ask_for(person, "Export")
    bot.modal(person).choose(FILE, file)
    if which:
        bot.modal(person).choose(ROUNDS, which)
    await bot.submit(person)


def sent(bot: Driver, person: str = AMARA) -> list[tuple[str, bytes]]:
    """Name and content of the exported files that somebody got."""
    return [
        (file.name, file.content or b"")
        for message in bot.who(person).screen()
        for file in message.files
        if file.name.startswith("scorecard-")
    ]


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def whispers(bot: Driver, person: str) -> list[Message]:
    return [one for one in bot.who(person).screen("ml-team") if one.ephemeral]


async def test_a_facilitator_gets_a_table_of_what_is_shown(closed: Driver) -> None:
    await export(closed)
    assert whispers(closed, AMARA)[-1].reads == (
        "Your file comes in our direct messages: Northwind ML, January 2027, as CSV."
    )
    [(named, content)] = sent(closed)
    assert named == "scorecard-northwind-ml-january-2027.csv"
    overall, *rows = table(content)
    assert (overall["kind"], overall["answered"], overall["invited"]) == ("overall", "5", "5")
    assert overall["posted"] == "false"
    assert [row["kind"] for row in rows].count("dimension") == 3
    preview = closed.reads(AMARA)
    for row in rows:
        if row["kind"] == "dimension":
            assert row["score_text"] in preview
    assert sent(closed, BEN) == []
    assert not [one for one in closed.who(AMARA).screen("mlops-results") if one.files]


async def test_all_rounds_or_one_come_as_a_document_by_its_schema(twice: Driver) -> None:
    await export(twice, file=JSON)
    await export(twice, file=JSON, which=JANUARY)
    (both, every), (one, single) = sent(twice)
    assert both == "scorecard-northwind-ml-2-rounds.json"
    assert one == "scorecard-northwind-ml-january-2027.json"
    found, alone = json.loads(every), json.loads(single)
    for document in (found, alone):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)
    assert [(x["round_title"], x["posted"]) for x in found["rounds"]] == [
        (JANUARY, True), ("April 2027", False),
    ]  # fmt: skip
    assert alone["rounds"] == found["rounds"][:1]
    changes = [one["change"] for one in found["rounds"][1]["dimensions"]]
    assert found["rounds"][1]["since"]["round_title"] == JANUARY
    assert any(one is not None and one["points"] > 0 for one in changes)


async def test_the_modal_offers_every_closed_round_the_newest_first(twice: Driver) -> None:
    read = await twice.ask_for(AMARA, "Export")
    assert "nobody's answers" in read
    modal = twice.modal(AMARA)
    assert modal.value(ROUNDS)["text"]["text"] == ALL
    modal.choose(ROUNDS, "April 2027, not posted")
    modal.choose(ROUNDS, JANUARY)


async def test_from_the_home_tab_it_is_said_where_the_modal_was(closed: Driver) -> None:
    await closed.open_home(AMARA)
    await closed.at_home(AMARA, "Export")
    await closed.submit(AMARA)
    assert "Your file comes in our direct messages" in closed.modal(AMARA).reads
    assert len(sent(closed)) == 1


async def test_where_no_round_is_closed_there_is_no_button_and_nothing_to_export(
    short_bot: Driver,
) -> None:
    bot = short_bot
    await bot.open_round(people=FIVE)
    await bot.command(AMARA, "/scorecard status")
    status = bot.who(AMARA).screen("ml-team")[-1]
    assert "Export" not in status.buttons
    refused = await bot.forge(
        AMARA, "History", on=status, action_id="manage.choose.export", value='[1,"export",null]'
    )
    assert "No round of Northwind ML is closed yet" in refused.text


async def test_an_open_round_is_left_out(twice: Driver) -> None:
    await twice.press(AMARA, "Post now")
    await twice.until(datetime(2027, 7, 20, 9, 0, tzinfo=UTC))
    assert twice.column("rounds", "state")[-1] == "open"
    await export(twice, file=JSON)
    [(_, content)] = sent(twice)
    assert len(json.loads(content)["rounds"]) == 2


# Who may


async def test_who_may_not_is_told_who_may(closed: Driver) -> None:
    bot = closed
    await bot.command(AMARA, "/scorecard status")
    status = bot.who(AMARA).screen("ml-team")[-1]
    refused = await bot.forge(AMARA, "Export", on=status, user=BEN)
    assert refused.text == "Only facilitators can do this: <@U01AMARA>. Ask them."
    await bot.ask_for(AMARA, "Export")
    said = await bot.submit_again(BEN, bot.submission(AMARA))
    assert "Only facilitators can do this: <@U01AMARA>" in said
    assert sent(bot, BEN) == sent(bot, AMARA) == []
    assert "exported" not in bot.column("acts", "what")


async def test_facilitators_of_one_scorecard_export_that_one_only(
    two_teams: Driver,  # noqa: F811 - the fixture
) -> None:
    bot = two_teams
    await bot.close_round(BEN)
    await bot.command(BEN, "/scorecard close")
    await bot.press(BEN, "Close this round", channel="ml-team")
    await export(bot, CHIARA)
    assert len(sent(bot, CHIARA)) == 1
    await bot.command(CHIARA, "/scorecard status")
    status = bot.who(CHIARA).screen("ml-team")[-1]
    refused = await bot.forge(CHIARA, "Export", on=status, value=f'[{SEARCH},"export",null]')
    assert "Only facilitators can do this" in refused.text


async def test_a_round_of_another_scorecard_is_not_among_the_choices(
    two_teams: Driver,  # noqa: F811 - the fixture
) -> None:
    """Whatever an edited modal says."""
    bot = two_teams
    for _ in range(2):
        await bot.close_round(BEN)
    await bot.ask_for(CHIARA, "Export")
    payload = bot.submission(CHIARA)
    for value in ("2", "99", "0", "-1", "x", "1e3", str(2**40)):
        said = await bot.submit_again(CHIARA, bent(payload, "exported_rounds", value))
        assert "older version of me" in said, value
    said = await bot.submit_again(CHIARA, bent(payload, "export_format", "xlsx"))
    assert "older version of me" in said
    assert sent(bot, CHIARA) == []


def bent(payload: dict[str, Any], field: str, value: str) -> dict[str, Any]:
    payload["view"]["state"]["values"][field]["input"]["selected_option"] = {"value": value}
    return payload


async def test_who_is_taken_out_before_the_file_is_made_gets_none(closed: Driver) -> None:
    bot = closed
    await name(bot, BEN)
    bot.runtime.delivery.stopping = True
    await export(bot, BEN)
    await name(bot)
    bot.runtime.delivery.stopping = False
    await bot.tick()
    assert sent(bot, BEN) == []
    assert bot.column("messages", "problem")[-1] == "no longer wanted"


# Pressed twice, and when things break


async def test_each_press_brings_a_file(closed: Driver) -> None:
    await export(closed)
    await export(closed)
    assert len(sent(closed)) == 2
    assert closed.column("acts", "what").count("exported") == 2


async def test_while_one_is_on_its_way_the_same_comes_once(twice: Driver) -> None:
    bot = twice
    bot.runtime.delivery.stopping = True
    await bot.ask_for(AMARA, "Export")
    payload = bot.submission(AMARA)
    for _ in range(3):
        await bot.submit_again(AMARA, payload)
    await export(bot, file=JSON)
    await export(bot, which=JANUARY)
    await export(bot, which="April 2027, not posted")
    assert bot.column("acts", "what").count("exported") == 4
    bot.runtime.delivery.stopping = False
    await bot.tick()
    assert sorted(file for file, _ in sent(bot)) == [
        "scorecard-northwind-ml-2-rounds.csv",
        "scorecard-northwind-ml-2-rounds.json",
        "scorecard-northwind-ml-april-2027.csv",
        "scorecard-northwind-ml-january-2027.csv",
    ]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", SHARE])
@pytest.mark.parametrize("done", ["not done", "done"])
async def test_a_press_brings_one_file_whatever_crashes(
    start: Start, method: str, done: str
) -> None:
    """Slack does or does not do what is asked, nobody is told, and then the bot dies."""
    async with start() as bot:
        await bot.start_round(people=FIVE)
        await bot.close_round()
        bot.workspace.fail(method, drop=True, effect=done == "done")
        await export(bot)
    async with start() as bot:
        for _ in range(5):
            await bot.pass_(minutes=2)
        assert len(sent(bot)) == 1


async def test_the_file_comes_also_where_a_scope_was_declined(closed: Driver) -> None:
    closed.workspace.scopes -= {"im:write", "im:history"}
    await export(closed)
    assert len(sent(closed)) == 1


# What it tells


async def test_the_history_says_who_took_what(twice: Driver) -> None:
    await export(twice)
    await export(twice, which=JANUARY)
    read = await twice.ask_for(AMARA, "History")
    assert "@Amara Okafor exported all results" in read
    assert "@Amara Okafor exported the result of January 2027" in read


async def test_of_few_people_it_says_only_how_many(short_bot: Driver) -> None:
    await a_round(short_bot, AMARA, BEN)
    await export(short_bot)
    [(_, content)] = sent(short_bot)
    overall, *rows = table(content)
    assert overall["answered"] == "2"
    assert all(row["score_text"] == row["score"] == "" for row in [overall, *rows])
    assert all(row["answered"] == "0" for row in rows)


@pytest.mark.parametrize("people", [(CHIARA, BEN, DEEPA), (CHIARA, BEN, DEEPA, ELIAS, AMARA)])
async def test_nobody_is_named_and_no_reason_is_told(
    short_bot: Driver, people: tuple[str, ...]
) -> None:
    """Comments as in the thread: from five people on."""
    bot = short_bot
    await bot.open_round(people=FIVE)
    await say_much(bot, CHIARA)
    await bot.answer_together(dict.fromkeys(people[1:], 2))
    await bot.close_round()
    for file in (CSV, JSON):
        await export(bot, file=file)
    for _, content in sent(bot):
        read = content.decode("utf-8-sig")
        assert REASON not in read
        assert not [person for person in FIVE if person in read or bot.who(person).id in read]
        assert (COMMENT in read) == (WISH in read) == (len(people) == 5)


async def test_what_was_erased_is_in_no_export_made_later(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=FIVE)
    await say_much(bot, CHIARA)
    await bot.answer_together(dict.fromkeys((AMARA, BEN, DEEPA, ELIAS), 2))
    await bot.close_round()
    await export(bot)
    await erase(bot, CHIARA)
    await export(bot)
    (_, before), (_, after) = sent(bot)
    assert COMMENT in before.decode("utf-8-sig")
    assert COMMENT not in after.decode("utf-8-sig")
    assert [row["score"] for row in table(before) if row["kind"] == "dimension"] == [
        row["score"] for row in table(after) if row["kind"] == "dimension"
    ]


async def test_a_hostile_name_reaches_no_formula_and_no_path(short_bot: Driver) -> None:
    bot = short_bot
    await bot.start_round(team_name="=cmd|'/C calc'!A0;../../x", people=FIVE)
    await bot.close_round()
    await export(bot)
    [(named, content)] = sent(bot)
    assert named == "scorecard-cmd-c-calc-a0-x-january-2027.csv"
    assert table(content)[0]["team"] == "'=cmd|'/C calc'!A0;../../x"
