"""What facilitators do with a scorecard, from the Home tab or from /scorecard status.

Everything is asked first in a modal, and said where the wish came from when it is done.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.models.views import View

from bot.blocks import edit, facilitators, ids, manage, set_up, tailor
from bot.blocks.ids import Errand, Verb
from bot.blocks.manage import Asked
from bot.blocks.message import Content
from bot.blocks.notice import notice
from bot.listeners.done import done
from bot.listeners.edge import Edge
from bot.listeners.press import Body, chosen, pressed
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
        return cls(body["team"]["id"], body["user"]["id"], asked)

    @classmethod
    def confirmed(cls, body: Body) -> "Managing":
        """Raises StalePress."""
        asked = Asked.parse(body["view"]["private_metadata"])
        return cls(body["team"]["id"], body["user"]["id"], asked)

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


def register(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    directory, replies, homes = edge.directory, edge.replies, edge.homes
    offload, afterwards, tick = edge.offload, edge.afterwards, edge.tick

    opening, planning, reminding = uses.opening, uses.planning, uses.reminding
    extending = uses.extending

    async def look(wish: Managing) -> tuple[Reading, int]:
        """What Slack says of a scorecard, and as of which change of it."""
        found = await offload.read(opening.scorecard, *wish.scorecard)
        set_up = found.set_up
        return await directory.read(set_up.audience, set_up.results_channel), found.revision

    async def ask_run(wish: Managing) -> View:
        reading, revision = await look(wish)
        draft = await offload.read(opening.about_to_run, *wish.scorecard, reading)
        return manage.ask_run(draft, replace(wish.asked, revision=revision))

    async def ask_remind(wish: Managing) -> View:
        waiting = await offload.read(reminding.to_remind, *wish.scorecard)
        return manage.ask_remind(wish.asked, *waiting)

    async def ask_extend(wish: Managing) -> View:
        found = await offload.read(extending.about_to_extend, *wish.scorecard, wish.day)
        return manage.ask_extend(wish.asked, found)

    async def ask_skip(wish: Managing) -> View:
        skipped = await offload.read(planning.about_to_skip, *wish.scorecard, wish.day)
        return manage.ask_skip(wish.asked, *skipped)

    async def ask_pause(wish: Managing) -> View:
        found = await offload.read(planning.about_to_pause, *wish.scorecard)
        return manage.ask_pause(wish.asked, found.set_up.team_name)

    async def ask_resume(wish: Managing) -> View:
        found = await offload.read(planning.about_to_resume, *wish.scorecard)
        return manage.ask_resume(wish.asked, found)

    async def edit_form(wish: Managing) -> View:
        found = await offload.read(uses.editing.edited, *wish.scorecard)
        return edit.edit_form(*found, await directory.groups(), wish.asked.response_url)

    async def facilitators_form(wish: Managing) -> View:
        return facilitators.modal(await offload.read(uses.naming.seen, *wish.scorecard))

    async def questions(wish: Managing) -> View:
        desk = await offload.write(uses.tailors.desk, Place(*wish.scorecard))
        opened = tailor.Tailoring(wish.asked.errand.scorecard_id, wish.asked.response_url)
        return tailor.overview(desk, opened)

    looks: dict[Verb, Ask] = {Verb.RUN: ask_run, Verb.EDIT: edit_form}
    asks: dict[Verb, Ask] = {
        Verb.REMIND: ask_remind,
        Verb.EXTEND: ask_extend,
        Verb.SKIP: ask_skip,
        Verb.PAUSE: ask_pause,
        Verb.RESUME: ask_resume,
        Verb.FACILITATORS: facilitators_form,
        Verb.TAILOR: questions,
    }

    @app.action(ids.verbs(ids.MANAGE))
    async def ask(ack: AsyncAck, body: Body) -> None:
        wish, to = Managing.pressed(body), ReplyTo.of(body)
        looking = looks.get(wish.asked.errand.verb)
        if looking is not None:
            await ack()
            afterwards.run(ask_after_looking(wish, to, looking), to=to)
            return
        view = await asks[wish.asked.errand.verb](wish)
        await ack()
        afterwards.run(replies.open(to, view), to=to)

    async def ask_after_looking(wish: Managing, to: ReplyTo, looking: Ask) -> None:
        """What is read from Slack takes longer than a modal may take to open."""
        waiting = await replies.open(to, notice(manage.one_moment()))
        there = ReplyTo(view_id=waiting)
        afterwards.run(fill(wish, there, looking), to=there)

    async def fill(wish: Managing, there: ReplyTo, looking: Ask) -> None:
        await replies.turn(there, await looking(wish))

    async def remind(wish: Managing, _body: Body) -> Content:
        return manage.reminded(*await offload.write(reminding.remind_now, *wish.scorecard))

    async def extend(wish: Managing, body: Body) -> Content:
        day = _day(chosen(body["view"], ids.CLOSES_ON))
        return manage.extended(
            await offload.write(extending.extend, *wish.scorecard, wish.day, day)
        )

    async def skip(wish: Managing, _body: Body) -> Content:
        return manage.skipped(await offload.write(planning.skip, *wish.scorecard, wish.day))

    async def pause(wish: Managing, _body: Body) -> Content:
        return manage.paused(await offload.write(planning.pause, *wish.scorecard))

    async def resume(wish: Managing, _body: Body) -> Content:
        return manage.resumed(await offload.write(planning.resume, *wish.scorecard))

    acts: dict[Verb, Callable[[Managing, Body], Awaitable[Content]]] = {
        Verb.REMIND: remind,
        Verb.EXTEND: extend,
        Verb.SKIP: skip,
        Verb.PAUSE: pause,
        Verb.RESUME: resume,
    }

    @app.view(ids.MANAGE_MODAL)
    async def act(ack: AsyncAck, body: Body) -> None:
        wish = Managing.confirmed(body)
        if wish.asked.errand.verb is Verb.RUN:
            there = await replies.leave(ack, body, wish.asked.response_url, manage.one_moment())
            afterwards.run(run(wish, there), to=there)
            return
        act_on = acts.get(wish.asked.errand.verb)
        if act_on is None:  # it has a modal of its own
            raise StalePress
        said = await act_on(wish, body)
        await done(edge, ack, body, wish.asked.response_url, said)
        afterwards.run(tick())

    async def run(wish: Managing, there: ReplyTo) -> None:
        """After the ack: a large team takes longer to read than Slack waits."""
        reading, _ = await look(wish)
        started = await offload.write(
            opening.run_now, *wish.scorecard, reading, wish.asked.revision
        )
        afterwards.run(replies.say(there, set_up.started(started)), to=there)
        afterwards.run(homes.refresh(wish.team_id, wish.user_id))
        if started.round is not None:
            afterwards.run(tick.note("round opened", started.round.id))
        afterwards.run(tick())


def _day(value: str) -> date:
    """Raises StalePress for a day that the form does not offer."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise StalePress from None
