"""What facilitators do with a scorecard, from the Home tab or from /scorecard status.

Everything is asked first in a modal, and said where the wish came from when it is done.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View

from bot.blocks import edit, export, facilitators, history, ids, manage, set_up, tailor
from bot.blocks.ids import Errand, Verb
from bot.blocks.manage import Asked
from bot.blocks.message import Content
from bot.blocks.notice import notice
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, chosen, pressed, who
from bot.replies import ReplyTo
from bot.use_cases.everything import UseCases
from bot.use_cases.opening import Reading
from bot.use_cases.tailoring import Place
from questionnaires.errors import StalePress


@dataclass(frozen=True, slots=True)
class Managing:
    """Who wishes what of which scorecard, and where to answer."""

    team_id: str
    user_id: str
    asked: Asked

    @classmethod
    def pressed(cls, body: Body) -> "Managing":
        """Raises StalePress."""
        asked = Asked(Errand.parse(pressed(body)), body.get("response_url") or "")
        return cls(*who(body), asked)

    @classmethod
    def confirmed(cls, body: Body) -> "Managing":
        """Raises StalePress."""
        asked = Asked.parse(body["view"]["private_metadata"])
        return cls(*who(body), asked)

    @property
    def day(self) -> date:
        """Raises StalePress for a wish that names no day."""
        if self.asked.errand.day is None:
            raise StalePress
        return self.asked.errand.day

    @property
    def scorecard(self) -> tuple[str, str, int]:
        return self.team_id, self.user_id, self.asked.errand.scorecard_id


Ask = Callable[[Managing], Awaitable[View]]
Act = Callable[[Managing, Body], Awaitable[Content]]


class Asking:
    """The modal for each wish. What is read from Slack first is in `looks`."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._uses = uses
        self._edge = edge
        self.looks: Mapping[Verb, Ask] = {Verb.RUN: self.ask_run, Verb.EDIT: self.edit_form}
        self.asks: Mapping[Verb, Ask] = {
            Verb.REMIND: self.ask_remind,
            Verb.EXTEND: self.ask_extend,
            Verb.SKIP: self.ask_skip,
            Verb.PAUSE: self.ask_pause,
            Verb.RESUME: self.ask_resume,
            Verb.FACILITATORS: self.facilitators_form,
            Verb.TAILOR: self.questions,
            Verb.HISTORY: self.history,
            Verb.EXPORT: self.export,
        }

    async def look(self, wish: Managing) -> tuple[Reading, int]:
        """What Slack says of a scorecard, and as of which change of it."""
        found = await self._edge.offload.read(self._uses.opening.scorecard, *wish.scorecard)
        audience, channel = found.set_up.audience, found.set_up.results_channel
        return await self._edge.directory.read(audience, channel), found.revision

    async def ask_run(self, wish: Managing) -> View:
        reading, revision = await self.look(wish)
        draft = await self._edge.offload.read(
            self._uses.opening.about_to_run, *wish.scorecard, reading
        )
        return manage.ask_run(draft, replace(wish.asked, revision=revision))

    async def ask_remind(self, wish: Managing) -> View:
        waiting = await self._edge.offload.read(self._uses.reminding.to_remind, *wish.scorecard)
        return manage.ask_remind(wish.asked, *waiting)

    async def ask_extend(self, wish: Managing) -> View:
        found = await self._edge.offload.read(
            self._uses.extending.about_to_extend, *wish.scorecard, wish.day
        )
        return manage.ask_extend(wish.asked, found)

    async def ask_skip(self, wish: Managing) -> View:
        skipped = await self._edge.offload.read(
            self._uses.planning.about_to_skip, *wish.scorecard, wish.day
        )
        return manage.ask_skip(wish.asked, *skipped)

    async def ask_pause(self, wish: Managing) -> View:
        found = await self._edge.offload.read(self._uses.planning.about_to_pause, *wish.scorecard)
        return manage.ask_pause(wish.asked, found.set_up.team_name)

    async def ask_resume(self, wish: Managing) -> View:
        found = await self._edge.offload.read(self._uses.planning.about_to_resume, *wish.scorecard)
        return manage.ask_resume(wish.asked, found)

    async def edit_form(self, wish: Managing) -> View:
        found = await self._edge.offload.read(self._uses.editing.edited, *wish.scorecard)
        return edit.edit_form(*found, await self._edge.directory.groups(), wish.asked.response_url)

    async def facilitators_form(self, wish: Managing) -> View:
        return facilitators.modal(
            await self._edge.offload.read(self._uses.naming.seen, *wish.scorecard)
        )

    async def questions(self, wish: Managing) -> View:
        desk = await self._edge.offload.write(self._uses.tailors.desk, Place(*wish.scorecard))
        opened = tailor.Tailoring(wish.asked.errand.scorecard_id, wish.asked.response_url)
        return tailor.overview(desk, opened)

    async def history(self, wish: Managing) -> View:
        return history.modal(
            await self._edge.offload.read(self._uses.histories.of, *wish.scorecard)
        )

    async def export(self, wish: Managing) -> View:
        seen = await self._edge.offload.read(self._uses.exporting.choices, *wish.scorecard)
        return export.modal(seen, wish.asked)


class Acting:
    """What is done for each wish that was confirmed, and what is said then."""

    def __init__(self, uses: UseCases, edge: Edge) -> None:
        self._uses = uses
        self._edge = edge
        self.acts: Mapping[Verb, Act] = {
            Verb.REMIND: self.remind,
            Verb.EXTEND: self.extend,
            Verb.SKIP: self.skip,
            Verb.PAUSE: self.pause,
            Verb.RESUME: self.resume,
        }

    async def remind(self, wish: Managing, _body: Body) -> Content:
        return manage.reminded(
            *await self._edge.offload.write(self._uses.reminding.remind_now, *wish.scorecard)
        )

    async def extend(self, wish: Managing, body: Body) -> Content:
        day = _day(chosen(body["view"], ids.CLOSES_ON))
        return manage.extended(
            await self._edge.offload.write(
                self._uses.extending.extend, *wish.scorecard, wish.day, day
            )
        )

    async def skip(self, wish: Managing, _body: Body) -> Content:
        return manage.skipped(
            await self._edge.offload.write(self._uses.planning.skip, *wish.scorecard, wish.day)
        )

    async def pause(self, wish: Managing, _body: Body) -> Content:
        return manage.paused(
            await self._edge.offload.write(self._uses.planning.pause, *wish.scorecard)
        )

    async def resume(self, wish: Managing, _body: Body) -> Content:
        return manage.resumed(
            await self._edge.offload.write(self._uses.planning.resume, *wish.scorecard)
        )


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    asking, acting, opening = Asking(uses, edge), Acting(uses, edge), uses.opening
    replies, homes, offload = edge.replies, edge.homes, edge.offload
    afterwards, tick = edge.afterwards, edge.tick

    @app.action(ids.verbs(ids.MANAGE))
    async def ask(ack: AsyncAck, body: Body) -> None:
        wish, to = Managing.pressed(body), ReplyTo.of(body)
        looking = asking.looks.get(wish.asked.errand.verb)
        if looking is not None:
            await ack()
            afterwards.run(ask_after_looking(wish, to, looking), to=to)
            return
        view = await asking.asks[wish.asked.errand.verb](wish)
        await ack()
        afterwards.run(replies.open(to, view), to=to)

    async def ask_after_looking(wish: Managing, to: ReplyTo, looking: Ask) -> None:
        """What is read from Slack takes longer than a modal may take to open."""
        waiting = await replies.open(to, notice(manage.one_moment()))
        there = ReplyTo(view_id=waiting)
        afterwards.run(fill(wish, there, looking), to=there)

    async def fill(wish: Managing, there: ReplyTo, looking: Ask) -> None:
        await replies.turn(there, await looking(wish))

    @app.view(ids.MANAGE_MODAL)
    async def act(ack: AsyncAck, body: Body) -> None:
        wish = Managing.confirmed(body)
        if wish.asked.errand.verb is Verb.RUN:
            there = await replies.leave(ack, body, wish.asked.response_url, manage.one_moment())
            afterwards.run(run(wish, there), to=there)
            return
        act_on = acting.acts.get(wish.asked.errand.verb)
        if act_on is None:  # it has a modal of its own
            raise StalePress
        said = await act_on(wish, body)
        await done(edge, ack, body, wish.asked.response_url, said)
        afterwards.run(tick())

    async def run(wish: Managing, there: ReplyTo) -> None:
        """After the ack: a large team takes longer to read than Slack waits."""
        reading, _ = await asking.look(wish)
        started = await offload.write(
            opening.run_now, *wish.scorecard, reading, wish.asked.revision
        )
        afterwards.run(replies.say(there, set_up.started(started)), to=there)
        afterwards.run(homes.refresh(wish.team_id, wish.user_id, seen=there.at_home))
        if started.round is not None:
            afterwards.run(tick.note("round opened", started.round.id))
        afterwards.run(tick())


def _day(value: str) -> date:
    """Raises StalePress for a day that the form does not offer."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise StalePress from None
