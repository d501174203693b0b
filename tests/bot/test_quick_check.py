"""A round of yes, partly and no, from the set-up to the channel."""

import pytest

from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, CHIARA = "Amara Okafor", "Chiara Ricci"
AT_WORK = (AMARA, CHIARA, "Elias Berg", "Fatima Haddad")
QUICK = "MLOps quick check: 18 questions, about 3 min"


@pytest.fixture
async def quick(bot: Driver) -> Driver:
    """A quick check is open, and Chiara's card shows the first question."""
    await bot.start_round(Questions=QUICK)
    await bot.press(CHIARA, "Start")
    return bot


async def answer(bot: Driver, name: str, said: str) -> None:
    while said in bot.screen(name).buttons:
        await bot.press(name, said)


async def test_the_form_offers_both_and_starts_with_the_scorecard(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard start")

    questions = bot.modal(AMARA).value("Questions")
    assert questions["text"]["text"] == "MLOps scorecard: 18 questions, about 9 min"
    bot.modal(AMARA).choose("Questions", QUICK)


async def test_who_is_asked_hears_how_quick_it_is(bot: Driver) -> None:
    await bot.fill_in_form(AMARA, Questions=QUICK)
    assert "18 questions (about 3 min)" in bot.modal(AMARA).reads
    await bot.submit(AMARA)

    assert "18 questions · about 3 min" in bot.reads(CHIARA)


async def test_a_card_offers_yes_partly_and_no(quick: Driver) -> None:
    assert quick.screen(CHIARA).buttons[:3] == ["Yes", "Partly", "No"]
    await quick.press(CHIARA, "Partly")

    assert quick.answers(CHIARA) == {"QC-GOV-1": 2}
    assert quick.reads(CHIARA).splitlines()[0] == "Saved Governance 1: partly"


async def test_back_marks_what_was_said(quick: Driver) -> None:
    await quick.press(CHIARA, "Yes")
    await quick.press(CHIARA, "Back")

    marked = [line for line in quick.reads(CHIARA).splitlines() if "your answer" in line]
    assert [line.split()[0] for line in marked] == ["Yes"]


async def test_at_the_end_each_answer_is_named_by_its_word(quick: Driver) -> None:
    await answer(quick, CHIARA, "No")

    await quick.press(CHIARA, "No · ML work chosen by written goals")
    assert "your answer" in quick.reads(CHIARA)
    await quick.press(CHIARA, "Yes")
    assert quick.answers(CHIARA)["QC-GOV-1"] == 4


@pytest.mark.parametrize("level", [1, 3])
async def test_a_forged_level_in_between_changes_nothing(quick: Driver, level: int) -> None:
    value = quick.who(CHIARA).payload_of_press("Yes")["actions"][0]["value"]
    forged = value.replace(",4]", f",{level}]")
    assert forged != value

    await quick.forge(CHIARA, "Yes", value=forged)
    assert quick.answers(CHIARA) == {}


async def test_the_result_says_how_yes_partly_and_no_were_counted(quick: Driver) -> None:
    for name in AT_WORK:
        if name != CHIARA:
            await quick.press(name, "Start")
        await answer(quick, name, "Partly")
    await quick.close_round()
    await quick.press(AMARA, "Post now")

    read = "\n".join(post.reads for post in quick.workspace.channel("mlops-results"))
    assert "50 of 100" in read
    assert "yes is level 4 (100 points), partly 2 (50) and no 0" in read
    assert '("under 10", "about 4")' in read
    assert "views differ" not in read
