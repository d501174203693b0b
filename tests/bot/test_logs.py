"""Logs: what mattered stands there once, and nobody's name, answer or secret ever does."""

import json
import logging
import re
import signal
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot import logs
from bot.logs import Spell
from questionnaires import catalog
from sandbox import Workspace
from tests.conftest import TEAM, Start
from tests.driver import Driver
from tests.test_command_line import PATIENCE, ended, environment
from tests.test_command_line import bot as process_of

AMARA, BEN, CHIARA, ELIAS = "Amara Okafor", "Ben Carter", "Chiara Ricci", "Elias Berg"
FATIMA, GRACE, HIRO = "Fatima Haddad", "Grace Kim", "Hiro Tanaka"
POST = "chat.postMessage"
TALKATIVE = ("", "slack_bolt", "slack_sdk", "aiohttp", "apscheduler", "sqlalchemy", "asyncio")

TEAM_NAME = "Quokka Research"
COMMENT = "Nobody reads the runbook"
LOST_COMMENT = "Deploys frighten me"
REASON = "Another department decides"
CHANNELS = ("C01MLTEAM", "ml-team", "C02RESULTS", "mlops-results")

MATTERED = {
    "starting": "info",
    "ready": "info",
    "Slack takes no messages": "warning",
    "Slack takes messages again": "info",
    "somebody is out of reach": "warning",
    "message in doubt": "warning",
    "message settled": "info",
    "round opened": "info",
    "something failed": "error",
    "a card could not be turned": "warning",
    "round closed": "info",
    "round posted": "info",
    "stopping": "info",
}


@contextmanager
def put_back() -> Iterator[None]:
    """What is configured in a test is undone at its end."""
    loggers = [logging.getLogger(name) for name in (*TALKATIVE, logs.OURS)]
    levels, handlers = [one.level for one in loggers], [*logging.getLogger().handlers]
    before, hook = structlog.get_config(), sys.excepthook
    try:
        yield
    finally:
        structlog.configure(**before)
        logging.captureWarnings(capture=False)
        logging.getLogger().handlers[:] = handlers
        sys.excepthook = hook
        for one, level in zip(loggers, levels, strict=True):
            one.setLevel(level)


@pytest.fixture(params=["terminal", "json"])
def terminal(request: pytest.FixtureRequest) -> bool:
    return str(request.param) == "terminal"


@pytest.fixture
def stream(*, terminal: bool) -> Iterator[StringIO]:
    """All that is logged, with every logger turned up to DEBUG."""
    with put_back():
        written = StringIO()
        logs.configure(written, terminal=terminal, level=logging.DEBUG)
        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield written


@pytest.fixture
def as_json() -> Iterator[StringIO]:
    """The same for tests that look at fields, with levels as the bot itself sets them."""
    with put_back():
        written = StringIO()
        logs.configure(written, terminal=False)
        yield written


def entries(text: str) -> list[dict[str, object]]:
    """Each line as the object that it has to be."""
    return [json.loads(line) for line in text.splitlines()]


def heads(text: str, *, terminal: bool) -> list[tuple[str, str]]:
    """Level and event of each line, in either form."""
    if not terminal:
        return [(str(one["level"]), str(one["event"])) for one in entries(text)]
    line = re.compile(
        r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[(\w+) *\] (.+?)(?: +\w+=.*)?$", re.MULTILINE
    )
    return line.findall(text)


# A whole round


async def write(bot: Driver, name: str, text: str) -> None:
    """Into the one field of the modal in front of somebody."""
    (label,) = bot.modal(name).labels
    await bot.write(name, label, text)


async def invite_with_trouble(bot: Driver) -> None:
    """Slack is away for one message, refuses one for good, and loses the answer to another."""
    bot.workspace.fail(POST, "service_unavailable")
    bot.workspace.fail(POST, "user_not_found", after=1)
    bot.workspace.fail(POST, effect=True, after=2)
    await bot.open_round(team_name=TEAM_NAME)


async def refuse(bot: Driver) -> None:
    """Not a facilitator, somebody else's card, a level that is not there."""
    await bot.command(BEN, "/scorecard start")
    await bot.forge(CHIARA, "2", user=AMARA, value="nonsense")
    await bot.forge(CHIARA, "2", team="T0ELSEWHERE")


async def say(bot: Driver) -> None:
    await bot.press(CHIARA, "Comment")
    await write(bot, CHIARA, COMMENT)
    await bot.press(CHIARA, "Doesn't apply")
    await bot.press(CHIARA, "Another reason")
    await write(bot, CHIARA, REASON)


async def crash(bot: Driver) -> None:
    """The table of comments is gone just when somebody saves one."""
    await bot.press(CHIARA, "Comment")
    rename(bot, "comments", "lost")
    await write(bot, CHIARA, LOST_COMMENT)
    rename(bot, "lost", "comments")


def rename(bot: Driver, old: str, new: str) -> None:
    with bot.runtime.database.writing() as session:
        session.connection().exec_driver_sql(f"ALTER TABLE {old} RENAME TO {new}")


async def fail_to_turn(bot: Driver) -> None:
    bot.workspace.fail("response_url", status=500)
    bot.workspace.fail("chat.update", "message_not_found")
    await bot.press(CHIARA, "2")
    await bot.command(CHIARA, "/scorecard my")


async def play(bot: Driver) -> None:
    await invite_with_trouble(bot)
    reached = [name for name in (BEN, CHIARA, ELIAS, FATIMA, GRACE, HIRO) if bot.who(name).screen()]
    await bot.press(CHIARA, "Start")
    await refuse(bot)
    await say(bot)
    await crash(bot)
    await fail_to_turn(bot)
    await bot.answer_together({name: 3 for name in reached if name != CHIARA})
    await bot.close_round()
    await bot.press(AMARA, "Post now")


def said_to_nobody(bot: Driver, questions: Sequence[str]) -> set[str]:
    """Whatever the log must not hold."""
    slack = bot.workspace
    people = {word for _, name, _ in TEAM for word in name.split()}
    ids = {user_id for user_id, _, _ in TEAM} | {slack.team_id, "T0ELSEWHERE", *CHANNELS}
    calls = slack.calls()
    spots = {str(call.response.get("ts") or call.params.get("ts") or "-.-") for call in calls}
    rooms = {str(call.params.get("channel") or "C01MLTEAM") for call in calls}
    words = {TEAM_NAME, COMMENT, LOST_COMMENT, REASON, "Northwind", "Ola Admin", "Quokka"}
    secrets = {slack.bot_token, slack.app_token, slack.signing_secret, "/response/", "/socket/"}
    return people | ids | spots | rooms | words | secrets | {*questions, "R0000"}


async def look_after(bot: Driver) -> None:
    """All that a facilitator does from the Home tab, while Slack fails now and then."""
    await bot.open_round(team_name=TEAM_NAME)
    await bot.open_home(AMARA)
    bot.workspace.fail("views.publish", "ratelimited")
    for wish in ("Extend this round", "Pause", "Resume", "Edit", "Skip 19 Apr 2027"):
        bot.workspace.fail("views.open", "expired_trigger_id")
        await bot.ask_for(AMARA, wish)
        await bot.ask_for(AMARA, wish)
        await bot.submit(AMARA)
        if bot.who(AMARA).modal is not None:
            await bot.submit(AMARA)
    await bot.command(AMARA, "/scorecard facilitators")
    bot.modal(AMARA).choose("And these people", CHIARA)
    await bot.submit(AMARA)
    await bot.command(AMARA, "/scorecard rehearse")
    await bot.submit(AMARA)
    await bot.press(AMARA, "End rehearsal")
    await bot.fill_in_form(AMARA, team_name="Quokka Two", people=(AMARA, BEN))
    await bot.press(AMARA, "Fill in together instead")
    await bot.submit(AMARA)


async def test_what_a_facilitator_does_leaves_nobodys_name(
    start: Start, definitions: Path, stream: StringIO, *, terminal: bool
) -> None:
    async with start(definitions=definitions) as bot:
        await look_after(bot)
        assert bot.column("scorecards", "manner")[-1] == "together"
    text = stream.getvalue()

    assert "round opened" in [event for _, event in heads(text, terminal=terminal)]
    questions = [one.id for one in catalog.load_all(definitions)["mlops-scorecard"].core]
    assert [word for word in sorted(said_to_nobody(bot, questions)) if word in text] == []
    assert "Traceback" not in text


@pytest.mark.both_ways
async def test_a_round_with_trouble_leaves_what_mattered_and_nobodys_secret(
    start: Start, definitions: Path, stream: StringIO, *, terminal: bool
) -> None:
    async with start(definitions=definitions) as bot:
        await play(bot)
    text = stream.getvalue()

    found = heads(text, terminal=terminal)
    assert {event: [level for level, one in found if one == event] for event in MATTERED} == {
        event: [level] for event, level in MATTERED.items()
    }
    questions = [one.id for one in catalog.load_all(definitions)["mlops-scorecard"].core]
    assert [word for word in sorted(said_to_nobody(bot, questions)) if word in text] == []
    assert "no such table: comments" in text
    assert "Request body" not in text


async def test_a_round_is_logged_with_its_number_and_how_many_people(
    short_bot: Driver, as_json: StringIO
) -> None:
    await short_bot.start_round()
    await short_bot.press(CHIARA, "Start")
    await short_bot.press(CHIARA, "2")
    await short_bot.close_round()

    rounds = [one for one in entries(as_json.getvalue()) if "people" in one]
    assert [(one["event"], one["by"], one["people"]) for one in rounds] == [
        ("round opened", "facilitator", 8),
        ("round closed", "facilitator", 8),
    ]
    assert {one["round"] for one in rounds} == {1}


async def test_a_round_that_the_clock_ends_says_so(short_bot: Driver, as_json: StringIO) -> None:
    await short_bot.start_round()
    await short_bot.pass_(days=15)
    await short_bot.pass_(days=3)

    rounds = [one for one in entries(as_json.getvalue()) if one.get("by") == "time"]
    assert [one["event"] for one in rounds] == ["round closed", "round posted"]


async def test_a_click_gets_no_line(short_bot: Driver, as_json: StringIO) -> None:
    await short_bot.start_round()
    before = as_json.getvalue()
    await short_bot.answer_all(CHIARA, 2)

    assert as_json.getvalue() == before


# Slack away and back


async def test_waiting_for_slack_is_said_once_and_so_is_its_end(
    start: Start, workspace: Workspace, as_json: StringIO
) -> None:
    workspace.fail("auth.test", "service_unavailable")
    async with start():
        pass

    events = [one["event"] for one in entries(as_json.getvalue())]
    assert events[:4] == ["starting", "waiting for Slack", "Slack is there", "ready"]


def test_a_spell_is_said_when_it_begins_changes_and_ends(as_json: StringIO) -> None:
    spell = Spell("away", "back", round=7)
    for problem in ("unreachable", "unreachable", "invalid_auth", "invalid_auth"):
        spell.met(problem)
    spell.over()
    spell.over()

    said = [(one["event"], one.get("problem"), one["round"]) for one in entries(as_json.getvalue())]
    assert said == [("away", "unreachable", 7), ("away", "invalid_auth", 7), ("back", None, 7)]


async def test_an_hour_without_slack_is_two_lines_and_not_one_for_each_message(
    short_bot: Driver, as_json: StringIO
) -> None:
    short_bot.workspace.fail(POST, "service_unavailable", times=None)
    await short_bot.start_round()
    for _ in range(6):
        await short_bot.pass_(minutes=10)
    short_bot.workspace.heal()
    await short_bot.pass_(minutes=20)

    events = [one["event"] for one in entries(as_json.getvalue())]
    assert events == ["round opened", "Slack takes no messages", "Slack takes messages again"]


# What libraries say


@pytest.mark.parametrize(
    ("name", "level", "comes"),
    [
        ("slack_bolt.AsyncApp", logging.INFO, False),
        ("slack_bolt.AsyncApp", logging.WARNING, False),
        ("slack_bolt.AsyncApp", logging.ERROR, True),
        ("slack_sdk.web.async_client", logging.DEBUG, False),
        ("slack_sdk.socket_mode.aiohttp", logging.INFO, False),
        ("slack_sdk.socket_mode.aiohttp", logging.WARNING, True),
        ("apscheduler.scheduler", logging.WARNING, False),
        ("apscheduler.executors.default", logging.ERROR, True),
        ("sqlalchemy.engine.Engine", logging.INFO, False),
        ("sqlalchemy.pool", logging.ERROR, True),
        ("alembic.runtime.migration", logging.INFO, False),
        ("aiohttp.access", logging.INFO, False),
        ("aiohttp.server", logging.ERROR, True),
    ],
)
def test_libraries_come_through_from_a_level_on(
    stream: StringIO, name: str, level: int, *, comes: bool
) -> None:
    logging.getLogger(name).log(level, "Something about %s", "a thing")

    assert ("Something about a thing" in stream.getvalue()) is comes


def test_a_library_that_goes_on_trying_is_heard_once(as_json: StringIO) -> None:
    for attempt in range(3):
        logging.getLogger("slack_sdk.socket_mode.aiohttp").error("Failed (session %s)", attempt)

    assert [one["event"] for one in entries(as_json.getvalue())] == ["Failed (session 0)"]


def test_a_library_keeps_its_line_but_not_what_an_exception_quotes(as_json: StringIO) -> None:
    library = logging.getLogger("slack_sdk.web")
    try:
        failing(COMMENT)
    except ValueError as error:
        text = f"Failed: {error}\nbody: {COMMENT}"
        library.log(logging.ERROR, text)

    (entry,) = entries(as_json.getvalue())
    assert (entry["event"], entry["library"]) == ("Failed: ValueError", "slack_sdk.web")


def test_warnings_of_python_are_lines_as_well(as_json: StringIO) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=False)  # what was captured before is pytest's by now
        logging.captureWarnings(capture=True)
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        logging.captureWarnings(capture=False)

    (entry,) = entries(as_json.getvalue())
    assert (entry["level"], entry["library"]) == ("warning", "py.warnings")


# Exceptions


def failing(word: str) -> None:
    held = f"held {word}"
    raise ValueError(held)


def caught(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        structlog.get_logger().exception("failed")


def test_an_exception_is_one_field_with_places_but_neither_locals_nor_words(
    as_json: StringIO,
) -> None:
    caught(lambda: failing(COMMENT))

    (entry,) = entries(as_json.getvalue())
    trace = str(entry["exception"])
    assert "in failing" in trace
    assert trace.endswith("ValueError")
    assert COMMENT not in trace
    assert as_json.getvalue().count("\n") == 1


def test_a_secret_is_blanked_in_our_lines_in_those_of_libraries_and_in_exceptions(
    stream: StringIO,
) -> None:
    def work() -> None:
        raise TypeError(f"no {secret}")

    secret = "xoxb-1234-abcd"
    structlog.get_logger().warning(f"ours {secret}", field=secret)
    logging.getLogger("slack_sdk").warning("theirs %s", secret)
    caught(work)

    assert stream.getvalue().count("***") == 4
    assert secret not in stream.getvalue()


def test_what_led_to_an_exception_comes_first(as_json: StringIO) -> None:
    def work() -> None:
        try:
            Path("gone.sqlite3").stat()
        except FileNotFoundError as error:
            raise LookupError(COMMENT) from error

    caught(work)

    first, then = str(entries(as_json.getvalue())[0]["exception"]).split("That led to:")
    assert "FileNotFoundError: [Errno 2]" in first
    assert "gone.sqlite3" in first
    assert then.strip().endswith("LookupError")


def test_a_crash_is_one_line_without_the_password(as_json: StringIO) -> None:
    error = ConnectionError("postgresql://scorecard:hunter2@127.0.0.1 refused")
    sys.excepthook(type(error), error, None)

    [entry] = entries(as_json.getvalue())
    assert (entry["level"], entry["event"]) == ("critical", "crashed")
    assert str(entry["exception"]).endswith("scorecard:***@127.0.0.1 refused")


def test_every_line_begins_with_time_level_and_event(as_json: StringIO) -> None:
    structlog.get_logger().warning("ours", round=7)
    logging.getLogger("sqlalchemy.pool").error("theirs")

    for entry in entries(as_json.getvalue()):
        assert list(entry)[:3] == ["timestamp", "level", "event"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", str(entry["timestamp"]))


# A process of its own


@pytest.mark.slow
async def test_run_writes_only_json_where_nobody_watches(
    workspace: Workspace, tmp_path: Path
) -> None:
    process = await process_of(tmp_path, "run", **environment(workspace))
    await workspace.until(lambda: workspace.connections and workspace.calls("users.list"), PATIENCE)
    process.send_signal(signal.SIGTERM)
    status, printed = await ended(process)

    assert status == 0
    assert [one["event"] for one in entries(printed)] == [
        "starting",
        "ready",
        "stopping",
        "stopped",
    ]


@pytest.mark.slow
async def test_a_database_that_is_away_at_start_is_one_line_without_the_password(
    workspace: Workspace, tmp_path: Path
) -> None:
    away = "postgresql://scorecard:hunter2@127.0.0.1:1/scorecard"
    process = await process_of(tmp_path, "run", DATABASE_URL=away, **environment(workspace))
    status, printed = await ended(process)

    [line] = entries(printed)
    assert status == 1
    assert (line["level"], line["event"]) == ("critical", "not started")
    assert str(line["why"]).startswith("The database scorecard at 127.0.0.1 does not answer (")
    assert "onnection refused" in str(line["why"])
    assert "hunter2" not in printed
    assert workspace.bot_token not in printed


@pytest.mark.slow
async def test_a_bot_that_may_not_start_says_what_to_do_first(
    workspace: Workspace, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "scorecard.sqlite3")) as newer:
        newer.executescript(
            "CREATE TABLE alembic_version (version_num TEXT);"
            "INSERT INTO alembic_version VALUES ('9999');"
        )
    process = await process_of(tmp_path, "run", **environment(workspace))
    status, printed = await ended(process)

    [line] = entries(printed)
    assert (status, line["event"]) == (1, "not started")
    assert "newer version" in str(line["why"])
