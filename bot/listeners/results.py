"""Results of rounds that are over: /scorecard results, and the same from the Home tab."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, past
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from bot.listeners.edge import Edge
from bot.listeners.press import Body, pressed, reader_of, scorecard_of
from bot.replies import ReplyTo
from bot.use_cases.closing import Shown
from bot.use_cases.everything import UseCases
from questionnaires.past import Past, Reader


class ResultsShown:
    """What /scorecard results answers: a list of teams, or the results of the one it names."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._past = uses.past
        self._offload = edge.offload

    async def __call__(self, ack: AsyncAck, reader: Reader, text: str = "") -> None:
        """Raises NoSuchTeam, AmbiguousTeam, NotTheirResults, NoSuchRound."""
        if text:
            shown = _team(*await self._offload.read(self._past.asked_for, reader, text))
        else:
            teams = await self._offload.read(self._past.teams, reader)
            whom = await self._offload.read(self._past.facilitators, reader.team_id)
            shown = past.teams(teams, whom)
        await ack(response_type="ephemeral", text=shown.text, blocks=shown.blocks)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    replies, offload, afterwards = edge.replies, edge.offload, edge.afterwards

    @app.action(ids.RESULTS)
    async def open_(ack: AsyncAck, body: Body) -> None:
        """Beside a message another one that can turn; on the Home tab a modal."""
        scorecard_id, to = scorecard_of(body), ReplyTo.of(body)
        seen, shown = await offload.read(uses.past.of_team, reader_of(body), scorecard_id)
        await ack()
        if to.response_url:
            afterwards.run(replies.say(to, _team(seen, shown)), to=to)
        else:
            afterwards.run(replies.open(to, past.rounds_modal(seen)), to=to)

    @app.action(ids.SHOW_RESULT)
    async def show(ack: AsyncAck, body: Body) -> None:
        spot, to = Spot.parse(pressed(body)), ReplyTo.of(body)
        seen, shown = await offload.read(uses.past.one, reader_of(body), spot.round_id)
        await ack()
        if to.response_url:
            afterwards.run(replies.answer(to, _team(seen, shown)), to=to)
        else:
            afterwards.run(
                replies.open(to, past.one_modal(seen, shown.result, spot.round_id)), to=to
            )


def _team(seen: Past, shown: Shown | None) -> Content:
    if shown is None:
        return past.team(seen, None)
    return past.team(seen, shown.result, shown.round.id)
