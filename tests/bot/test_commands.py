"""/scorecard and the words behind it: for respondents, facilitators and outsiders."""

import pytest

from sandbox import Message, Workspace
from tests.conftest import Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
NONSENSE = ("nonsense <!channel> & *more*", "a" * 500)
WORDS = ("", "help", "my", "status", "close", "start", "facilitators", "results", *NONSENSE)


@pytest.fixture
def outsider(workspace: Workspace) -> str:
    """Somebody in the workspace who is in no round."""
    return workspace.add_member("U40OTTO", "Otto Outside").name


def shown(bot: Driver, name: str, channel: str | None = None) -> Message:
    """The newest thing that the bot said to this person alone."""
    return [one for one in bot.who(name).screen(channel) if one.ephemeral][-1]


def cards(bot: Driver, name: str = CHIARA) -> list[Message]:
    return [one for one in bot.who(name).screen() if one.blocks and not one.ephemeral]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("name", [AMARA, CHIARA, "Otto Outside"])
@pytest.mark.usefixtures("outsider")
async def test_every_word_has_an_answer_for_everybody(start: Start, name: str, word: str) -> None:
    async with start() as bot:
        await bot.start_round()
        outcome = await bot.command(name, f"/scorecard {word}".strip())

        assert outcome.error is None
        assert outcome.text or bot.who(name).modal
        assert "went wrong" not in outcome.text
        assert "<!channel>" not in outcome.text


@pytest.mark.parametrize("line", ["/scorecard MY", "/scorecard   my  ", "/scorecard My"])
async def test_case_and_spaces_do_not_matter(bot: Driver, line: str) -> None:
    await bot.start_round()
    await bot.command(CHIARA, line)

    assert "18 questions left" in shown(bot, CHIARA, "ml-team").reads


async def test_help_names_every_word(bot: Driver) -> None:
    await bot.command(CHIARA, "/scorecard help")

    read = shown(bot, CHIARA, "ml-team").reads
    assert all(
        f"/scorecard {word}" in read for word in ("my", "results", "status", "start", "close")
    )


async def test_before_any_round_a_person_learns_who_can_start_one(bot: Driver) -> None:
    await bot.command(CHIARA, "/scorecard")

    assert "Amara Okafor" in shown(bot, CHIARA, "ml-team").reads
    await bot.command(CHIARA, "/scorecard my")
    assert "have not answered in any round yet" in shown(bot, CHIARA, "ml-team").reads


async def test_a_facilitator_can_begin_from_the_welcome(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard")
    await bot.press(AMARA, "New scorecard", channel="ml-team")

    assert bot.modal(AMARA).title == "New scorecard"


async def test_a_button_kept_from_better_days_is_refused(bot: Driver) -> None:
    await bot.command(AMARA, "/scorecard")
    await bot.workspace.change_member(AMARA, admin=False)
    await bot.runtime.settled()
    outcome = await bot.press(AMARA, "New scorecard", channel="ml-team")

    assert "Only facilitators" in outcome.text
    assert bot.who(AMARA).modal is None


async def test_status_shows_others_their_own_part_and_who_sees_more(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    read = (await bot.command(CHIARA, "/scorecard status")).text

    assert "<@U01AMARA>" in read
    assert "17 questions left" in read
    assert "finished" not in read


@pytest.mark.parametrize("word", ["start", "close"])
async def test_what_facilitators_do_is_refused_to_others_with_who_can(
    bot: Driver, word: str
) -> None:
    await bot.start_round()
    outcome = await bot.command(BEN, f"/scorecard {word}")

    assert "<@U01AMARA>" in outcome.text


async def test_it_works_in_a_private_channel_without_the_bot(bot: Driver) -> None:
    bot.workspace.add_channel("G05", "hidden", members=[AMARA], private=True, with_bot=False)
    await bot.start_round()
    for word in ("", "help", "my", "status", "close"):
        outcome = await bot.command(AMARA, f"/scorecard {word}".strip(), channel="hidden")
        assert outcome.ok
        assert shown(bot, AMARA, "hidden").reads
    await bot.press(AMARA, "Close this round", channel="hidden")

    assert "closed" in shown(bot, AMARA, "hidden").reads
    assert len(cards(bot, AMARA)) == 2


async def test_status_says_how_many_and_never_who(bot: Driver) -> None:
    await bot.start_round()
    await bot.answer_all(CHIARA, 2)
    await bot.press(ELIAS, "Start")
    await bot.press(ELIAS, "4")
    await bot.press("Fatima Haddad", "Skip this round")
    read = (await bot.command(AMARA, "/scorecard status")).text

    assert "1 of 8 finished, 1 started, 1 skipped" in read
    assert "19 Apr 2027" in read
    assert not any(name in read for name in ("Chiara", "U03CHIARA", "Elias", "U05ELIAS", "U06"))
    assert "50" not in read


async def test_nothing_to_close_says_how_to_open(bot: Driver) -> None:
    outcome = await bot.command(AMARA, "/scorecard close")

    assert "/scorecard start" in outcome.text


async def test_my_shows_own_scores_when_finished_and_after_closing(bot: Driver) -> None:
    await bot.start_round()
    await bot.answer_all(CHIARA, 3)
    await bot.command(CHIARA, "/scorecard my")
    assert shown(bot, CHIARA, "ml-team").reads.count(" 75 ") == 6
    assert "Change my answers" in shown(bot, CHIARA, "ml-team").buttons

    await bot.close_round()
    await bot.command(CHIARA, "/scorecard my")
    assert shown(bot, CHIARA, "ml-team").reads.count(" 75 ") == 6
    assert shown(bot, CHIARA, "ml-team").buttons == []


# The card at the bottom


async def continued(bot: Driver) -> None:
    await bot.command(CHIARA, "/scorecard my")
    await bot.press(CHIARA, "Continue", channel="ml-team")


async def test_continue_brings_the_card_down_and_takes_the_old_one_away(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    (old,) = cards(bot)
    await continued(bot)

    (new,) = cards(bot)
    assert new.ts > old.ts
    assert "2/18" in new.reads
    await bot.press(CHIARA, "3")
    assert "3/18" in cards(bot)[0].reads


async def test_the_old_card_pressed_in_between_still_counts(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    old = cards(bot)[0].copy()
    await continued(bot)
    await bot.press(CHIARA, "4", on=old)

    (new,) = cards(bot)
    assert list(bot.answers(CHIARA).values()) == [2, 4]
    assert "3/18" in new.reads


async def test_an_old_card_pressed_after_a_restart_leaves_the_new_one(start: Start) -> None:
    async with start() as bot:
        await bot.start_round()
        await bot.press(CHIARA, "Start")
        await bot.press(CHIARA, "2")
        old = cards(bot)[0].copy()
        await continued(bot)
    async with start() as bot:
        await bot.press(CHIARA, "4", on=old)
        (new,) = cards(bot)
        assert "3/18" in new.reads


async def test_an_old_card_that_could_not_be_taken_away_works_like_the_new_one(
    bot: Driver,
) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    bot.workspace.fail("chat.delete", "internal_error", times=None)
    await continued_from_the_start(bot)
    old, new = cards(bot)
    await bot.press(CHIARA, "2", on=new)
    await bot.press(CHIARA, "3", on=old)

    assert list(bot.answers(CHIARA).values()) == [3]


async def continued_from_the_start(bot: Driver) -> None:
    await bot.command(CHIARA, "/scorecard my")
    await bot.press(CHIARA, "Start", channel="ml-team")


async def test_who_starts_by_command_is_not_invited_as_well(bot: Driver) -> None:
    await bot.start_round()
    await bot.command(BEN, "/scorecard my")  # before Ben's hour
    await bot.press(BEN, "Start", channel="ml-team")
    assert "1/18" in cards(bot, BEN)[0].reads
    await bot.pass_(days=1)

    assert len(cards(bot, BEN)) == 1


async def test_continue_pressed_twice_leaves_one_card(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    await bot.command(CHIARA, "/scorecard my")
    ephemeral = shown(bot, CHIARA, "ml-team").copy()
    await bot.press(CHIARA, "Continue", on=ephemeral)
    await bot.press(CHIARA, "Continue", on=ephemeral)

    assert len(cards(bot)) == 1


async def test_continue_after_closing_says_so(bot: Driver) -> None:
    await bot.start_round()
    await bot.command(CHIARA, "/scorecard my")
    await bot.close_round()
    outcome = await bot.press(CHIARA, "Start", channel="ml-team")

    assert "closed" in outcome.text


async def test_change_my_answers_brings_the_end_with_every_answer(bot: Driver) -> None:
    await bot.start_round()
    await bot.answer_all(CHIARA, 3)
    await bot.command(CHIARA, "/scorecard my")
    await bot.press(CHIARA, "Change my answers", channel="ml-team")

    (card,) = cards(bot)
    assert "Done" in card.reads
    await bot.press(CHIARA, "3 · ML work chosen by written goals")
    assert "1/18" in cards(bot)[0].reads
