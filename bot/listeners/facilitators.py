"""Facilitators: seeing who they are, naming more and taking them out."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import facilitators, ids
from bot.blocks.facilitators import Opened
from bot.listeners.edge import Edge
from bot.listeners.press import Body, pressed, state_of, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from questionnaires.errors import StalePress
from questionnaires.facilitating import NAMED_MOST


class FacilitatorsOpener:
    """Opens the list of facilitators: for the button, and for the command."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._uses = uses
        self._edge = edge

    async def __call__(
        self,
        ack: AsyncAck,
        team_id: str,
        user_id: str,
        to: ReplyTo,
        scorecard_id: int | None = None,
    ) -> None:
        """Those of a scorecard, or of all of them. Raises NotFacilitator, NoSuchScorecard."""
        seen = await self._edge.offload.read(self._uses.naming.seen, team_id, user_id, scorecard_id)
        await ack()
        self._edge.afterwards.run(self._edge.replies.open(to, facilitators.modal(seen)), to=to)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    naming = uses.naming
    directory, offload, afterwards = edge.directory, edge.offload, edge.afterwards
    tick = edge.tick
    show = FacilitatorsOpener(uses, edge)

    @app.action(ids.FACILITATORS)
    async def open_list(ack: AsyncAck, body: Body) -> None:
        scorecard_id = ids.parse_scorecard(pressed(body))
        team_id, user_id = who(body)
        await show(ack, team_id, user_id, ReplyTo.of(body), scorecard_id)

    @app.view(ids.FACILITATORS_MODAL)
    async def save(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        opened = Opened.parse(body["view"]["private_metadata"])
        chosen = _chosen(body["view"])
        await directory.refresh()
        meanwhile = await offload.write(
            naming.save, team_id, user_id, opened.scorecard_id, chosen, opened.named
        )
        if meanwhile is not None:
            await ack(response_action="update", view=facilitators.modal_again(meanwhile, chosen))
            return
        await ack()
        afterwards.run(tick())


def _chosen(view: Body) -> tuple[str, ...]:
    """Raises StalePress for what the list does not offer."""
    chosen = tuple(state_of(view, ids.FACILITATORS_FIELD).get("selected_users") or ())
    if len(chosen) > NAMED_MOST:
        raise StalePress
    return chosen
