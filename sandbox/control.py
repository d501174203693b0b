"""The control API: the same people, for another process. JSON in, JSON out, under /control/.

It only translates; what a person can do is in `people` and `modal`.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.errors import SandboxError
from sandbox.modal import Home, Modal
from sandbox.outcome import Outcome
from sandbox.people import Member
from sandbox.screen import Message
from sandbox.stamps import SettableClock
from sandbox.workspace import Workspace

Json = dict[str, Any]
Handler = Callable[[Json], Awaitable[Json]]


class Control:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def routes(self) -> list[web.RouteDef]:
        posts: dict[str, Handler] = {
            "press": self.press,
            "select": self.select,
            "command": self.command,
            "shortcut": self.shortcut,
            "submit": self.submit,
            "close": self.close,
            "home": self.home,
            "say": self.say,
            "fail": self.fail,
            "heal": self.heal,
            "clock": self.clock,
            "disconnect": self.disconnect,
        }
        gets: dict[str, Handler] = {"screen": self.screen, "calls": self.calls, "team": self.team}
        return [
            *(web.post(f"/control/{name}", _answering(handler)) for name, handler in posts.items()),
            *(web.get(f"/control/{name}", _answering(handler)) for name, handler in gets.items()),
        ]

    def _member(self, given: Json) -> Member:
        return self._workspace.member(given["member"])

    async def press(self, given: Json) -> Json:
        """{member, label, channel?, home?: true}"""
        member = self._member(given)
        outcome = await member.press(
            given["label"], in_channel=given.get("channel"), on=_home(member, given)
        )
        return seen(member, outcome)

    async def select(self, given: Json) -> Json:
        """{member, select, option?, channel?, home?: true}"""
        member = self._member(given)
        options = [given["option"]] if "option" in given else []
        outcome = await member.select(
            given["select"], *options, in_channel=given.get("channel"), on=_home(member, given)
        )
        return seen(member, outcome)

    async def command(self, given: Json) -> Json:
        """{member, text: "/scorecard start", channel?}"""
        member = self._member(given)
        return seen(member, await member.command(given["text"], channel=given.get("channel")))

    async def shortcut(self, given: Json) -> Json:
        """{member, name}: pick a global shortcut by its name"""
        member = self._member(given)
        return seen(member, await member.shortcut(given["name"]))

    async def say(self, given: Json) -> Json:
        """{member, text, channel?}"""
        member = self._member(given)
        return seen(member, await member.say(given["text"], in_channel=given.get("channel")))

    async def home(self, given: Json) -> Json:
        """{member}: open the Home tab"""
        member = self._member(given)
        return seen(member, await member.open_home())

    async def submit(self, given: Json) -> Json:
        """{member, fill?: {label: text}, choose?: {label: option or [options]}}"""
        member = self._member(given)
        modal = _open_modal(member)
        for label, text in given.get("fill", {}).items():
            modal.fill(label, text)
        for label, options in given.get("choose", {}).items():
            modal.choose(label, *([options] if isinstance(options, str) else options))
        return seen(member, await modal.submit())

    async def close(self, given: Json) -> Json:
        """{member}"""
        member = self._member(given)
        return seen(member, await _open_modal(member).close())

    async def screen(self, given: Json) -> Json:
        """?member=&channel="""
        member = self._member(given)
        messages = member.screen(given.get("channel"))
        return {"messages": [_message(m) for m in messages], **_panes(member)}

    async def calls(self, given: Json) -> Json:
        """?method="""
        return {
            "calls": [
                {"method": c.method, "params": c.params, "response": c.response, "status": c.status}
                for c in self._workspace.calls(given.get("method"))
            ]
        }

    async def team(self, _given: Json) -> Json:
        """Who is there, and whether the app is connected."""
        return {
            "team_id": self._workspace.team_id,
            "members": [{"id": m.id, "name": m.name} for m in self._workspace.members],
            "connections": self._workspace.sockets.connected,
        }

    async def fail(self, given: Json) -> Json:
        """The arguments of `Workspace.fail`"""
        self._workspace.fail(**given)
        return {}

    async def heal(self, given: Json) -> Json:
        """{method?}"""
        self._workspace.heal(given.get("method"))
        return {}

    async def clock(self, given: Json) -> Json:
        """{iso}: move a clock that was started with --clock"""
        clock = self._workspace.now
        if not isinstance(clock, SettableClock):
            raise SandboxError("start with --clock ISO to be able to move the clock")
        clock.set(datetime.fromisoformat(given["iso"]))
        return {"now": clock().isoformat()}

    async def disconnect(self, given: Json) -> Json:
        """{reason?}"""
        await self._workspace.disconnect_sockets(given.get("reason", "refresh_requested"))
        return {}


def _answering(handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        given: Json = dict(request.query)
        if request.can_read_body:
            given.update(await request.json())
        try:
            return web.json_response({"ok": True, **await handler(given)})
        except (SandboxError, KeyError, TypeError, ValueError) as error:
            why = f"{type(error).__name__}: {error}"
            return web.json_response({"ok": False, "error": why}, status=400)

    return answer


def _open_modal(member: Member) -> Modal:
    if member.modal is None:
        raise SandboxError(f"{member.name} has no modal open")
    return member.modal


def _home(member: Member, given: Json) -> Home | None:
    """The Home tab where it is asked for; nothing to press there is an error."""
    if not given.get("home"):
        return None
    if member.home is None:
        raise SandboxError(f"{member.name} has no Home tab")
    return member.home


def seen(member: Member, outcome: Outcome) -> Json:
    """What came of it, and what is in front of the person now."""
    return {
        "error": outcome.error,
        "errors": outcome.errors,
        "text": outcome.text,
        "ack": outcome.ack,
        **_panes(member),
    }


def _panes(member: Member) -> Json:
    modal, home = member.modal, member.home
    return {
        "modal": None
        if modal is None
        else {"title": modal.title, **_pane(modal), "labels": modal.labels, "errors": modal.errors},
        "home": None if home is None else _pane(home),
    }


def _pane(pane: Modal | Home) -> Json:
    return {"reads": pane.reads, "buttons": pane.buttons}


def _message(message: Message) -> Json:
    return {
        "ts": message.ts,
        "channel": message.channel,
        "text": message.text,
        "reads": message.reads,
        "buttons": message.buttons,
        "ephemeral": message.ephemeral,
        "thread_ts": message.thread_ts,
        "files": [file.name for file in message.files],
    }
