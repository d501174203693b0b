"""Setting up a scorecard: the form, "This messages 8 people", and the first round."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, set_up
from bot.blocks.set_up import Return
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.form import entered
from bot.listeners.press import Body, view_of, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases


class FormOpener:
    """Opens the set-up form: for the button, and for /scorecard start."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._uses = uses
        self._edge = edge

    async def __call__(self, ack: AsyncAck, team_id: str, user_id: str, to: ReplyTo) -> None:
        """Raises NotFacilitator."""
        choices = await self._edge.offload.read(self._uses.setting_up.choices, team_id, user_id)
        zone = await self._edge.offload.read(self._uses.setting_up.zone, team_id, user_id)
        await ack()

        async def show() -> None:
            form = set_up.form(
                choices,
                Return(to.response_url),
                today=self._uses.setting_up.today(zone),
                groups=await self._edge.directory.groups(),
            )
            await self._edge.replies.open(to, form)

        self._edge.afterwards.run(show(), to=to)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    setting_up = uses.setting_up
    directory = edge.directory
    offload, afterwards, tick = edge.offload, edge.afterwards, edge.tick
    show_form = FormOpener(uses, edge)

    @app.action(ids.NEW_SCORECARD)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        await show_form(ack, team_id, user_id, ReplyTo.of(body))

    @app.view(ids.SET_UP_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        back = Return.parse(body["view"]["private_metadata"])
        zone = await offload.read(setting_up.zone, team_id, user_id)
        chosen = entered(body["view"], user_id, zone)
        reading = await directory.read(chosen.audience, chosen.results_channel)
        draft = await offload.write(setting_up.draft, team_id, chosen, reading)
        view = set_up.confirm(draft, Return(back.response_url, draft.scorecard_id))
        await ack(response_action="push", view=view)

    @app.action(ids.FILL_IN_TOGETHER)
    async def fill_in_together(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        view = view_of(body)
        back = Return.parse(view["private_metadata"])
        scorecard = team_id, user_id, back.draft_id
        drafted = await offload.read(setting_up.drafted, *scorecard)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        draft = await offload.write(setting_up.fill_in_together, *scorecard, reading)
        await ack()
        turned = edge.replies.turn_pressed(view, set_up.confirm(draft, back))
        afterwards.run(turned, to=ReplyTo.of(body))

    @app.view(ids.CONFIRM_MODAL)
    async def start(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        back = Return.parse(body["view"]["private_metadata"])
        drafted = await offload.read(setting_up.drafted, team_id, user_id, back.draft_id)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        started = await offload.write(setting_up.confirm, team_id, user_id, back.draft_id, reading)
        await done(edge, ack, body, back.response_url, set_up.started(started))
        if started.round is not None:
            afterwards.run(tick.note("round opened", started.round.id))
        afterwards.run(tick())
