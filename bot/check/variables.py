"""Wrong variables in sentences that say what to do. `run` says the same ones and stops."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot import settings as rules
from bot.check.findings import BOT, Finding, fine, note, problem
from bot.settings import MESSAGES_A_MINUTE, MESSAGES_MOST, MONTHS_KEPT, MONTHS_MOST, Settings
from questionnaires.disclosure.floors import K_LEAST, K_MOST

APPS = "your app at api.slack.com/apps"
WHERE_BOT_TOKEN = f'Copy the "Bot User OAuth Token" from OAuth & Permissions of {APPS}'
WHERE_APP_TOKEN = (
    f"Create an app-level token with connections:write under Basic Information of {APPS}"
)
WHERE_SECRET = f'Copy the "Signing Secret" from Basic Information of {APPS}'

ESCAPES = "In a password write %40 for @, %3A for : and %2F for /."

NOT_TEXT = f"`{rules.ENV_FILE}` is not UTF-8 text. Save it as UTF-8."

# By how they begin, the longest beginnings first.
OTHER_TOKENS: Mapping[str, str] = MappingProxyType(
    {
        "xoxe": "a token that expires after twelve hours; use an app without token rotation",
        rules.BOT_TOKEN: "the bot token",
        rules.APP_TOKEN: "the app-level token",
        "xoxp-": "a user token",
    }
)

# They stand in for values that are wrong, so that the others can be looked at; never used.
STAND_INS: Mapping[str, Any] = MappingProxyType(
    {
        "slack_bot_token": "xoxb-stand-in",
        "slack_app_token": "xapp-stand-in",
        "slack_signing_secret": "stand-in",
        "SCORECARD_OPERATOR": "stand-in",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The settings, and the names of those whose value is a stand-in."""

    settings: Settings
    broken: frozenset[str]
    findings: tuple[Finding, ...]


def read() -> Reading:
    """Read the environment and .env, and go on with what is right of it."""
    try:
        settings = Settings()
    except UnicodeDecodeError as error:
        return _nothing_read(error)
    except ValidationError as error:
        broken = frozenset(str(one["loc"][0]) for one in error.errors())
        rest = Settings(**{name: _stand_in(name) for name in broken})
        wrong = (*sentences(error), *_doubts(rest, broken))
        return Reading(rest, broken, (*map(problem, wrong), *map(note, _remarks(rest, broken))))
    doubts = _doubts(settings, frozenset())
    findings = [problem(one) for one in doubts] or [fine("The variables are well formed.")]
    remarks = _remarks(settings, frozenset())
    return Reading(settings, frozenset(), (*findings, *map(note, remarks)))


def _nothing_read(error: UnicodeDecodeError) -> Reading:
    fields = Settings.model_fields.items()
    broken = frozenset(str(field.validation_alias or key) for key, field in fields)
    rest = Settings(_env_file=None, **{name: _stand_in(name) for name in broken})
    return Reading(rest, broken, tuple(map(problem, sentences(error))))


def sentences(error: ValidationError | UnicodeDecodeError) -> list[str]:
    """One for each variable, in the order of Settings; no secret is repeated in them."""
    if isinstance(error, UnicodeDecodeError):
        return [NOT_TEXT]
    return [_sentence(one) for one in error.errors()]


def _stand_in(name: str) -> Any:
    if name in STAND_INS:
        return STAND_INS[name]
    fields = Settings.model_fields.items()
    return next(field.default for key, field in fields if name in (key, field.validation_alias))


def _sentence(error: ErrorDetails) -> str:
    name = str(error["loc"][0])
    say = SENTENCES.get(name)
    if say is None:
        return f"{name.upper()}: {error['msg']}. README.md says what it is."
    return say(error["type"], error.get("input"))


def _bot_token(kind: str, given: Any) -> str:
    if kind == "missing":
        return f"SLACK_BOT_TOKEN is not set. {WHERE_BOT_TOKEN}; it starts with xoxb-."
    what = _token_is(str(given), rules.BOT_TOKEN)
    return f"SLACK_BOT_TOKEN {what}. {WHERE_BOT_TOKEN}; it starts with xoxb-."


def _app_token(_kind: str, given: Any) -> str:
    what = _token_is(str(given), rules.APP_TOKEN)
    return (
        f"SLACK_APP_TOKEN {what}. {WHERE_APP_TOKEN}; it starts with xapp-. For HTTP mode leave "
        "the variable out."
    )


def _token_is(given: str, wanted: str) -> str:
    """What a token that was refused seems to be, without repeating it."""
    if given.strip(" \t\r\n'\"") != given:
        return "has spaces or quotation marks around it"
    if given == wanted:
        return f"is only the beginning of a token ({wanted})"
    if given.startswith(wanted):
        return "has characters in it that no token has"
    for beginning, what in OTHER_TOKENS.items():
        if given.startswith(beginning):
            return f"holds {what} ({beginning})"
    return "holds something else"


def _reach(_kind: str, _given: Any) -> str:
    return (
        "Neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set, so Slack cannot reach the bot. "
        f"{WHERE_APP_TOKEN} and set SLACK_APP_TOKEN; or, for a bot with a public address, set "
        "SLACK_SIGNING_SECRET from the same page."
    )


def _port(_kind: str, given: Any) -> str:
    return f"PORT is {given!r}, and has to be a whole number from 0 to 65535, such as 3000."


def _least_people(_kind: str, given: Any) -> str:
    return (
        f"SCORECARD_LEAST_PEOPLE is {given!r}, and has to be a whole number from {K_LEAST} to "
        f"{K_MOST}. Leave it out for the usual one."
    )


def _messages_a_minute(_kind: str, given: Any) -> str:
    return (
        f"SCORECARD_MESSAGES_A_MINUTE is {given!r}, and has to be a whole number from 1 to "
        f"{MESSAGES_MOST}. Leave it out for the usual {MESSAGES_A_MINUTE}."
    )


def _facilitators(_kind: str, given: Any) -> str:
    parts = given.split(",") if isinstance(given, str) else given
    wrong = [one.strip() for one in parts if not rules.MEMBER_ID.fullmatch(one.strip())]
    *others, last = (repr(one) for one in wrong if one)
    are_none = f"{', '.join(others)} and {last} are none" if others else f"{last} is none"
    return (
        f"SCORECARD_FACILITATORS takes member ids such as U012AB3CD, and {are_none}. "
        f"Find ids with {BOT} whois NAME, and put commas between them."
    )


def _operator(_kind: str, _given: Any) -> str:
    return (
        "SCORECARD_OPERATOR is not set. Write the name of whoever runs the database and could read "
        'it: people read it under "Who sees what?" before they answer.'
    )


def _months_kept(_kind: str, given: Any) -> str:
    return (
        f"ANSWERS_KEPT_MONTHS is {given!r}, and has to be a whole number from 1 to {MONTHS_MOST}: "
        f"so many months after a round its answers are erased. Leave it out for the usual "
        f"{MONTHS_KEPT}."
    )


def _database(kind: str, _given: Any) -> str:
    """Of the address nothing is repeated: who can tell where its password begins?"""
    if kind == rules.STRAY_AT:
        return f"DATABASE_URL has an @ that does not stand before the host. {ESCAPES}"
    return (
        "DATABASE_URL cannot be read. Write sqlite:///scorecard.sqlite3 for a file, or "
        f"postgresql://user:password@host/name. {ESCAPES}"
    )


def _api_url(_kind: str, given: Any) -> str:
    return (
        f"SLACK_API_URL is {given!r}, which is no http(s) URL. Leave it out for the real Slack, "
        "https://slack.com/api/."
    )


# By the name that pydantic has for the variable: the field's, or its alias.
SENTENCES: Mapping[str, Callable[[str, Any], str]] = MappingProxyType(
    {
        "slack_bot_token": _bot_token,
        "slack_app_token": _app_token,
        "slack_signing_secret": _reach,
        "port": _port,
        "SCORECARD_LEAST_PEOPLE": _least_people,
        "SCORECARD_MESSAGES_A_MINUTE": _messages_a_minute,
        "SCORECARD_FACILITATORS": _facilitators,
        "SCORECARD_OPERATOR": _operator,
        "ANSWERS_KEPT_MONTHS": _months_kept,
        "database_url": _database,
        "slack_api_url": _api_url,
    }
)


def _doubts(settings: Settings, broken: frozenset[str]) -> list[str]:
    """What can be read and will not work; in Socket Mode nobody looks at the signing secret."""
    secret = settings.slack_signing_secret
    if settings.uses_sockets or secret is None or "slack_signing_secret" in broken:
        return []
    if re.fullmatch(r"[0-9a-f]{32}", secret.get_secret_value()):
        return []
    looks = "something else"
    for beginning, what in OTHER_TOKENS.items():
        if secret.get_secret_value().startswith(beginning):
            looks = f"{what} ({beginning})"
    return [
        f"SLACK_SIGNING_SECRET looks like {looks}: a signing secret has 32 digits from 0 to 9 and "
        f"a to f. {WHERE_SECRET}."
    ]


def is_slacks(url: str) -> bool:
    """Whether SLACK_API_URL is what it is without being set."""
    return bool(url == Settings.model_fields["slack_api_url"].default)


def _remarks(settings: Settings, broken: frozenset[str]) -> Iterator[str]:
    """What works and may not be meant."""
    if not Path(rules.ENV_FILE).is_file():
        yield (
            f"There is no {rules.ENV_FILE} in {Path.cwd()}, so only variables of the environment "
            "count."
        )
    if not is_slacks(settings.slack_api_url):
        yield f"SLACK_API_URL is {settings.slack_api_url}, and the real Slack is not asked."
    secret = settings.slack_signing_secret
    if settings.uses_sockets and secret is not None and "slack_signing_secret" not in broken:
        yield (
            "SLACK_SIGNING_SECRET is not used: SLACK_APP_TOKEN is set, so Slack reaches the bot "
            "through Socket Mode. For HTTP leave SLACK_APP_TOKEN empty."
        )
