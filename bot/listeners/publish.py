"""A result before it is posted, and posting it by hand: from the preview, or after a refusal."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, result
from bot.blocks.ids import Spot
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    closing = uses.closing
    replies, homes, offload = edge.replies, edge.homes, edge.offload
    afterwards, tick = edge.afterwards, edge.tick

    async def say_posted(to: ReplyTo, round_id: int) -> None:
        shown = await offload.read(closing.shown, round_id)
        await replies.answer(
            to, result.posted(shown.result, shown.round.results_channel, shown.next_on)
        )

    async def show_what_is_new(team_id: str, user_id: str, round_id: int, *, seen: bool) -> None:
        await tick.note("round posted", round_id)
        await homes.refresh(team_id, user_id, seen=seen)
        await tick()

    @app.action(ids.POST_RESULT)
    async def post(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        posted = await offload.write(
            closing.post, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        afterwards.run(say_posted(press.to, posted.id), to=press.to)
        seen = press.to.at_home
        afterwards.run(show_what_is_new(press.team_id, press.user_id, posted.id, seen=seen))

    @app.action(ids.PREVIEW_RESULT)
    async def preview(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(
            closing.preview, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        view = result.preview_modal(shown.result, shown.round, shown.next_on)
        afterwards.run(replies.open(press.to, view), to=press.to)

    @app.view(ids.PREVIEW_MODAL)
    async def post_previewed(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        spot = Spot.parse(body["view"]["private_metadata"])
        posted = await offload.write(closing.post, team_id, user_id, spot.round_id)
        shown = await offload.read(closing.shown, posted.id)
        said = result.posted(shown.result, shown.round.results_channel, shown.next_on)
        await replies.leave(ack, body, "", said)
        afterwards.run(show_what_is_new(team_id, user_id, posted.id, seen=True))
