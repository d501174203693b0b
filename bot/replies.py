"""Answering a press where the person is looking: beside a message, or in a modal.

Beside a message through the response_url that the press brings: no rate tier counts it. Bolt's own
respond() opens a session for every call; these few lines share one.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.blocks.message import Content
from bot.blocks.notice import notice
from bot.verdicts import verdict
from questionnaires.errors import StalePress


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """How somebody can be answered; a press on the Home tab or in a modal has no response_url.

    `view_id`: a modal of ours that waits for the answer. `in_modal`: pressed inside one, which
    stays as it is below the answer.
    """

    response_url: str = ""
    trigger_id: str = ""
    view_id: str = ""
    in_modal: bool = False

    @property
    def at_home(self) -> bool:
        """Pressed on the Home tab, or in a modal: there is no message to answer beside."""
        return not self.response_url

    @classmethod
    def of(cls, body: dict[str, Any]) -> "ReplyTo":
        return cls(
            response_url=body.get("response_url") or "",
            trigger_id=body.get("trigger_id") or "",
            in_modal=(body.get("view") or {}).get("type") == "modal",
        )


NOBODY = ReplyTo()
HOSTS = (".slack.com", ".slack-gov.com")
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
CLOSED = "not_found"
TURNED = "hash_conflict"


def is_of_slack(url: str, api: str) -> bool:
    """Whether somebody can be answered there: at Slack, or where the API is that we use.

    A card would be sent anywhere else just as well, also to a server that only we can reach.
    """
    try:
        host, home = urlsplit(url).hostname, urlsplit(api).hostname
    except ValueError:
        return False
    if host == home or {host, home} <= THIS_MACHINE:
        return True
    return host is not None and url.startswith("https://") and host.endswith(HOSTS)


class Replies:
    def __init__(self, session: ClientSession, calling: AsyncWebClient) -> None:
        self._session = session
        self._calling = calling

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

    async def say(self, to: ReplyTo, content: Content) -> None:
        """Say something beside what was pressed, or in a modal where Slack takes no more there.

        A response_url is good for half an hour. Raises what Slack says of a modal.
        """
        if await self.whisper(to.response_url, content):
            return
        if to.view_id:
            await self.turn(to, notice(content, ends=True))
        elif to.trigger_id:
            await self.open(to, notice(content))

    async def open(self, to: ReplyTo, view: View) -> str:
        """Open a modal for a press, above the one that was pressed if so; returns its view_id.

        Raises StalePress for a press that gives no leave to: a screen of Slack's always does.
        """
        if not to.trigger_id:
            raise StalePress
        show = self._calling.views_push if to.in_modal else self._calling.views_open
        return str((await show(trigger_id=to.trigger_id, view=view))["view"]["id"])

    async def turn(self, there: ReplyTo, view: View) -> None:
        """What the modal that was opened shows from now on; nothing where it was closed."""
        try:
            await self._calling.views_update(view_id=there.view_id, view=view)
        except SlackApiError as error:
            if verdict(error).problem != CLOSED:
                raise

    async def turn_pressed(self, pressed: dict[str, Any], shown: View) -> None:
        """Show something else in a modal that was pressed, unless it has turned or gone since."""
        try:
            await self._calling.views_update(
                view_id=pressed["id"], hash=pressed["hash"], view=shown
            )
        except SlackApiError as error:
            if verdict(error).problem not in (CLOSED, TURNED):
                raise

    async def leave(
        self, ack: AsyncAck, body: dict[str, Any], response_url: str, said: Content
    ) -> ReplyTo:
        """Acknowledge a submitted modal; returns where its outcome is to be said.

        Beside the message that it was opened from, else in the place of the modal, which shows
        `said` then.
        """
        if response_url:
            await ack(response_action="clear")
            return ReplyTo(response_url, body.get("trigger_id") or "")
        await ack(response_action="update", view=notice(said, ends=True))
        return ReplyTo(view_id=body["view"]["id"])

    async def answer(self, to: ReplyTo, content: Content) -> None:
        """What was pressed is done with: the answer takes its place; else as `say`."""
        if not await self.replace(to.response_url, content):
            await self.say(to, content)

    async def _post(self, response_url: str, body: dict[str, Any]) -> bool:
        if not is_of_slack(response_url, self._calling.base_url):
            return False
        try:
            async with self._session.post(response_url, json=body) as response:
                return response.status == 200  # noqa: PLR2004
        except (ClientError, TimeoutError):
            return False
