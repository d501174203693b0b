"""Why the bot does not start; where `check` sees it as well, in the same sentence."""

from errno import EACCES, EADDRINUSE, EADDRNOTAVAIL, EINVAL
from socket import gaierror

from bot.check import database, questionnaires, refusals
from bot.obstacles import (
    AppTokenRefused,
    BotTokenRefused,
    CannotListen,
    DatabaseUnusable,
    QuestionnairesUnreadable,
)
from bot.settings import Settings
from questionnaires.errors import ScorecardError
from storage.upgrade import DatabaseNotMigrated, DatabaseTooNew

OF_THE_DATABASE = (DatabaseUnusable, DatabaseNotMigrated, DatabaseTooNew)
UNPRIVILEGED = 1024
NO_ADDRESS = (EADDRNOTAVAIL, EINVAL, None)  # asyncio gives none when every address failed


def sentence(error: ScorecardError, settings: Settings) -> str:
    """What to do about an error that bot.app.run raised."""
    if isinstance(error, OF_THE_DATABASE):
        return database.trouble(settings.database_url, error)
    if isinstance(error, QuestionnairesUnreadable):
        return questionnaires.unreadable(settings.questionnaires_dir, error.cause)
    if isinstance(error, BotTokenRefused):
        refused = refusals.bot_token_refused(error.cause, settings)
        kept = f" {database.kept_until(error.kept_until)}" if error.kept_until else ""
        return refused + kept
    if isinstance(error, AppTokenRefused):
        return refusals.app_token_refused(error.cause, settings)
    if isinstance(error, CannotListen):
        return _cannot_listen(error.cause, settings)
    return str(error)


def _cannot_listen(cause: Exception, settings: Settings) -> str:
    number = getattr(cause, "errno", None)
    if number == EADDRINUSE:
        return f"Port {settings.port} is taken. Set PORT to another one, or stop what has it."
    if number == EACCES and settings.port < UNPRIVILEGED:
        return (
            f"Ports below {UNPRIVILEGED} need rights that the bot does not have. Set PORT to 3000."
        )
    if number in NO_ADDRESS or isinstance(cause, gaierror | UnicodeError):
        return f"This machine has no address {settings.host}. Leave HOST empty."
    return f"HOST {settings.host} and PORT {settings.port} cannot be used ({cause}). Set others."
