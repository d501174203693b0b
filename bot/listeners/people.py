"""People who join, leave or move to another time zone, as Slack tells of them."""

from slack_bolt.async_app import AsyncApp

from bot.listeners.edge import Edge
from bot.listeners.press import Body
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, _uses: UseCases, edge: Edge) -> None:
    directory = edge.directory

    @app.event("team_join")
    @app.event("user_change")
    async def changed(event: Body) -> None:
        await directory.changed(event["user"])
