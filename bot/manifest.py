"""The Slack app's manifest in both variants, and what each of its scopes is good for."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import SplitResult, urlsplit

FILE = Path(__file__).parents[1] / "manifest.json"
EXAMPLE = "https://scorecard.example.com"
EVENTS_PATH = "/slack/events"

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scope:
    """`lost`: what will not work without it, as the end of a sentence."""

    reason: str
    lost: str
    optional: bool = False


SCOPES: Mapping[str, Scope] = MappingProxyType(
    {
        "chat:write": Scope(
            "asks people, and posts results", "nobody can be asked and no result can be posted"
        ),
        "commands": Scope("takes `/scorecard`", "nobody can type /scorecard, so no round starts"),
        "users:read": Scope(
            "knows names, time zones, who has left, and who is an admin",
            "no round can be set up, for the bot does not know who is who",
        ),
        "channels:read": Scope(
            "reads who is in a public channel, and whether the bot may post there",
            "no public channel can be chosen, neither for asking people nor for results",
        ),
        "groups:read": Scope(
            "the same for private channels the bot was invited to",
            "no private channel can be chosen, neither for asking people nor for results",
        ),
        "channels:join": Scope(
            "joins the public channel that was chosen for results",
            "somebody has to /invite the bot to each results channel",
            optional=True,
        ),
        "files:write": Scope(
            "posts the pictures of a result, and sends people their own answers as a file",
            "results come without pictures, and nobody gets their answers as a file",
        ),
        "usergroups:read": Scope(
            "reads who is in a user group that was chosen for asking",
            "no user group can be chosen for asking",
            optional=True,
        ),
        "im:write": Scope(
            "finds its conversation with a person, for a first file or after a disturbance",
            "a direct message may come twice after a disturbance, and nobody to whom the bot has "
            "never written gets their data as a file",
            optional=True,
        ),
        "im:history": Scope(
            "looks there whether the message arrived",
            "a direct message may come twice after a disturbance",
            optional=True,
        ),
    }
)


class NotPublic(ValueError):
    """Slack cannot send requests to this address; the message says what to give instead."""


def for_sockets() -> Manifest:
    """Socket Mode, as manifest.json has it. The file is found from whatever folder."""
    found: Manifest = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def for_http(url: str) -> Manifest:
    """HTTP mode: Slack sends everything to one path below `url`. Raises NotPublic."""
    return over_http(for_sockets(), f"https://{_public_host(url)}{EVENTS_PATH}")


def over_http(manifest: Manifest, request_url: str) -> Manifest:
    """The same app without Socket Mode: commands, presses and events go to `request_url`."""
    changed = deepcopy(manifest)
    changed["settings"]["socket_mode_enabled"] = False
    changed["settings"]["interactivity"]["request_url"] = request_url
    changed["settings"]["event_subscriptions"]["request_url"] = request_url
    for command in changed["features"]["slash_commands"]:
        command["url"] = request_url
    return changed


def _public_host(url: str) -> str:
    """Raises NotPublic unless `url` is https://host, perhaps with a port."""
    parts = _split(url)
    if parts.scheme != "https":
        raise NotPublic(f"Slack sends requests to https only: {url} has to start with https://.")
    if not parts.hostname or "@" in parts.netloc:
        raise NotPublic(f"{url} names no host: give something like {EXAMPLE}.")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise NotPublic(
            f"Give the address without anything behind the host, https://{parts.netloc}: "
            f"{EVENTS_PATH} is added."
        )
    return parts.netloc


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # reading it is what refuses one that is no number
    except ValueError:
        raise NotPublic(f"{url} cannot be read: give something like {EXAMPLE}.") from None
    return parts
