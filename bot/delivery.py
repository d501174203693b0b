"""The outbox to Slack: each row once, whatever crashes or is lost on the way."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.clients import Clients
from bot.drawing import Drawing, File
from bot.logs import Spell
from bot.offload import Offload
from bot.old_cards import take_away
from bot.pace import POST
from bot.use_cases.outgoing import DOUBT_TWICE, Outgoing, Place
from bot.verdicts import TROUBLE, UNREACHABLE, Fate, Verdict, verdict
from questionnaires.errors import Left, Refusal, ResultsChannelShared
from questionnaires.messages import ASKING, FILES, IN_CHANNEL, SHARED_CHANNEL, Kind, Message
from questionnaires.rounds import LEFT_WORKSPACE

log = structlog.get_logger()

T = TypeVar("T")

NO_LONGER_WANTED = "no longer wanted"
WORDS = frozenset(Kind) - FILES
FILE_METHODS = (
    "conversations.open",
    "files.getUploadURLExternal",
    "files.completeUploadExternal",
)
LOOK_BACK = 100
IN_ONE_GO = 100
OK = 200


class NotDrawn(Exception):
    """A message that we cannot write: an error of ours, which must not hold up the others."""


class NothingSeen(Exception):
    """It failed before anybody could see anything of it: once more is never twice."""

    problem: str


class NotLooked(NothingSeen):
    """A channel could not be looked at before posting there."""

    problem = "channel not looked at"


class UploadRefused(NothingSeen):
    """The upload host did not take the bytes."""

    problem = "upload refused"


class Delivery:
    def __init__(
        self,
        clients: Clients,
        outgoing: Outgoing,
        drawing: Drawing,
        offload: Offload,
        is_shared: Callable[[str], Awaitable[bool]],
    ) -> None:
        """`is_shared`: whether another organisation reads a channel by now."""
        self._is_shared = is_shared
        self._clients = clients
        self._outgoing = outgoing
        self._drawing = drawing
        self._offload = offload
        self._pace = clients.pace
        self._lifeline = clients.lifeline
        self._away = Spell("Slack takes no messages", "Slack takes messages again")
        self.stopping = False

    async def deliver(self) -> bool:
        """Settle what is in doubt, then send what is due; True when there may be more of it.

        Only so many in one go: rounds that come due meanwhile do not wait for thousands. Kinds
        whose method Slack wants no calls of for a while (Retry-After) are left for later.
        """
        if self._sendable():
            for message in await self._offload.write(self._outgoing.in_doubt):
                await self._judged(message, self._settle(message), settling=True)
        for _ in range(IN_ONE_GO):
            kinds = self._sendable()
            if not kinds or self.stopping:
                return False
            claimed: Message | None = await self._offload.write(self._outgoing.claim, kinds)
            if claimed is None:
                return False
            await self._judged(claimed, self._send(claimed))
        return True

    def _sendable(self) -> frozenset[Kind]:
        """What may go out now: nothing once Slack has refused our token."""
        if self._lifeline.is_cut:
            return frozenset()
        words = frozenset[Kind]() if self._pace.is_held(POST) else WORDS
        held = any(self._pace.is_held(method) for method in FILE_METHODS)
        return words if held else words | FILES

    async def _judged(
        self, message: Message, work: Coroutine[Any, Any, None], *, settling: bool = False
    ) -> None:
        """Do it, and note what became of it when it fails.

        Looking that fails says nothing: while `settling` a message stays in doubt until the
        next look, and is not sent once more because of that.
        """
        try:
            await work
        except Left:
            await self._offload.write(self._outgoing.unreachable, message, LEFT_WORKSPACE)
        except ResultsChannelShared:
            log.warning("message failed", **_facts(message), problem=SHARED_CHANNEL)
            await self._offload.write(self._outgoing.failed, message, SHARED_CHANNEL)
        except Refusal as refusal:
            log.debug("message not wanted any more", **_facts(message), why=type(refusal).__name__)
            await self._offload.write(self._outgoing.failed, message, NO_LONGER_WANTED)
        except (*TROUBLE, ConnectionError) as error:
            found = verdict(error)
            if not settling or found.fate is Fate.NEVER:
                await self._note(message, found)
        except NotDrawn:
            await self._offload.write(self._outgoing.failed, message, "not drawn")
        except NothingSeen as error:
            self._away.met(error.problem)
            await self._offload.write(self._outgoing.again, message, error.problem)
        else:
            if not settling:
                self._away.over()

    async def _note(self, message: Message, found: Verdict) -> None:
        outgoing = self._outgoing
        if found.fate is Fate.AGAIN:
            if found.seconds is None:
                self._away.met(found.problem)
            await self._offload.write(outgoing.again, message, found.problem, found.seconds)
        elif found.fate is Fate.DOUBT:
            log.warning("message in doubt", **_facts(message), problem=found.problem)
            await self._offload.write(outgoing.doubtful, message, found.problem)
        elif message.kind in ASKING and found.problem in UNREACHABLE:
            log.warning("somebody is out of reach", **_facts(message), problem=found.problem)
            await self._offload.write(outgoing.unreachable, message, found.problem)
        else:
            log.warning("message failed", **_facts(message), problem=found.problem)
            await self._offload.write(outgoing.failed, message, found.problem)

    async def _send(self, message: Message) -> None:
        if message.kind in FILES:
            await self._send_file(message)
            return
        content = await self._drawn(self._drawing.words, message)
        place = await self._offload.read(self._outgoing.place, message)
        if message.kind is Kind.SUMMARY:
            await self._refuse_shared(message.recipient)
        keyed = content.carrying(message.key)
        answer = await self._clients.posting.chat_postMessage(
            channel=place.channel or message.recipient,
            thread_ts=place.thread_ts,
            text=keyed.text,
            blocks=keyed.blocks,
            unfurl_links=False,
            unfurl_media=False,
        )
        await self._sent(message, (answer["channel"], answer["ts"]))

    async def _refuse_shared(self, channel: str) -> None:
        """It may have come to be since it was chosen. Raises ResultsChannelShared, NotLooked."""
        try:
            shared = await self._is_shared(channel)
        except TROUBLE as error:
            raise NotLooked from error
        if shared:
            raise ResultsChannelShared(channel)

    async def _drawn(self, draw: Callable[[Message], T], message: Message) -> T:
        try:
            return await self._offload.draw(draw, message)
        except Refusal:
            raise
        except Exception as error:
            log.exception("a message could not be drawn", **_facts(message))
            raise NotDrawn from error

    async def _sent(self, message: Message, at: Place | None) -> None:
        channel, ts = at or (None, None)
        before = await self._offload.write(self._outgoing.sent, message, channel, ts)
        if before is not None:
            await take_away(self._clients.calling, before)

    # Files: upload, keep the file's id, share. Only the sharing can be seen, and works once.

    async def _send_file(self, message: Message) -> None:
        place = await self._offload.read(self._outgoing.place, message)
        channel = place.channel or await self._direct_channel(message.recipient)
        file = await self._drawn(self._drawing.file, message)
        file_id = await self._upload(file)
        await self._offload.write(self._outgoing.uploaded, message, file_id)
        await self._share(message, file_id, channel, place.thread_ts, file.title)

    async def _upload(self, file: File) -> str:
        ticket = await self._clients.posting.files_getUploadURLExternal(
            filename=file.filename, length=len(file.content), alt_txt=file.alt
        )
        try:
            async with self._clients.session.post(
                ticket["upload_url"], data=file.content
            ) as answer:
                if answer.status != OK:
                    raise UploadRefused
        except (ClientError, TimeoutError) as error:
            raise UploadRefused from error
        return str(ticket["file_id"])

    async def _share(
        self, message: Message, file_id: str, channel: str, thread_ts: str | None, title: str
    ) -> None:
        await self._clients.posting.files_completeUploadExternal(
            files=[{"id": file_id, "title": title}], channel_id=channel, thread_ts=thread_ts
        )
        await self._sent(message, None)

    # Doubt: the call went out and no answer came back, or the sender died.

    async def _settle(self, message: Message) -> None:
        if message.kind in FILES:
            await self._settle_file(message)
        elif message.kind in IN_CHANNEL:
            if not await self._offload.write(self._outgoing.repeat, message):
                log.warning("message failed", **_facts(message), problem=DOUBT_TWICE)
                return
        else:
            await self._settle_direct(message)
        log.info("message settled", **_facts(message))

    async def _settle_file(self, message: Message) -> None:
        """Sharing works once, so asking once more tells whether it has happened."""
        if message.file_id is None:
            await self._offload.write(self._outgoing.repeat_unseen, message)
            return
        place = await self._offload.read(self._outgoing.place, message)
        channel = place.channel or await self._direct_channel(message.recipient)
        try:
            title = await self._drawn(self._drawing.title, message)
            await self._share(message, message.file_id, channel, place.thread_ts, title)
        except SlackApiError as error:
            if verdict(error).problem != "file_not_found":
                raise
            await self._sent(message, None)

    async def _settle_direct(self, message: Message) -> None:
        """Look for the message by its key; where that is not allowed, send it once more."""
        try:
            channel = await self._direct_channel(message.recipient)
            found = await self._find(channel, message.key)
        except SlackApiError as error:
            if verdict(error).fate is not Fate.NEVER:
                raise
            found = None
        if found is None:
            await self._offload.write(self._outgoing.repeat, message)
        else:
            await self._sent(message, found)

    async def _direct_channel(self, user_id: str) -> str:
        answer = await self._clients.posting.conversations_open(users=user_id)
        return str(answer["channel"]["id"])

    async def _find(self, channel: str, key: str) -> Place | None:
        answer = await self._clients.posting.conversations_history(channel=channel, limit=LOOK_BACK)
        for seen in answer["messages"]:
            blocks = seen.get("blocks") or [{}]
            if blocks[0].get("block_id") == key:
                return channel, str(seen["ts"])
        return None


def _facts(message: Message) -> dict[str, Any]:
    """What the log says of a message: never to whom it goes."""
    return {"message": message.id, "kind": message.kind.value, "round": message.round_id}
