"""Why the bot does not start, in the sentences that `check` has for it."""

from bot.check import database, refusals
from bot.obstacles import AppTokenRefused, BotTokenRefused, DatabaseUnusable
from bot.settings import Settings
from questionnaires.errors import ScorecardError
from storage.upgrade import DatabaseNotMigrated, DatabaseTooNew

OF_THE_DATABASE = (DatabaseUnusable, DatabaseNotMigrated, DatabaseTooNew)


def sentence(error: ScorecardError, settings: Settings) -> str:
    """What to do about an error that bot.app.run raised."""
    if isinstance(error, OF_THE_DATABASE):
        return database.trouble(settings.database_url, error)
    if isinstance(error, BotTokenRefused):
        return refusals.bot_token_refused(error.cause, settings)
    if isinstance(error, AppTokenRefused):
        return refusals.app_token_refused(error.cause, settings)
    return str(error)
