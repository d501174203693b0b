"""Verbs for conversations: each does what people do, and waits until the bot has answered."""

from datetime import datetime, timedelta

from bot.app import Runtime
from sandbox import Member, Message, Outcome, SettableClock, Workspace


class Driver:
    def __init__(self, runtime: Runtime, workspace: Workspace, clock: SettableClock) -> None:
        self.runtime = runtime
        self.workspace = workspace
        self.clock = clock

    def who(self, name: str) -> Member:
        return self.workspace.member(name)

    async def tick(self) -> None:
        await self.runtime.tick()
        await self.runtime.settled()

    async def pass_(self, **how_much: float) -> None:
        """Let time go by in one step, then do what is due."""
        self.clock.advance(**how_much)
        await self.tick()

    async def until(self, moment: datetime) -> None:
        """Jump to a moment, then do what is due."""
        self.clock.set(moment)
        await self.tick()

    async def command(self, name: str, line: str, channel: str = "ml-team") -> Outcome:
        outcome = await self.who(name).command(line, channel=channel)
        await self.runtime.settled()
        return outcome

    async def press(
        self, name: str, label: str, *, on: Message | None = None, channel: str | None = None
    ) -> Outcome:
        outcome = await self.who(name).press(label, on=on, in_channel=channel)
        await self.runtime.settled()
        return outcome

    async def select(self, name: str, placeholder: str, option: str) -> Outcome:
        outcome = await self.who(name).select(placeholder, option)
        await self.runtime.settled()
        return outcome

    async def submit(self, name: str) -> Outcome:
        modal = self.who(name).modal
        assert modal is not None, f"{name} has no modal open"
        outcome = await modal.submit()
        await self.runtime.settled()
        return outcome

    async def fill_in_form(self, name: str, *, team_name: str = "Northwind ML") -> Outcome:
        """/scorecard start up to the confirmation, everything else by default."""
        outcome = await self.command(name, "/scorecard start")
        modal = self.who(name).modal
        assert modal is not None, (outcome, self.workspace.calls()[-3:])
        modal.fill("Team name", team_name)
        modal.choose("Who is asked: everybody in a channel", "ml-team")
        modal.choose("Where the result is posted", "mlops-results")
        return await self.submit(name)

    async def open_round(self, name: str = "Amara Okafor", **form: str) -> None:
        """A round for the whole channel, and a day for everybody's hour to come."""
        await self.fill_in_form(name, **form)
        await self.submit(name)
        await self.pass_(days=1)

    async def answer_all(self, name: str, level: int) -> None:
        """From the invitation to the end, the same level everywhere."""
        await self.press(name, "Start")
        while str(level) in self.screen(name).buttons:
            await self.press(name, str(level))

    def screen(self, name: str) -> Message:
        """The newest message with words or buttons in the conversation with the bot."""
        return [message for message in self.who(name).screen() if message.blocks][-1]

    def reads(self, name: str) -> str:
        return self.screen(name).reads


HOUR = timedelta(hours=1)
