"""A sentence in a modal of its own, where there is no message to say it beside."""

from slack_sdk.models.views import View

from bot.blocks.message import Content

TITLE = "MLOps scorecard"


def notice(content: Content, title: str = TITLE, *, ends: bool = False) -> View:
    """`ends`: what lies below it is done with, and closed together with it."""
    return View(
        type="modal",
        title=title,
        close="Close",
        clear_on_close=ends or None,
        blocks=content.blocks,
    )
