"""Posting a result again or elsewhere: choose the channel, see who reads it there, post."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, post_again
from bot.blocks.post_again import Posting
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, state_of, who
from bot.use_cases.everything import UseCases
from questionnaires.errors import ResultsChannelClosed


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    again, directory = uses.posting_again, edge.directory
    offload, afterwards, replies = edge.offload, edge.afterwards, edge.replies

    @app.action(ids.POST_AGAIN)
    async def open_(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        about = press.team_id, press.user_id, press.spot.round_id
        round_, times = await offload.read(again.about, *about)
        await ack()
        view = post_again.ask(round_, Posting(round_.id, times, press.to.response_url))
        afterwards.run(replies.open(press.to, view), to=press.to)

    @app.view(ids.POST_AGAIN_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        """In place of the choice: Slack lays no more than three modals upon each other."""
        posting = Posting.parse(body["view"]["private_metadata"])
        chosen = state_of(body["view"], ids.RESULTS_CHANNEL).get("selected_conversation") or ""
        round_, _ = await offload.read(again.about, *who(body), posting.round_id)
        if not chosen:
            raise ResultsChannelClosed(round_.results_channel)
        readers = await directory.readers(chosen)
        view = post_again.confirm(round_, replace(posting, channel=chosen), readers)
        await ack(response_action="update", view=view)

    @app.view(ids.POST_AGAIN_CONFIRM_MODAL)
    async def post(ack: AsyncAck, body: Body) -> None:
        posting = Posting.parse(body["view"]["private_metadata"])
        await offload.read(again.about, *who(body), posting.round_id)
        await directory.readers(posting.channel)
        round_ = await offload.write(
            again.post, *who(body), posting.round_id, posting.times, posting.channel
        )
        said = post_again.posted(round_, posting.channel)
        await done(edge, ack, body, posting.response_url, said)
        afterwards.run(edge.tick())
