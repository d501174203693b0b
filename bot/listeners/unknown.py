"""Buttons and modals that this version of the bot does not have: a sentence instead of silence."""

import re

from slack_bolt.async_app import AsyncApp

from questionnaires.errors import StalePress

ANY = re.compile("")


def register(app: AsyncApp) -> None:
    """The last to be registered: it takes whatever nobody else has taken."""

    @app.action(ANY)
    @app.view(ANY)
    async def unknown() -> None:
        raise StalePress
