"""People who join, leave or move to another time zone, as Slack tells of them."""

from slack_bolt.async_app import AsyncApp

from bot.directory import Directory
from bot.listeners.press import Body


def register(app: AsyncApp, directory: Directory) -> None:
    @app.event("team_join")
    @app.event("user_change")
    async def changed(event: Body) -> None:
        await directory.changed(event["user"])
