"""How to read this: under every result, for whoever reads it."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids
from bot.blocks.how_to_read import how_to_read
from bot.listeners.edge import Edge
from bot.listeners.press import Body
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, _uses: UseCases, edge: Edge) -> None:
    @app.action(ids.HOW_TO_READ)
    async def show(ack: AsyncAck, body: Body) -> None:
        await ack()
        to = ReplyTo.of(body)
        edge.afterwards.run(edge.replies.open(to, how_to_read()), to=to)
