"""Who sees what?"""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.blocks import ids, trust
from bot.listeners.press import Body, Press
from bot.offload import Offload
from bot.use_cases.inviting import Inviting
from bot.use_cases.standing import Standing


def register(
    app: AsyncApp,
    inviting: Inviting,
    standing: Standing,
    calling: AsyncWebClient,
    offload: Offload,
    afterwards: Afterwards,
    operator: str,
) -> None:
    @app.action(ids.WHO_SEES_WHAT)
    async def who_sees_what(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        round_ = await offload.read(inviting.round, press.here)
        who = await offload.read(standing.welcome, press.team_id, press.user_id)
        await ack()
        view = trust.who_sees_what(
            k=round_.k,
            results_channel=round_.results_channel,
            facilitators=who.facilitators,
            operator=operator,
        )
        opened = calling.views_open(trigger_id=press.trigger_id, view=view)
        afterwards.run(opened, response_url=press.response_url)
