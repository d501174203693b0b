"""Comments before a result is posted: seeing them, hiding single ones, showing them again."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import hide, ids
from bot.blocks.hide import Opened
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, numbered, pressed, view_of, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.hiding import Remarks


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    hiding = uses.hiding
    offload, afterwards, replies = edge.offload, edge.afterwards, edge.replies

    def turn(body: Body, found: Remarks, page: int) -> None:
        there = ReplyTo(view_id=body["view"]["id"])
        afterwards.run(replies.turn(there, hide.modal(found.round, found.comments, page)), to=there)

    @app.action(ids.SEE_COMMENTS)
    async def see(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        found = await offload.read(
            hiding.comments, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        afterwards.run(replies.open(press.to, hide.modal(found.round, found.comments)), to=press.to)

    @app.action(ids.HIDE_COMMENT)
    async def hide_one(ack: AsyncAck, body: Body) -> None:
        opened = _opened(body)
        found = await offload.write(hiding.hide, *who(body), opened.round_id, pressed(body))
        await ack()
        turn(body, found, opened.page)

    @app.action(ids.SHOW_COMMENT)
    async def show_one_again(ack: AsyncAck, body: Body) -> None:
        opened = _opened(body)
        found = await offload.write(hiding.show_again, *who(body), opened.round_id, pressed(body))
        await ack()
        turn(body, found, opened.page)

    @app.action(numbered(ids.COMMENTS_PAGE))
    async def turn_page(ack: AsyncAck, body: Body) -> None:
        page = int(body["actions"][0]["action_id"].rpartition(".")[2])
        found = await offload.read(hiding.comments, *who(body), _opened(body).round_id)
        await ack()
        turn(body, found, page)


def _opened(body: Body) -> Opened:
    """Raises StalePress."""
    return Opened.parse(view_of(body)["private_metadata"])
