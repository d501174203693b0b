"""A strict stand-in for Slack, with people who click.

It speaks the Web API, Socket Mode, response_url and uploads, refuses what Slack refuses, and
keeps a record of every call. It knows nothing of the app it serves::

    workspace = Workspace(name="Northwind ML", manifest=manifest)
    ben = workspace.add_member("U02BEN", "Ben Carter", tz="America/New_York")
    async with workspace.serving():
        ...                                   # start the app against workspace.api_url
        await ben.command("/scorecard start")
        await ben.press("Start")
        assert "1/18" in ben.screen()[-1].reads
"""

from sandbox.errors import NotOnScreen, SandboxError, Unknown
from sandbox.modal import Home, Modal
from sandbox.outcome import Outcome
from sandbox.people import Member, Surface
from sandbox.record import Call
from sandbox.screen import Message
from sandbox.stamps import SettableClock
from sandbox.trouble import AMBIGUOUS, RETRYABLE
from sandbox.workspace import Workspace

__all__ = [
    "AMBIGUOUS",
    "RETRYABLE",
    "Call",
    "Home",
    "Member",
    "Message",
    "Modal",
    "NotOnScreen",
    "Outcome",
    "SandboxError",
    "SettableClock",
    "Surface",
    "Unknown",
    "Workspace",
]
