"""What people have in front of them, and pressing it: the look-alike's control API.

It presses buttons for anybody, as the page does. It cannot fill in a form: there is one form
for the whole look-alike, so it would open in front of whoever is looking at the page.
"""

from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import ClientSession


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot's: what it says, and by their words the buttons under it."""

    channel: str
    ts: str
    reads: str
    buttons: dict[str, dict[str, Any]] = field(default_factory=dict)


class Screens(Protocol):
    """Looking and pressing, whichever Slack is behind it."""

    async def direct(self, user_id: str) -> list[Message]:
        """What the bot and somebody have said to each other."""

    async def press(self, user_id: str, message: Message, label: str) -> None:
        """Somebody presses a button."""


class ControlledScreens:
    def __init__(self, session: ClientSession, url: str) -> None:
        """`session` raises for status, so that a press that goes wrong is not overlooked."""
        self._session = session
        self._url = f"{url}/_control"
        self._direct: dict[str, str] = {}

    async def direct(self, user_id: str) -> list[Message]:
        channel = await self._direct_channel(user_id)
        return await self.channel(channel) if channel else []

    async def channel(self, channel: str) -> list[Message]:
        """All that is said there, whoever it is shown to."""
        found = await self._get(f"messages/{channel}")
        return [_message(one) for one in found["messages"]]

    async def press(self, user_id: str, message: Message, label: str) -> None:
        pressed = {
            "channel": message.channel,
            "messageTs": message.ts,
            "user": user_id,
            "action": message.buttons[label],
        }
        async with self._session.post(f"{self._url}/interact", json=pressed):
            pass

    async def _direct_channel(self, user_id: str) -> str | None:
        if user_id not in self._direct:
            state = await self._get("state")
            for one in state["channels"]:
                if one["is_im"] and user_id in one["members"]:
                    self._direct[user_id] = one["id"]
        return self._direct.get(user_id)

    async def _get(self, what: str) -> dict[str, Any]:
        async with self._session.get(f"{self._url}/{what}") as answer:
            found: dict[str, Any] = await answer.json()
            return found


def _message(sent: dict[str, Any]) -> Message:
    blocks = sent.get("blocks") or []
    buttons = {
        element["text"]["text"]: {**element, "block_id": block.get("block_id")}
        for block in blocks
        for element in (*block.get("elements", ()), block.get("accessory") or {})
        if element.get("type") == "button"
    }
    said = [block["text"]["text"] for block in blocks if block.get("type") == "section"]
    return Message(sent["channel"], sent["ts"], "\n".join(said) or sent.get("text", ""), buttons)
