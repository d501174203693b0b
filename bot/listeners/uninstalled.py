"""The app was taken out of the workspace, or its token revoked, as Slack tells of it.

Both may arrive, in any order and more than once, and one of them after the app was installed
again. So they only raise a doubt: nothing goes out before Slack was asked about the token.
"""

from slack_bolt.async_app import AsyncApp

from bot.listeners.edge import Edge
from bot.listeners.press import Body
from bot.use_cases.everything import UseCases


def register(app: AsyncApp, _uses: UseCases, edge: Edge) -> None:
    us = edge.installation

    @app.event("app_uninstalled")
    async def uninstalled(body: Body) -> None:
        if body["team_id"] == us.team_id:
            ask()

    @app.event("tokens_revoked")
    async def revoked(event: Body, body: Body) -> None:
        """Named are those whose tokens they were; people's own are nothing of ours."""
        whose = (event.get("tokens") or {}).get("bot") or ()
        if body["team_id"] == us.team_id and us.bot_user_id in whose:
            ask()

    def ask() -> None:
        edge.lifeline.doubt()
        edge.afterwards.run(edge.tick())
