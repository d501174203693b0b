"""The Home tab, its pages and its help; and the shortcut that brings somebody's card."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import ids, standing
from bot.blocks.notice import notice
from bot.homes import HomeTabs
from bot.listeners.press import Body, numbered
from bot.offload import Offload
from bot.replies import Replies, ReplyTo
from bot.tick import Tick
from bot.use_cases.inviting import Inviting
from bot.use_cases.participants import Here
from bot.use_cases.standing import Standing
from questionnaires.rounds import RoundState


def register(
    app: AsyncApp,
    standings: Standing,
    inviting: Inviting,
    homes: HomeTabs,
    replies: Replies,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
) -> None:
    @app.event("app_home_opened")
    async def opened(event: Body, body: Body) -> None:
        if event["tab"] == "home":
            afterwards.run(homes.publish(body["team_id"], event["user"]))

    @app.action(numbered(ids.HOME_PAGE))
    async def turn_page(ack: AsyncAck, body: Body) -> None:
        page = int(body["actions"][0]["action_id"].rpartition(".")[2])
        await ack()
        afterwards.run(
            homes.publish(body["team"]["id"], body["user"]["id"], page), to=ReplyTo.of(body)
        )

    @app.action(ids.HELP)
    async def help_(ack: AsyncAck, body: Body) -> None:
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.say(to, standing.help_()), to=to)

    @app.shortcut(ids.SHORTCUT)
    async def answer_my_scorecard(ack: AsyncAck, body: Body) -> None:
        """The card at once where there is one round only, else a list to choose from."""
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        parts = await offload.read(standings.own, team_id, user_id)
        shown = standing.own(parts)
        still_open = [part for part in parts if part.round.state is RoundState.OPEN]
        if len(still_open) == 1:
            here = Here(team_id, user_id, still_open[0].round.id)
            round_ = await offload.write(inviting.bring_card, here)
            shown = standing.card_on_its_way(round_.team_name)
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, notice(shown)), to=to)
        afterwards.run(tick())
