"""The tick does what is due for everybody, whatever happens to one of them."""

from datetime import timedelta

from structlog.testing import capture_logs

from tests.conftest import MONDAY
from tests.driver import Driver

AMARA, CHIARA = "Amara Okafor", "Chiara Ricci"
PAST_THE_DEADLINE = MONDAY + timedelta(days=14, hours=6)


def spoil_an_answer(bot: Driver, team_name: str) -> None:
    """An answer to a question that is not in the questionnaire: the round cannot be scored."""
    with bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql(
            "UPDATE answers SET question_id = 'GONE-1' WHERE participant_id IN (SELECT p.id FROM "
            "participants p JOIN rounds r ON r.id = p.round_id WHERE r.team_name = ?)",
            (team_name,),
        )


async def test_a_round_that_cannot_be_closed_does_not_hold_up_the_others(short_bot: Driver) -> None:
    await short_bot.start_round(team_name="Spoilt", people=(CHIARA,))
    await short_bot.press(CHIARA, "Start")
    await short_bot.press(CHIARA, "2")
    spoil_an_answer(short_bot, "Spoilt")
    await short_bot.start_round(team_name="Sound", people=(CHIARA,))

    with capture_logs() as logs:
        await short_bot.until(PAST_THE_DEADLINE)

    states = {row[5]: row[7] for row in short_bot.stored("rounds")["rounds"]}
    assert states["Spoilt"] == "open"
    assert states["Sound"] == "closed"
    assert "Sound is closed" in short_bot.reads(AMARA)
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["a round failed"]


async def test_a_round_that_cannot_be_opened_does_not_hold_up_the_others(bot: Driver) -> None:
    """Its questions were asked with another text under the same version."""
    quick = "MLOps quick check: 18 questions, about 3 min"
    day = {"First round": "2027-01-20"}
    await bot.start_round(team_name="Spoilt", people=(CHIARA,), Questions=quick, **day)
    await bot.start_round(team_name="Sound", people=(CHIARA,), **day)
    with bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO questionnaires VALUES (?, 'mlops-quick-check', 1, 'other', '', ?)",
            (bot.workspace.team_id, "2027-01-01 00:00:00"),
        )
    with capture_logs() as logs:
        await bot.until(MONDAY + timedelta(days=2))

    assert bot.column("rounds", "team_name") == ["Sound"]
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["a round failed"]


async def test_people_are_asked_before_the_last_of_many_teams_is_looked_at(
    short_bot: Driver,
) -> None:
    """Slack answers so many questions a minute: the first teams do not wait for the last."""
    people = [one.name for one in short_bot.workspace.members]
    for number in range(12):
        who = (people[number % len(people)],)
        await short_bot.start_round(team_name=f"Team {number}", people=who,
                                    **{"First round": "2027-01-20"})  # fmt: skip
    before = len(short_bot.workspace.calls())
    await short_bot.until(MONDAY + timedelta(days=2))

    called = [call.method for call in short_bot.workspace.calls()[before:]]
    assert called.count("conversations.info") == 12
    assert called.index("chat.postMessage") < 15
    assert len(short_bot.column("rounds", "team_name")) == 9  # Ben's and Grace's hour is to come
