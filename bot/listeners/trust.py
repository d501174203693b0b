"""Who sees what?"""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, trust
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    inviting, naming = uses.inviting, uses.naming
    replies, offload, afterwards = edge.replies, edge.offload, edge.afterwards
    operator, least_people, months_kept = edge.operator, edge.least_people, edge.months_kept

    @app.action(ids.WHO_SEES_WHAT)
    async def who_sees_what(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        round_ = await offload.read(inviting.round, press.here)
        named = await offload.read(naming.facilitators, press.team_id, round_.scorecard_id)
        await ack()
        view = trust.who_sees_a_round(
            round_, facilitators=named, operator=operator, months_kept=months_kept
        )
        afterwards.run(replies.open(press.to, view), to=press.to)

    @app.action(ids.WHO_SEES_WHAT_HERE)
    async def who_sees_what_here(ack: AsyncAck, body: Body) -> None:
        team_id, _ = who(body)
        named = await offload.read(naming.facilitators, team_id)
        await ack()
        view = trust.who_sees_what(
            k=least_people,
            results_channel=None,
            facilitators=named,
            operator=operator,
            months_kept=months_kept,
        )
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, view), to=to)
