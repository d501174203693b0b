"""Members who edit what their client sends: refused with a sentence, noted without names.

Answers and rounds of others: tests/bot/test_answering.py. Menus: test_planning.py and
test_facilitators.py. All kinds at once: tests/bot/edited/.
"""

import json
from typing import Any

import pytest
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from bot.blocks import ids
from bot.replies import is_of_slack
from tests.bot.edited.elsewhere import add_workspace
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

AMARA, BEN, CHIARA, DEEPA = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Deepa Nair"
FIELD, SEE_WHAT = "And these people", "Who sees what?"
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


async def test_what_another_modal_carries_does_nothing(two: Driver) -> None:
    await two.fill_in_form(AMARA, team_name="Search", people=(DEEPA,))
    set_up = two.submission(AMARA)
    await two.ask_for(AMARA, "Pause")
    pause = two.submission(AMARA)
    await two.press(CHIARA, "Comment")
    comment = two.submission(CHIARA)
    before = kept(two)
    for one in (set_up, pause, comment):
        carried = one["view"]["private_metadata"]
        for name in (ids.CONFIRM_MODAL, ids.EDIT_CONFIRM_MODAL, ids.MANAGE_MODAL, ids.EDIT_MODAL,
                     ids.TAILOR_REVIEW_MODAL, ids.PREVIEW_MODAL, ids.COMMENT_MODAL):  # fmt: skip
            if name != one["view"]["callback_id"]:
                bent = {**one, "view": {**one["view"], "callback_id": name}}
                said = await two.submit_again(CHIARA, bent)
                assert "older version of me" in said or "Only facilitators" in said or GONE in said
        assert one["view"]["private_metadata"] == carried
    assert kept(two) == before


@pytest.mark.parametrize("name", [ids.CLOSE_ROUND, ids.POST_RESULT, ids.PREVIEW_RESULT])
async def test_a_facilitators_button_does_nothing_for_who_was_asked(two: Driver, name: str) -> None:
    before = kept(two)
    outcome = await two.forge(CHIARA, "2", action_id=name, value="[1,null,null]")
    assert "Only facilitators can do this" in outcome.text
    assert kept(two) == before


async def test_a_draft_of_another_workspace_is_out_of_reach(two: Driver) -> None:
    _, theirs = add_workspace(two)
    await two.fill_in_form(AMARA, team_name="Search", people=(DEEPA,))
    wish, before = two.submission(AMARA), kept(two)
    wish["view"]["private_metadata"] = f'["",{theirs}]'
    assert GONE in await two.submit_again(AMARA, wish)
    wish["view"]["callback_id"] = ids.EDIT_CONFIRM_MODAL
    assert GONE in await two.submit_again(AMARA, wish)
    assert kept(two) == before


async def test_nothing_is_kept_for_a_workspace_that_was_never_there(two: Driver) -> None:
    await two.command(AMARA, "/scorecard data")
    before = kept(two)
    await two.forge(AMARA, "Get my answers", channel="ml-team", team="T0NOWHERE")
    await two.command(AMARA, "/scorecard facilitators")
    wish = two.submission(AMARA)
    wish["team"] = {"id": "T0NOWHERE"}
    assert "Only facilitators" in await two.submit_again(AMARA, wish)
    assert kept(two) == before


# What is noted


async def test_it_is_noted_which_button_it_was_and_not_who_pressed(two: Driver) -> None:
    with capture_logs() as logs:
        await two.forge(CHIARA, "2", action_id=ids.CLOSE_ROUND, value="[1,null,null]")
        await two.forge(CHIARA, "2", user=DEEPA)
    told = [one for one in logs if one["log_level"] == "info"]
    assert told == [
        {"event": "press refused", "log_level": "info", "why": why, "about": about}
        for why, about in (("NotFacilitator", ids.CLOSE_ROUND), ("NotInRound", ids.LEVEL))
    ]


async def test_what_is_honestly_too_late_or_typed_is_not_noted(two: Driver) -> None:
    with capture_logs() as logs:
        await two.forge(CHIARA, "2", value="[1]")
        await two.command(CHIARA, "/scorecard start")
    assert [one["log_level"] for one in logs if one["event"] == "press refused"] == ["debug"] * 2


async def test_a_name_that_is_none_of_ours_is_not_noted(two: Driver) -> None:
    with capture_logs() as logs:
        await two.forge(CHIARA, "2", action_id=f"{CHIARA}.1")
    assert CHIARA not in str(logs)


# What is no press at all


def broken(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """What Bolt, or we, would fall over."""
    action = payload["actions"][0]
    without_link = {name: one for name, one in payload.items() if name != "response_url"}
    return [
        {**payload, "actions": []},
        {**payload, "actions": {"0": action}},
        {**payload, "actions": [None]},
        {**payload, "actions": [{**action, "value": 7}]},
        {**payload, "user": None},
        {**payload, "user": {"id": ["U02BEN"]}},
        {**payload, "user": {"id": "\ud800"}},
        {**payload, "team": 7},
        {**payload, "channel": 7},
        {**payload, "response_url": ["x"]},
        {**payload, "response_url": "https://hooks.slack.com/" + 3_000 * "x"},
        {**without_link, "response_urls": None},
        {**payload, "container": {"message_ts": "1.0"}},
        {**payload, "view": {"id": ""}},
        {**payload, "command": "/scorecard"},
        {**payload, "type": "gone"},
        {**payload, "type": 7},
    ]


@pytest.mark.both_ways
async def test_what_has_no_shape_is_answered_and_noted_and_goes_no_further(
    short_bot: Driver,
) -> None:
    await short_bot.start_round(people=(CHIARA,))
    await short_bot.press(CHIARA, "Start")
    payload, before = short_bot.who(CHIARA).payload_of_press("2"), kept(short_bot)
    for one in broken(payload):
        with capture_logs() as logs:
            outcome = await short_bot.who(CHIARA).press_raw(one)
            await short_bot.runtime.settled()
        assert outcome.error is None, one
        assert [entry["event"] for entry in logs] == ["request not understood"], one
        assert CHIARA not in str(logs)
    assert kept(short_bot) == before


async def test_a_press_without_leave_to_open_anything_gets_a_sentence(two: Driver) -> None:
    payload = two.who(CHIARA).payload_of_press("Comment")
    del payload["trigger_id"]
    outcome = await two.who(CHIARA).press_raw(payload)
    await two.runtime.settled()
    assert outcome.error is None
    assert "older version of me" in two.who(CHIARA).screen()[-1].reads


async def test_a_modal_that_carries_too_much_gets_a_sentence(two: Driver) -> None:
    await two.ask_for(AMARA, "Questions")
    wish, before = two.submission(AMARA), kept(two)
    for link in (20_000 * "x", 500 * "\N{PILE OF POO}"):
        wish["view"]["private_metadata"] = json.dumps([1, link, None])
        assert "older version of me" in await two.submit_again(AMARA, wish)
    assert kept(two) == before


async def test_a_press_of_nobody_whom_slack_knows_is_no_failure_of_ours(two: Driver) -> None:
    press = two.who(AMARA).payload_of_press(SEE_WHAT)
    press["user"]["id"] = "U0NOBODY"
    press["actions"][0]["action_id"] = f"{ids.HOME_PAGE}.1"
    outcome = await two.who(AMARA).press_raw(press)
    await two.runtime.settled()
    assert outcome.error is None
    assert two.workspace.calls("views.publish")[-1].response["error"] == "user_not_found"


async def test_the_command_without_words_and_one_that_is_gone_get_an_answer(two: Driver) -> None:
    member, channel = two.who(CHIARA), two.workspace.directory.channel("ml-team")
    payload = two.workspace.payloads.command(member.account, ids.COMMAND, "", channel)
    del payload["text"]
    outcome = await member.press_raw(payload, "slash_commands")
    assert outcome.error is None
    assert outcome.ack is not None

    payload["command"] = "/gone"
    outcome = await member.press_raw(payload, "slash_commands")
    assert "older version of me" in (outcome.ack or {})["text"]


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
