"""docs/slack-admin.md, for whoever approves the app: it says what the manifest asks for."""

import re
from pathlib import Path

from bot.http_mode import FRESH_SECONDS
from bot.lifeline import TRY_AGAIN
from bot.manifest import EVENTS_PATH, EXAMPLE, SCOPES, for_sockets
from bot.pace import A_CONVERSATION_A_MINUTE
from bot.settings import MESSAGES_A_MINUTE, MESSAGES_MOST, Settings
from questionnaires.kept import WORKSPACE_KEPT_DAYS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "slack-admin.md").read_text("utf-8")
MANIFEST = for_sockets()


def test_the_table_of_scopes_is_the_one_that_check_goes_by() -> None:
    rows = re.findall(
        r"^\| `([a-z]+:?[a-z]*)`( \(optional\))? \| (.+) \| (.+) \|$", PAGE, re.MULTILINE
    )
    assert rows == [
        (name, " (optional)" if scope.optional else "", scope.reason, scope.lost)
        for name, scope in SCOPES.items()
    ]


def test_the_events_are_those_of_the_manifest_and_no_others() -> None:
    below = PAGE.split("| Event | What for |\n", 1)[1].split("\n\n", 1)[0]
    told = re.findall(r"`(\w+)`", below)
    assert sorted(told) == MANIFEST["settings"]["event_subscriptions"]["bot_events"]


def test_the_command_and_the_shortcut_are_all_there_are() -> None:
    features = MANIFEST["features"]
    assert [one["command"] for one in features["slash_commands"]] == ["/scorecard"]
    [shortcut] = features["shortcuts"]
    assert f"the command `/scorecard`, the shortcut *{shortcut['name']}*" in PAGE
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_no_user_token_nothing_for_an_organisation_and_no_rotation() -> None:
    assert MANIFEST["oauth_config"]["scopes"].keys() == {"bot", "bot_optional"}
    assert "There is no user token" in PAGE
    for setting in re.findall(r"`(\w+)` is false", PAGE):
        assert MANIFEST["settings"][setting] is False


def test_no_scope_reads_channels_files_or_addresses() -> None:
    reading = {"channels:history", "groups:history", "mpim:history", "files:read"}
    assert not {*reading, "users:read.email"} & SCOPES.keys()


def test_people_cannot_write_where_the_bot_may_read() -> None:
    assert MANIFEST["features"]["app_home"]["messages_tab_read_only_enabled"] is True
    assert "direct messages only, where people cannot write" in PAGE


def test_its_numbers_are_those_of_the_code() -> None:
    slow = Settings.model_fields["messages_a_minute"].metadata[0].ge
    assert (
        f"At most {MESSAGES_A_MINUTE} messages a minute in the whole workspace "
        f"(`SCORECARD_MESSAGES_A_MINUTE`, {slow} to {MESSAGES_MOST}), and "
        f"{A_CONVERSATION_A_MINUTE} a minute in one conversation"
    ) in PAGE
    minutes = int(TRY_AGAIN.total_seconds() // 60)
    assert f"Every {minutes} minutes it asks Slack" in PAGE
    assert f"within about {minutes} minutes" in PAGE
    assert f"after {WORKSPACE_KEPT_DAYS} days it erases everything" in PAGE
    assert f"not older than {FRESH_SECONDS / 60:.0f} minutes" in PAGE


def test_the_two_variants_are_printed_and_reached_as_it_says() -> None:
    assert f"`.venv/bin/python -m bot manifest --url {EXAMPLE}`" in PAGE
    assert f"`{EVENTS_PATH}`" in PAGE


def test_it_is_written_to_be_read_in_one_go() -> None:
    assert len(re.sub(r"[|*`#-]", " ", PAGE).split()) <= 850


def test_every_page_that_it_links_to_is_there() -> None:
    linked = re.findall(r"\]\((?!http)([^)#]+)", PAGE)
    assert linked
    assert [one for one in linked if not (ROOT / "docs" / one).exists()] == []
