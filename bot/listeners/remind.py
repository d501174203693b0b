"""Putting it off, on an invitation or a reminder: tomorrow, or no reminders at all."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, invitation, reminder
from bot.blocks.message import Content
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    reminding = uses.reminding
    turning, offload, afterwards = edge.turning, edge.offload, edge.afterwards

    def turn(press: Press, content: Content) -> None:
        work = turning.turn(press.here, press.where, lambda: content)
        afterwards.run(work, to=press.to)

    @app.action(ids.REMIND_TOMORROW)
    async def remind_tomorrow(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        again = await offload.write(reminding.tomorrow, press.here)
        await ack()
        if again is None:
            work = turning.show_next(press.here, press.where)
            afterwards.run(work, to=press.to)
        else:
            turn(press, invitation.asked_again(press.spot.round_id, again.at, again.zone))

    @app.action(ids.NO_MORE_REMINDERS)
    async def no_more_reminders(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        taking = await offload.write(reminding.no_more, press.here)
        await ack()
        turn(press, reminder.no_more(taking.round, taking.participant.zone))
