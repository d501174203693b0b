"""Posting a result again or elsewhere, and never where another organisation reads it."""

import pytest

from sandbox import Message
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA = "Amara Okafor", "Ben Carter", "Chiara Ricci"
CHANNEL = "Where the result is posted"


@pytest.fixture
async def closed(short_bot: Driver) -> Driver:
    """Three have answered; there is another channel that the bot may join."""
    everybody = [member.id for member in short_bot.workspace.members]
    short_bot.workspace.add_channel("C03HEADS", "heads", members=everybody[:3])
    await short_bot.open_round(people=(AMARA, BEN, CHIARA))
    await short_bot.answer_together({AMARA: 1, BEN: 2, CHIARA: 3})
    await short_bot.close_round()
    return short_bot


@pytest.fixture
async def posted(closed: Driver) -> Driver:
    await closed.press(AMARA, "Post now")
    return closed


def summaries(bot: Driver, channel: str) -> list[Message]:
    return [
        one for one in bot.workspace.channel(channel) if "50 of 100" in one.reads and one.blocks
    ]


async def choose(bot: Driver, channel: str, name: str = AMARA) -> str:
    """From /scorecard results to the confirmation; what that says, or what is said of a field."""
    await bot.command(name, "/scorecard results north")
    await bot.press(name, "Post again", channel="ml-team")
    bot.modal(name).choose(CHANNEL, channel)
    outcome = await bot.submit(name)
    return "".join(outcome.errors.values()) or bot.modal(name).reads


async def test_elsewhere_everything_is_posted_and_said_before_who_reads_it(posted: Driver) -> None:
    said = await choose(posted, "heads")
    assert "Northwind ML, January 2027 goes to #heads (3 members) at once." in said
    assert "People were told that results go to #mlops-results." in said
    await posted.submit(AMARA)
    assert len(summaries(posted, "heads")) == len(summaries(posted, "mlops-results")) == 1
    assert len(posted.workspace.channel("heads")) == len(posted.workspace.channel("mlops-results"))
    assert "posted the result of January 2027" in await posted.ask_for(AMARA, "History")
    assert posted.column("rounds", "results_channel") == ["C02RESULTS"]


async def test_again_in_the_same_channel_it_stands_there_twice(posted: Driver) -> None:
    said = await choose(posted, "mlops-results")
    assert "People were told" not in said
    await posted.submit(AMARA)
    assert len(summaries(posted, "mlops-results")) == 2


async def test_nobody_was_told_of_the_channel_where_it_was_posted_instead(closed: Driver) -> None:
    said = await choose(closed, "heads")
    assert "People were told that results go to #mlops-results." in said
    await closed.submit(AMARA)
    assert len(summaries(closed, "heads")) == 1
    said = await choose(closed, "mlops-results")
    assert "People were told where results go." in said


async def test_from_the_preview_it_goes_elsewhere_before_it_was_posted(closed: Driver) -> None:
    await closed.press(AMARA, "Post elsewhere")
    closed.modal(AMARA).choose(CHANNEL, "heads")
    await closed.submit(AMARA)
    assert "#heads (3 members) at once" in closed.modal(AMARA).reads
    await closed.submit(AMARA)
    assert len(summaries(closed, "heads")) == 1
    assert summaries(closed, "mlops-results") == []
    await closed.pass_(days=3)
    assert summaries(closed, "mlops-results") == []


async def test_submitted_twice_it_is_posted_once(posted: Driver) -> None:
    await choose(posted, "heads")
    sent = posted.submission(AMARA)
    await posted.submit(AMARA)
    assert "already posted to #heads" in (await posted.submit_again(AMARA, sent)).replace(
        "<#C03HEADS>", "#heads"
    )
    assert len(summaries(posted, "heads")) == 1


async def test_who_lost_the_right_or_never_had_it_posts_nothing(posted: Driver) -> None:
    await choose(posted, "heads")
    refused = await posted.submit_again(BEN, posted.submission(AMARA))
    assert "Only facilitators can do this" in refused
    await posted.command(BEN, "/scorecard results north")
    (shown,) = [one for one in posted.who(BEN).screen("ml-team") if one.ephemeral]
    assert "Post again" not in shown.buttons
    assert summaries(posted, "heads") == []


async def test_a_shared_or_archived_channel_is_refused_under_its_field(posted: Driver) -> None:
    heads = posted.workspace.directory.channel("heads")
    await posted.command(AMARA, "/scorecard results north")
    await posted.press(AMARA, "Post again", channel="ml-team")
    posted.modal(AMARA).choose(CHANNEL, "heads")
    heads.shared = True
    outcome = await posted.submit(AMARA)
    assert "shared with another organisation" in outcome.errors["results_channel"]
    heads.shared = False
    await posted.workspace.change_channel("heads", archived=True)
    assert "archived" in (await posted.submit(AMARA)).errors["results_channel"]


async def test_a_channel_that_was_archived_before_the_last_press_gets_nothing(
    posted: Driver,
) -> None:
    await choose(posted, "heads")
    await posted.workspace.change_channel("heads", archived=True)
    await posted.submit(AMARA)
    assert "archived" in posted.modal(AMARA).reads
    assert posted.column("rounds", "state") == ["published"]


async def test_a_repeat_that_slack_refuses_leaves_the_result_posted(posted: Driver) -> None:
    await choose(posted, "heads")
    posted.workspace.fail("chat.postMessage", "restricted_action")
    await posted.submit(AMARA)
    assert posted.column("rounds", "state") == ["published"]
    told = posted.reads(AMARA)
    assert "I couldn't post the result of Northwind ML to #heads" in told
    assert "press Post elsewhere" in told


async def test_two_posts_under_way_in_one_channel_keep_their_threads_apart(
    posted: Driver,
) -> None:
    """The second is sent while pictures of the first wait for Slack."""
    await choose(posted, "heads")
    posted.workspace.fail("files.getUploadURLExternal", "internal_error", times=None)
    await posted.submit(AMARA)
    await choose(posted, "heads")
    await posted.submit(AMARA)
    posted.workspace.heal()
    for _ in range(4):
        await posted.pass_(minutes=20)
    stands = posted.workspace.channel("heads")
    one, other = summaries(posted, "heads")
    threads = [
        sorted(
            said.files[0].name if said.files else "words"
            for said in stands
            if said.thread_ts == post.ts
        )
        for post in (one, other)
    ]
    assert threads == [["dots.png", "stellar.png", "words"]] * 2


# A results channel that has become shared


async def test_a_result_is_not_posted_where_another_organisation_reads_by_now(
    closed: Driver,
) -> None:
    closed.workspace.directory.channel("mlops-results").shared = True
    await closed.press(AMARA, "Post now")
    assert closed.workspace.channel("mlops-results") == []
    assert closed.column("rounds", "state") == ["closed"]
    assert "shared with another organisation now" in closed.reads(AMARA)

    await closed.press(AMARA, "Post elsewhere")
    closed.modal(AMARA).choose(CHANNEL, "heads")
    await closed.submit(AMARA)
    assert "People were told that results go to #mlops-results" in closed.modal(AMARA).reads
    await closed.submit(AMARA)
    assert len(summaries(closed, "heads")) == 1
    assert closed.column("rounds", "state") == ["published"]
    assert "posted to #heads" in (await closed.open_home(BEN)).reads


async def test_nor_is_it_when_it_posts_itself(closed: Driver) -> None:
    closed.workspace.directory.channel("mlops-results").shared = True
    await closed.pass_(days=3)
    assert closed.workspace.channel("mlops-results") == []
    assert "shared with another organisation now" in closed.reads(AMARA)


async def test_while_slack_does_not_say_the_post_waits_and_comes_once(closed: Driver) -> None:
    closed.workspace.fail("conversations.info", "internal_error", times=None)
    await closed.press(AMARA, "Post now")
    assert closed.workspace.channel("mlops-results") == []
    closed.workspace.heal()
    await closed.pass_(minutes=20)
    assert len(summaries(closed, "mlops-results")) == 1


async def test_refused_elsewhere_it_can_still_go_where_it_was_promised(closed: Driver) -> None:
    await choose(closed, "heads")
    closed.workspace.fail("chat.postMessage", "restricted_action")
    await closed.submit(AMARA)
    assert closed.column("rounds", "state") == ["closed"]
    assert "I couldn't post the result of Northwind ML to #heads" in closed.reads(AMARA)
    assert "or Post now to post it to #mlops-results" in closed.reads(AMARA)
    await closed.press(AMARA, "Post now")
    assert len(summaries(closed, "mlops-results")) == 1
    assert summaries(closed, "heads") == []


async def test_refused_elsewhere_it_posts_itself_on_its_day_as_if_nobody_had_pressed(
    closed: Driver,
) -> None:
    await choose(closed, "heads")
    closed.workspace.fail("chat.postMessage", "restricted_action")
    await closed.submit(AMARA)
    await closed.pass_(days=3)
    assert len(summaries(closed, "mlops-results")) == 1
    assert summaries(closed, "heads") == []
