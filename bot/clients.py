"""Our two ways to call Slack, on one session, with what both remember about it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import ClientSession
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.lifeline import Lifeline
from bot.pace import Pace, PacedClient, Sleep
from bot.settings import Settings

Clock = Callable[[], datetime]

CALL_SECONDS = 30
PATIENT_TRIES = 3


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clients:
    """`posting` never repeats a call by itself: a person would see it twice, or we try again."""

    posting: AsyncWebClient
    calling: AsyncWebClient
    session: ClientSession
    pace: Pace
    lifeline: Lifeline


def make_clients(
    settings: Settings, session: ClientSession, now: Clock = utc_now, sleep: Sleep = asyncio.sleep
) -> Clients:
    """Two clients on one session, whose timeout counts: with a session, their own is ignored."""
    pace, lifeline = Pace(now, sleep, settings.messages_a_minute), Lifeline(now)

    def client(retries: bool) -> AsyncWebClient:  # noqa: FBT001
        handlers = [
            AsyncConnectionErrorRetryHandler(max_retry_count=2),
            AsyncServerErrorRetryHandler(max_retry_count=2),
        ]
        return PacedClient(
            pace,
            tries=PATIENT_TRIES if retries else 1,
            refused=lifeline.refused,
            token=settings.slack_bot_token.get_secret_value(),
            base_url=settings.slack_api_url,
            session=session,
            retry_handlers=handlers if retries else [],
        )

    return Clients(
        posting=client(retries=False),
        calling=client(retries=True),
        session=session,
        pace=pace,
        lifeline=lifeline,
    )
