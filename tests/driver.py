"""Verbs for conversations: each does what people do, and waits until the bot has answered."""

import asyncio
from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select as sql_select
from sqlmodel import SQLModel, col, select

from bot.app import Runtime
from sandbox import Home, Member, Message, Modal, Outcome, SettableClock, Surface, Workspace
from storage.tables import AnswerRow, ParticipantRow


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

    async def shortcut(self, name: str, label: str) -> Outcome:
        """Pick the global shortcut that reads `label`."""
        outcome = await self.who(name).shortcut(label)
        await self.runtime.settled()
        return outcome

    async def press(
        self, name: str, label: str, *, on: Surface | None = None, channel: str | None = None
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

    def modal(self, name: str) -> Modal:
        """The modal in front of somebody who has one open."""
        found = self.who(name).modal
        assert found is not None, (f"{name} has no modal open", self.workspace.calls()[-3:])
        return found

    async def write(self, name: str, label: str, text: str) -> Outcome:
        """Fill in the one field of the open modal and save it."""
        self.modal(name).fill(label, text)
        return await self.submit(name)

    def submission(self, name: str) -> dict[str, Any]:
        """What submitting the open modal would send, to be sent again or bent."""
        member = self.who(name)
        view = self.modal(name).view
        return deepcopy(self.workspace.payloads.submission(member.account, view, []))

    async def submit_again(self, name: str, payload: dict[str, Any]) -> str:
        """Send a submission once more, as an impatient press does; what the modal says then."""
        member = self.who(name)
        payload["user"]["id"] = member.id
        outcome = await member.press_raw(payload)
        await self.runtime.settled()
        answered = (outcome.ack or {}).get("view", {})
        return "\n".join(block["text"]["text"] for block in answered.get("blocks", ()))

    async def forge(
        self,
        name: str,
        label: str,
        *,
        on: Message | None = None,
        channel: str | None = None,
        user: str | None = None,
        team: str | None = None,
        **action: Any,
    ) -> Outcome:
        """Press with a payload that no honest client sends; `action` overwrites its parts."""
        member = self.who(name)
        payload = deepcopy(member.payload_of_press(label, on=on, in_channel=channel))
        payload["actions"][0].update(action)
        payload["user"]["id"] = self.who(user).id if user else member.id
        payload["team"]["id"] = team or self.workspace.team_id
        outcome = await member.press_raw(payload)
        await self.runtime.settled()
        return outcome

    async def fill_in_form(
        self,
        name: str,
        *,
        team_name: str = "Northwind ML",
        people: tuple[str, ...] = (),
        **chosen: str,
    ) -> Outcome:
        """/scorecard start up to the confirmation; `people` instead of the whole channel.

        `chosen` are options of the selects by their labels, for example Repeat="Every month".
        """
        await self.command(name, "/scorecard start")
        modal = self.modal(name)
        modal.fill("Team name", team_name)
        modal.choose("Who is asked: everybody in a channel", *(() if people else ("ml-team",)))
        modal.choose("And these people", *people)
        modal.choose("Where the result is posted", "mlops-results")
        for label, option in chosen.items():
            modal.choose(label.replace("_", " "), option)
        return await self.submit(name)

    async def start_round(self, name: str = "Amara Okafor", **form: Any) -> None:
        """A round that has just been confirmed: who is at work is asked at once."""
        await self.fill_in_form(name, **form)
        await self.submit(name)

    async def open_round(self, name: str = "Amara Okafor", **form: Any) -> None:
        """A round for the whole channel, and a day for everybody's hour to come."""
        await self.start_round(name, **form)
        for hours in UNTIL_TEN:
            await self.pass_(hours=hours)

    async def close_round(self, name: str = "Amara Okafor") -> Outcome:
        await self.command(name, "/scorecard close")
        return await self.press(name, "Close this round", channel="ml-team")

    async def ask_for(self, name: str, wish: str) -> str:
        """Wish something of the (one) scorecard in /scorecard status; what is asked first.

        Where it is refused, the refusal.
        """
        await self.command(name, "/scorecard status")
        status = self.who(name).screen("ml-team")[-1]
        outcome = await self._use(name, wish, status)
        modal = self.who(name).modal
        return outcome.text or (modal.reads if modal else "")

    async def manage(self, name: str, wish: str) -> Outcome:
        """The same, confirmed."""
        await self.ask_for(name, wish)
        return await self.submit(name)

    async def _use(self, name: str, label: str, on: Message | Home) -> Outcome:
        """Press a button, or choose it in a menu."""
        member = self.who(name)
        press = member.press if label in on.buttons else member.select
        outcome = await press(label, on=on)
        await self.runtime.settled()
        return outcome

    async def open_home(self, name: str) -> Home:
        await self.who(name).open_home()
        await self.runtime.settled()
        found = self.who(name).home
        assert found is not None, f"{name} has no Home tab"
        return found

    async def at_home(self, name: str, label: str) -> Home:
        """Press or choose something on the Home tab; what it shows then."""
        await self._use(name, label, self.home(name))
        return self.home(name)

    def home(self, name: str) -> Home:
        found = self.who(name).home
        assert found is not None, f"{name} has no Home tab"
        return found

    async def answer_together(self, levels: Mapping[str, int]) -> None:
        """Several people answer everything at the same time, each their own level."""
        await asyncio.gather(*(self.answer_all(name, level) for name, level in levels.items()))

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

    def pictures(self, name: str) -> list[Message]:
        """The messages with a picture in the conversation with the bot."""
        return [message for message in self.who(name).screen() if message.files]

    def stored(self, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of these tables, to see what has changed and what has not."""
        known = SQLModel.metadata.tables
        with self.runtime.database.reading() as session:
            return {
                name: [tuple(row) for row in session.connection().execute(known[name].select())]
                for name in tables
            }

    def column(self, table: str, name: str) -> list[Any]:
        """What stands in one column of a table, row by row, in the order of its key."""
        found = SQLModel.metadata.tables[table]
        wanted = sql_select(found.columns[name]).order_by(*found.primary_key.columns)
        with self.runtime.database.reading() as session:
            return list(session.connection().execute(wanted).scalars())

    def answers(self, name: str) -> dict[str, int | str | None]:
        """What is stored of somebody: the level, or what was said instead, by question id."""
        wanted = (
            select(AnswerRow)
            .join(ParticipantRow, col(ParticipantRow.id) == col(AnswerRow.participant_id))
            .where(ParticipantRow.user_id == self.who(name).id)
        )
        with self.runtime.database.reading() as session:
            found = session.exec(wanted).all()
            return {
                row.question_id: row.level if row.level is not None else row.reason or row.kind
                for row in found
            }


HOUR = timedelta(hours=1)

# From Monday noon, UTC, to 10:00 in New York, Los Angeles, Tokyo, Kolkata, and Tuesday noon.
UNTIL_TEN = (3, 3, 7, 3.5, 7.5)
