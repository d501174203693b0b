"""Slack's answers to a token, and its silence, in sentences that say what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.check.findings import BOT
from bot.check.variables import WHERE_APP_TOKEN, WHERE_BOT_TOKEN, is_slacks
from bot.settings import Settings
from bot.verdicts import verdict

TROUBLE = (SlackApiError, ClientError, TimeoutError, ConnectionError)

INSTALL = (
    f"Install the app to the workspace once more, under OAuth & Permissions. {WHERE_BOT_TOKEN}."
)
BOT_TOKEN: Mapping[str, str] = MappingProxyType(
    {
        "invalid_auth": f"Slack does not know SLACK_BOT_TOKEN (invalid_auth). {WHERE_BOT_TOKEN}.",
        "not_authed": f"Slack does not know SLACK_BOT_TOKEN (not_authed). {WHERE_BOT_TOKEN}.",
        "not_allowed_token_type": (
            f"SLACK_BOT_TOKEN is another kind of token (not_allowed_token_type). {WHERE_BOT_TOKEN}."
        ),
        "token_revoked": f"SLACK_BOT_TOKEN was revoked (token_revoked). {INSTALL}",
        "account_inactive": (
            f"The app is not installed in the workspace any more (account_inactive). {INSTALL}"
        ),
        "missing_scope": (
            f"The bot token lacks a scope (missing_scope). {BOT} check says which, and what to do."
        ),
        "token_expired": (
            "SLACK_BOT_TOKEN has expired (token_expired), as tokens do when token rotation is on. "
            f"Create the app anew from what {BOT} manifest prints, where it is off."
        ),
    }
)
APP_TOKEN: Mapping[str, str] = MappingProxyType(
    {
        "missing_scope": (
            "SLACK_APP_TOKEN lacks the scope connections:write (missing_scope), so no connection "
            f"can be opened. {WHERE_APP_TOKEN}."
        ),
        "not_allowed_token_type": (
            f"SLACK_APP_TOKEN is another kind of token (not_allowed_token_type). {WHERE_APP_TOKEN}."
        ),
        "socket_mode_not_enabled": (
            "Socket Mode is off in the app's settings (socket_mode_not_enabled). Turn it on under "
            "Socket Mode; or, for HTTP, remove SLACK_APP_TOKEN and set SLACK_SIGNING_SECRET."
        ),
    }
)


def is_slacks_own(error: Exception) -> bool:
    """Whether Slack itself refused; else nobody answered, or somebody who is not Slack."""
    data = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    return isinstance(data, dict) and "error" in data


def bot_token_refused(error: Exception, settings: Settings) -> str:
    """Why a call with the bot token did not work."""
    word = verdict(error).problem
    return BOT_TOKEN.get(word) or no_answer(error, settings)


def app_token_refused(error: Exception, settings: Settings) -> str:
    """Why no connection could be opened with the app-level token."""
    word = verdict(error).problem
    if word in BOT_TOKEN and word not in APP_TOKEN:
        return f"Slack refuses SLACK_APP_TOKEN ({word}). {WHERE_APP_TOKEN}."
    return APP_TOKEN.get(word) or no_answer(error, settings)


def no_answer(error: Exception, settings: Settings) -> str:
    """Nobody is there, what is there is not Slack, or Slack has trouble of its own."""
    url, word = settings.slack_api_url, verdict(error).problem
    if not isinstance(error, SlackApiError):
        return (
            f"Slack cannot be reached at {url} ({word}). Look whether this machine has a network, "
            f"and whether it may connect to that address. {_or_another(settings)}".rstrip()
        )
    if not is_slacks_own(error):
        return (
            f"What answers at {url} does not speak as Slack does ({word}). Wait and try again. "
            f"{_or_another(settings)}".rstrip()
        )
    return f"Slack has trouble ({word}). Wait and try again; status.slack.com says how Slack is."


def _or_another(settings: Settings) -> str:
    return "" if is_slacks(settings.slack_api_url) else "Or is SLACK_API_URL wrong?"
