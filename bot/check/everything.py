"""All that is looked at. What can be looked at by itself is, whatever else is wrong."""

from pathlib import Path

from bot.check import database, questionnaires, slack, variables
from bot.check.findings import Finding


async def look(definitions: Path | None = None) -> list[Finding]:
    """In the order in which a start needs it; `definitions` as in bot.app.running."""
    reading = variables.read()
    stored = database.Stored()
    if "database_url" not in reading.broken:
        stored = database.look(reading.settings.database_url)
    own = reading.settings.questionnaires_dir
    return [
        *reading.findings,
        *await slack.look(reading, stored.scorecards),
        *stored.findings,
        *questionnaires.look(definitions, own, stored.asked, stored.scorecards),
    ]
