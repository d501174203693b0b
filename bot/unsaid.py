"""What no log line says: secrets in any text, and what exceptions quote.

The message of an exception may hold what somebody wrote or chose: SQLAlchemy quotes parameters,
KeyError a key, a validation error its input. Printed are its class and where it was raised, and
its words only where they speak of the machine. Local values are never printed.
"""

import re
import sqlite3
import traceback
from collections.abc import Iterator

from slack_sdk.errors import SlackApiError
from structlog.typing import EventDict, ExcInfo, WrappedLogger

from bot.verdicts import verdict
from questionnaires.errors import Refusal, ScorecardError

BLANK = "***"
LONGEST = 300

SECRETS = (
    (re.compile(r"\b(?:xox[a-z]|xapp)[-.][\w.-]+"), BLANK),
    # A response_url answers in somebody's name; Slack gives it this host and several paths.
    (re.compile(r"\b(hooks\.slack(?:-gov)?\.com/)[^\s\"'<>)]+"), rf"\1{BLANK}"),
    (re.compile(r"(://[^\s:/@]*):[^\s\"'<>]+@"), rf"\1:{BLANK}@"),
    (
        re.compile(r"\b((?:ticket|token|secret|password|passwd|pwd)=)[^\s&;,\"')]+", re.IGNORECASE),
        rf"\1{BLANK}",
    ),
    (re.compile(r"\b[0-9a-f]{32}\b"), BLANK),  # a signing secret
    # A member, or the conversation with one; a word in capitals has no digit.
    (re.compile(r"(?<![A-Za-z0-9])[UWD](?=[A-Z]*\d)[A-Z0-9]{5,}(?![A-Za-z0-9])"), BLANK),
)

# Their words are about files, addresses, tables, names in the code and types.
OF_THE_MACHINE = (
    OSError,
    sqlite3.Error,
    ImportError,
    AttributeError,
    NameError,
    TypeError,
    MemoryError,
    RecursionError,
)

CAUSED = "\nThat led to:\n"


def blank(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    """Blank whatever looks like a secret, in every field, however deep."""
    return {field: _blanked(value) for field, value in entry.items()}


def _blanked(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(_blanked(key)): _blanked(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_blanked(one) for one in value]
    text = str(value)
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


def trace(exc_info: ExcInfo) -> str:
    """Where it was raised and what that led to, the first cause first."""
    chain = [*_causes(exc_info[1])]
    return CAUSED.join(_raised(error) for error in reversed(chain))


def said(error: BaseException) -> str:
    """TypeError: 'NoneType' object is not callable. Of most classes only the name."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    words = _words(error)[:LONGEST]
    return f"{name}: {words}" if words else name


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        context = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or context


def _raised(error: BaseException) -> str:
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    frames = "".join(traceback.format_tb(error.__traceback__))
    return "\n".join((f"{frames}{said(error)}", *(_raised(one) for one in inner)))


def _words(error: BaseException) -> str:
    if isinstance(error, SlackApiError):
        return verdict(error).problem
    if isinstance(error, ScorecardError):
        return "" if isinstance(error, Refusal) else str(error)
    if isinstance(error, OF_THE_MACHINE) or _is_lost_connection(error):
        return str(error)
    return ""


def _is_lost_connection(error: BaseException) -> bool:
    """PostgreSQL was not reached: what it answers to a statement has a state, and quotes values."""
    kind = type(error)
    return (kind.__module__, kind.__name__) == ("psycopg", "OperationalError") and (
        getattr(error, "sqlstate", None) is None
    )
