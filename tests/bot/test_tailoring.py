"""Tailoring in Slack: chosen, kept as a draft, shown in words, saved; what is asked stays so."""

from datetime import UTC, datetime

import pytest

from questionnaires import catalog
from sandbox import Modal
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"
QUESTIONS = catalog.load_all()["mlops-scorecard"]
GOVERNANCE, DATA = QUESTIONS.dimensions[:2]
FIRST, SECOND, THIRD = GOVERNANCE.core
WHY = f"Why is this not asked? ({FIRST.short_title})"
OF_GOVERNANCE = f"Questions of {GOVERNANCE.short_title}"
APRIL = datetime(2027, 4, 20, 9, tzinfo=UTC)
JULY = datetime(2027, 7, 20, 9, tzinfo=UTC)
TABLES = ("tailorings", "tailoring_drafts")


@pytest.fixture
async def tailored(bot: Driver) -> Driver:
    """A scorecard of three people whose first round has ended; its questions are open."""
    await bot.open_round(people=(AMARA, BEN, CHIARA))
    await bot.close_round()
    await open_questions(bot)
    return bot


async def open_questions(bot: Driver, name: str = AMARA) -> Modal:
    await bot.ask_for(name, "Questions")
    return bot.modal(name)


async def switch_off(bot: Driver, why: str = "Legal does it", name: str = AMARA) -> None:
    """The first question of Governance, from the overview and back."""
    await bot.press(name, OF_GOVERNANCE)
    await bot.select(name, FIRST.short_title, "Not asked")
    bot.modal(name).fill(WHY, why)
    await bot.submit(name)


async def save(bot: Driver, name: str = AMARA) -> str:
    """What is shown before saving."""
    await bot.submit(name)
    shown = bot.modal(name).reads
    await bot.submit(name)
    return shown


async def test_the_questions_are_shown_as_they_are(tailored: Driver) -> None:
    shown = tailored.modal(AMARA)
    assert shown.title == "Questions"
    assert f"{GOVERNANCE.title}: 3 questions asked" in shown.reads
    assert "[Start over]" not in shown.reads
    await tailored.submit(AMARA)
    assert "Nothing is changed." in tailored.modal(AMARA).reads
    assert tailored.stored(*TABLES) == {"tailorings": [], "tailoring_drafts": []}


async def test_what_is_tailored_is_asked_from_the_next_round_on(tailored: Driver) -> None:
    await switch_off(tailored)
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    await tailored.select(AMARA, "Deep dive", f"{DATA.short_title}: 5 questions more")
    await tailored.press(AMARA, OF_GOVERNANCE)
    await tailored.select(AMARA, SECOND.short_title, "Importance 3")
    await tailored.submit(AMARA)

    shown = await save(tailored)
    assert f"{FIRST.short_title}: not asked any more, because: Legal does it" in shown
    assert f"{SECOND.short_title}: importance 2 → 3" in shown
    assert "Target: none → works for most (3)" in shown
    assert "Deep dive: 5 further questions, once" in shown
    assert "The next round asks 22 questions (about 11 min)." in shown
    assert tailored.column("tailorings", "saved_by") == ["U01AMARA"]
    assert tailored.column("tailoring_drafts", "user_id") == []

    await tailored.until(APRIL)
    await tailored.pass_(hours=6)  # 11:00 in New York
    assert "22 questions · about 11 min" in tailored.reads(BEN)
    assert tailored.column("rounds", "tailoring_id") == [None, 1]
    for name, level in ((AMARA, 4), (BEN, 2), (CHIARA, 3)):
        await tailored.answer_all(name, level)
    assert len(tailored.answers(BEN)) == 22
    assert FIRST.id not in tailored.answers(BEN)
    assert {one.id for one in DATA.further} <= set(tailored.answers(BEN))

    # The deep dive was for one round, and is saved as gone.
    assert tailored.column("tailorings", "saved_by") == ["U01AMARA", None]
    await tailored.close_round()
    await tailored.press(AMARA, "Post now")
    [details] = [
        one.reads
        for one in tailored.who(AMARA).screen("mlops-results")
        if "How it is computed" in one.reads
    ]
    assert f"{FIRST.short_title}: not asked: Legal does it" in details
    assert "target: works for most" in details
    assert f"{SECOND.short_title}: 3 answered · importance 3" in details
    assert f"{DATA.further[0].short_title}: 3 answered · deep dive, in no score" in details
    await tailored.until(JULY)
    await tailored.pass_(hours=6)
    assert "17 questions · about 9 min" in tailored.reads(BEN)
    assert tailored.column("rounds", "tailoring_id") == [None, 1, 2]


async def test_an_open_round_keeps_what_it_asks(bot: Driver) -> None:
    await bot.open_round(people=(AMARA, BEN, CHIARA))
    await bot.press(BEN, "Start")
    shown = await open_questions(bot)
    assert "The open round keeps what it asks." in shown.reads
    await switch_off(bot)
    await save(bot)
    await bot.press(BEN, "2")
    assert "2/18" in bot.reads(BEN)
    assert FIRST.id in bot.answers(BEN)


async def test_a_draft_outlives_the_modal_and_a_restart(start: Start) -> None:
    async with start() as bot:
        await bot.open_round(people=(AMARA, BEN, CHIARA))
        await open_questions(bot)
        await bot.press(AMARA, OF_GOVERNANCE)
        await bot.select(AMARA, FIRST.short_title, "Not asked")
        bot.modal(AMARA).fill(WHY, "Legal does it")
        await bot.select(AMARA, SECOND.short_title, "Importance 1")
        await bot.modal(AMARA).close(everything=True)
    async with start() as bot:
        shown = await open_questions(bot)
        assert (
            f"{GOVERNANCE.title}: 2 of 3 questions asked · importance of 1 changed" in shown.reads
        )
        assert "not saved yet" in shown.reads
        await bot.press(AMARA, OF_GOVERNANCE)
        assert bot.modal(AMARA).value(WHY) == "Legal does it"


async def test_starting_over_leaves_the_questions_as_they_are(tailored: Driver) -> None:
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    assert tailored.column("tailoring_drafts", "user_id") == ["U01AMARA"]
    await tailored.press(AMARA, "Start over")
    assert tailored.column("tailoring_drafts", "user_id") == []
    shown = tailored.modal(AMARA)
    assert "not saved yet" not in shown.reads
    assert shown.value(f"Target of {DATA.short_title}")["text"]["text"] == "No target"


async def test_a_reason_is_wanted_and_two_questions_stay(tailored: Driver) -> None:
    await tailored.press(AMARA, OF_GOVERNANCE)
    await tailored.select(AMARA, FIRST.short_title, "Not asked")
    await tailored.select(AMARA, SECOND.short_title, "Not asked")
    assert "Leave at least 2 questions" in tailored.modal(AMARA).reads
    tailored.modal(AMARA).fill(WHY, " ")
    tailored.modal(AMARA).fill(f"Why is this not asked? ({SECOND.short_title})", "Nobody here")
    refused = await tailored.submit(AMARA)
    assert set(refused.errors.values()) >= {"Leave at least 2 questions asked."}
    await tailored.modal(AMARA).close()

    await tailored.submit(AMARA)  # Review
    shown = tailored.modal(AMARA)
    assert shown.title == "Questions"
    assert "Before it can be saved" in shown.reads
    assert f"Say why “{FIRST.short_title}” is not asked" in shown.reads
    assert tailored.column("tailorings", "number") == []


async def test_the_second_of_two_is_told_what_the_first_saved(tailored: Driver) -> None:
    await tailored.command(AMARA, "/scorecard facilitators")
    tailored.modal(AMARA).choose("And these people", BEN)
    await tailored.submit(AMARA)

    await open_questions(tailored)
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    await open_questions(tailored, BEN)
    await switch_off(tailored, name=BEN)
    await save(tailored, BEN)

    await tailored.submit(AMARA)
    told = tailored.modal(AMARA)
    assert told.title == "Questions"
    assert "Ben Carter changed these questions while you were at it" in told.reads
    assert f"{FIRST.short_title}: not asked any more, because: Legal does it" in told.reads
    shown = await save(tailored)
    assert FIRST.short_title not in shown
    assert "Target: none → works for most (3)" in shown
    assert tailored.column("tailorings", "saved_by") == ["U02BEN", "U01AMARA"]
    assert '"Legal does it"' in tailored.column("tailorings", "content")[1]


async def test_saving_over_what_was_saved_in_between_is_told_first(tailored: Driver) -> None:
    await tailored.command(AMARA, "/scorecard facilitators")
    tailored.modal(AMARA).choose("And these people", BEN)
    await tailored.submit(AMARA)
    await open_questions(tailored)
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    await tailored.submit(AMARA)
    assert "Target" in tailored.modal(AMARA).reads

    await open_questions(tailored, BEN)
    await tailored.select(BEN, f"Target of {DATA.short_title}", "Target: improves itself (4)")
    await save(tailored, BEN)
    await tailored.submit(AMARA)
    shown = tailored.modal(AMARA)
    assert "Ben Carter changed these questions" in shown.reads
    assert "Target: improves itself (4) → works for most (3)" in shown.reads
    assert tailored.column("tailorings", "number") == [1]
    await tailored.submit(AMARA)
    assert tailored.column("tailorings", "number") == [1, 2]


async def test_a_round_that_opened_took_the_deep_dive(tailored: Driver) -> None:
    await tailored.select(AMARA, "Deep dive", f"{DATA.short_title}: 5 questions more")
    await save(tailored)
    await open_questions(tailored)
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    await tailored.until(APRIL)
    await tailored.submit(AMARA)
    told = tailored.modal(AMARA).reads
    assert "A round that opened changed these questions" in told
    assert "No deep dive" in told
    shown = await save(tailored)
    assert "The next round asks 18 questions" in shown


async def test_pressing_save_twice_saves_once(tailored: Driver) -> None:
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    await tailored.submit(AMARA)
    twice = tailored.submission(AMARA)
    await tailored.submit(AMARA)
    said = await tailored.submit_again(AMARA, twice)
    assert "No changes wait to be saved" in said
    assert tailored.column("tailorings", "number") == [1]


async def test_nobody_else_may_tailor_whatever_they_send(tailored: Driver) -> None:
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    before = tailored.stored(*TABLES)
    bent = tailored.submission(AMARA)
    await tailored.forge(AMARA, "Start over", user=BEN)
    assert "Only facilitators can do this" in await tailored.submit_again(BEN, bent)
    assert tailored.stored(*TABLES) == before


@pytest.mark.parametrize("value", ["", "x", "[1,2]", '["nowhere",null]', '["a","b"]'])
async def test_what_no_screen_shows_changes_nothing(tailored: Driver, value: str) -> None:
    await tailored.select(AMARA, f"Target of {DATA.short_title}", "Target: works for most (3)")
    before = tailored.stored(*TABLES)
    outcome = await tailored.forge(AMARA, OF_GOVERNANCE, value=value)
    assert outcome.error is None
    assert "older version of me" in tailored.modal(AMARA).reads
    assert tailored.stored(*TABLES) == before


@pytest.mark.parametrize("why", ["<!channel> *x* `y`", "&lt;@U1&gt; " + "x" * 180, '"],[null\\'])
async def test_hostile_reasons_stay_words(tailored: Driver, why: str) -> None:
    await switch_off(tailored, why)
    shown = await save(tailored)
    assert "not asked any more" in shown
    assert tailored.column("tailorings", "number") == [1]
    await open_questions(tailored)
    await tailored.press(AMARA, OF_GOVERNANCE)
    assert tailored.modal(AMARA).value(WHY) == why


async def test_the_questions_of_a_paused_scorecard_can_be_tailored_from_the_home_tab(
    bot: Driver,
) -> None:
    await bot.open_round(people=(AMARA, BEN, CHIARA))
    await bot.manage(AMARA, "Pause")
    await bot.open_home(AMARA)
    await bot.at_home(AMARA, "Questions")
    await switch_off(bot)
    await bot.submit(AMARA)
    await bot.submit(AMARA)
    assert "Saved. The next round of Northwind ML asks 17 questions" in bot.modal(AMARA).reads
