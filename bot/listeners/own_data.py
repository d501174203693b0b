"""My data: everything that is kept of somebody as a file, or erased."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, own_data
from bot.blocks.set_up import Return
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    """Whose data it is, only Slack says: nothing that a button or a modal carries."""
    erasing = uses.erasing
    replies, offload, afterwards, tick = edge.replies, edge.offload, edge.afterwards, edge.tick

    @app.action(ids.GET_MY_DATA)
    async def get(ack: AsyncAck, body: Body) -> None:
        await offload.write(uses.own_data.want_file, *who(body))
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.say(to, own_data.on_its_way()), to=to)
        afterwards.run(tick())

    @app.action(ids.ERASE_MY_DATA)
    async def ask(ack: AsyncAck, body: Body) -> None:
        held = await offload.read(erasing.held, *who(body))
        await ack()
        to = ReplyTo.of(body)
        if held.anything:
            view = own_data.ask(held, edge.operator, Return(to.response_url))
            afterwards.run(replies.open(to, view), to=to)
        else:
            afterwards.run(replies.say(to, own_data.nothing_to_erase()), to=to)

    @app.view(ids.ERASE_MODAL)
    async def erase(ack: AsyncAck, body: Body) -> None:
        back = Return.parse(body["view"]["private_metadata"])
        held = await offload.write(erasing.erase, *who(body))
        await done(edge, ack, body, back.response_url, own_data.erased(held))
        afterwards.run(tick())
