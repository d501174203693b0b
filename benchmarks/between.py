"""Apps between the bare one and ours: each does one more of the things that a click needs."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp import ClientSession
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Field, SQLModel

from benchmarks import team
from benchmarks.child import TOKENS
from bot.blocks.ids import Spot
from storage.database import Database, open_database, upsert


class ClickRow(SQLModel, table=True):
    """The barest answer."""

    __tablename__ = "clicks"

    user_id: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    action_id: str


def run(variant: str, api_url: str, database_url: str) -> None:
    """`variant` names the parts: "store", "turn" or "store+turn"."""
    asyncio.run(_run(set(variant.split("+")), api_url, database_url))


async def _run(parts: set[str], api_url: str, database_url: str) -> None:
    app = AsyncApp(client=AsyncWebClient(TOKENS["SLACK_BOT_TOKEN"], base_url=api_url))
    database = open_database(database_url)
    SQLModel.metadata.create_all(database.engine)
    writing = ThreadPoolExecutor(1)
    cards = _cards_by_question_before()

    async with ClientSession() as session:

        @app.action(re.compile("^answer"))
        async def press(ack: AsyncAck, body: dict[str, Any]) -> None:
            if "store" in parts:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(writing, _store, database, body)
            await ack()
            if "turn" in parts:
                async with session.post(body["response_url"], json=cards[_question(body)]):
                    pass

        handler = AsyncSocketModeHandler(app, TOKENS["SLACK_APP_TOKEN"])
        await handler.connect_async()  # type: ignore[no-untyped-call]
        await asyncio.Event().wait()


def _store(database: Database, body: dict[str, Any]) -> None:
    action = body["actions"][0]
    with database.writing() as session:
        row = ClickRow(
            user_id=body["user"]["id"],
            question=_question(body) or "",
            action_id=action["action_id"],
        )
        upsert(session, row)


def _question(body: dict[str, Any]) -> str | None:
    return Spot.parse(body["actions"][0]["value"]).question_id


def _cards_by_question_before() -> dict[str | None, dict[str, Any]]:
    """Every card ready to be posted, by the question that is answered before; None for Start."""
    before = [None, *(question.id for question in team.questionnaire().core)]
    return {
        question_id: {"replace_original": True, **team.message(number)}
        for number, question_id in enumerate(before[:-1], start=1)
    }
