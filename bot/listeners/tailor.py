"""Tailoring a scorecard's questions: every choice is kept at once, and saved after a look."""

from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, tailor
from bot.blocks.tailor import Chosen, Tailoring
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, pressed, values_of, view_of, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.tailoring import Place
from questionnaires.desk import Desk
from questionnaires.errors import StalePress


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    tailors = uses.tailors
    offload, afterwards, replies = edge.offload, edge.afterwards, edge.replies

    def turn_overview(view_id: str, desk: Desk, opened: Tailoring) -> None:
        there = ReplyTo(view_id=view_id)
        afterwards.run(replies.turn(there, tailor.overview(desk, _overview(opened))), to=there)

    @app.action(ids.TAILOR_TARGET)
    async def aim(ack: AsyncAck, body: Body) -> None:
        opened, chosen = _opened(body), _chosen(body)
        desk = await offload.write(tailors.aim, _place(body), chosen.about, chosen.number)
        await ack()
        turn_overview(body["view"]["id"], desk, opened)

    @app.action(ids.TAILOR_DEEP_DIVE)
    async def dive(ack: AsyncAck, body: Body) -> None:
        opened, chosen = _opened(body), _chosen(body)
        desk = await offload.write(tailors.dive, _place(body), chosen.about or None)
        await ack()
        turn_overview(body["view"]["id"], desk, opened)

    @app.action(ids.TAILOR_START_OVER)
    async def start_over(ack: AsyncAck, body: Body) -> None:
        opened = _opened(body)
        desk = await offload.write(tailors.start_over, _place(body))
        await ack()
        turn_overview(body["view"]["id"], desk, opened)

    @app.action(ids.TAILOR_SHOW)
    async def show(ack: AsyncAck, body: Body) -> None:
        there = replace(_opened(body), dimension_id=_chosen(body).about)
        view = tailor.questions(await offload.write(tailors.desk, _place(body)), there)
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, view), to=to)

    @app.action(ids.TAILOR_CHOOSE)
    async def choose(ack: AsyncAck, body: Body) -> None:
        opened, chosen = _opened(body), _chosen(body)
        typed = _reasons(body["view"])
        desk = await offload.write(tailors.choose, _place(body), chosen.about, chosen.number, typed)
        view = tailor.questions(desk, opened)
        await ack()
        there = ReplyTo(view_id=body["view"]["id"])
        afterwards.run(replies.turn(there, view), to=there)
        turn_overview(body["view"]["root_view_id"], desk, opened)

    @app.view(ids.TAILOR_QUESTIONS_MODAL)
    async def explain(ack: AsyncAck, body: Body) -> None:
        opened, view = _opened(body), body["view"]
        desk = await offload.write(tailors.explain, _place(body), _reasons(view))
        fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
        wrong = tailor.complaints(desk, opened.dimension_id or "", fields)
        if wrong:
            await ack(response_action="errors", errors=wrong)
        else:
            await ack()
        turn_overview(view["root_view_id"], desk, opened)

    @app.view(ids.TAILOR_MODAL)
    async def review(ack: AsyncAck, body: Body) -> None:
        opened = _opened(body)
        desk = await offload.write(tailors.desk, _place(body))
        if desk.meanwhile is not None or desk.problems:
            await ack(response_action="update", view=tailor.overview(desk, opened))
            return
        await ack(response_action="push", view=tailor.review(desk, opened))

    @app.view(ids.TAILOR_REVIEW_MODAL)
    async def save(ack: AsyncAck, body: Body) -> None:
        opened = _opened(body)
        saved = await offload.write(tailors.save, _place(body))
        if isinstance(saved, Desk):
            await ack(response_action="update", view=tailor.review(saved, opened))
            turn_overview(body["view"]["root_view_id"], saved, opened)
            return
        await done(edge, ack, body, opened.response_url, tailor.saved(saved))


def _opened(body: Body) -> Tailoring:
    """Raises StalePress."""
    return Tailoring.parse(view_of(body)["private_metadata"])


def _overview(opened: Tailoring) -> Tailoring:
    return replace(opened, dimension_id=None)


def _place(body: Body) -> Place:
    """Raises StalePress."""
    return Place(*who(body), _opened(body).scorecard_id)


def _chosen(body: Body) -> Chosen:
    """Raises StalePress."""
    return Chosen.parse(pressed(body))


def _reasons(view: Body) -> dict[str, str]:
    """What was typed, by question id. Raises StalePress."""
    found = {}
    for field, inputs in values_of(view).items():
        name, _, question_id = field.partition(".")
        if name == ids.OFF_REASON:
            if ids.INPUT not in inputs:
                raise StalePress
            found[question_id] = str(inputs[ids.INPUT].get("value") or "")
    return found
