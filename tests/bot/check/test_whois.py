"""python -m bot whois: ids for SCORECARD_FACILITATORS, and sentences when there are none."""

import pytest

from sandbox import Workspace
from tests.bot.check.conftest import Run


@pytest.mark.parametrize("name", ["amara", "OKAFOR", "mara O"])
async def test_ids_are_printed_with_names_whatever_the_case(command: Run, name: str) -> None:
    said = await command("whois", name)

    assert (said.status, said.lines) == (0, ["U01AMARA  Amara Okafor  amara.okafor"])


async def test_a_name_of_several_words_needs_no_quotation_marks(command: Run) -> None:
    said = await command("whois", "Ben", "Carter")
    nobody = await command("whois", "Ben", "Okafor")

    assert said.lines == ["U02BEN  Ben Carter  ben.carter"]
    assert nobody.complaints[0].startswith("Nobody here has 'Ben Okafor' in their name.")


async def test_everybody_on_all_pages_is_found(command: Run, workspace: Workspace) -> None:
    for number in range(450):
        workspace.add_member(f"U1{number:04}", f"Robin {number:03}")

    said = await command("whois", "robin")

    assert len(said.lines) == 450
    assert said.lines[0].startswith("U10000  Robin 000")
    assert len(workspace.calls("users.list")) == 3


async def test_bots_and_who_left_are_nobody(command: Run, workspace: Workspace) -> None:
    workspace.add_member("U11BOT", "Deploy Bot", is_bot=True)
    workspace.add_member("U12GONE", "Gone Bot", deleted=True)

    for name in ("bot", "scorecard"):
        said = await command("whois", name)
        assert (said.status, said.lines) == (1, [])
        assert said.complaints[0].startswith(f"Nobody here has '{name}' in their name.")


async def test_an_email_is_searched_where_slack_tells_it(
    command: Run,
    workspace: Workspace,
) -> None:
    workspace.add_member("U11SAM", "Sam Lee", email="platform-lead@example.com")

    hidden = await command("whois", "platform-lead")
    workspace.scopes.add("users:read.email")
    told = await command("whois", "platform-lead")

    assert hidden.status == 1
    assert told.lines == ["U11SAM  Sam Lee  sam.lee"]


async def test_it_works_while_the_facilitators_are_not_ids_yet(command: Run) -> None:
    said = await command("whois", "ben", SCORECARD_FACILITATORS="Ben", SLACK_APP_TOKEN=None)

    assert (said.status, said.lines) == (0, ["U02BEN  Ben Carter  ben.carter"])


async def test_a_token_that_is_wrong_is_said(command: Run, workspace: Workspace) -> None:
    malformed = await command("whois", "ben", SLACK_BOT_TOKEN="xoxp-1")
    unknown = await command("whois", "ben", SLACK_BOT_TOKEN="xoxb-somebody-else")
    workspace.scopes.remove("users:read")
    unable = await command("whois", "ben")

    assert malformed.status == 2
    assert malformed.complaints[0].startswith("SLACK_BOT_TOKEN holds a user token (xoxp-).")
    assert unknown.status == unable.status == 1
    assert unknown.complaints[0].startswith("Slack does not know SLACK_BOT_TOKEN (invalid_auth).")
    assert "lacks a scope (missing_scope)" in unable.complaints[0]


async def test_slack_being_away_is_said(command: Run, workspace: Workspace) -> None:
    await workspace.stop_listening()

    said = await command("whois", "ben")

    assert said.status == 1
    assert said.complaints[0].startswith("Slack cannot be reached at http://127.0.0.1")
