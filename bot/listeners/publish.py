"""Posting a result by hand, from the preview or after a post that Slack refused."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import ids, result
from bot.listeners.press import Body, Press
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.closing import Closing


def register(
    app: AsyncApp,
    closing: Closing,
    replies: Replies,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
) -> None:
    async def turn_preview(press: Press) -> None:
        shown = await offload.read(closing.shown, press.spot.round_id)
        posted = result.posted(shown.result, shown.round.results_channel)
        await replies.replace(press.response_url, posted)

    @app.action(ids.POST_RESULT)
    async def post(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        posted = await offload.write(
            closing.post, press.team_id, press.user_id, press.spot.round_id
        )
        await ack()
        afterwards.run(turn_preview(press), response_url=press.response_url)
        afterwards.run(tick.note("round posted", posted.id))
        afterwards.run(tick())
