"""What Slack can ask of the bot: one file per feature. A new one gets its line here."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.directory import Directory
from bot.homes import HomeTabs
from bot.listeners import (
    answer,
    close,
    command,
    edit,
    facilitators,
    home,
    manage,
    people,
    publish,
    remarks,
    remind,
    roles,
    set_up,
    trust,
    unknown,
)
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.turning import Turning
from bot.use_cases.everything import UseCases


@dataclass(frozen=True, slots=True)
class Edge:
    """What listeners answer with: Slack, the threads that store, and what goes on afterwards."""

    calling: AsyncWebClient
    offload: Offload
    replies: Replies
    afterwards: Afterwards
    directory: Directory
    turning: Turning
    tick: Tick
    homes: HomeTabs
    operator: str
    least_people: int


def register_all(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    calling, offload, afterwards = edge.calling, edge.offload, edge.afterwards
    directory, turning, replies, tick = edge.directory, edge.turning, edge.replies, edge.tick
    homes = edge.homes
    show_form = set_up.FormOpener(uses.setting_up, directory, calling, offload, afterwards)
    show_facilitators = facilitators.Opener(uses.naming, replies, offload, afterwards)
    command.register(app, uses.standing, uses.closing, show_form, show_facilitators, offload)
    facilitators.register(app, uses.naming, show_facilitators, directory, offload, afterwards, tick)
    home.register(app, uses.standing, uses.inviting, homes, replies, offload, afterwards, tick)
    answer.register(app, uses.answering, uses.inviting, turning, replies, offload, afterwards, tick)
    roles.register(app, uses.answering, turning, offload, afterwards)
    remind.register(app, uses.reminding, turning, offload, afterwards)
    remarks.register(app, uses.answering, turning, replies, offload, afterwards)
    set_up.register(
        app,
        uses.setting_up,
        show_form,
        directory,
        replies,
        homes,
        offload,
        afterwards,
        tick,
        calling,
    )
    edit.register(app, uses.editing, directory, replies, homes, offload, afterwards, tick)
    manage.register(app, uses, directory, replies, homes, offload, afterwards, tick)
    close.register(app, uses.closing, replies, homes, offload, afterwards, tick)
    publish.register(app, uses.closing, replies, homes, offload, afterwards, tick)
    operator, least_people = edge.operator, edge.least_people
    trust.register(
        app, uses.inviting, uses.naming, replies, offload, afterwards, operator, least_people
    )
    people.register(app, directory)
    unknown.register(app)
