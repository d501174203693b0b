"""/scorecard and the words behind it. What opens something has its own file."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, own_data, standing
from bot.blocks.message import Content
from bot.listeners.edge import Edge
from bot.listeners.facilitators import FacilitatorsOpener
from bot.listeners.press import Body, reader_of
from bot.listeners.rehearse import RehearsalOpener
from bot.listeners.results import ResultsShown
from bot.listeners.set_up import FormOpener
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    standings, closing = uses.standing, uses.closing
    offload = edge.offload
    show_form = FormOpener(uses, edge)
    show_facilitators = FacilitatorsOpener(uses, edge)
    ask_rehearsal = RehearsalOpener(uses, edge)
    show_results = ResultsShown(uses, edge)

    async def welcome(team_id: str, user_id: str) -> Content:
        return standing.welcome(await offload.read(standings.welcome, team_id, user_id))

    async def help_(_team_id: str, _user_id: str) -> Content:
        return standing.help_()

    async def my(team_id: str, user_id: str) -> Content:
        return standing.own(await offload.read(standings.own, team_id, user_id))

    async def status(team_id: str, user_id: str) -> Content:
        return standing.status(await offload.read(standings.status, team_id, user_id))

    async def close(team_id: str, user_id: str) -> Content:
        return standing.closable(await offload.read(closing.open_rounds, team_id, user_id))

    async def data(_team_id: str, _user_id: str) -> Content:
        return own_data.whisper()

    answers = {
        "": welcome,
        "help": help_,
        "my": my,
        "status": status,
        "close": close,
        "data": data,
    }

    @app.command(ids.COMMAND)
    async def scorecard(ack: AsyncAck, body: Body) -> None:
        typed = (body.get("text") or "").strip()
        word = typed.lower()
        team_id, user_id = body["team_id"], body["user_id"]
        if word == "start":
            await show_form(ack, team_id, user_id, ReplyTo.of(body))
            return
        if word == "facilitators":
            await show_facilitators(ack, team_id, user_id, ReplyTo.of(body))
            return
        if word == "rehearse":
            await ask_rehearsal(ack, team_id, user_id, ReplyTo.of(body))
            return
        first, *rest = typed.split(maxsplit=1) or [""]
        if first.lower() == "results":
            await show_results(ack, reader_of(body), *rest)
            return
        answer = answers.get(word)
        shown = await answer(team_id, user_id) if answer else standing.unknown(word)
        await ack(response_type="ephemeral", text=shown.text, blocks=shown.blocks)
