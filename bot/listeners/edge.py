"""What listeners answer with."""

from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.directory import Directory, Installation
from bot.homes import HomeTabs
from bot.lifeline import Lifeline
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.turning import Turning


@dataclass(frozen=True, slots=True)
class Edge:
    """Slack, the threads that store, and what goes on after an answer.

    `operator`: who could read the database, by name. `least_people`: from how many answers on
    single questions are shown. `months_kept`: how long after a round its answers are erased.
    """

    calling: AsyncWebClient
    offload: Offload
    replies: Replies
    afterwards: Afterwards
    directory: Directory
    installation: Installation
    lifeline: Lifeline
    turning: Turning
    tick: Tick
    homes: HomeTabs
    operator: str
    least_people: int
    months_kept: int
