"""Answers through the response_url that a press brings: no rate tier counts them.

Bolt's own respond() opens a session for every call; these few lines share one.
"""

from typing import Any

from aiohttp import ClientError, ClientSession

from bot.blocks.message import Content


class Replies:
    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def replace(self, response_url: str, content: Content) -> bool:
        """Turn the message that was pressed; False when Slack did not take it."""
        return await self._post(
            response_url,
            {"replace_original": True, "text": content.text, "blocks": content.blocks},
        )

    async def whisper(self, response_url: str, content: Content) -> bool:
        """Say something beside the message, to the person who pressed."""
        return await self._post(
            response_url,
            {
                "response_type": "ephemeral",
                "replace_original": False,
                "text": content.text,
                "blocks": content.blocks,
            },
        )

    async def _post(self, response_url: str, body: dict[str, Any]) -> bool:
        if not response_url:
            return False
        try:
            async with self._session.post(response_url, json=body) as response:
                return response.status == 200  # noqa: PLR2004
        except (ClientError, TimeoutError):
            return False
