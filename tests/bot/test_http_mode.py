"""HTTP mode: what is let in, what is refused, and how the platform learns how we are."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from errno import EACCES
from io import BytesIO
from pathlib import Path
from socket import gaierror
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientConnectionError, ClientResponse, ClientSession
from structlog.testing import capture_logs

from bot.app import running
from bot.check.not_started import sentence
from bot.http_mode import BYTES_MOST, HttpMode
from bot.obstacles import CannotListen
from bot.settings import Settings
from sandbox import SettableClock, Workspace
from sandbox.http_mode import FORM, JSON, signature
from tests.driver import Driver

pytestmark = pytest.mark.usefixtures("no_errors")

CHIARA = "Chiara Ricci"
TABLES = ("answers", "comments", "participants", "rounds", "scorecards")


@pytest.fixture
def mode() -> str:
    return "http"


@pytest.fixture
async def card(bot: Driver) -> Driver:
    """A round is open, and Chiara's card shows the first question."""
    await bot.start_round()
    await bot.press(CHIARA, "Start")
    return bot


@pytest.fixture
def unused_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def client() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


def url_of(bot: Driver) -> str:
    assert isinstance(bot.runtime.slack, HttpMode)
    return bot.runtime.slack.url


def press(bot: Driver, level: str = "3") -> bytes:
    """The body of Chiara's press, as Slack sends it."""
    payload = bot.who(CHIARA).payload_of_press(level)
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(bot: Driver, body: bytes, *, late: float = 0, secret: str = "") -> dict[str, str]:
    """Headers as Slack sends them, so many seconds `late`."""
    timestamp = int((bot.clock() - timedelta(seconds=late)).timestamp())
    return {
        "Content-Type": FORM,
        "X-Slack-Request-Timestamp": str(timestamp),
        "X-Slack-Signature": signature(secret or bot.workspace.signing_secret, timestamp, body),
    }


async def post(bot: Driver, client: ClientSession, body: bytes, headers: dict[str, str]) -> int:
    async with client.post(url_of(bot), data=body, headers=headers) as answer:
        await bot.runtime.settled()
        return answer.status


# Who is let in


async def test_a_signed_press_is_stored(card: Driver, client: ClientSession) -> None:
    body = press(card)
    assert await post(card, client, body, signed(card, body)) == 200
    assert card.answers(CHIARA) == {"GOV-1": 3}


@pytest.mark.parametrize("late", [301, -301, 86_400])
async def test_an_old_or_future_request_is_refused(
    card: Driver, client: ClientSession, late: int
) -> None:
    body = press(card)
    assert await post(card, client, body, signed(card, body, late=late)) == 401
    assert card.answers(CHIARA) == {}


@pytest.mark.parametrize("late", [299, -299])
async def test_five_minutes_are_let_pass(card: Driver, client: ClientSession, late: int) -> None:
    body = press(card)
    assert await post(card, client, body, signed(card, body, late=late)) == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "nonsense"},
        {"X-Slack-Signature": "v0=\u00fc"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "yesterday"},
        {"X-Slack-Request-Timestamp": "1e9"},
        {"X-Slack-Request-Timestamp": "9" * 400},
    ],
)
async def test_what_is_not_signed_by_slack_is_refused(
    card: Driver, client: ClientSession, changed: dict[str, str]
) -> None:
    body = press(card)
    before = card.stored(*TABLES)
    assert await post(card, client, body, {**signed(card, body), **changed}) == 401
    assert card.stored(*TABLES) == before


async def test_a_request_without_any_signature_is_refused(
    card: Driver, client: ClientSession
) -> None:
    assert await post(card, client, press(card), {"Content-Type": FORM}) == 401
    assert card.answers(CHIARA) == {}


async def test_another_apps_secret_is_refused(card: Driver, client: ClientSession) -> None:
    body = press(card)
    assert await post(card, client, body, signed(card, body, secret="0" * 32)) == 401


async def test_a_body_changed_on_the_way_is_refused(card: Driver, client: ClientSession) -> None:
    body = press(card)
    assert await post(card, client, press(card, "0"), signed(card, body)) == 401
    assert card.answers(CHIARA) == {}


async def test_bytes_that_are_no_text_are_refused(card: Driver, client: ClientSession) -> None:
    body = b"\xff\xfe\x00payload"
    assert await post(card, client, body, signed(card, body)) == 401


async def test_a_press_that_arrives_twice_counts_once(card: Driver, client: ClientSession) -> None:
    body = press(card)
    headers = signed(card, body)
    both = await asyncio.gather(*(post(card, client, body, headers) for _ in range(2)))
    assert both == [200, 200]
    assert card.answers(CHIARA) == {"GOV-1": 3}
    assert len(card.stored("answers")["answers"]) == 1


async def test_names_in_any_script_arrive(bot: Driver, client: ClientSession) -> None:
    user = {"id": "U98NEW", "real_name": "Zoë 花子 👩🏽", "tz": "Asia/Tokyo", "team_id": "T0N"}
    payload = bot.workspace.payloads.event({"type": "team_join", "user": user})
    body = json.dumps(payload, ensure_ascii=False).encode()
    assert await post(bot, client, body, {**signed(bot, body), "Content-Type": JSON}) == 200
    assert "Zoë 花子 👩🏽" in str(bot.stored("people"))


async def test_an_event_that_arrives_twice_changes_nothing_more(
    bot: Driver, client: ClientSession
) -> None:
    user = {"id": "U99NEW", "real_name": "New Person", "tz": "Europe/Rome", "team_id": "T0N"}
    event = {"type": "team_join", "user": user}
    body = json.dumps(bot.workspace.payloads.event(event)).encode()
    headers = {**signed(bot, body), "Content-Type": JSON}
    assert await post(bot, client, body, headers) == 200
    before = bot.stored("people")
    assert await post(bot, client, body, {**headers, "X-Slack-Retry-Num": "1"}) == 200
    assert bot.stored("people") == before


@pytest.mark.parametrize(
    ("changed", "why", "hint"),
    [
        ({"X-Slack-Signature": ""}, "unsigned", None),
        ({"X-Slack-Request-Timestamp": ""}, "unsigned", None),
        ({"X-Slack-Request-Timestamp": "1800000000"}, "timestamp", "the clock of this machine"),
        ({"X-Slack-Request-Timestamp": "9" * 5_000}, "timestamp", "the clock of this machine"),
        ({"X-Slack-Request-Timestamp": "\u00b2"}, "timestamp", "the clock of this machine"),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, "signature", "SLACK_SIGNING_SECRET may not"),
    ],
)
async def test_the_log_says_why_a_request_was_refused(
    card: Driver, client: ClientSession, changed: dict[str, str], why: str, hint: str | None
) -> None:
    body = press(card)
    with capture_logs() as lines:
        assert await post(card, client, body, {**signed(card, body), **changed}) == 401

    [line] = lines
    assert (line["event"], line["why"]) == ("request refused", why)
    assert line.get("hint", "").startswith(hint or "")
    assert ("hint" in line) is (hint is not None)


# What Slack asks besides


async def test_slacks_challenge_is_answered(bot: Driver, client: ClientSession) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "3eZbrw1aB", "token": "x"}).encode()
    headers = {**signed(bot, body), "Content-Type": JSON}
    async with client.post(url_of(bot), data=body, headers=headers) as answer:
        assert answer.status == 200
        assert "3eZbrw1aB" in await answer.text()


async def test_a_challenge_from_anybody_else_is_refused(bot: Driver, client: ClientSession) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "x"}).encode()
    assert await post(bot, client, body, {"Content-Type": JSON}) == 401


async def test_the_certificate_check_is_answered_and_does_nothing(
    card: Driver, client: ClientSession
) -> None:
    """It is not signed; a press that hides behind it is not looked at."""
    before = card.stored(*TABLES)
    hidden = b"ssl_check=1&" + press(card)
    for body in (b"ssl_check=1&token=x", hidden):
        assert await post(card, client, body, {"Content-Type": FORM}) == 200
    assert card.stored(*TABLES) == before
    twice = b"ssl_check=0&ssl_check=1&" + press(card)
    assert await post(card, client, twice, {"Content-Type": FORM}) == 401


# Hostile clients


async def test_a_body_over_a_megabyte_is_refused(bot: Driver, client: ClientSession) -> None:
    body = b"x" * (BYTES_MOST + 1)
    headers = signed(bot, body)
    async with client.post(url_of(bot), data=BytesIO(body), headers=headers) as answer:
        assert answer.status == 413


async def test_a_body_over_a_megabyte_without_its_length_is_refused(
    bot: Driver, client: ClientSession
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(BYTES_MOST // 65_536 + 2):
            yield b"x" * 65_536

    try:
        async with client.post(url_of(bot), data=endless()) as answer:
            assert answer.status == 413
    except ClientConnectionError:
        pass  # the answer came while the rest was still being sent


async def raw(bot: Driver) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which a test writes byte by byte."""
    host, port = url_of(bot).removeprefix("http://").partition("/")[0].split(":")
    return await asyncio.open_connection(host, int(port))


HEAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"


async def test_a_slow_client_holds_up_nobody_and_is_sent_away(
    card: Driver, client: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.http_mode.BODY_SECONDS", 0.2)
    reader, writer = await raw(card)
    writer.write(HEAD + b"payl")
    body = press(card)
    assert await post(card, client, body, signed(card, body)) == 200
    assert b"408" in await asyncio.wait_for(reader.readline(), 5)
    writer.close()


async def test_a_body_cut_short_changes_nothing(card: Driver, client: ClientSession) -> None:
    body = press(card)
    before = card.stored(*TABLES)
    _, writer = await raw(card)
    writer.write(HEAD + body[:100])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await post(card, client, body, signed(card, body)) == 200
    assert card.stored("rounds")["rounds"] == before["rounds"]
    assert card.answers(CHIARA) == {"GOV-1": 3}


@pytest.mark.parametrize("path", ["/", "/slack", "/slack/events/", "/.env"])
async def test_other_paths_are_not_there(bot: Driver, client: ClientSession, path: str) -> None:
    root = url_of(bot).removesuffix("/slack/events")
    async with client.get(root + path) as answer:
        assert answer.status in {404, 405}


# How we are


async def health(bot: Driver, client: ClientSession, path: str) -> tuple[int, Any]:
    async with client.get(url_of(bot).replace("/slack/events", path)) as answer:
        return answer.status, await _read(answer)


async def _read(answer: ClientResponse) -> Any:
    return await answer.json() if answer.content_type == JSON else await answer.text()


async def test_a_bot_that_is_well_says_so(bot: Driver, client: ClientSession) -> None:
    assert await health(bot, client, "/healthz") == (200, "ok")
    assert await health(bot, client, "/readyz") == (200, {"problems": []})


async def test_without_slack_it_lives_and_is_not_ready(bot: Driver, client: ClientSession) -> None:
    bot.workspace.fail("auth.test", status=503, times=None)
    assert (await health(bot, client, "/healthz"))[0] == 200
    status, found = await health(bot, client, "/readyz")
    assert status == 503
    assert [problem.split(":")[0] for problem in found["problems"]] == ["slack"]


async def test_a_revoked_token_is_not_ready(bot: Driver, client: ClientSession) -> None:
    bot.workspace.fail("auth.test", "token_revoked", times=None)
    assert await health(bot, client, "/readyz") == (503, {"problems": ["slack: token_revoked"]})


async def test_slack_is_not_asked_at_every_look(bot: Driver, client: ClientSession) -> None:
    before = len(bot.workspace.calls("auth.test"))
    for _ in range(5):
        await health(bot, client, "/readyz")
    assert len(bot.workspace.calls("auth.test")) == before + 1


async def test_without_its_database_it_is_not_ready(
    bot: Driver, client: ClientSession, settings: Settings
) -> None:
    bot.runtime.database.engine.dispose()
    file = settings.database_url.removeprefix("sqlite:///")
    await asyncio.to_thread(_spoil, file)
    status, found = await health(bot, client, "/readyz")
    assert status == 503
    assert [problem.split(":")[0] for problem in found["problems"]] == ["database"]


def _spoil(file: str) -> None:
    """No database any more."""
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").write_bytes(b"")
    Path(file).write_bytes(b"not a database, " * 1000)


async def test_while_slack_is_away_at_start_the_port_answers_and_says_so(
    workspace: Workspace, settings: Settings, clock: SettableClock, client: ClientSession,
    unused_port: int,
) -> None:  # fmt: skip
    workspace.fail("auth.test", status=503, times=None)
    given = settings.model_copy(update={"port": unused_port})
    root = f"http://127.0.0.1:{unused_port}"

    async def start() -> None:
        async with running(given, now=clock, sleep=clock.sleep):
            await asyncio.get_running_loop().create_future()

    starting = asyncio.ensure_future(start())
    async with asyncio.timeout(5):
        await workspace.until(lambda: workspace.calls("auth.test"))
        async with client.get(f"{root}/healthz") as answer:
            assert answer.status == 200
        async with client.get(f"{root}/readyz") as answer:
            assert answer.status == 503
            assert "starting" in (await answer.json())["problems"]
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting


# Where it listens


async def said_instead_of_starting(settings: Settings, **changed: object) -> str:
    given = settings.model_copy(update=changed)
    with pytest.raises(CannotListen) as refused:
        async with running(given):
            pass
    return sentence(refused.value, given)


async def test_a_port_that_is_taken_is_said(bot: Driver, settings: Settings) -> None:
    taken = int(url_of(bot).split(":")[2].partition("/")[0])

    said = await said_instead_of_starting(settings, port=taken)

    assert said == f"Port {taken} is taken. Set PORT to another one, or stop what has it."


@pytest.mark.parametrize("host", ["198.51.100.7", "fe80::1", ".x"])
async def test_an_address_of_no_machine_or_another_is_said(settings: Settings, host: str) -> None:
    said = await said_instead_of_starting(settings, host=host)

    assert said == f"This machine has no address {host}. Leave HOST empty."


@pytest.mark.parametrize(
    ("port", "refused", "said"),
    [
        (
            80,
            OSError(EACCES, "no"),
            "Ports below 1024 need rights that the bot does not have. Set PORT to 3000.",
        ),
        (
            3000,
            OSError(EACCES, "no"),
            "HOST 127.0.0.1 and PORT 3000 cannot be used ([Errno 13] no). Set others.",
        ),
        (3000, gaierror(-2, "no"), "This machine has no address 127.0.0.1. Leave HOST empty."),
        (3000, OSError("no"), "This machine has no address 127.0.0.1. Leave HOST empty."),
    ],
)
def test_what_else_the_machine_refuses_is_said(
    settings: Settings, port: int, refused: OSError, said: str
) -> None:
    """It depends on the machine: whoever is root may take any port, a name needs a network."""
    given = settings.model_copy(update={"port": port})

    assert sentence(CannotListen(refused), given) == said
