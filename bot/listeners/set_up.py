"""Setting up a scorecard: the form, "This messages 8 people", and the first round."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.blocks import ids, set_up
from bot.blocks.set_up import Return
from bot.directory import Directory
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.form import entered
from bot.listeners.press import Body
from bot.offload import Offload
from bot.replies import Replies, ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.setting_up import SettingUp
from bot.verdicts import verdict

TURNED_OR_GONE = ("hash_conflict", "not_found")


class FormOpener:
    """Opens the set-up form: for the button, and for /scorecard start."""

    def __init__(
        self,
        setting_up: SettingUp,
        directory: Directory,
        replies: Replies,
        offload: Offload,
        afterwards: Afterwards,
    ) -> None:
        self._setting_up = setting_up
        self._directory = directory
        self._replies = replies
        self._offload = offload
        self._afterwards = afterwards

    @classmethod
    def of(cls, uses: UseCases, edge: Edge) -> "FormOpener":
        return cls(uses.setting_up, edge.directory, edge.replies, edge.offload, edge.afterwards)

    async def __call__(self, ack: AsyncAck, team_id: str, user_id: str, to: ReplyTo) -> None:
        """Raises NotFacilitator."""
        choices = await self._offload.read(self._setting_up.choices, team_id, user_id)
        zone = await self._offload.read(self._setting_up.zone, team_id, user_id)
        await ack()

        async def show() -> None:
            form = set_up.form(
                choices,
                Return(to.response_url),
                today=self._setting_up.today(zone),
                groups=await self._directory.groups(),
            )
            await self._replies.open(to, form)

        self._afterwards.run(show(), to=to)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    setting_up = uses.setting_up
    directory, calling = edge.directory, edge.calling
    offload, afterwards, tick = edge.offload, edge.afterwards, edge.tick
    show_form = FormOpener.of(uses, edge)

    @app.action(ids.NEW_SCORECARD)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        await show_form(ack, team_id, user_id, ReplyTo.of(body))

    @app.view(ids.SET_UP_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        zone = await offload.read(setting_up.zone, team_id, user_id)
        chosen = entered(body["view"], user_id, zone)
        reading = await directory.read(chosen.audience, chosen.results_channel)
        draft = await offload.write(setting_up.draft, team_id, chosen, reading)
        view = set_up.confirm(draft, Return(back.response_url, draft.scorecard_id))
        await ack(response_action="push", view=view)

    @app.action(ids.FILL_IN_TOGETHER)
    async def fill_in_together(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        scorecard = team_id, user_id, back.draft_id
        drafted = await offload.read(setting_up.drafted, *scorecard)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        draft = await offload.write(setting_up.fill_in_together, *scorecard, reading)
        await ack()
        turned = _turn(calling, body["view"], set_up.confirm(draft, back))
        afterwards.run(turned, to=ReplyTo.of(body))

    @app.view(ids.CONFIRM_MODAL)
    async def start(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        drafted = await offload.read(setting_up.drafted, team_id, user_id, back.draft_id)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        started = await offload.write(setting_up.confirm, team_id, user_id, back.draft_id, reading)
        await done(edge, ack, body, back.response_url, set_up.started(started))
        if started.round is not None:
            afterwards.run(tick.note("round opened", started.round.id))
        afterwards.run(tick())


async def _turn(calling: AsyncWebClient, pressed: Body, shown: View) -> None:
    """Show something else in the modal that was pressed, unless it has turned or gone since."""
    try:
        await calling.views_update(view_id=pressed["id"], hash=pressed["hash"], view=shown)
    except SlackApiError as error:
        if verdict(error).problem not in TURNED_OR_GONE:
            raise
