"""What Slack can ask of the bot: one file per feature. A new one gets its line here."""

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.directory import Directory
from bot.listeners import (
    answer,
    close,
    command,
    people,
    publish,
    remarks,
    set_up,
    trust,
    unknown,
)
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.turning import Turning
from bot.use_cases.answering import Answering
from bot.use_cases.closing import Closing
from bot.use_cases.inviting import Inviting
from bot.use_cases.opening import Opening
from bot.use_cases.standing import Standing


def register_all(
    app: AsyncApp,
    *,
    answering: Answering,
    inviting: Inviting,
    opening: Opening,
    closing: Closing,
    standing: Standing,
    directory: Directory,
    turning: Turning,
    replies: Replies,
    calling: AsyncWebClient,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
    operator: str,
) -> None:
    command.register(app, standing, closing, opening, calling, offload, afterwards)
    answer.register(app, answering, inviting, turning, replies, offload, afterwards, tick)
    remarks.register(app, answering, turning, calling, offload, afterwards)
    set_up.register(app, opening, directory, replies, calling, offload, afterwards, tick)
    close.register(app, closing, replies, offload, afterwards, tick)
    publish.register(app, closing, replies, offload, afterwards, tick)
    trust.register(app, inviting, standing, calling, offload, afterwards, operator)
    people.register(app, directory)
    unknown.register(app)
