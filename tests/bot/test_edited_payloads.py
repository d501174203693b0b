"""Members who edit what their client sends: refused with a sentence, noted without names.

Answers and rounds of others: tests/bot/test_answering.py. Menus: test_planning.py and
test_facilitators.py. All kinds at once: tests/bot/edited/.
"""

from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.replies import is_of_slack
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
SEE, FIELD = "See facilitators", "And these people"
KEPT = sorted({*SQLModel.metadata.tables} - {"workspaces"})
GONE = "already confirmed, or no longer there"


@pytest.fixture
async def two(short_bot: Driver) -> Driver:
    """Ben and Amara facilitate everything; Chiara is asked in a round that is open."""
    await short_bot.command(AMARA, "/scorecard facilitators")
    short_bot.modal(AMARA).choose(FIELD, BEN)
    await short_bot.submit(AMARA)
    await short_bot.start_round(people=(CHIARA, AMARA))
    await short_bot.press(CHIARA, "Start")
    return short_bot


def kept(bot: Driver) -> dict[str, list[tuple[Any, ...]]]:
    return bot.stored(*KEPT)


async def test_somebody_elses_set_up_is_not_confirmed(two: Driver) -> None:
    await two.fill_in_form(AMARA, team_name="Search", people=(DEEPA,))
    wish, before = two.submission(AMARA), kept(two)
    assert GONE in await two.submit_again(BEN, wish)
    labels = ("Fill in together instead", "Rehearse with me only")
    for press in [two.who(AMARA).payload_of_press(label) for label in labels]:
        press["user"]["id"] = two.who(BEN).id
        await two.who(BEN).press_raw(press)
        await two.runtime.settled()
    assert kept(two) == before

    await two.submit_again(AMARA, wish)
    assert "Search" in two.column("scorecards", "team_name")


async def test_somebody_elses_edit_is_not_saved(two: Driver) -> None:
    await two.ask_for(AMARA, "Edit")
    two.modal(AMARA).choose("Repeat", "Every month")
    await two.submit(AMARA)
    wish, before = two.submission(AMARA), kept(two)
    assert GONE in await two.submit_again(BEN, wish)
    assert "Only facilitators" in await two.submit_again(CHIARA, wish)
    assert kept(two) == before

    await two.submit(AMARA)
    assert two.column("scorecards", "cadence") == ["monthly"]


async def test_a_press_without_leave_to_open_anything_gets_a_sentence(two: Driver) -> None:
    payload = two.who(CHIARA).payload_of_press("Comment")
    del payload["trigger_id"]
    outcome = await two.who(CHIARA).press_raw(payload)
    await two.runtime.settled()
    assert outcome.error is None
    assert "older version of me" in two.who(CHIARA).screen()[-1].reads


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://hooks.slack.com/actions/T0/1/x", True),
        ("https://hooks.slack-gov.com/actions/T0/1/x", True),
        ("http://hooks.slack.com/actions/T0/1/x", False),
        ("https://hooks.slack.com.example.com/x", False),
        ("https://hooks.slack.com@example.com/x", False),
        ("https://evilslack.com/x", False),
        ("http://169.254.169.254/latest", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_a_card_is_sent_to_slack_and_nowhere_else(url: str, *, good: bool) -> None:
    assert is_of_slack(url, "https://slack.com/api/") is good
    assert is_of_slack("http://127.0.0.1:9/response/1", "http://localhost:8000/api/")
