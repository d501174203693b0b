"""Closing a round by hand."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import ids, standing
from bot.homes import HomeTabs
from bot.listeners.press import Body, Press
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.closing import Closing


def register(
    app: AsyncApp,
    closing: Closing,
    replies: Replies,
    homes: HomeTabs,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
) -> None:
    @app.action(ids.CLOSE_ROUND)
    async def close(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        closed = await offload.write(
            closing.close, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        said = replies.answer(press.to, standing.closed(closed.team_name))
        afterwards.run(said, to=press.to)
        afterwards.run(homes.publish(press.team_id, press.user_id))
        afterwards.run(tick.note("round closed", closed.id))
        afterwards.run(tick())
