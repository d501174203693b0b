"""Logs for whoever is woken at three: `key=value` on a terminal, else one JSON object a line.

One line for each thing that mattered: start, rounds, messages that did not arrive, Slack away
and back, errors, stop. A click gets none: that would be a hundred and fifty lines for each round
of eight people, and their order and times would tell who answered when. For the same reason no
line names a person, a team or an answer; rounds, scorecards and messages go by their number in
the database. bot/unsaid.py sees to what slips in through a text or an exception.
"""

import logging
import sys
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import ExceptionRenderer, JSONRenderer, TimeStamper, add_log_level
from structlog.stdlib import LoggerFactory, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.unsaid import LONGEST, blank, said, trace

log = structlog.get_logger()

OURS = "bot"
FIRST = ("timestamp", "level", "event")
REPEAT_SECONDS = 600.0

# What libraries say below this is not ours to print: Bolt puts whole requests into INFO, the SDK
# whole answers into DEBUG.
LIBRARIES_LEAST = logging.WARNING
LEAST: Mapping[str, int] = {
    # A tick that takes longer than its interval is no news: the next one does what is due.
    "apscheduler": logging.ERROR,
    # Bolt warns of SLACK_BOT_TOKEN in the environment, where ours is expected.
    "slack_bolt": logging.ERROR,
}


def configure(stream: TextIO, *, terminal: bool, level: int = logging.INFO) -> None:
    """Write our lines from `level` on, what libraries warn of, and a crash to the stream."""
    stamps = [add_log_level, _stamper(terminal=terminal)]
    handler = logging.StreamHandler(stream)
    handler.addFilter(Worthwhile())
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[_of_a_library, *stamps],
            processors=[
                ProcessorFormatter.remove_processors_meta,
                ExceptionRenderer(trace),
                blank,
                _in_order,
                _renderer(terminal=terminal),
            ],
        )
    )
    logging.getLogger().addHandler(handler)
    logging.getLogger(OURS).setLevel(level)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[*stamps, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=LoggerFactory(),
    )
    sys.excepthook = _crashed


def _stamper(*, terminal: bool) -> Processor:
    if terminal:
        return TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False)
    return TimeStamper(fmt="iso", utc=True)


def _renderer(*, terminal: bool) -> Processor:
    """Without colours. On a terminal an exception follows below its line."""
    if terminal:
        return ConsoleRenderer(
            colors=False, pad_event_to=0, sort_keys=False, exception_formatter=plain_traceback
        )
    return JSONRenderer()


class Worthwhile(logging.Filter):
    """Ours, and what libraries have to say, whatever level somebody gave their loggers.

    Slack's SDK tries to connect every few seconds, and says so every ten minutes.
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        package = record.name.partition(".")[0]
        if package == OURS:
            return True
        return record.levelno >= LEAST.get(package, LIBRARIES_LEAST) and (
            package != "slack_sdk" or self._is_new(record)
        )

    def _is_new(self, record: logging.LogRecord) -> bool:
        place, now = (record.pathname, record.lineno), time.monotonic()
        before = self._said.get(place)
        if before is not None and now - before < REPEAT_SECONDS:
            return False
        self._said[place] = now
        return True


def _of_a_library(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    """Name the library, and keep one line of its text, without the words of an exception.

    Libraries write these into their own text, often without saying that there is an exception.
    """
    record: logging.LogRecord = entry["_record"]
    text = str(entry["event"])
    error = (record.exc_info or sys.exc_info())[1]
    if error is not None and str(error):
        text = text.replace(str(error), said(error))
    entry["event"] = text.partition("\n")[0][:LONGEST]
    entry["library"] = record.name
    return entry


def _in_order(_logger: WrappedLogger, _method: str, entry: EventDict) -> EventDict:
    return {field: entry[field] for field in FIRST} | dict(entry)


def _crashed(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
    """What nobody caught: a line like any other, as the process ends."""
    log.critical("crashed", exc_info=(kind, error, where))


def not_started(why: str) -> int:
    """What an operator has to do first is a line like any other; returns the exit status."""
    log.critical("not started", why=why)
    return 1


def at_risk(why: str) -> None:
    """What the bot starts with all the same, and an operator should mend soon."""
    log.warning("answers are at risk", why=why)


class Spell:
    """Something that is the matter for a while, however often it is met.

    Said when it begins, or becomes another, and once when it is over.
    """

    def __init__(self, begins: str, ends: str, **facts: Any) -> None:
        self._begins = begins
        self._ends = ends
        self._facts = facts
        self._problem: str | None = None

    def met(self, problem: str) -> None:
        if problem != self._problem:
            log.warning(self._begins, **self._facts, problem=problem)
        self._problem = problem

    def over(self) -> None:
        if self._problem is not None:
            log.info(self._ends, **self._facts)
        self._problem = None
