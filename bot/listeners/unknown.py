"""What this version of the bot does not have is pressed or typed: a sentence, not silence."""

import re

from slack_bolt.async_app import AsyncApp

from questionnaires.errors import StalePress

ANY = re.compile("")


def register(app: AsyncApp) -> None:
    """The last to be registered: it takes whatever nobody else has taken."""

    @app.action(ANY)
    @app.view(ANY)
    @app.shortcut(ANY)
    @app.command(ANY)
    async def unknown() -> None:
        raise StalePress
