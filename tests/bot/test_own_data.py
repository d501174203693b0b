"""My data: somebody's own as a file, and erased: in rows, and in the bytes of the database."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from questionnaires.errors import NotRecomputable
from sandbox import Message
from storage import participants, rounds
from tests.conftest import Start
from tests.database_file import bytes_of
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
THREE = (AMARA, BEN, CHIARA)
COMMENT = "Zanzibar rota wanted"
REASON = "Quokka models live elsewhere"
WISH = "Xylophone alerts first"
LATER_COMMENT = "Nobody else said Wombat"
SHARE = "files.completeUploadExternal"
APART = ("answers", "comments", "participants", "people", "rounds", "results", "messages")


def direct(bot: Driver, name: str) -> list[Message]:
    return [one for one in bot.who(name).screen() if not one.ephemeral]


def files(bot: Driver, name: str) -> list[dict[str, Any]]:
    """What stands in the files that somebody got, read as they are."""
    return [
        json.loads(file.content or b"")
        for message in direct(bot, name)
        for file in message.files
        if file.name.endswith(".json")
    ]


async def write(bot: Driver, name: str, text: str) -> None:
    """Into the one field of the open modal, whatever it is called."""
    [field] = [one for one in bot.modal(name).blocks if one["type"] == "input"]
    await bot.write(name, field["label"]["text"], text)


async def say_much(bot: Driver, name: str) -> None:
    """Everything somebody can say: levels, a reason, a comment, don't know, a wish."""
    await bot.press(name, "Start")
    await bot.press(name, "3")
    await bot.press(name, "Doesn't apply")
    await bot.press(name, "Another reason")
    await write(bot, name, REASON)
    await bot.press(name, "Comment")
    await write(bot, name, COMMENT)
    await bot.press(name, "Don't know")
    while "3" in bot.screen(name).buttons:
        await bot.press(name, "3")
    await bot.press(name, "What would you fix first?")
    await write(bot, name, WISH)


async def erase(bot: Driver, name: str) -> None:
    await bot.open_home(name)
    await bot.at_home(name, "Erase my answers")
    await bot.submit(name)


async def test_my_data_says_everything_in_words_and_comes_as_one_file(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await say_much(bot, CHIARA)
    await bot.open_home(CHIARA)
    await bot.at_home(CHIARA, "Get my answers")

    assert "in our direct messages" in bot.modal(CHIARA).reads
    [kept] = files(bot, CHIARA)
    assert kept["you"]["name"] == CHIARA
    [part] = kept["rounds"]
    assert (part["team"], part["round"]) == ("Northwind ML", "January 2027")
    assert part["your part"] == "finished"
    assert part["what you would fix first"] == WISH
    assert len(part["answers"]) == 6
    first, second, third, *_ = part["answers"]
    assert first["answer"].startswith("3: ")
    assert first["question"].endswith(".")
    assert first["answered"].startswith("2027-01-")
    assert (second["answer"], second["reason"]) == ("doesn't apply", REASON)
    assert third["answer"] == "don't know"
    assert [one["comment"] for one in part["answers"] if one["comment"]] == [COMMENT]
    sent = [one["what"] for one in kept["messages to you"] if one["sent"]]
    assert "invitation" in sent
    assert "picture of your own scores" in sent
    assert BEN not in json.dumps(kept)


async def test_a_file_holds_what_a_facilitator_did_too(short_bot: Driver) -> None:
    await short_bot.open_round(people=THREE)
    await short_bot.command(AMARA, "/scorecard data")
    await short_bot.press(AMARA, "Get my answers", channel="ml-team")
    [kept] = files(short_bot, AMARA)
    set_up, *_ = kept["as a facilitator"]
    assert set_up["what"] == "you set this scorecard up and opened January 2027"
    assert set_up["about"] == "Northwind ML"
    assert set_up["when"].startswith("2027-01-18 12:0")
    assert files(short_bot, BEN) == []


async def test_a_file_holds_what_was_chosen_and_not_saved(bot: Driver) -> None:
    """Questions for a team, a set-up that nobody confirmed, and an edit."""
    await bot.open_round(people=THREE)
    await bot.ask_for(AMARA, "Questions")
    await bot.press(AMARA, "Questions of Governance")
    await bot.select(AMARA, "ML work chosen by written goals", "Not asked")
    await bot.modal(AMARA).close(everything=True)
    await bot.fill_in_form(AMARA, people=THREE, team_name="Search")
    await bot.ask_for(AMARA, "Edit")
    bot.modal(AMARA).fill("Team name", "Ranking")
    await bot.submit(AMARA)
    for person in (AMARA, BEN):
        await bot.command(person, "/scorecard data")
        await bot.press(person, "Get my answers", channel="ml-team")
    [kept], [of_ben] = files(bot, AMARA), files(bot, BEN)
    [draft] = kept["questions you have chosen and not saved"]
    assert (draft["about"], draft["not asked, and why"]) == ("Northwind ML", {"GOV-1": ""})
    entered = "you are named as who entered this set-up, which was not confirmed"
    changed = "you entered a change of this scorecard and did not save it"
    said = [(one["what"], one["about"]) for one in kept["as a facilitator"]]
    assert {(entered, "Search"), (changed, "Ranking")} <= {*said}
    assert of_ben["questions you have chosen and not saved"] == []
    assert [one["what"] for one in of_ben["as a facilitator"]] == [
        "you are chosen by name to be asked"
    ] * 3


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", SHARE])
@pytest.mark.parametrize("done", ["not done", "done"])
async def test_each_press_brings_one_file_whatever_crashes(
    start: Start, method: str, done: str
) -> None:
    """Slack does or does not do what is asked, nobody is told, and then the bot dies."""
    async with start() as bot:
        await bot.command(DEEPA, "/scorecard data")
        bot.workspace.fail(method, drop=True, effect=done == "done")
        await bot.press(DEEPA, "Get my answers", channel="ml-team")
    async with start() as bot:
        for _ in range(5):
            await bot.pass_(minutes=2)
        assert len(files(bot, DEEPA)) == 1
        await bot.press(DEEPA, "Get my answers", channel="ml-team")
        assert len(files(bot, DEEPA)) == 2
        assert bot.column("messages", "state") == ["sent", "sent"]


async def test_who_was_asked_gets_the_file_also_where_a_scope_was_declined(
    short_bot: Driver,
) -> None:
    await short_bot.open_round(people=THREE)
    short_bot.workspace.scopes -= {"im:write", "im:history"}
    await short_bot.command(CHIARA, "/scorecard data")
    await short_bot.press(CHIARA, "Get my answers", channel="ml-team")
    [kept] = files(short_bot, CHIARA)
    assert kept["you"]["name"] == CHIARA


async def test_a_press_while_a_file_is_on_its_way_brings_no_second_one(bot: Driver) -> None:
    bot.runtime.delivery.stopping = True
    await bot.command(DEEPA, "/scorecard data")
    for _ in range(3):
        await bot.press(DEEPA, "Get my answers", channel="ml-team")
    assert bot.column("messages", "kind") == ["own_data"]
    bot.runtime.delivery.stopping = False
    await bot.tick()
    assert len(files(bot, DEEPA)) == 1


async def test_what_goes_and_what_stays_is_asked_first(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await say_much(bot, CHIARA)
    before = bot.stored(*APART)
    await bot.command(CHIARA, "/scorecard data")
    await bot.press(CHIARA, "Erase my answers", channel="ml-team")

    asked = bot.modal(CHIARA).reads
    assert "6 answers with their reasons, 1 comment and what you would fix first" in asked
    assert "Still open: Northwind ML" in asked
    assert "results, and what stands in Slack" in asked
    assert "About other backups ask Ola Admin." in asked
    assert bot.stored(*APART) == before

    await bot.submit(CHIARA)
    whispered = [one.reads for one in bot.who(CHIARA).screen("ml-team") if one.ephemeral]
    assert whispered[-1].startswith("Erased for good: 6 answers")


async def test_who_has_said_nothing_is_told_so(bot: Driver) -> None:
    await bot.open_home(DEEPA)
    await bot.at_home(DEEPA, "Erase my answers")
    assert "nothing to erase" in bot.modal(DEEPA).reads


async def test_in_an_open_round_they_count_no_more_and_can_begin_anew(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.answer_together({AMARA: 2, BEN: 2})
    await say_much(bot, CHIARA)
    others = (bot.answers(AMARA), bot.answers(BEN))
    cards = [one.ts for one in direct(bot, CHIARA) if one.blocks]
    await erase(bot, CHIARA)

    assert bot.answers(CHIARA) == {}
    assert (bot.answers(AMARA), bot.answers(BEN)) == others
    assert bot.column("comments", "body") == []
    assert bot.column("participants", "fix_first") == [None] * 3
    assert bot.column("rounds", "erased_at") == [None]
    [said] = [one for one in direct(bot, CHIARA) if one.blocks]
    assert said.ts not in cards
    assert "Your answers for Northwind ML are erased" in said.reads
    assert "2 of 3 finished, 0 started, 1 skipped" in (await bot.open_home(AMARA)).reads

    await bot.press(CHIARA, "Answer now")
    assert "1/6" in bot.reads(CHIARA)
    while "1" in bot.screen(CHIARA).buttons:
        await bot.press(CHIARA, "1")
    assert len(bot.answers(CHIARA)) == 6
    await bot.close_round()
    assert bot.column("rounds", "erased_at") == [None]


async def test_nothing_more_comes_in_a_round_left_by_erasing(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "3")
    await erase(bot, CHIARA)
    there = len(direct(bot, CHIARA))
    for _ in range(8):
        await bot.pass_(days=1)
    assert len(direct(bot, CHIARA)) == there


async def test_of_a_closed_round_the_result_stays_and_is_not_computed_anew(
    short_bot: Driver,
) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.answer_together({AMARA: 1, BEN: 2})
    await say_much(bot, CHIARA)
    await bot.close_round()
    frozen = bot.stored("results")
    shown = bot.runtime.uses.closing.shown(1).result
    await erase(bot, CHIARA)

    assert bot.stored("results") == frozen
    assert bot.answers(CHIARA) == {}
    assert bot.answers(BEN)
    assert bot.column("rounds", "erased_at") == [bot.clock()]
    again = bot.runtime.uses.closing.shown(1).result
    assert (again.overall, again.questions) == (shown.overall, shown.questions)

    with bot.runtime.database.reading() as session:
        marked = rounds.round_(session, 1)
        assert marked is not None
        with pytest.raises(NotRecomputable):
            bot.runtime.uses.measuring.measure(session, marked)

    await bot.pass_(hours=1)
    await erase_again(bot, CHIARA)
    assert bot.column("participants", "state") == ["finished"] * 3


async def erase_again(bot: Driver, name: str) -> None:
    await bot.open_home(name)
    await bot.at_home(name, "Erase my answers")
    assert "nothing to erase" in bot.modal(name).reads


async def test_of_so_few_that_nothing_is_shown_the_figures_go_as_well(short_bot: Driver) -> None:
    """The measurement of one person alone is nothing but their answers."""
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.answer_all(CHIARA, 3)
    await bot.close_round()
    shown = bot.runtime.uses.closing.shown(1).result
    assert '"mean": 75.0' in bot.column("results", "measurement")[0]
    await erase(bot, CHIARA)
    assert '"mean": 75.0' not in bot.column("results", "measurement")[0]
    assert bot.runtime.uses.closing.shown(1).result == shown


async def test_what_was_filled_in_for_a_team_is_the_teams(short_bot: Driver) -> None:
    bot = short_bot
    await bot.fill_in_form(AMARA, people=(AMARA, BEN, CHIARA))
    await bot.press(AMARA, "Fill in together instead")
    await bot.submit(AMARA)
    await bot.answer_all(AMARA, 3)
    await bot.command(AMARA, "/scorecard data")
    await bot.press(AMARA, "Get my answers", channel="ml-team")
    await bot.press(AMARA, "Erase my answers", channel="ml-team")

    [kept] = files(bot, AMARA)
    assert kept["rounds"][0]["whose answers"] == "your team's: you entered what it agreed"
    said = [one.reads for one in bot.who(AMARA).screen("ml-team") if one.ephemeral][-1]
    assert "nothing to erase" in said
    assert len(bot.answers(AMARA)) == 6


async def test_pressing_twice_erases_once_and_says_so(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.answer_all(CHIARA, 3)
    await bot.open_home(CHIARA)
    await bot.at_home(CHIARA, "Erase my answers")
    payload = bot.submission(CHIARA)
    await bot.submit(CHIARA)
    after = bot.stored(*APART)
    assert "nothing to erase" in await bot.submit_again(CHIARA, payload)
    assert bot.stored(*APART) == after


async def test_nobody_gets_or_erases_what_is_somebody_elses(short_bot: Driver) -> None:
    """Whatever a payload carries: it is about who sends it, in their own workspace."""
    bot = short_bot
    await bot.open_round(people=THREE)
    await bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3})
    await bot.open_home(CHIARA)
    await bot.at_home(CHIARA, "Erase my answers")
    forged = bot.submission(CHIARA)
    for metadata in ("", "[]", '["",3,7]', '["U03CHIARA"]', "{", '["",null,1]'):
        forged["view"]["private_metadata"] = metadata
        before = bot.stored(*APART)
        await bot.submit_again(BEN, forged)
        assert bot.stored(*APART) == before
    elsewhere = bot.submission(CHIARA)
    elsewhere["team"]["id"] = "T0ELSEWHERE"
    before = bot.stored(*APART)
    await bot.submit_again(CHIARA, elsewhere)
    assert bot.stored(*APART) == before

    await bot.command(BEN, "/scorecard data")
    await bot.forge(BEN, "Get my answers", channel="ml-team", value="U03CHIARA")
    [kept] = files(bot, BEN)
    assert kept["you"]["name"] == BEN
    assert files(bot, CHIARA) == []


async def test_the_log_names_nobody(short_bot: Driver) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await say_much(bot, CHIARA)
    with capture_logs() as logs:
        await bot.command(CHIARA, "/scorecard data")
        await bot.press(CHIARA, "Get my answers", channel="ml-team")
        await erase(bot, CHIARA)
    said = repr(logs)
    assert not any(one in said for one in ("U03CHIARA", CHIARA, COMMENT, REASON, WISH))


# Looking into the file


async def test_what_is_erased_is_in_no_byte_of_the_database(
    short_bot: Driver, tmp_path: Path
) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await say_much(bot, BEN)
    await say_much(bot, CHIARA)
    for text in (COMMENT, REASON, WISH):
        assert text.encode() in bytes_of(tmp_path)
    await erase(bot, BEN)
    assert COMMENT.encode() in bytes_of(tmp_path), "Chiara's is still there"
    await erase(bot, CHIARA)
    for text in (COMMENT, REASON, WISH):
        assert text.encode() not in bytes_of(tmp_path)


async def test_somebody_who_reads_the_file_only_delays_that(
    short_bot: Driver, tmp_path: Path
) -> None:
    bot = short_bot
    await bot.open_round(people=THREE)
    await say_much(bot, CHIARA)
    with bot.runtime.database.engine.connect() as backup:
        backup.exec_driver_sql("BEGIN")
        backup.exec_driver_sql("SELECT * FROM answers").all()
        await erase(bot, CHIARA)
        assert COMMENT.encode() in bytes_of(tmp_path)
    await bot.pass_(minutes=1)
    assert COMMENT.encode() not in bytes_of(tmp_path)


# When their time is over


async def closed_round(bot: Driver) -> None:
    await bot.open_round(people=THREE, Repeat="Only once")
    await bot.answer_together({AMARA: 1, BEN: 2})
    await say_much(bot, CHIARA)
    await bot.close_round()


async def test_answers_are_erased_on_their_day_and_results_stay(
    short_bot: Driver, tmp_path: Path
) -> None:
    bot = short_bot
    await closed_round(bot)
    [closed_at] = bot.column("rounds", "closed_at")
    frozen = bot.stored("results")
    on_the_day = closed_at.replace(year=closed_at.year + 2)
    await bot.until(on_the_day.replace(minute=0, hour=0))
    assert len(bot.column("answers", "kind")) == 18

    await bot.until(on_the_day)
    assert bot.column("answers", "kind") == []
    assert bot.column("comments", "body") == []
    assert bot.column("participants", "fix_first") == [None] * 3
    assert bot.stored("results") == frozen
    assert bot.column("rounds", "erased_at") == [on_the_day]
    for text in (COMMENT, REASON, WISH):
        assert text.encode() not in bytes_of(tmp_path)
    assert bot.runtime.uses.closing.shown(1).result.overall is not None


async def test_a_large_round_is_erased_in_pieces_and_whole(short_bot: Driver) -> None:
    bot = short_bot
    await closed_round(bot)
    with bot.runtime.database.writing() as session:
        crowd = [(f"U{number}", "UTC", bot.clock()) for number in range(45)]
        for one in participants.add(session, bot.workspace.team_id, 1, crowd):
            participants.set_fix_first(session, one.id, WISH)
    await bot.until(datetime(2029, 3, 1, tzinfo=UTC))
    assert bot.column("participants", "fix_first") == [None] * 48
    assert bot.column("rounds", "emptied_at") == [bot.clock()]


async def test_copies_made_by_upgrades_go_after_a_month(short_bot: Driver, tmp_path: Path) -> None:
    made = short_bot.clock().timestamp()
    names = ("scorecard.before-0003.sqlite3", "scorecard.before-0003.2.sqlite3")
    others = ("scorecard.sqlite3", "scorecard.before-lunch.sqlite3", "other.before-0003.sqlite3")
    for name in (*names, *others[1:]):
        (tmp_path / name).write_text("last year's answers")
        os.utime(tmp_path / name, (made, made))

    def there() -> set[str]:
        return {name for name in (*names, *others) if (tmp_path / name).exists()}

    await short_bot.pass_(days=29)
    assert there() == {*names, *others}
    await short_bot.pass_(days=2)
    assert there() == {*others}


async def test_a_bot_that_was_down_on_the_day_erases_when_it_is_back(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions) as bot:
        await closed_round(bot)
        clock = bot.clock
    clock.set(datetime(2027, 3, 25, tzinfo=UTC))
    async with start(definitions=definitions, answers_kept_months=2) as bot:
        assert bot.column("answers", "kind") == []
        assert bot.column("rounds", "emptied_at") == [bot.clock()]


async def test_retention_erases_also_while_slack_refuses_the_bot(
    start: Start, definitions: Path
) -> None:
    async with start(definitions=definitions, answers_kept_months=1) as bot:
        await closed_round(bot)
        bot.workspace.revoke_token()
        await bot.pass_(days=40)
        assert bot.column("answers", "kind") == []
