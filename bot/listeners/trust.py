"""Who sees what?"""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import ids, trust
from bot.listeners.press import Body, Press
from bot.offload import Offload
from bot.replies import Replies, ReplyTo
from bot.use_cases.inviting import Inviting
from bot.use_cases.naming import Naming


def register(
    app: AsyncApp,
    inviting: Inviting,
    naming: Naming,
    replies: Replies,
    offload: Offload,
    afterwards: Afterwards,
    operator: str,
    least_people: int,
) -> None:
    @app.action(ids.WHO_SEES_WHAT)
    async def who_sees_what(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        round_ = await offload.read(inviting.round, press.here)
        who = await offload.read(naming.facilitators, press.team_id, round_.scorecard_id)
        await ack()
        view = trust.who_sees_what(
            k=round_.k,
            results_channel=round_.results_channel,
            facilitators=who,
            operator=operator,
        )
        if round_.together:
            view = trust.who_sees_together(
                results_channel=round_.results_channel,
                facilitators=who,
                operator=operator,
            )
        afterwards.run(replies.open(press.to, view), to=press.to)

    @app.action(ids.WHO_SEES_WHAT_HERE)
    async def who_sees_what_here(ack: AsyncAck, body: Body) -> None:
        who = await offload.read(naming.facilitators, body["team"]["id"])
        await ack()
        view = trust.who_sees_what(
            k=least_people,
            results_channel=None,
            facilitators=who,
            operator=operator,
        )
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, view), to=to)
