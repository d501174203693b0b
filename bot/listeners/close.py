"""Closing a round by hand."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, standing
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    closing = uses.closing
    replies, homes, offload = edge.replies, edge.homes, edge.offload
    afterwards, tick = edge.afterwards, edge.tick

    @app.action(ids.CLOSE_ROUND)
    async def close(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        closed = await offload.write(
            closing.close, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        said = replies.answer(press.to, standing.closed(closed.team_name))
        afterwards.run(said, to=press.to)
        afterwards.run(homes.refresh(press.team_id, press.user_id, seen=press.to.at_home))
        afterwards.run(tick.note("round closed", closed.id))
        afterwards.run(tick())
