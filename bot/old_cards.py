"""Taking away a card that has moved, or that nobody can answer any more."""

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.verdicts import TROUBLE, verdict

log = structlog.get_logger()

Place = tuple[str, str]


async def take_away(calling: AsyncWebClient, place: Place) -> None:
    """`place`: channel and ts. Where it is gone already, or Slack is away, all is well."""
    channel, ts = place
    try:
        await calling.chat_delete(channel=channel, ts=ts)
    except TROUBLE as error:
        log.debug("an old card was not there any more", problem=verdict(error).problem)
