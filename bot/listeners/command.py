"""/scorecard and the words behind it. Setting up has its own file; so has closing."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.blocks import ids, standing
from bot.blocks import set_up as set_up_blocks
from bot.blocks.message import Content
from bot.blocks.set_up import Return
from bot.listeners.press import Body
from bot.offload import Offload
from bot.use_cases.closing import Closing
from bot.use_cases.opening import Opening
from bot.use_cases.standing import Standing


def register(
    app: AsyncApp,
    standings: Standing,
    closing: Closing,
    opening: Opening,
    calling: AsyncWebClient,
    offload: Offload,
    afterwards: Afterwards,
) -> None:
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

    answers = {"": welcome, "help": help_, "my": my, "status": status, "close": close}

    @app.command(ids.COMMAND)
    async def scorecard(ack: AsyncAck, body: Body) -> None:
        word = body.get("text", "").strip().lower()
        team_id, user_id = body["team_id"], body["user_id"]
        if word == "start":
            choices = await offload.read(opening.choices, team_id, user_id)
            await ack()
            form = set_up_blocks.form(choices, Return(body["response_url"]))
            opened = calling.views_open(trigger_id=body["trigger_id"], view=form)
            afterwards.run(opened, response_url=body["response_url"])
            return
        answer = answers.get(word)
        shown = await answer(team_id, user_id) if answer else standing.unknown(word)
        await ack(response_type="ephemeral", text=shown.text, blocks=shown.blocks)
