"""Comparing two rounds of a team, whichever somebody chooses."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import compare, ids
from bot.blocks.carried import row_id
from bot.listeners.edge import Edge
from bot.listeners.press import Body, chosen, reader_of, scorecard_of
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from questionnaires.errors import StalePress


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    offload, afterwards, replies = edge.offload, edge.afterwards, edge.replies

    @app.action(ids.COMPARE)
    async def open_(ack: AsyncAck, body: Body) -> None:
        found = await offload.read(uses.past.to_compare, reader_of(body), scorecard_of(body))
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, compare.form(found)), to=to)

    @app.view(ids.COMPARE_MODAL)
    async def show(ack: AsyncAck, body: Body) -> None:
        """Above the choice, so that another one is a press away."""
        view = body["view"]
        pair = _round(view, ids.THIS_ROUND), _round(view, ids.WITH_ROUND)
        found = await offload.read(uses.past.compare, reader_of(body), *pair)
        await ack(response_action="push", view=compare.comparison(found))


def _round(view: Body, field: str) -> int:
    """Raises StalePress for what the list does not offer."""
    try:
        return row_id(int(chosen(view, field)))
    except ValueError:
        raise StalePress from None
