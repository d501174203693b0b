"""Setting up a scorecard: the form, "This messages 8 people", and the first round."""

from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.blocks import ids, set_up, together
from bot.blocks.set_up import Return
from bot.directory import Directory
from bot.homes import HomeTabs
from bot.listeners.press import Body, chosen, state_of, typed
from bot.offload import Offload
from bot.replies import Replies, ReplyTo
from bot.tick import Tick
from bot.use_cases.setting_up import SettingUp
from bot.verdicts import verdict
from questionnaires.calendar import Cadence, Weekend
from questionnaires.errors import SetUpGone, StalePress
from questionnaires.rounds import Audience, Manner, SetUp

TURNED_OR_GONE = ("hash_conflict", "not_found")


class FormOpener:
    """Opens the set-up form: for the button, and for /scorecard start."""

    def __init__(
        self,
        setting_up: SettingUp,
        directory: Directory,
        calling: AsyncWebClient,
        offload: Offload,
        afterwards: Afterwards,
    ) -> None:
        self._setting_up = setting_up
        self._directory = directory
        self._calling = calling
        self._offload = offload
        self._afterwards = afterwards

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
            await self._calling.views_open(trigger_id=to.trigger_id, view=form)

        self._afterwards.run(show(), to=to)


def register(
    app: AsyncApp,
    setting_up: SettingUp,
    show_form: FormOpener,
    directory: Directory,
    replies: Replies,
    homes: HomeTabs,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
    calling: AsyncWebClient,
) -> None:
    @app.action(ids.NEW_SCORECARD)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        await show_form(ack, team_id, user_id, ReplyTo.of(body))

    @app.view(ids.SET_UP_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        zone = await offload.read(setting_up.zone, team_id, user_id)
        entered = _set_up(body["view"], user_id, zone)
        reading = await directory.read(entered.audience, entered.results_channel)
        draft = await offload.write(setting_up.draft, team_id, entered, reading)
        view = set_up.confirm(draft, Return(back.response_url, draft.scorecard_id))
        await ack(response_action="push", view=view)

    @app.action(ids.FILL_IN_TOGETHER)
    async def fill_in_together(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        if back.scorecard_id is None:
            raise SetUpGone
        scorecard = team_id, user_id, back.scorecard_id
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
        if back.scorecard_id is None:
            raise SetUpGone
        drafted = await offload.read(setting_up.drafted, team_id, user_id, back.scorecard_id)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        started = await offload.write(
            setting_up.confirm, team_id, user_id, back.scorecard_id, reading
        )
        said = set_up.started(started)
        there = await replies.leave(ack, body, back.response_url, said)
        if there.response_url:
            afterwards.run(replies.say(there, said), to=there)
        afterwards.run(homes.publish(team_id, user_id))
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


def _set_up(view: Body, user_id: str, zone: str) -> SetUp:
    """What was entered. Raises StalePress for values that the form does not offer."""
    try:
        cadence = Cadence(chosen(view, ids.CADENCE))
        weekend = Weekend(chosen(view, ids.WEEKEND))
        manner = _manner(view)
        days_open, hour = int(chosen(view, ids.DAYS_OPEN)), int(chosen(view, ids.HOUR))
        first_on = date.fromisoformat(state_of(view, ids.FIRST_ON).get("selected_date") or "")
    except ValueError:
        raise StalePress from None
    return SetUp(
        team_name=" ".join(typed(view, ids.TEAM_NAME).split()),
        questionnaire_id=chosen(view, ids.QUESTIONNAIRE),
        audience=Audience(
            channel=state_of(view, ids.AUDIENCE).get("selected_conversation"),
            people=tuple(state_of(view, ids.AUDIENCE_PEOPLE).get("selected_users") or ()),
            group=chosen(view, ids.AUDIENCE_GROUP) if _has(view, ids.AUDIENCE_GROUP) else None,
        ),
        results_channel=state_of(view, ids.RESULTS_CHANNEL).get("selected_conversation") or "",
        cadence=cadence,
        zone=zone,
        created_by=user_id,
        days_open=days_open,
        hour=hour,
        weekend=weekend,
        guests=bool(state_of(view, ids.GUESTS).get("selected_options")),
        first_on=first_on,
        manner=manner,
    )


def _manner(view: Body) -> Manner:
    """A form that an older version opened does not ask. Raises ValueError, StalePress."""
    if ids.MANNER not in view["state"]["values"]:
        return Manner.APART
    manner = Manner(chosen(view, ids.MANNER))
    if manner not in together.MANNERS:
        raise StalePress
    return manner


def _has(view: Body, field: str) -> bool:
    """User groups are offered only where there are some; then one need not be chosen."""
    values = view["state"]["values"]
    return field in values and bool(values[field][ids.INPUT].get("selected_option"))
