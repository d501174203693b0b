"""Writing: comments, another reason, and what somebody would fix first."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View

from bot.blocks import card, ids, remarks
from bot.blocks.message import Content
from bot.blocks.remarks import Origin
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, typed, who
from bot.replies import ReplyTo
from bot.turning import Where
from bot.use_cases.everything import UseCases
from bot.use_cases.participants import Here
from questionnaires.errors import StalePress
from questionnaires.model import Rating


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    answering = uses.answering
    turning, replies, offload = edge.turning, edge.replies, edge.offload
    afterwards = edge.afterwards

    def show(press: Press, view: View) -> None:
        afterwards.run(replies.open(press.to, view), to=press.to)

    @app.action(ids.COMMENT)
    async def write_comment(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.card, press.here, press.question_id)
        await ack()
        show(press, remarks.comment(shown, Origin(press.spot, press.to.response_url)))

    @app.action(ids.OTHER_REASON)
    async def write_reason(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        shown = await offload.read(answering.card, press.here, press.question_id)
        await ack()
        show(press, remarks.reason(shown, Origin(press.spot, press.to.response_url)))

    @app.action(ids.FIX_FIRST)
    async def write_wish(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        wish, manner = await offload.read(answering.wish, press.here)
        await ack()
        show(press, remarks.fix_first(wish, Origin(press.spot, press.to.response_url), manner))

    @app.view(ids.COMMENT_MODAL)
    async def save_comment(ack: AsyncAck, body: Body) -> None:
        here, origin = _about(body)
        question_id, text = _question(origin), typed(body["view"], ids.COMMENT_FIELD)
        saved = await offload.write(answering.comment, here, question_id, text)
        await ack()

        def draw() -> Content:
            return card.card(answering.card(here, question_id), saved)

        work = turning.turn(here, Where(origin.response_url), draw)
        afterwards.run(work, to=ReplyTo(origin.response_url))

    @app.view(ids.REASON_MODAL)
    async def save_reason(ack: AsyncAck, body: Body) -> None:
        here, origin = _about(body)
        question_id = _question(origin)
        rating = Rating.not_applicable(typed(body["view"], ids.REASON_FIELD).strip())
        done = await offload.write(answering.answer, here, question_id, rating)
        await ack()
        work = turning.go_on(here, Where(origin.response_url), done.coming, done.saved)
        afterwards.run(work, to=ReplyTo(origin.response_url))

    @app.view(ids.FIX_FIRST_MODAL)
    async def save_wish(ack: AsyncAck, body: Body) -> None:
        here, origin = _about(body)
        await offload.write(answering.fix_first, here, typed(body["view"], ids.COMMENT_FIELD))
        await ack()

        def draw() -> Content:
            return card.face(answering.next(here))

        work = turning.turn(here, Where(origin.response_url), draw)
        afterwards.run(work, to=ReplyTo(origin.response_url))


def _about(body: Body) -> tuple[Here, Origin]:
    """Whose modal it is, and the card that it was opened from. Raises StalePress."""
    origin = Origin.parse(body["view"]["private_metadata"])
    return Here(*who(body), origin.spot.round_id), origin


def _question(origin: Origin) -> str:
    if origin.spot.question_id is None:
        raise StalePress
    return origin.spot.question_id
