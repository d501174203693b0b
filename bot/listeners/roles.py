"""What somebody does in the team: said once, and changed at the end of the card."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, roles
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, numbered
from bot.use_cases.everything import UseCases
from questionnaires.conversation import SavedRole
from questionnaires.roles import Role


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    answering = uses.answering
    turning, offload, afterwards = edge.turning, edge.offload, edge.afterwards

    @app.action(numbered(ids.ROLE))
    async def choose_role(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        role = Role.at(press.choice)
        coming = await offload.write(answering.choose_role, press.here, role)
        await ack()
        work = turning.go_on(press.here, press.where, coming, SavedRole(role))
        afterwards.run(work, to=press.to)

    @app.action(ids.CHANGE_ROLE)
    async def change_role(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.role_question, press.here)
        await ack()
        work = turning.turn(press.here, press.where, lambda: roles.question(shown))
        afterwards.run(work, to=press.to)
