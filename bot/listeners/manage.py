"""What facilitators do from /scorecard status: remind, open a round, skip one, pause, resume.

What writes to people or cannot be undone is asked first, beside the list.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.afterwards import Afterwards
from bot.blocks import ids, manage, set_up
from bot.blocks.ids import Errand, Verb
from bot.blocks.message import Content
from bot.directory import Directory
from bot.listeners.press import Body
from bot.offload import Offload
from bot.replies import Replies
from bot.tick import Tick
from bot.use_cases.everything import UseCases
from bot.use_cases.opening import Reading
from questionnaires.errors import StalePress


@dataclass(frozen=True, slots=True)
class Managing:
    """Who wishes what of which scorecard, and where to answer."""

    team_id: str
    user_id: str
    errand: Errand
    response_url: str

    @classmethod
    def of(cls, body: Body) -> "Managing":
        """Raises StalePress."""
        action = body["actions"][0]
        chosen = action.get("selected_option") or action
        return cls(
            team_id=body["team"]["id"],
            user_id=body["user"]["id"],
            errand=Errand.parse(chosen.get("value", "")),
            response_url=body.get("response_url", ""),
        )

    @property
    def day(self) -> date:
        """Raises StalePress for a wish that names no day."""
        if self.errand.day is None:
            raise StalePress
        return self.errand.day

    @property
    def scorecard(self) -> tuple[str, str, int]:
        return self.team_id, self.user_id, self.errand.scorecard_id


def register(
    app: AsyncApp,
    uses: UseCases,
    directory: Directory,
    replies: Replies,
    offload: Offload,
    afterwards: Afterwards,
    tick: Tick,
) -> None:
    opening, planning, reminding = uses.opening, uses.planning, uses.reminding

    async def reading(wish: Managing) -> Reading:
        found = await offload.read(opening.scorecard, *wish.scorecard)
        return await directory.read(found.set_up.audience, found.set_up.results_channel)

    async def ask_run(wish: Managing) -> Content:
        read = await reading(wish)
        draft = await offload.read(opening.about_to_run, *wish.scorecard, read)
        return manage.ask_run(draft)

    async def ask_remind(wish: Managing) -> Content:
        return manage.ask_remind(*await offload.read(reminding.to_remind, *wish.scorecard))

    async def ask_skip(wish: Managing) -> Content:
        skipped = await offload.read(planning.about_to_skip, *wish.scorecard, wish.day)
        return manage.ask_skip(wish.errand, *skipped)

    async def pause(wish: Managing) -> Content:
        return manage.paused(await offload.write(planning.pause, *wish.scorecard))

    async def resume(wish: Managing) -> Content:
        return manage.resumed(await offload.write(planning.resume, *wish.scorecard))

    answers: dict[Verb, Callable[[Managing], Awaitable[Content]]] = {
        Verb.RUN: ask_run,
        Verb.REMIND: ask_remind,
        Verb.SKIP: ask_skip,
        Verb.PAUSE: pause,
        Verb.RESUME: resume,
    }

    async def answer(wish: Managing) -> None:
        await replies.whisper(wish.response_url, await answers[wish.errand.verb](wish))

    @app.action(ids.MANAGE)
    async def choose(ack: AsyncAck, body: Body) -> None:
        wish = Managing.of(body)
        await ack()
        afterwards.run(answer(wish), response_url=wish.response_url)

    async def run(wish: Managing) -> None:
        """After the ack: a large team takes longer to read than Slack waits."""
        started = await offload.write(opening.run_now, *wish.scorecard, await reading(wish))
        await replies.replace(wish.response_url, set_up.started(started))
        if started.round is not None:
            await tick.note("round opened", started.round.id)
        await tick()

    @app.action(ids.RUN_NOW)
    async def run_now(ack: AsyncAck, body: Body) -> None:
        wish = Managing.of(body)
        await ack()
        afterwards.run(run(wish), response_url=wish.response_url)

    @app.action(ids.SKIP_NEXT)
    async def skip_next(ack: AsyncAck, body: Body) -> None:
        wish = Managing.of(body)
        scorecard = await offload.write(planning.skip, *wish.scorecard, wish.day)
        await ack()
        said = replies.replace(wish.response_url, manage.skipped(scorecard))
        afterwards.run(said, response_url=wish.response_url)

    @app.action(ids.REMIND_NOW)
    async def remind_now(ack: AsyncAck, body: Body) -> None:
        wish = Managing.of(body)
        round_, people = await offload.write(reminding.remind_now, *wish.scorecard)
        await ack()
        said = replies.replace(wish.response_url, manage.reminded(round_, people))
        afterwards.run(said, response_url=wish.response_url)
        afterwards.run(tick())
