"""Facilitators: seeing who they are, naming more and taking them out."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import facilitators, ids
from bot.blocks.facilitators import Opened
from bot.listeners.edge import Edge
from bot.listeners.press import Body, pressed, state_of
from bot.offload import Offload
from bot.replies import Replies, ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.naming import Naming
from questionnaires.errors import StalePress
from questionnaires.facilitating import NAMED_MOST


class Opener:
    """Opens the list of facilitators: for the button, and for the command."""

    def __init__(
        self, naming: Naming, replies: Replies, offload: Offload, afterwards: Afterwards
    ) -> None:
        self._naming = naming
        self._replies = replies
        self._offload = offload
        self._afterwards = afterwards

    @classmethod
    def of(cls, uses: UseCases, edge: Edge) -> "Opener":
        return cls(uses.naming, edge.replies, edge.offload, edge.afterwards)

    async def __call__(
        self,
        ack: AsyncAck,
        team_id: str,
        user_id: str,
        to: ReplyTo,
        scorecard_id: int | None = None,
    ) -> None:
        """Those of a scorecard, or of all of them. Raises NotFacilitator, NoSuchScorecard."""
        seen = await self._offload.read(self._naming.seen, team_id, user_id, scorecard_id)
        await ack()
        self._afterwards.run(self._replies.open(to, facilitators.modal(seen)), to=to)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    naming = uses.naming
    directory, offload, afterwards = edge.directory, edge.offload, edge.afterwards
    tick = edge.tick
    show = Opener.of(uses, edge)

    @app.action(ids.FACILITATORS)
    async def open_list(ack: AsyncAck, body: Body) -> None:
        scorecard_id = ids.parse_scorecard(pressed(body))
        team_id, user_id = body["team"]["id"], body["user"]["id"]
        await show(ack, team_id, user_id, ReplyTo.of(body), scorecard_id)

    @app.view(ids.FACILITATORS_MODAL)
    async def save(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = body["team"]["id"], body["user"]["id"]
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
