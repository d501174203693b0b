"""The sandbox as a process of its own: ``python -m sandbox --port 0 --team team.json``.

It prints one line of JSON (port, api_url, bot_token, app_token, signing_secret) and serves until
it is stopped.
The team file::

    {"team_id": "T0NORTHWIND", "name": "Northwind ML",
     "members": [{"id": "U02BEN", "name": "Ben Carter", "tz": "America/New_York"}],
     "channels": [{"id": "C01MLTEAM", "name": "ml-team", "members": ["U02BEN"]}],
     "user_groups": [{"id": "S01ML", "handle": "ml-guild", "members": ["U02BEN"]}]}

Further keys are those of `Workspace.add_member`, `add_channel` and `add_user_group`.
"""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sandbox.control import Control
from sandbox.stamps import Clock, SettableClock, utc_now
from sandbox.workspace import Workspace


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A stand-in for Slack.")
    parser.add_argument("--team", type=Path, required=True, help="members and channels, as JSON")
    parser.add_argument("--manifest", type=Path, help="the app's manifest; without it all is on")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--clock", type=datetime.fromisoformat, help="start here and stand still")
    return parser.parse_args(argv)


def furnished(team: dict[str, Any], manifest: dict[str, Any] | None, now: Clock) -> Workspace:
    """Build the workspace that a team file describes."""
    facts = {key: team[key] for key in ("team_id", "name") if key in team}
    workspace = Workspace(manifest=manifest, now=now, **facts)
    for member in team.get("members", ()):
        more = dict(member)
        workspace.add_member(more.pop("id"), more.pop("name"), **more)
    for channel in team.get("channels", ()):
        more = dict(channel)
        workspace.add_channel(more.pop("id"), more.pop("name"), **more)
    for group in team.get("user_groups", ()):
        more = dict(group)
        workspace.add_user_group(more.pop("id"), more.pop("handle"), **more)
    return workspace


async def serve(workspace: Workspace, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    workspace.server.extra_routes = Control(workspace).routes()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with workspace.serving(host=host, port=port):
        line = {
            "port": workspace.server.port,
            "api_url": workspace.api_url,
            "bot_token": workspace.bot_token,
            "app_token": workspace.app_token,
            "signing_secret": workspace.signing_secret,
        }
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()
        await stop.wait()


def main(argv: Sequence[str] | None = None) -> None:
    given = arguments(argv)
    team = json.loads(given.team.read_text(encoding="utf-8"))
    manifest = json.loads(given.manifest.read_text(encoding="utf-8")) if given.manifest else None
    now: Clock = SettableClock(given.clock) if given.clock else utc_now
    asyncio.run(serve(furnished(team, manifest, now), given.host, given.port))


if __name__ == "__main__":
    main()
