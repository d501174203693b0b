"""The Home tab, its pages and its help; and the shortcut that brings somebody's card."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, standing
from bot.blocks.notice import notice
from bot.listeners.edge import Edge
from bot.listeners.press import Body, numbered, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.participants import Here
from questionnaires.standings import only_open


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    standings, inviting = uses.standing, uses.inviting
    homes, replies, offload = edge.homes, edge.replies, edge.offload
    afterwards, tick = edge.afterwards, edge.tick

    @app.event("app_home_opened")
    async def opened(event: Body, body: Body) -> None:
        if event["tab"] == "home":
            afterwards.run(homes.refresh(body["team_id"], event["user"], seen=True))

    @app.action(numbered(ids.HOME_PAGE))
    async def turn_page(ack: AsyncAck, body: Body) -> None:
        page = int(body["actions"][0]["action_id"].rpartition(".")[2])
        await ack()
        afterwards.run(homes.publish(*who(body), page), to=ReplyTo.of(body))

    @app.action(ids.HELP)
    async def help_(ack: AsyncAck, body: Body) -> None:
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.say(to, standing.help_()), to=to)

    @app.shortcut(ids.SHORTCUT)
    async def answer_my_scorecard(ack: AsyncAck, body: Body) -> None:
        """The card at once where there is one round only, else a list to choose from."""
        team_id, user_id = who(body)
        parts = await offload.read(standings.own, team_id, user_id)
        shown, only = standing.own(parts), only_open(parts)
        if only is not None:
            here = Here(team_id, user_id, only.round.id)
            round_ = await offload.write(inviting.bring_card, here)
            shown = standing.card_on_its_way(round_.team_name)
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, notice(shown)), to=to)
        afterwards.run(tick())
