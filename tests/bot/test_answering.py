"""Answering: one card that turns, every click stored once, and every refusal a sentence."""

import asyncio
import json
import re
from datetime import timedelta

import pytest

from questionnaires import catalog
from questionnaires.calendar import Cadence
from questionnaires.rounds import Audience, Round, RoundState, SetUp
from sandbox import Message
from storage import participants, rounds, scorecards, workspaces
from tests.conftest import MONDAY, Start
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
TABLES = ("answers", "comments", "participants", "rounds", "results", "scorecards")
SCORECARD = catalog.load_all()["mlops-scorecard"]
QUESTIONS = [one.id for one in SCORECARD.core]
FIRST, SECOND = QUESTIONS[0], QUESTIONS[1]


@pytest.fixture
async def card(bot: Driver) -> Driver:
    """A round is open, and Chiara's card shows the first question."""
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    return bot


@pytest.fixture
async def done(card: Driver) -> Driver:
    """Chiara has answered 2 everywhere."""
    await go_on(card)
    return card


async def go_on(bot: Driver, name: str = CHIARA, level: int = 2) -> None:
    while str(level) in bot.screen(name).buttons:
        await bot.press(name, str(level))


def at(bot: Driver, name: str = CHIARA) -> int:
    """The number of the question that the card shows."""
    shown = messages(bot, name)[-1].reads
    found = re.search(r"(\d+)/18", shown)
    assert found is not None, shown
    return int(found[1])


def messages(bot: Driver, name: str = CHIARA) -> list[Message]:
    return [one for one in bot.who(name).screen() if not one.files and not one.ephemeral]


# The way through


@pytest.mark.both_ways
async def test_start_turns_the_invitation_into_the_first_card(card: Driver) -> None:
    assert at(card) == 1
    assert card.screen(CHIARA).buttons == [
        *"01234",
        "Don't know",
        "Doesn't apply",
        "Comment",
        "Who sees what?",
    ]
    assert len(messages(card)) == 1
    assert "Start" not in card.reads(CHIARA)


@pytest.mark.both_ways
async def test_a_level_is_stored_and_the_next_card_says_what_was_saved(card: Driver) -> None:
    await card.press(CHIARA, "3")

    assert card.answers(CHIARA) == {FIRST: 3}
    assert at(card) == 2
    assert card.reads(CHIARA).splitlines()[0] == "Saved Governance 1: 3"
    assert len(messages(card)) == 1


async def test_every_answer_moves_the_progress_by_one(card: Driver) -> None:
    seen = []
    while "1" in card.screen(CHIARA).buttons:
        seen.append(at(card))
        await card.press(CHIARA, "1")

    assert seen == list(range(1, 19))
    assert card.answers(CHIARA) == dict.fromkeys(QUESTIONS, 1)


async def test_a_card_is_short_enough_for_a_phone(card: Driver) -> None:
    while "1" in card.screen(CHIARA).buttons:
        words = card.reads(CHIARA).rpartition("[0]")[0].split()
        assert len(words) <= 85, card.reads(CHIARA)
        await card.press(CHIARA, "1")


async def test_back_shows_the_earlier_answer_and_changes_only_that(card: Driver) -> None:
    await card.press(CHIARA, "3")
    await card.press(CHIARA, "Back")
    assert at(card) == 1
    assert "your answer" in card.reads(CHIARA)
    await card.press(CHIARA, "1")

    assert card.answers(CHIARA) == {FIRST: 1}
    assert at(card) == 2


async def test_dont_know_is_an_answer(card: Driver) -> None:
    await card.press(CHIARA, "Don't know")

    assert card.answers(CHIARA) == {FIRST: "dont_know"}
    assert at(card) == 2
    assert "don't know" in card.reads(CHIARA).splitlines()[0].lower()


async def test_doesnt_apply_offers_ready_reasons(card: Driver) -> None:
    await card.press(CHIARA, "Doesn't apply")
    reason = card.screen(CHIARA).buttons[0]
    assert card.answers(CHIARA) == {}
    await card.press(CHIARA, reason)

    assert card.answers(CHIARA) == {FIRST: reason}
    assert at(card) == 2
    assert len(messages(card)) == 1


@pytest.mark.both_ways
async def test_doesnt_apply_takes_another_reason_in_own_words(card: Driver) -> None:
    await card.press(CHIARA, "Doesn't apply")
    await card.press(CHIARA, "Another reason")
    (label,) = card.modal(CHIARA).labels
    await card.write(CHIARA, label, "We only advise <others>.")

    assert card.answers(CHIARA) == {FIRST: "We only advise <others>."}
    assert card.who(CHIARA).modal is None
    assert at(card) == 2


@pytest.mark.both_ways
async def test_a_reason_of_spaces_alone_is_asked_for_under_the_field(card: Driver) -> None:
    await card.press(CHIARA, "Doesn't apply")
    await card.press(CHIARA, "Another reason")
    (label,) = card.modal(CHIARA).labels
    outcome = await card.write(CHIARA, label, "   ")

    assert list(outcome.errors) == ["reason"]
    assert card.answers(CHIARA) == {}


async def test_doesnt_apply_can_be_taken_back(card: Driver) -> None:
    await card.press(CHIARA, "Doesn't apply")
    await card.press(CHIARA, "Back")

    assert at(card) == 1
    assert card.answers(CHIARA) == {}


async def test_a_comment_may_come_before_the_answer(card: Driver) -> None:
    await card.press(CHIARA, "Comment")
    (label,) = card.modal(CHIARA).labels
    await card.write(CHIARA, label, "Only on *paper* <!channel>")

    assert at(card) == 1
    assert "Your comment: Only on paper <!channel>" in card.reads(CHIARA)
    await card.press(CHIARA, "2")
    assert card.answers(CHIARA) == {FIRST: 2}
    assert len(card.stored("comments")["comments"]) == 1


async def test_a_comment_is_changed_and_emptied(card: Driver) -> None:
    for text in ("Early", "Later", ""):
        await card.press(CHIARA, "Change comment" if text != "Early" else "Comment")
        (label,) = card.modal(CHIARA).labels
        if text == "Later":
            assert card.modal(CHIARA).value(label) == "Early"
        await card.write(CHIARA, label, text)

    assert card.stored("comments")["comments"] == []
    assert "Later" not in card.reads(CHIARA)
    assert "Comment" in card.screen(CHIARA).buttons


async def test_a_comment_after_the_answer_leaves_the_answer(card: Driver) -> None:
    await card.press(CHIARA, "4")
    await card.press(CHIARA, "Back")
    await card.press(CHIARA, "Comment")
    (label,) = card.modal(CHIARA).labels
    await card.write(CHIARA, label, "It is so.")

    assert card.answers(CHIARA) == {FIRST: 4}
    assert at(card) == 1


# The end


async def test_the_end_shows_own_scores_and_one_private_picture(done: Driver) -> None:
    assert "Done" in done.reads(CHIARA)
    assert done.reads(CHIARA).count(" 50 ") == 6
    (picture,) = done.pictures(CHIARA)
    assert "Monitoring" in picture.files[0].alt_text
    assert "50" in picture.files[0].alt_text
    others = [member for member in done.workspace.members if member.name != CHIARA]
    assert [one for member in others for one in done.pictures(member.name)] == []
    assert all(not one.files for one in done.workspace.channel("mlops-results"))


@pytest.mark.both_ways
async def test_an_answer_is_changed_at_the_end_and_has_its_own_picture(done: Driver) -> None:
    await done.press(CHIARA, the_answer(done, QUESTIONS[10]))
    assert at(done) == 11
    assert "← your answer" in done.reads(CHIARA)
    await done.press(CHIARA, "4")

    assert done.answers(CHIARA)[QUESTIONS[10]] == 4
    assert done.reads(CHIARA).splitlines()[0] == "Saved Deployment 2: 4"
    assert "67 Deployment" in done.reads(CHIARA)
    assert len(done.pictures(CHIARA)) == 2


async def test_the_same_answer_again_brings_no_second_picture(done: Driver) -> None:
    await done.press(CHIARA, the_answer(done, FIRST))
    await done.press(CHIARA, "2")

    assert "Done" in done.reads(CHIARA)
    assert len(done.pictures(CHIARA)) == 1


async def test_what_to_fix_first_is_kept_changed_and_emptied(done: Driver) -> None:
    for label, text in (
        ("What would you fix first?", "Alerts & <tests>"),
        ("Change what you'd fix first", "Only alerts"),
        ("Change what you'd fix first", ""),
    ):
        await done.press(CHIARA, label)
        (field,) = done.modal(CHIARA).labels
        await done.write(CHIARA, field, text)
        assert text in done.reads(CHIARA)

    assert "What would you fix first?" in done.screen(CHIARA).buttons
    assert len(done.pictures(CHIARA)) == 1


async def test_everything_unknown_gives_no_score_and_no_zero(card: Driver) -> None:
    while "Don't know" in card.screen(CHIARA).buttons:
        await card.press(CHIARA, "Don't know")

    assert card.reads(CHIARA).count("too few answers") == 6
    assert card.pictures(CHIARA)[0].files[0].alt_text.count("n/a") == 6


async def test_each_answer_is_read_at_a_glance_and_changed_with_one_press(card: Driver) -> None:
    await card.press(CHIARA, "Don't know")
    await card.press(CHIARA, "Doesn't apply")
    await card.press(CHIARA, card.screen(CHIARA).buttons[0])
    await go_on(card)

    answers = [label for label in card.screen(CHIARA).buttons if " · " in label]
    assert [label.split(" · ")[0] for label in answers] == [
        "Don't know",
        "Doesn't apply",
        *["2"] * 16,
    ]
    for number, label in enumerate(answers, start=1):
        await card.press(CHIARA, label)
        assert at(card) == number
        await card.press(CHIARA, "Back")
        assert "Done" in card.reads(CHIARA)


async def test_what_is_changed_at_the_end_leads_back_to_the_end(done: Driver) -> None:
    await done.press(CHIARA, the_answer(done, QUESTIONS[4]))
    await done.press(CHIARA, "Doesn't apply")
    await done.press(CHIARA, "Back")
    assert at(done) == 5
    await done.press(CHIARA, "Don't know")

    first, second, *_ = done.reads(CHIARA).splitlines()
    assert first == "Saved Data 2: don't know"
    assert second.startswith("Done, thank you!")
    assert "Don't know · " in the_answer(done, QUESTIONS[4])
    assert len(messages(done)) == 1


async def test_a_comment_is_added_from_the_end_without_a_new_answer(done: Driver) -> None:
    await done.press(CHIARA, the_answer(done, FIRST))
    await done.press(CHIARA, "Comment")
    (label,) = done.modal(CHIARA).labels
    await done.write(CHIARA, label, "It is so.")
    assert "your comment on Governance 1" in done.reads(CHIARA).splitlines()[0]
    await done.press(CHIARA, "Back")

    assert "Done" in done.reads(CHIARA)
    assert done.answers(CHIARA)[FIRST] == 2


async def test_an_old_copy_of_the_end_changes_its_own_answer(done: Driver) -> None:
    old = done.screen(CHIARA).copy()
    await done.press(CHIARA, the_answer(done, FIRST))
    await done.press(CHIARA, "4")
    await done.press(CHIARA, the_answer_on(old, SECOND), on=old)

    assert at(done) == 2
    assert done.answers(CHIARA)[FIRST] == 4


async def test_an_answer_cannot_be_changed_from_the_end_after_closing(done: Driver) -> None:
    await done.close_round()
    before = done.stored(*TABLES)
    outcome = await done.press(CHIARA, the_answer(done, FIRST))

    assert "closed" in outcome.text
    assert done.stored(*TABLES) == before


def the_answer(bot: Driver, question_id: str) -> str:
    """The words of the button with the answer to a question, at the end."""
    return the_answer_on(bot.screen(CHIARA), question_id)


def the_answer_on(message: Message, question_id: str) -> str:
    title = SCORECARD.question(question_id).short_title
    (label,) = [label for label in message.buttons if label.endswith(f" · {title}")]
    return label


# Impatience


@pytest.mark.both_ways
async def test_a_double_click_stores_one_answer_and_shows_the_next_card(card: Driver) -> None:
    old = card.screen(CHIARA).copy()
    await asyncio.gather(*(card.press(CHIARA, "2", on=old) for _ in range(3)))

    assert card.answers(CHIARA) == {FIRST: 2}
    assert at(card) == 2
    assert len(messages(card)) == 1


async def test_of_two_levels_on_one_old_card_the_last_wins(card: Driver) -> None:
    old = card.screen(CHIARA).copy()
    await card.press(CHIARA, "2", on=old)
    await card.press(CHIARA, "4", on=old)

    assert card.answers(CHIARA) == {FIRST: 4}
    assert at(card) == 2
    assert card.reads(CHIARA).splitlines()[0] == "Saved Governance 1: 4"


async def test_an_old_copy_changes_its_own_question_only(card: Driver) -> None:
    old = card.screen(CHIARA).copy()
    for level in "1234":
        await card.press(CHIARA, level)
    await card.press(CHIARA, "0", on=old)

    assert card.answers(CHIARA) == {FIRST: 0, SECOND: 2, QUESTIONS[2]: 3, QUESTIONS[3]: 4}
    assert at(card) == 5


@pytest.mark.both_ways
async def test_many_people_at_once_do_not_mix(bot: Driver) -> None:
    await bot.start_round()
    levels = {AMARA: 1, CHIARA: 2, ELIAS: 3, "Fatima Haddad": 4}
    await bot.answer_together(levels)

    for name, level in levels.items():
        assert bot.answers(name) == dict.fromkeys(QUESTIONS, level)
        assert len(messages(bot, name)) == 1
        assert len(bot.pictures(name)) == 1


async def test_an_old_start_button_brings_no_second_picture(bot: Driver) -> None:
    await bot.start_round()
    old = bot.screen(CHIARA).copy()
    await bot.answer_all(CHIARA, 2)
    await bot.press(CHIARA, "Start", on=old)

    assert "Done" in bot.reads(CHIARA)
    assert len(bot.pictures(CHIARA)) == 1


# Not now, and not at all


async def test_remind_me_tomorrow_asks_again_at_ten(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Remind me tomorrow")
    assert "Tue 19 Jan, 10:00" in bot.reads(CHIARA)
    await bot.pass_(hours=20, minutes=59)
    assert "Remind me tomorrow" not in bot.screen(CHIARA).buttons
    await bot.pass_(minutes=1)

    assert "Remind me tomorrow" in bot.screen(CHIARA).buttons
    assert "As promised" in bot.reads(CHIARA)
    await bot.press(CHIARA, "Start")
    assert at(bot) == 1
    assert len(messages(bot)) == 1


async def test_remind_me_on_friday_means_monday(bot: Driver) -> None:
    await bot.pass_(days=4)
    await bot.start_round()
    await bot.press(CHIARA, "Remind me tomorrow")

    assert "Mon 25 Jan, 10:00" in bot.reads(CHIARA)


async def test_who_starts_after_all_is_not_reminded(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Remind me tomorrow")
    await bot.press(CHIARA, "Answer now")
    await bot.pass_(days=1)

    assert at(bot) == 1
    assert len(messages(bot)) == 1


async def test_remind_me_twice_on_an_old_copy_reminds_once(bot: Driver) -> None:
    await bot.start_round()
    old = bot.screen(CHIARA).copy()
    await bot.press(CHIARA, "Remind me tomorrow")
    await bot.press(CHIARA, "Remind me tomorrow", on=old)
    await bot.pass_(hours=21)
    await bot.pass_(days=1)

    assert len(messages(bot)) == 1
    assert "Remind me tomorrow" in bot.screen(CHIARA).buttons


async def test_remind_me_on_the_last_day_says_that_it_is_too_late(bot: Driver) -> None:
    await bot.start_round(Open_for="3 working days")
    await bot.until(MONDAY + timedelta(days=3))
    before = bot.stored(*TABLES, "messages")
    outcome = await bot.press(CHIARA, "Remind me tomorrow")

    assert "before I could ask again" in outcome.text
    assert bot.stored(*TABLES, "messages") == before


async def test_skip_and_take_part_after_all(bot: Driver) -> None:
    await bot.start_round()
    await bot.press(CHIARA, "Skip this round")
    assert "Skipped" in bot.reads(CHIARA)
    await bot.pass_(days=1)
    assert len(messages(bot)) == 1

    await bot.press(CHIARA, "Answer now")
    await bot.press(CHIARA, "2")
    assert bot.answers(CHIARA) == {FIRST: 2}


async def test_an_old_skip_button_undoes_no_finished_answers(bot: Driver) -> None:
    await bot.start_round()
    old = bot.screen(CHIARA).copy()
    await bot.answer_all(CHIARA, 2)
    await bot.press(CHIARA, "Skip this round", on=old)

    assert "1 of 8 finished" in (await bot.command(AMARA, "/scorecard status")).text
    assert "Done" in bot.reads(CHIARA)


async def test_an_old_remind_button_asks_who_has_begun_tomorrow_where_they_were(
    bot: Driver,
) -> None:
    await bot.start_round()
    old = bot.screen(CHIARA).copy()
    await bot.press(CHIARA, "Start")
    await bot.press(CHIARA, "2")
    await bot.press(CHIARA, "Remind me tomorrow", on=old)

    await bot.pass_(hours=21)
    assert "17 questions left" in bot.reads(CHIARA)
    await bot.press(CHIARA, "Continue")
    assert at(bot) == 2
    assert len(messages(bot)) == 1


async def test_who_skipped_and_then_asks_to_be_reminded_is_reminded(bot: Driver) -> None:
    await bot.start_round()
    old = bot.screen(CHIARA).copy()
    await bot.press(CHIARA, "Skip this round")
    await bot.press(CHIARA, "Remind me tomorrow", on=old)
    await bot.pass_(hours=21)

    assert "Remind me tomorrow" in bot.screen(CHIARA).buttons


@pytest.mark.parametrize("begun", [False, True], ids=["invitation", "card"])
async def test_who_sees_what_names_operator_and_facilitators(bot: Driver, begun: object) -> None:
    await bot.start_round()
    if begun:
        await bot.press(CHIARA, "Start")
    before = bot.reads(CHIARA)
    await bot.press(CHIARA, "Who sees what?")

    assert bot.reads(CHIARA) == before
    read = bot.modal(CHIARA).reads
    assert "Ola Admin" in read
    assert "@Amara Okafor" in read
    assert "#mlops-results" in read


# Too late


async def test_a_click_after_closing_by_hand_changes_nothing(card: Driver) -> None:
    await card.press(CHIARA, "2")
    await card.close_round()
    before = card.stored(*TABLES)
    outcome = await card.press(CHIARA, "4")

    assert "closed" in outcome.text
    assert card.stored(*TABLES) == before
    assert len(messages(card)) == 1


@pytest.mark.parametrize("label", ["2", "Don't know", "Doesn't apply", "Comment"])
async def test_a_click_after_the_deadline_counts_for_nothing_even_before_the_tick(
    card: Driver, label: str
) -> None:
    card.clock.set(MONDAY + timedelta(days=14, hours=5))  # 18:00 in Lagos
    before = card.stored(*TABLES)
    outcome = await card.press(CHIARA, label)

    assert "closed" in outcome.text
    assert card.stored(*TABLES) == before
    assert card.who(CHIARA).modal is None


async def test_the_last_second_still_counts(card: Driver) -> None:
    card.clock.set(MONDAY + timedelta(days=14, hours=5) - timedelta(seconds=1))
    await card.press(CHIARA, "2")

    assert card.answers(CHIARA) == {FIRST: 2}


@pytest.mark.parametrize("label", ["Start", "Skip this round", "Remind me tomorrow"])
async def test_an_invitation_to_a_closed_round_says_so(bot: Driver, label: str) -> None:
    await bot.start_round()
    await bot.close_round()
    before = bot.stored(*TABLES)
    outcome = await bot.press(CHIARA, label)

    assert "closed" in outcome.text
    assert bot.stored(*TABLES) == before


@pytest.mark.parametrize("by_hand", [True, False])
async def test_a_comment_for_a_round_closed_meanwhile_is_refused_in_the_modal(
    card: Driver, *, by_hand: bool
) -> None:
    await card.press(CHIARA, "Comment")
    if by_hand:
        await card.close_round()
    else:
        card.clock.set(MONDAY + timedelta(days=14, hours=5))
    before = card.stored(*TABLES)
    (label,) = card.modal(CHIARA).labels
    await card.write(CHIARA, label, "Too late")

    assert "closed" in card.modal(CHIARA).reads
    assert card.stored(*TABLES) == before


async def test_a_late_answer_is_not_in_the_result(bot: Driver) -> None:
    await bot.start_round()
    await bot.answer_together({AMARA: 2, CHIARA: 2, ELIAS: 2})
    await bot.press("Fatima Haddad", "Start")
    await bot.close_round()
    frozen = bot.stored("results")
    await bot.press("Fatima Haddad", "4")
    await bot.press(AMARA, "Post now")

    assert bot.stored("results") == frozen
    assert "3 of 8 answered" in bot.workspace.channel("mlops-results")[0].reads


# Forged


async def test_somebody_who_was_not_asked_changes_nothing(card: Driver) -> None:
    card.workspace.add_member("U99", "Otto Outside")
    before = card.stored(*TABLES)
    outcome = await card.forge(CHIARA, "2", user="Otto Outside")

    assert "not asked" in outcome.text
    assert card.stored(*TABLES) == before


async def test_another_workspace_changes_nothing(card: Driver) -> None:
    before = card.stored(*TABLES)
    outcome = await card.forge(CHIARA, "2", team="T0OTHER")

    assert "not asked" in outcome.text
    assert card.stored(*TABLES) == before


async def test_a_round_of_another_workspace_is_out_of_reach(card: Driver) -> None:
    theirs = _round_elsewhere(card)
    await card.command(AMARA, "/scorecard close")
    before = card.stored(*TABLES)
    for outcome in (
        await card.forge(CHIARA, "2", value=json.dumps([theirs, FIRST, 2])),
        await card.forge(CHIARA, "Comment", value=json.dumps([theirs, FIRST, None])),
    ):
        assert "not asked" in outcome.text
    button = card.who(AMARA).screen("ml-team")[-1]
    outcome = await card.forge(
        AMARA, "Close this round", on=button, value=json.dumps([theirs, None, None])
    )

    assert "No round is open" in outcome.text
    assert card.stored(*TABLES) == before


def _round_elsewhere(bot: Driver) -> int:
    """An open round of another workspace in which somebody has Chiara's id."""
    questionnaire = catalog.load_all()["mlops-scorecard"]
    team, channel = "T0OTHER", Audience("C77")
    set_up = SetUp("Others", "mlops-scorecard", channel, "C77", Cadence.ONCE, "UTC", "U01AMARA")
    opened = Round(
        0, team, 0, 1, "Others", "January 2027", RoundState.OPEN, questionnaire.id,
        questionnaire.version, 5, "UTC", 10, "C77", "U01AMARA", MONDAY, MONDAY + timedelta(days=9),
    )  # fmt: skip
    with bot.runtime.database.writing() as session:
        workspaces.save_workspace(session, team, "Others", "UBOT")
        workspaces.lock_questionnaire(session, team, questionnaire, MONDAY)
        scorecard_id = scorecards.add_draft(session, team, set_up, MONDAY)
        columns = {name: getattr(opened, name) for name in Round.__slots__}
        added = rounds.add_round(
            session, Round(**{**columns, "scorecard_id": scorecard_id}), MONDAY.date()
        )
        participants.add(session, team, added.id, [("U03CHIARA", "UTC", MONDAY)])
    return added.id


FORGED = [
    "",
    "nonsense",
    "null",
    "{}",
    "[]",
    "[1]",
    "[1,2,3]",
    '["1","GOV-1",2]',
    "[true,null,null]",
    '[1.0,"GOV-1",2]',
    '[1,"GOV-1","2"]',
    "[" * 1900,
    f"[{10**30},null,null]",
    f'[{10**30},"GOV-1",2]',
    f'[{2**31},"GOV-1",2]',
    '[-1,"GOV-1",2]',
    '[0,"GOV-1",2]',
    '[9999,"GOV-1",2]',
    '[1,"NO-SUCH",2]',
    '[1,"GOV-1\\u0000",2]',
    '[1,"GOV-1",7]',
    '[1,"GOV-1",-1]',
    f'[1,"GOV-1",{10**30}]',
    '[1,"GOV-1",null]',
    "[1,null,2]",
]


async def test_a_forged_value_is_refused_with_a_sentence(card: Driver) -> None:
    before = card.stored(*TABLES)
    for value in FORGED:
        outcome = await card.forge(CHIARA, "2", value=value)
        assert outcome.error is None, value
        assert outcome.text, value
        assert card.stored(*TABLES) == before, value
    assert at(card) == 1


@pytest.mark.parametrize("choice", [99, -1, None])
async def test_a_reason_that_was_not_offered_is_refused(card: Driver, choice: int | None) -> None:
    await card.press(CHIARA, "Doesn't apply")
    ready = card.screen(CHIARA).buttons[0]
    outcome = await card.forge(CHIARA, ready, value=json.dumps([1, FIRST, choice]))

    assert outcome.text
    assert card.answers(CHIARA) == {}


async def test_a_button_of_another_version_gets_a_sentence(card: Driver) -> None:
    outcome = await card.forge(CHIARA, "2", action_id="answer.retired")

    assert outcome.error is None
    assert "/scorecard" in outcome.text


# Slack does not take the turn


@pytest.mark.parametrize("status", [500, 404, 429])
async def test_the_card_turns_all_the_same_when_its_response_url_fails(
    card: Driver, status: int
) -> None:
    card.workspace.fail("response_url", status=status, times=None)
    await card.press(CHIARA, "2")

    assert at(card) == 2
    assert len(card.workspace.calls("chat.update")) == 1
    assert len(messages(card)) == 1


async def test_the_card_turns_after_a_long_look_at_the_modal(card: Driver) -> None:
    await card.press(CHIARA, "Comment")
    card.clock.advance(minutes=31)
    (label,) = card.modal(CHIARA).labels
    await card.write(CHIARA, label, "Slowly written")

    assert "Slowly written" in card.reads(CHIARA)


async def test_an_answer_counts_although_the_card_cannot_turn_at_all(card: Driver) -> None:
    card.workspace.fail("response_url", status=500, times=None)
    card.workspace.fail("chat.update", "internal_error", times=None)
    await card.press(CHIARA, "2")
    assert card.answers(CHIARA) == {FIRST: 2}
    assert at(card) == 1

    card.workspace.heal()
    await card.press(CHIARA, "2")
    assert at(card) == 2


# Restart


async def test_a_card_works_after_a_restart(start: Start) -> None:
    async with start() as bot:
        await bot.start_round()
        await bot.press(CHIARA, "Start")
        await bot.press(CHIARA, "3")
    async with start() as bot:
        await bot.press(CHIARA, "1")
        assert bot.answers(CHIARA) == {FIRST: 3, SECOND: 1}
        assert at(bot) == 3
        assert len(messages(bot)) == 1
        await go_on(bot)
        assert len(bot.pictures(CHIARA)) == 1


async def test_a_modal_opened_before_a_restart_is_saved_after_it(start: Start) -> None:
    async with start() as bot:
        await bot.start_round()
        await bot.press(CHIARA, "Start")
        await bot.press(CHIARA, "Comment")
    bot.clock.advance(hours=1)
    async with start() as bot:
        (label,) = bot.modal(CHIARA).labels
        await bot.write(CHIARA, label, "Still here")
        assert "Still here" in bot.reads(CHIARA)


async def test_a_finished_person_gets_no_second_picture_after_a_restart(start: Start) -> None:
    async with start() as bot:
        await bot.start_round()
        await bot.answer_all(CHIARA, 2)
        old = bot.screen(CHIARA).copy()
    async with start() as bot:
        await bot.press(CHIARA, the_answer(bot, FIRST), on=old)
        await bot.press(CHIARA, "2")
        assert len(bot.pictures(CHIARA)) == 1
