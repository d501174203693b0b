"""The app's manifest in both variants, and the table of scopes that goes with it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import cli
from bot.manifest import EVENTS_PATH, SCOPES, for_sockets

HOST = "https://scorecard.example.com"
ROOT = Path(__file__).parents[2]


def manifest(*words: str) -> Result:
    return CliRunner().invoke(cli, ["manifest", *words])


def test_without_a_url_it_is_the_file_whatever_the_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    printed = manifest()

    assert printed.exit_code == 0
    assert json.loads(printed.stdout) == json.loads((ROOT / "manifest.json").read_text())


@pytest.mark.parametrize("url", [HOST, f"{HOST}/"])
def test_with_a_url_everything_goes_there_and_nothing_else_changes(url: str) -> None:
    found = json.loads(manifest("--url", url).stdout)

    everywhere = {
        found["settings"]["interactivity"].pop("request_url"),
        found["settings"]["event_subscriptions"].pop("request_url"),
        *(command.pop("url") for command in found["features"]["slash_commands"]),
    }
    assert everywhere == {f"{HOST}{EVENTS_PATH}"}
    assert found["settings"].pop("socket_mode_enabled") is False
    assert found == {
        **(sockets := for_sockets()),
        "settings": {
            key: value for key, value in sockets["settings"].items() if key != "socket_mode_enabled"
        },
    }


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://scorecard.example.com", "has to start with https://."),
        ("scorecard.example.com", "has to start with https://."),
        ("https://", "https:// names no host: give something like"),
        ("https://me@scorecard.example.com", "names no host"),
        (f"{HOST}/bot", f"Give the address without anything behind the host, {HOST}:"),
        (f"{HOST}?team=1", f"{EVENTS_PATH} is added."),
        (f"{HOST}#here", f"{EVENTS_PATH} is added."),
        ("https://[x", "cannot be read"),
        (f"{HOST}:many", "cannot be read"),
    ],
)
def test_a_url_that_slack_cannot_use_is_refused_with_a_sentence(url: str, sentence: str) -> None:
    printed = manifest("--url", url)

    assert (printed.exit_code, printed.stdout) == (2, "")
    assert sentence in printed.stderr


def test_the_table_has_the_scopes_of_the_manifest_and_no_others() -> None:
    scopes = for_sockets()["oauth_config"]["scopes"]

    assert sorted(SCOPES) == scopes["bot"]
    assert sorted(name for name, one in SCOPES.items() if one.optional) == scopes["bot_optional"]


def test_an_optional_scope_is_asked_for_as_well() -> None:
    """Slack reads `bot` as what is asked for, and `bot_optional` as what of it may be declined."""
    scopes = for_sockets()["oauth_config"]["scopes"]

    assert set(scopes["bot_optional"]) <= set(scopes["bot"])
