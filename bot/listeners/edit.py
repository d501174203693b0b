"""Editing a scorecard: the form filled in, what changes, and saving it."""

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View

from bot.blocks import edit, ids
from bot.blocks.edit import Edited
from bot.blocks.set_up import Return
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.form import as_opened, entered
from bot.listeners.press import Body, who
from bot.use_cases.everything import UseCases
from questionnaires.rounds import SetUp
from questionnaires.standings import Conflict


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    editing = uses.editing
    directory = edge.directory
    offload, afterwards, tick = edge.offload, edge.afterwards, edge.tick

    async def now(body: Body, edited: Edited) -> tuple[SetUp, SetUp]:
        """What the form was opened with, and what stands in it; the creator stays who it was."""
        team_id, user_id = who(body)
        found, _ = await offload.read(editing.edited, team_id, user_id, edited.scorecard_id)
        creator, zone = found.set_up.created_by, found.set_up.zone
        before = entered(as_opened(body["view"]), creator, zone)
        after = entered(body["view"], creator, zone)
        return before, after

    async def again(body: Body, edited: Edited, conflict: Conflict, before: SetUp) -> View:
        team_id, user_id = who(body)
        _, choices = await offload.read(editing.edited, team_id, user_id, edited.scorecard_id)
        groups = await directory.groups()
        return edit.edit_form(conflict.now, choices, groups, edited.response_url, before=before)

    @app.view(ids.EDIT_MODAL)
    async def confirm(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        edited = Edited.parse(body["view"]["private_metadata"])
        before, after = await now(body, edited)
        reading = await directory.read(after.audience, after.results_channel)
        found = await offload.write(
            editing.draft, team_id, user_id, edited.scorecard_id, edited.revision, after, reading
        )
        if isinstance(found, Conflict):
            view = await again(body, edited, found, before)
            await ack(response_action="update", view=view)
            return
        back = Return(edited.response_url, found.draft.scorecard_id)
        groups = await directory.groups()
        await ack(response_action="push", view=edit.confirm(found, back, groups))

    @app.view(ids.EDIT_CONFIRM_MODAL)
    async def save(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        back = Return.parse(body["view"]["private_metadata"])
        scorecard = await offload.write(editing.save, team_id, user_id, back.draft_id)
        await done(edge, ack, body, back.response_url, edit.saved(scorecard))
        afterwards.run(tick())
