"""Setting up a scorecard: the form, "This messages 8 people", and the first round."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.afterwards import Afterwards
from bot.blocks import ids, set_up
from bot.blocks.set_up import Return
from bot.directory import Directory
from bot.listeners.press import Body, typed
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.opening import Opening
from questionnaires.calendar import Cadence
from questionnaires.errors import SetUpGone, StalePress
from questionnaires.rounds import Audience, SetUp


def register(
    app: AsyncApp,
    opening: Opening,
    directory: Directory,
    replies: Replies,
    calling: AsyncWebClient,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
) -> None:
    @app.action(ids.NEW_SCORECARD)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        choices = await offload.read(opening.choices, body["team"]["id"], body["user"]["id"])
        await ack()
        back = Return(body.get("response_url", ""))
        opened = calling.views_open(trigger_id=body["trigger_id"], view=set_up.form(choices, back))
        afterwards.run(opened, response_url=back.response_url)

    @app.view(ids.SET_UP_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        zone = await offload.read(opening.zone, team_id, user_id)
        chosen = _set_up(body["view"], user_id, zone)
        reading = await directory.read(chosen.audience, chosen.results_channel)
        draft = await offload.write(opening.draft, team_id, chosen, reading)
        view = set_up.confirm(draft, Return(back.response_url, draft.scorecard_id))
        await ack(response_action="push", view=view)

    @app.view(ids.CONFIRM_MODAL)
    async def start(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        back = Return.parse(body["view"]["private_metadata"])
        if back.scorecard_id is None:
            raise SetUpGone
        drafted = await offload.read(opening.drafted, team_id, user_id, back.scorecard_id)
        reading = await directory.read(drafted.set_up.audience, drafted.set_up.results_channel)
        started = await offload.write(opening.confirm, team_id, user_id, back.scorecard_id, reading)
        await ack(response_action="clear")
        said = replies.whisper(back.response_url, set_up.started(started))
        afterwards.run(said, response_url=back.response_url)
        afterwards.run(tick.note("round opened", started.round.id))
        afterwards.run(tick())


def _set_up(view: Body, user_id: str, zone: str) -> SetUp:
    """What was entered. Raises StalePress for values that the form does not offer."""
    try:
        cadence = Cadence(_chosen(view, ids.CADENCE))
        days_open = int(_chosen(view, ids.DAYS_OPEN))
    except ValueError:
        raise StalePress from None
    return SetUp(
        team_name=" ".join(typed(view, ids.TEAM_NAME).split()),
        questionnaire_id=_chosen(view, ids.QUESTIONNAIRE),
        audience=Audience(
            channel=_field(view, ids.AUDIENCE).get("selected_conversation"),
            people=tuple(_field(view, ids.AUDIENCE_PEOPLE).get("selected_users") or ()),
        ),
        results_channel=_field(view, ids.RESULTS_CHANNEL).get("selected_conversation") or "",
        cadence=cadence,
        zone=zone,
        created_by=user_id,
        days_open=days_open,
    )


def _field(view: Body, field: str) -> dict[str, Any]:
    found: dict[str, Any] = view["state"]["values"][field][ids.INPUT]
    return found


def _chosen(view: Body, field: str) -> str:
    return str((_field(view, field).get("selected_option") or {}).get("value", ""))
