"""The Home tab: what waits for somebody, and everything a facilitator does with a scorecard."""

from datetime import UTC, datetime

import pytest

from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA, HIRO = (
    "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair", "Hiro Tanaka",
)  # fmt: skip


def last_direct(bot: Driver, name: str) -> str:
    return bot.who(name).screen()[-1].reads


# For everybody


async def test_an_empty_home_tab_says_who_can_set_up_a_scorecard(bot: Driver) -> None:
    home = await bot.open_home(CHIARA)
    assert "asks a team how its ML work really runs" in home.reads
    assert "Nothing waits for you" in home.reads
    assert "@Amara Okafor can set up a scorecard" in home.reads
    assert home.buttons == ["Help", "Get my answers", "Erase my answers", "Who sees what?"]


async def test_help_names_every_way_in(bot: Driver) -> None:
    await bot.open_home(CHIARA)
    await bot.at_home(CHIARA, "Help")
    said = bot.modal(CHIARA).reads
    assert "My Home tab has all of this" in said
    assert "Answer my scorecard, among Slack's shortcuts" in said
    assert said.index("/scorecard help") < said.index("For facilitators:")


async def test_the_home_tab_brings_the_card_back_at_the_right_place(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.press(CHIARA, "Start")
    await short_bot.press(CHIARA, "3")
    home = await short_bot.open_home(CHIARA)
    assert "Northwind ML: 5 questions left (about 3 min), until Mon 1 Feb, 18:00" in home.reads

    await short_bot.at_home(CHIARA, "Continue")
    assert "at the bottom of our direct messages" in short_bot.modal(CHIARA).reads
    assert "2/6" in last_direct(short_bot, CHIARA)
    assert len([one for one in short_bot.who(CHIARA).screen() if "2/6" in one.reads]) == 1


async def test_who_has_skipped_is_told_so_and_can_take_part_after_all(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.press(CHIARA, "Skip this round")
    home = await short_bot.open_home(CHIARA)
    assert "you skipped this round; you can still answer until Mon 1 Feb, 18:00" in home.reads
    assert "questions left" not in home.reads

    await short_bot.at_home(CHIARA, "Answer now")
    assert "1/6" in last_direct(short_bot, CHIARA)


async def test_who_has_finished_changes_answers_from_the_home_tab(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.answer_all(CHIARA, 2)
    home = await short_bot.open_home(CHIARA)
    assert "Your own scores" in home.reads

    await short_bot.at_home(CHIARA, "Change my answers")
    assert "Done, thank you!" in short_bot.reads(CHIARA)


async def test_a_posted_result_is_on_the_home_tab_of_who_was_asked(short_bot: Driver) -> None:
    await short_bot.open_round(people=(AMARA, BEN, CHIARA, DEEPA))
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3})
    await short_bot.close_round()
    assert "of 100" not in (await short_bot.open_home(CHIARA)).reads

    await short_bot.press(AMARA, "Post now")
    home = await short_bot.open_home(CHIARA)
    assert "Northwind ML, January 2027: 50 of 100 · posted to #mlops-results" in home.reads
    assert "Next round: 19 Apr 2027" in home.reads
    assert "can set up a scorecard" not in home.reads
    assert "50 of 100" not in (await short_bot.open_home(HIRO)).reads


async def test_the_score_of_the_round_before_stands_beside_the_latest(short_bot: Driver) -> None:
    await short_bot.open_round(people=(AMARA, BEN, CHIARA))
    await short_bot.answer_together(dict.fromkeys((AMARA, BEN, CHIARA), 1))
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")
    for day in (19, 20):  # Ben's ten o'clock comes after Chiara's
        await short_bot.until(datetime(2027, 4, day, 14, tzinfo=UTC))
    await short_bot.answer_together(dict.fromkeys((AMARA, BEN, CHIARA), 3))
    await short_bot.close_round()
    await short_bot.press(AMARA, "Post now")

    home = await short_bot.open_home(BEN)
    assert "Northwind ML, April 2027: 75 of 100 (January 2027: 25)" in home.reads


async def test_help_and_who_sees_what_open_beside_the_home_tab(bot: Driver) -> None:
    await bot.open_home(CHIARA)
    await bot.at_home(CHIARA, "Help")
    assert "/scorecard my" in bot.modal(CHIARA).reads
    await bot.at_home(CHIARA, "Who sees what?")
    assert "Ola Admin" in bot.modal(CHIARA).reads
    assert "the channel named in the invitation" in bot.modal(CHIARA).reads


async def test_looking_at_messages_publishes_nothing(bot: Driver) -> None:
    event = {"type": "app_home_opened", "user": bot.who(CHIARA).id, "tab": "messages"}
    await bot.workspace.send_event(event)
    await bot.runtime.settled()
    assert bot.workspace.calls("views.publish") == []


# For facilitators


async def test_a_first_scorecard_is_set_up_from_the_home_tab(short_bot: Driver) -> None:
    home = await short_bot.open_home(AMARA)
    assert "New scorecard sets one up" in home.reads
    await short_bot.at_home(AMARA, "New scorecard")
    form = short_bot.modal(AMARA).fill("Team name", "Northwind ML")
    form.choose("Who is asked: everybody in a channel", "ml-team")
    form.choose("Where the result is posted", "mlops-results")
    await short_bot.submit(AMARA)
    await short_bot.submit(AMARA)

    assert "Northwind ML is open: I ask 8 people" in short_bot.modal(AMARA).reads
    assert "open until Mon 1 Feb, 18:00" in short_bot.home(AMARA).reads
    await short_bot.modal(AMARA).close()
    assert short_bot.who(AMARA).modal is None


async def test_an_open_round_says_how_far_people_are_and_what_is_missing(short_bot: Driver) -> None:
    await short_bot.open_round()
    home = await short_bot.open_home(AMARA)
    assert "0 of 8 finished" in home.reads
    assert "3 more answers unlock scores" in home.reads
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3, HIRO: 2})
    home = await short_bot.open_home(AMARA)
    assert "1 more answer unlocks question details and comments" in home.reads


async def test_closing_and_posting_are_asked_and_done_from_the_home_tab(short_bot: Driver) -> None:
    await short_bot.open_round(people=(AMARA, BEN, CHIARA))
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3})
    await short_bot.open_home(AMARA)
    home = await short_bot.at_home(AMARA, "Close this round")
    assert "closed; I post the result" in home.reads
    assert "Northwind ML is closed" in short_bot.modal(AMARA).reads
    assert short_bot.workspace.channel("mlops-results") == []

    await short_bot.at_home(AMARA, "Preview result")
    preview = short_bot.modal(AMARA)
    assert "50 of 100" in preview.reads
    assert "The radar comes below it" in preview.reads
    await short_bot.submit(AMARA)
    assert "Posted to #mlops-results" in short_bot.modal(AMARA).reads
    assert "posted to #mlops-results" in short_bot.home(AMARA).reads
    assert "50 of 100" in short_bot.workspace.channel("mlops-results")[0].reads


async def test_post_now_pressed_twice_posts_once(short_bot: Driver) -> None:
    await short_bot.open_round(people=(AMARA, BEN, CHIARA))
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3})
    await short_bot.close_round()
    await short_bot.open_home(AMARA)
    press = short_bot.who(AMARA).payload_of_press("Post now", on=short_bot.home(AMARA))
    await short_bot.at_home(AMARA, "Post now")
    assert "Posted to #mlops-results" in short_bot.modal(AMARA).reads
    await short_bot.who(AMARA).press_raw(press)
    await short_bot.runtime.settled()
    summaries = [one for one in short_bot.workspace.channel("mlops-results") if one.blocks]
    assert sum("50 of 100" in one.reads for one in summaries) == 1


async def test_every_wish_of_an_open_round_is_answered_where_it_was_made(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.until(datetime(2027, 1, 20, 15, tzinfo=UTC))
    await short_bot.open_home(AMARA)

    await short_bot.at_home(AMARA, "Remind now")
    await short_bot.submit(AMARA)
    assert "I'll remind 8 people" in short_bot.modal(AMARA).reads
    home = await short_bot.at_home(AMARA, "Skip 19 Apr 2027")
    await short_bot.submit(AMARA)
    assert "Next rounds: 19 Jul 2027" in short_bot.home(AMARA).reads
    await short_bot.at_home(AMARA, "Pause")
    await short_bot.submit(AMARA)
    assert "Paused: no round opens" in short_bot.home(AMARA).reads
    await short_bot.at_home(AMARA, "Resume")
    assert "19 Jul 2027" in short_bot.modal(AMARA).reads
    await short_bot.submit(AMARA)
    assert "Paused" not in home.reads


async def test_one_more_round_is_opened_from_the_home_tab(short_bot: Driver) -> None:
    await short_bot.start_round(people=(CHIARA,), First_round="2027-03-03")
    await short_bot.open_home(AMARA)
    await short_bot.at_home(AMARA, "Open a round now")
    assert "This messages 1 person" in short_bot.modal(AMARA).reads
    await short_bot.submit(AMARA)
    assert "Northwind ML is open: I ask 1 person" in short_bot.modal(AMARA).reads
    assert "open until" in short_bot.home(AMARA).reads


async def test_a_refusal_on_the_home_tab_opens_beside_it(short_bot: Driver) -> None:
    await short_bot.open_round(people=(CHIARA,))
    await short_bot.press(CHIARA, "Skip this round")
    await short_bot.open_home(AMARA)
    await short_bot.at_home(AMARA, "Remind now")
    assert "nobody to remind" in short_bot.modal(AMARA).reads


async def test_an_old_home_tab_says_what_has_changed_since(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.open_home(AMARA)
    press = short_bot.who(AMARA).payload_of_press("Close this round", on=short_bot.home(AMARA))
    await short_bot.close_round()
    await short_bot.who(AMARA).press_raw(press)
    await short_bot.runtime.settled()
    assert short_bot.column("rounds", "state") == ["closed"]


async def test_who_is_no_facilitator_sees_no_scorecards(short_bot: Driver) -> None:
    await short_bot.open_round()
    home = await short_bot.open_home(CHIARA)
    assert "Scorecards you look after" not in home.reads
    assert "finished" not in home.reads


async def test_of_thirty_scorecards_ten_are_shown_at_a_time(short_bot: Driver) -> None:
    for number in range(12):
        await short_bot.start_round(team_name=f"Team {number:02}", people=(CHIARA,))
    home = await short_bot.open_home(AMARA)
    assert ("Team 09" in home.reads, "Team 10" in home.reads) == (True, False)
    assert "1 to 10 of 12" in home.reads

    home = await short_bot.at_home(AMARA, "Next")
    assert ("Team 09" in home.reads, "Team 10" in home.reads) == (False, True)
    await short_bot.at_home(AMARA, "Pause")
    await short_bot.submit(AMARA)
    assert "11 to 12 of 12" in short_bot.home(AMARA).reads
    home = await short_bot.at_home(AMARA, "Previous")
    assert "1 to 10 of 12" in home.reads


# Extending


async def test_a_round_is_open_longer_when_it_is_extended(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.open_home(AMARA)
    await short_bot.at_home(AMARA, "Extend this round")
    modal = short_bot.modal(AMARA)
    assert "closes on Mon 1 Feb, 18:00" in modal.reads
    assert modal.options("Close it on") == [
        "Tue 2 Feb", "Wed 3 Feb", "Thu 4 Feb", "Mon 8 Feb", "Mon 15 Feb",
    ]  # fmt: skip
    modal.choose("Close it on", "Thu 4 Feb")
    await short_bot.submit(AMARA)
    assert "is now open until Thu 4 Feb, 18:00" in short_bot.modal(AMARA).reads

    await short_bot.until(datetime(2027, 2, 1, 18, tzinfo=UTC))
    assert short_bot.column("rounds", "state") == ["open"]
    await short_bot.answer_all(CHIARA, 2)
    await short_bot.until(datetime(2027, 2, 4, 18, tzinfo=UTC))
    assert short_bot.column("rounds", "state") == ["closed"]


async def test_of_two_who_extend_at_once_the_second_is_told(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.ask_for(AMARA, "Extend this round")
    wish = short_bot.submission(AMARA)
    await short_bot.submit(AMARA)
    refused = await short_bot.submit_again(AMARA, wish)
    assert "Somebody has moved the deadline meanwhile" in refused
    assert "Tue 2 Feb, 18:00" in refused


async def test_a_round_is_not_extended_into_the_next_one(short_bot: Driver) -> None:
    await short_bot.open_round(Repeat="Every month", Open_for="15 working days")
    said = await short_bot.ask_for(AMARA, "Extend this round")
    offered = short_bot.modal(AMARA).options("Close it on")
    assert offered == ["Tue 9 Feb", "Wed 10 Feb", "Thu 11 Feb", "Mon 15 Feb"], said
    short_bot.modal(AMARA).choose("Close it on", "Mon 15 Feb")
    await short_bot.submit(AMARA)
    await short_bot.ask_for(AMARA, "Extend this round")
    short_bot.modal(AMARA).choose("Close it on", "Tue 16 Feb")
    await short_bot.submit(AMARA)
    await short_bot.ask_for(AMARA, "Extend this round")
    await short_bot.submit(AMARA)
    assert "The next round opens on 18 Feb 2027" in await short_bot.ask_for(
        AMARA, "Extend this round"
    )


# The shortcut

ANSWER = "Answer my scorecard"


async def test_the_shortcut_brings_the_card_at_the_right_place(short_bot: Driver) -> None:
    await short_bot.open_round()
    await short_bot.press(CHIARA, "Start")
    await short_bot.press(CHIARA, "3")
    await short_bot.shortcut(CHIARA, ANSWER)
    assert "at the bottom of our direct messages" in short_bot.modal(CHIARA).reads
    assert "2/6" in last_direct(short_bot, CHIARA)


async def test_the_shortcut_of_who_was_never_asked_says_so(bot: Driver) -> None:
    await bot.shortcut(CHIARA, ANSWER)
    assert (
        "Nothing waits for you, and you have not answered in any round yet"
        in bot.modal(CHIARA).reads
    )
    assert bot.who(CHIARA).screen() == []


async def test_with_several_rounds_the_shortcut_lets_somebody_choose(short_bot: Driver) -> None:
    await short_bot.start_round(team_name="Search", people=(CHIARA, BEN))
    await short_bot.start_round(team_name="Fraud", people=(CHIARA,))
    await short_bot.pass_(hours=24)
    await short_bot.shortcut(CHIARA, ANSWER)
    assert "Search: 6 questions left" in short_bot.modal(CHIARA).reads
    assert "Fraud: 6 questions left" in short_bot.modal(CHIARA).reads

    await short_bot.press(CHIARA, "Start", on=short_bot.modal(CHIARA))
    assert "at the bottom of our direct messages" in short_bot.modal(CHIARA).reads
    assert "1/6" in last_direct(short_bot, CHIARA)


class Finger:
    """Does what somebody does with one finger, and counts; typing a name is no press."""

    def __init__(self, bot: Driver, name: str) -> None:
        self._bot = bot
        self._name = name
        self.presses = 0

    async def at_home(self, label: str) -> None:
        self.presses += 1
        await self._bot.at_home(self._name, label)

    def choose(self, field: str, option: str) -> None:
        self.presses += 1
        self._bot.modal(self._name).choose(field, option)

    async def submit(self) -> None:
        self.presses += 1
        await self._bot.submit(self._name)


async def test_with_defaults_a_round_is_open_after_five_presses(short_bot: Driver) -> None:
    await short_bot.open_home(AMARA)
    finger = Finger(short_bot, AMARA)
    await finger.at_home("New scorecard")
    short_bot.modal(AMARA).fill("Team name", "Northwind ML")
    finger.choose("Who is asked: everybody in a channel", "ml-team")
    finger.choose("Where the result is posted", "mlops-results")
    await finger.submit()
    await finger.submit()

    assert short_bot.column("rounds", "state") == ["open"]
    assert finger.presses <= 5
