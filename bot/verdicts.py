"""What an error of Slack's means for a message: once more, in doubt, or never."""

from dataclasses import dataclass
from enum import Enum

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError

# What comes of a call that Slack refuses, or that does not reach it.
TROUBLE = (SlackApiError, ClientError, TimeoutError)

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

WAIT_AND_RETRY = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "service_unavailable",
        "team_added_to_org",
        "org_login_required",
        "external_channel_migrating",
        "request_timeout",
    }
)
# Nothing works any more until the app is installed again; nothing is thrown away until then.
DEAD = frozenset(
    {"account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"}
)
# Nobody can write to this person, now or later.
UNREACHABLE = frozenset(
    {
        "channel_not_found",
        "user_not_found",
        "user_not_visible",
        "user_disabled",
        "cannot_dm_bot",
        "is_inactive",
        "messages_tab_disabled",
        "ekm_access_denied",
    }
)
MAY_HAVE_HAPPENED = frozenset({"internal_error", "fatal_error", "update_failed"})


class Fate(Enum):
    AGAIN = "again"
    DOUBT = "doubt"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`problem` is Slack's word for it; `seconds` its own Retry-After, if it gave one."""

    fate: Fate
    problem: str
    seconds: float | None = None


def verdict(error: Exception) -> Verdict:
    """Judge an error raised while sending. Errors that are no answer of Slack's are raised on."""
    if isinstance(error, SlackApiError):
        return _of_answer(error)
    if isinstance(error, ClientConnectorError):
        return Verdict(Fate.AGAIN, "unreachable")
    if isinstance(error, ClientError | TimeoutError | ConnectionError):
        return Verdict(Fate.DOUBT, type(error).__name__)
    raise error


def _of_answer(error: SlackApiError) -> Verdict:
    response = error.response
    # A body that is no JSON arrives here as aiohttp's response, which says status.
    status: int = (
        getattr(response, "status_code", None) or getattr(response, "status", None) or SERVER_ERROR
    )
    data = getattr(response, "data", None)
    problem = str(data.get("error") or f"http_{status}") if isinstance(data, dict) else "no_answer"
    if status == TOO_MANY_REQUESTS or problem in WAIT_AND_RETRY | DEAD:
        return Verdict(Fate.AGAIN, problem, _retry_after(response))
    if status >= SERVER_ERROR or problem in MAY_HAVE_HAPPENED or not isinstance(data, dict):
        return Verdict(Fate.DOUBT, problem)
    return Verdict(Fate.NEVER, problem)


def _retry_after(response: object) -> float | None:
    headers = getattr(response, "headers", None) or {}
    try:
        return float(headers.get("Retry-After", ""))
    except ValueError:
        return None
