"""Answering: every press on an invitation or a card."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import card, ids, invitation, standing
from bot.blocks.message import Content
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, numbered
from bot.use_cases.everything import UseCases
from questionnaires.conversation import Face, Stored
from questionnaires.model import Rating


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    answering, inviting = uses.answering, uses.inviting
    turning, replies, offload = edge.turning, edge.replies, edge.offload
    afterwards, tick = edge.afterwards, edge.tick

    def turn(press: Press, content: Content) -> None:
        work = turning.turn(press.here, press.where, lambda: content)
        afterwards.run(work, to=press.to)

    def go_on(press: Press, coming: Face, saved: Stored | None = None) -> None:
        work = turning.go_on(press.here, press.where, coming, saved)
        afterwards.run(work, to=press.to)

    async def store(press: Press, rating: Rating, ack: AsyncAck) -> None:
        done = await offload.write(answering.answer, press.here, press.question_id, rating)
        await ack()
        go_on(press, done.coming, done.saved)

    @app.action(ids.START)
    async def start(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        coming = await offload.write(answering.start, press.here)
        await ack()
        go_on(press, coming)

    @app.action(numbered(ids.LEVEL))
    async def choose_level(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        await store(press, Rating.of_level(press.choice), ack)

    @app.action(ids.DONT_KNOW)
    async def dont_know(ack: AsyncAck, body: Body) -> None:
        await store(Press.of(body), Rating.dont_know(), ack)

    @app.action(numbered(ids.REASON))
    async def choose_reason(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        rating = await offload.read(
            answering.ready_reason, press.here, press.question_id, press.choice
        )
        await store(press, rating, ack)

    @app.action(ids.DOESNT_APPLY)
    async def doesnt_apply(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.card, press.here, press.question_id)
        await ack()
        turn(press, card.reasons(shown))

    @app.action(ids.BACK)
    async def back(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.back, press.here, press.question_id)
        await ack()
        turn(press, card.face(shown))

    @app.action(ids.SHOW_CARD)
    @app.action(ids.CHANGE)
    @app.action(numbered(ids.CHANGE))
    async def show_card(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.card, press.here, press.question_id)
        await ack()
        turn(press, card.card(shown))

    @app.action(ids.SKIP)
    async def skip(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        taking = await offload.write(inviting.skip, press.here)
        await ack()
        if taking is None:
            work = turning.show_next(press.here, press.where)
            afterwards.run(work, to=press.to)
        else:
            turn(press, invitation.skipped(taking.round, taking.participant.zone))

    @app.action(ids.BRING_CARD)
    async def bring_card(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        round_ = await offload.write(inviting.bring_card, press.here)
        await ack()
        said = replies.answer(press.to, standing.card_on_its_way(round_.team_name))
        afterwards.run(said, to=press.to)
        afterwards.run(tick())
