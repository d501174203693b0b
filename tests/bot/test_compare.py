"""Two rounds beside each other, whichever somebody chooses."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.bot.edited.elsewhere import OTHERS
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, HIRO = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Hiro Tanaka"
ASKED = (AMARA, BEN, CHIARA)
THIS, WITH = "This round", "With this one"
MONTHS = ("January", "April", "July")


async def quarters(bot: Driver, *levels: int) -> None:
    """A round for each level, all of them posted."""
    await bot.open_round(people=ASKED)
    for month, level in zip((1, 4, 7), levels, strict=False):
        if month > 1:
            for day in (20, 21):  # Ben's ten o'clock comes after Chiara's
                await bot.until(datetime(2027, month, day, 14, tzinfo=UTC))
        await bot.answer_together(dict.fromkeys(ASKED, level))
        await bot.close_round()
        await bot.press(AMARA, "Post now")


async def compare(bot: Driver, name: str, this: str = "", with_: str = "") -> str:
    """From the Home tab: choose, submit; what is shown, or said under a field."""
    await bot.open_home(name)
    await bot.at_home(name, "Compare")
    for label, title in ((THIS, this), (WITH, with_)):
        if title:
            bot.modal(name).choose(label, title)
    outcome = await bot.submit(name)
    return "".join(outcome.errors.values()) or bot.modal(name).reads


async def test_the_latest_two_stand_beside_each_other(short_bot: Driver) -> None:
    await quarters(short_bot, 1, 3)
    said = await compare(short_bot, BEN)
    assert "Northwind ML: January 2027 → April 2027" in said
    assert "25 → 75 of 100 · 3 of 3 answered" in said
    assert "25 → 75 Governance +50" in said
    assert "Since January 2027: with 3 people one round cannot prove a change." in said


async def test_any_two_can_be_chosen_and_the_later_is_since_the_earlier(short_bot: Driver) -> None:
    await quarters(short_bot, 1, 3, 2)
    said = await compare(short_bot, BEN, "1 · January 2027", "3 · July 2027")
    assert "January 2027 → July 2027" in said
    assert "25 → 50 Governance +25" in said
    await short_bot.modal(BEN).close()
    short_bot.modal(BEN).choose(THIS, "3 · July 2027")
    short_bot.modal(BEN).choose(WITH, "1 · January 2027")
    await short_bot.submit(BEN)
    assert short_bot.modal(BEN).reads == said


async def test_the_same_round_twice_is_said_under_the_field(short_bot: Driver) -> None:
    await quarters(short_bot, 1, 3)
    said = await compare(short_bot, BEN, "2 · April 2027", "2 · April 2027")
    assert said == "This is the same round twice. Choose another one to compare it with."


async def test_with_one_result_there_is_nothing_to_press(short_bot: Driver) -> None:
    await quarters(short_bot, 1)
    home = await short_bot.open_home(BEN)
    assert "Results" in home.buttons
    assert "Compare" not in home.buttons
    await short_bot.at_home(BEN, "Results")
    press = short_bot.who(BEN).payload_of_press("Results", on=short_bot.home(BEN))
    press["actions"][0]["action_id"] = "compare.open"
    await short_bot.who(BEN).press_raw(press)
    await short_bot.runtime.settled()
    assert "fewer than two results" in short_bot.modal(BEN).reads


async def test_too_few_answers_in_one_are_nothing_to_compare(short_bot: Driver) -> None:
    await quarters(short_bot, 1)
    for day in (20, 21):
        await short_bot.until(datetime(2027, 4, day, 14, tzinfo=UTC))
    await short_bot.answer_all(BEN, 3)
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")
    assert (
        await compare(short_bot, BEN)
        == "Nothing to compare, because there are too few answers for a score in April 2027. "
        "Choose another round."
    )


async def test_other_questions_are_nothing_to_compare(start: Start, definitions: Path) -> None:
    async with start(definitions=definitions) as bot:
        await quarters(bot, 1)
    file = definitions / "mlops-scorecard.toml"
    text = file.read_text("utf-8").replace("version = ", "version = 9", 1)
    for name in ("GOV-1", "DAT-1", "DEV-1"):
        text = text.replace(f'"{name}"', f'"NEW-{name}"')
    file.write_text(text, "utf-8")
    async with start(definitions=definitions) as bot:
        for day in (20, 21):
            await bot.until(datetime(2027, 4, day, 14, tzinfo=UTC))
        await bot.answer_together(dict.fromkeys(ASKED, 3))
        await bot.close_round()
        await bot.press(AMARA, "Post now")
        said = await compare(bot, BEN)
        assert "Nothing to compare, because too few of the questions in January 2027" in said


async def test_rounds_of_another_manner_are_nothing_to_compare(short_bot: Driver) -> None:
    await quarters(short_bot, 1, 3)
    with short_bot.runtime.database.writing() as session:
        run = session.connection().exec_driver_sql
        ((text,),) = run("SELECT measurement FROM results WHERE round_id = 1").all()
        run("UPDATE rounds SET manner = 'together' WHERE id = 1")
        agreed = json.dumps({**json.loads(text), "together": True})
        run("UPDATE results SET measurement = ? WHERE round_id = 1", (agreed,))
    said = await compare(short_bot, BEN)
    assert "Nothing to compare, because January 2027 was filled in together" in said


async def test_erased_answers_leave_the_scores_and_their_difference_untested(
    short_bot: Driver,
) -> None:
    await quarters(short_bot, 1, 3, 2)
    with short_bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE rounds SET erased_at = closed_at WHERE id = 3")
        session.connection().exec_driver_sql("DELETE FROM answers")
    said = await compare(short_bot, BEN, "1 · January 2027", "3 · July 2027")
    assert "25 → 50 Governance +25" in said
    assert "erased" in said


async def test_a_round_that_is_not_posted_is_compared_by_facilitators_only(
    short_bot: Driver,
) -> None:
    await quarters(short_bot, 1, 3)
    with short_bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE rounds SET state = 'closed', published_at = NULL WHERE id = 2"
        )
    home = await short_bot.open_home(BEN)
    assert "Compare" not in home.buttons
    await short_bot.command(AMARA, "/scorecard results north")
    await short_bot.press(AMARA, "Compare", channel="ml-team")
    modal = short_bot.modal(AMARA)
    assert modal.options(WITH) == ["2 · April 2027, not posted", "1 · January 2027"]
    sent = short_bot.submission(AMARA)
    await short_bot.submit(AMARA)
    assert "25 → 75" in short_bot.modal(AMARA).reads
    refused = await short_bot.submit_again(BEN, sent)
    assert "not there for you to read" in refused
    sent["team"]["id"] = OTHERS
    assert "not there for you to read" in await short_bot.submit_again(AMARA, sent)


async def test_who_reads_in_the_channel_only_is_not_offered_to_compare(short_bot: Driver) -> None:
    await quarters(short_bot, 1, 3)
    await short_bot.command(HIRO, "/scorecard results north", channel="mlops-results")
    (shown,) = [one for one in short_bot.who(HIRO).screen("mlops-results") if one.ephemeral]
    assert "April 2027: 75 of 100" in shown.reads
    assert "Compare" not in shown.buttons
