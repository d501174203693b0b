"""What is wrong on Slack's side, each by itself; looking neither sends nor changes anything."""

from pathlib import Path

import pytest

from bot.manifest import SCOPES, for_http
from questionnaires import catalog
from sandbox import Workspace
from tests.bot.check.conftest import Run, contents
from tests.conftest import Start

LOOKED = {"auth.test", "apps.connections.open", "conversations.info", "users.info"}
NEEDED = [name for name, scope in SCOPES.items() if not scope.optional]
CHANNEL = "C02RESULTS"


@pytest.fixture
async def scorecard(start: Start) -> None:
    """One that is active, its results for #mlops-results, in the database of `environment`."""
    async with start() as bot:
        await bot.start_round()


async def test_with_nothing_broken_it_says_what_is_fine(
    check: Run, workspace: Workspace, tmp_path: Path
) -> None:
    said = await check(SCORECARD_FACILITATORS="U01AMARA,U02BEN")

    assert said.status == 0
    assert said.lines == [
        "ok       The variables are well formed.",
        f"note     SLACK_API_URL is {workspace.api_url}, and the real Slack is not asked.",
        "ok       Slack answers: Northwind ML, as @scorecard.",
        "ok       The bot token has every scope that is needed.",
        "ok       Slack reaches the bot through Socket Mode.",
        "ok       May set up, close and post: Amara Okafor, Ben Carter.",
        f"ok       The database {tmp_path}/scorecard.sqlite3 is up to date.",
        f"ok       Questionnaires: {', '.join(one.title for one in catalog.load_all().values())}.",
        "No problems. `make run` starts the bot.",
    ]


async def test_looking_sends_nothing_and_leaves_every_file_as_it_was(
    check: Run, scorecard: None, workspace: Workspace, tmp_path: Path
) -> None:
    before = contents(tmp_path)
    earlier = len(workspace.calls())

    said = await check(SCORECARD_FACILITATORS="U01AMARA")

    calls = workspace.calls()[earlier:]
    assert said.status == 0
    assert {call.method for call in calls} == LOOKED
    assert workspace.connections == 0
    assert contents(tmp_path) == before


async def test_it_looks_beside_a_bot_that_is_running(check: Run, start: Start) -> None:
    async with start() as bot:
        await bot.start_round()
        said = await check()

    assert said.status == 0
    assert "The bot can post to #mlops-results: the results of Northwind ML." in said.fine


async def test_slack_that_is_away_is_said_once_and_the_rest_is_looked_at(
    check: Run, workspace: Workspace, environment: dict[str, str | None]
) -> None:
    url = environment["SLACK_API_URL"]
    await workspace.stop_listening()

    said = await check()

    [problem] = said.problems
    assert problem.startswith(f"Slack cannot be reached at {url} (unreachable).")
    assert problem.endswith("Or is SLACK_API_URL wrong?")
    assert len(said.fine) == 3


async def test_something_that_is_not_slack_is_said_once(check: Run, workspace: Workspace) -> None:
    workspace.fail("*", status=503, times=None)

    said = await check()

    [problem] = said.problems
    assert "does not speak as Slack does" in problem


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("invalid_auth", "Slack does not know SLACK_BOT_TOKEN (invalid_auth). Copy the"),
        ("token_revoked", "SLACK_BOT_TOKEN was revoked (token_revoked). Install the app"),
        ("account_inactive", "The app is not installed in the workspace any more"),
        ("token_expired", "Create the app anew from what .venv/bin/python -m bot manifest prints"),
        ("not_allowed_token_type", "SLACK_BOT_TOKEN is another kind of token"),
        ("fatal_error", "Slack has trouble (fatal_error). Wait and try again"),
    ],
)
async def test_a_bot_token_that_slack_refuses(
    check: Run, workspace: Workspace, word: str, sentence: str
) -> None:
    workspace.fail("auth.test", word)

    said = await check()

    [problem] = said.problems
    assert sentence in problem
    assert "Slack reaches the bot through Socket Mode." in said.fine


async def test_a_token_of_another_app_is_one_that_slack_does_not_know(check: Run) -> None:
    said = await check(SLACK_BOT_TOKEN="xoxb-somebody-else", SLACK_APP_TOKEN="xapp-somebody-else")

    assert [problem.split(". ")[0] for problem in said.problems] == [
        "Slack does not know SLACK_BOT_TOKEN (invalid_auth)",
        "Slack refuses SLACK_APP_TOKEN (invalid_auth)",
    ]


@pytest.mark.parametrize("scope", NEEDED)
async def test_a_missing_scope_is_named_with_what_will_not_work(
    check: Run, workspace: Workspace, scorecard: None, scope: str
) -> None:
    workspace.scopes.remove(scope)

    said = await check(SCORECARD_FACILITATORS="U01AMARA")

    [problem] = said.problems
    assert problem.startswith(f"The scope {scope} is missing: {SCOPES[scope].lost}. Add it")


async def test_a_missing_optional_scope_is_only_a_note(check: Run, workspace: Workspace) -> None:
    workspace.scopes.remove("im:history")

    said = await check()

    assert said.status == 0
    [note] = said.notes
    assert note.startswith("The optional scope im:history is missing: a direct message may come")
    assert "The bot token has every scope that is needed." in said.fine


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("missing_scope", "SLACK_APP_TOKEN lacks the scope connections:write"),
        ("token_revoked", "Slack refuses SLACK_APP_TOKEN (token_revoked)."),
        ("not_allowed_token_type", "SLACK_APP_TOKEN is another kind of token"),
    ],
)
async def test_an_app_level_token_that_opens_no_connection(
    check: Run, workspace: Workspace, word: str, sentence: str
) -> None:
    workspace.fail("apps.connections.open", word)

    said = await check()

    [problem] = said.problems
    assert sentence in problem
    assert "Basic Information" in problem


async def test_an_app_without_socket_mode_does_not_fit_an_app_level_token(
    check: Run, workspace: Workspace
) -> None:
    workspace.install(for_http("https://scorecard.example.com"))

    by_socket = await check()
    by_http = await check(SLACK_APP_TOKEN=None, SLACK_SIGNING_SECRET="0" * 32, PORT="8080")

    [problem] = by_socket.problems
    assert "Socket Mode is off in the app's settings" in problem
    assert by_http.status == 0
    assert any("over HTTP" in line and "port 8080" in line for line in by_http.fine)


async def test_a_public_results_channel_without_the_bot(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    await workspace.change_channel(CHANNEL, with_bot=False)

    said = await check()

    [problem] = said.problems
    assert problem == (
        "The bot is not in #mlops-results, for the results of Northwind ML. "
        "Type /invite @scorecard there."
    )


async def test_an_archived_results_channel(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    await workspace.change_channel(CHANNEL, archived=True)

    said = await check()

    [problem] = said.problems
    assert problem.startswith("#mlops-results, for the results of Northwind ML, is archived.")


async def test_a_results_channel_that_others_read(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    workspace.directory.channel(CHANNEL).shared = True

    said = await check()

    [problem] = said.problems
    assert "is shared with another organisation" in problem


async def test_a_results_channel_that_is_gone_or_hidden(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    workspace.fail("conversations.info", "channel_not_found")

    said = await check()

    [problem] = said.problems
    assert problem.startswith(f"The channel {CHANNEL} for the results of Northwind ML is gone, or")
    assert "Type /invite @scorecard there, or set the scorecard up anew" in problem


async def test_what_slack_does_not_tell_just_now_is_a_note(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    workspace.fail("conversations.info", "fatal_error", times=None)
    workspace.fail("users.info", "fatal_error", times=None)

    said = await check(SCORECARD_FACILITATORS="U01AMARA")

    assert said.status == 0
    assert len(said.notes) == 2


async def test_facilitators_who_are_nobody_are_named(check: Run, workspace: Workspace) -> None:
    workspace.add_member("U11BOT", "Deploy Bot", is_bot=True)
    workspace.add_member("U12GONE", "Gone Person", deleted=True)

    workspace.add_member("U13GUEST", "Gil Guest", guest=True)

    said = await check(SCORECARD_FACILITATORS="U01AMARA,U11BOT,U12GONE,U13GUEST,U99NOBODY")

    assert [problem.split(". ")[0] for problem in said.problems] == [
        "U11BOT in SCORECARD_FACILITATORS is a bot",
        "U12GONE in SCORECARD_FACILITATORS was deactivated",
        "U13GUEST in SCORECARD_FACILITATORS is a guest",
        "U99NOBODY in SCORECARD_FACILITATORS is nobody whom Slack knows",
    ]
    assert "May set up, close and post: Amara Okafor." in said.fine


async def test_several_broken_things_give_several_sentences(
    check: Run, workspace: Workspace, scorecard: None
) -> None:
    workspace.scopes -= {"files:write", "im:history"}
    workspace.fail("apps.connections.open", "missing_scope")
    await workspace.change_channel(CHANNEL, archived=True)

    said = await check(SCORECARD_FACILITATORS="U99NOBODY", DYNO="web.1")

    assert said.status == 1
    assert said.lines[-1] == "5 problems. Nothing was changed or sent."
    assert len(said.notes) == 1
