"""Rehearsing with oneself only: from a set-up, from the Home tab or /scorecard rehearse."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.blocks import ids, rehearsal
from bot.blocks.ids import Rehearsed
from bot.blocks.notice import notice
from bot.blocks.set_up import Return
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, Press, chosen, pressed, values_of, who
from bot.old_cards import Place, take_away
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.rehearsing import Wish
from questionnaires.rehearsal import Ending


class RehearsalOpener:
    """Says what will happen: for the button, and for /scorecard rehearse."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._uses = uses
        self._edge = edge

    async def __call__(self, ack: AsyncAck, team_id: str, user_id: str, to: ReplyTo) -> None:
        """Raises NotFacilitator."""
        choices = await self._edge.offload.read(self._uses.setting_up.choices, team_id, user_id)
        await ack()
        view = rehearsal.ask(choices, Return(to.response_url))
        self._edge.afterwards.run(self._edge.replies.open(to, view), to=to)


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    setting_up, rehearsing = uses.setting_up, uses.rehearsing
    calling, replies, homes = edge.calling, edge.replies, edge.homes
    offload, afterwards, tick = edge.offload, edge.afterwards, edge.tick
    ask = RehearsalOpener(uses, edge)

    async def start(team_id: str, user_id: str, wish: Wish) -> Place | None:
        """Returns where the card hangs of the rehearsal that this one has ended."""
        begun = await offload.write(rehearsing.start, team_id, user_id, wish)
        return begun.card_before

    def clear_up(card: Place | None) -> None:
        """Take the card of what has ended away, and send what is due."""
        if card is not None:
            afterwards.run(take_away(calling, card))
        afterwards.run(tick())

    @app.action(ids.REHEARSE)
    async def open_(ack: AsyncAck, body: Body) -> None:
        await ask(ack, *who(body), ReplyTo.of(body))

    @app.view(ids.REHEARSE_MODAL)
    async def start_asked(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        back = Return.parse(body["view"]["private_metadata"])
        offered = ids.QUESTIONNAIRE in values_of(body["view"])
        questions = chosen(body["view"], ids.QUESTIONNAIRE) if offered else None
        card_before = await start(team_id, user_id, Wish(questions))
        await done(edge, ack, body, back.response_url, rehearsal.begun())
        clear_up(card_before)

    @app.action(ids.REHEARSE_SET_UP)
    async def start_from_set_up(ack: AsyncAck, body: Body) -> None:
        team_id, user_id = who(body)
        about = Rehearsed.parse(pressed(body))
        drafted = await offload.read(setting_up.drafted, team_id, user_id, about.scorecard_id)
        set_up = drafted.set_up
        wish = Wish(set_up.questionnaire_id, set_up.team_name, set_up.results_channel, about.people)
        card_before = await start(team_id, user_id, wish)
        await ack()
        to = ReplyTo.of(body)
        afterwards.run(replies.open(to, notice(rehearsal.begun(from_set_up=True))), to=to)
        afterwards.run(homes.refresh(team_id, user_id))
        clear_up(card_before)

    @app.action(ids.END_REHEARSAL)
    async def end(ack: AsyncAck, body: Body) -> None:
        press = Press.of(body)
        card = await offload.write(rehearsing.end, press.here)
        await ack()
        afterwards.run(replies.answer(press.to, rehearsal.over(Ending.BY_HAND)), to=press.to)
        afterwards.run(homes.refresh(press.team_id, press.user_id))
        clear_up(card if card != press.where.at else None)
