"""What Slack can ask of the bot: one file per feature. A new one gets its line here."""

from slack_bolt.async_app import AsyncApp

from bot.listeners import (
    answer,
    close,
    command,
    compare,
    edit,
    export,
    facilitators,
    hide,
    home,
    how_to_read,
    manage,
    own_data,
    people,
    post_again,
    publish,
    rehearse,
    remarks,
    remind,
    results,
    roles,
    set_up,
    tailor,
    trust,
    uninstalled,
    unknown,
)
from bot.listeners.edge import Edge
from bot.use_cases.everything import UseCases

FEATURES = (
    command,
    home,
    answer,
    roles,
    remind,
    remarks,
    set_up,
    edit,
    manage,
    facilitators,
    tailor,
    close,
    publish,
    hide,
    how_to_read,
    export,
    results,
    compare,
    post_again,
    rehearse,
    trust,
    own_data,
    people,
    uninstalled,
)


def register_all(app: AsyncApp, uses: UseCases, edge: Edge) -> None:
    for feature in FEATURES:
        feature.register(app, uses, edge)
    unknown.register(app)  # the last: it takes whatever nobody else has taken
