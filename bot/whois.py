"""Who is called so: member ids for SCORECARD_FACILITATORS."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

from bot.clients import CALL_SECONDS, make_clients
from bot.settings import Settings

PAGE = 200
SLACKBOT = "USLACKBOT"  # which Slack does not call a bot


@dataclass(frozen=True, slots=True)
class Somebody:
    user_id: str
    real_name: str
    display_name: str


async def find(settings: Settings, name: str) -> list[Somebody]:
    """Everybody whose name or e-mail contains `name`, by real name; nobody who left, no bots.

    Raises what slack_sdk and aiohttp raise when Slack refuses or is away.
    """
    async with ClientSession(timeout=ClientTimeout(total=CALL_SECONDS)) as session:
        calling = make_clients(settings, session).calling
        found = [
            _somebody(member)
            async for member in _members(calling)
            if _is_person(member) and _is_called(member, name)
        ]
    return sorted(found, key=lambda one: (one.real_name.casefold(), one.user_id))


async def _members(calling: AsyncWebClient) -> AsyncIterator[dict[str, Any]]:
    cursor = ""
    while True:
        answer = await calling.users_list(limit=PAGE, cursor=cursor)
        for member in answer["members"]:
            yield member
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _is_person(member: dict[str, Any]) -> bool:
    robot = member.get("is_bot") or member.get("is_workflow_bot") or member["id"] == SLACKBOT
    return not robot and not member.get("deleted")


def _is_called(member: dict[str, Any], name: str) -> bool:
    """Slack tells an e-mail only to apps that may read it, which ours does not ask for."""
    profile = member.get("profile") or {}
    told = ("real_name", "real_name_normalized", "display_name", "display_name_normalized", "email")
    names = [member.get("name"), member.get("real_name"), *(profile.get(key) for key in told)]
    return any(name.strip().casefold() in one.casefold() for one in names if one)


def _somebody(member: dict[str, Any]) -> Somebody:
    profile = member.get("profile") or {}
    real_name = profile.get("real_name") or member.get("real_name") or member.get("name") or ""
    return Somebody(member["id"], real_name, profile.get("display_name") or "")
