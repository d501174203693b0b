"""The command line: python -m bot run | demo | migrate."""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
from pydantic import ValidationError

from bot.settings import Settings
from questionnaires.errors import ScorecardError

cli = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)


@cli.command()
def run() -> None:
    """Run the bot: one process does everything."""
    settings = _settings()
    _log_to_terminal()
    from bot.app import run as serve  # noqa: PLC0415 - slow to load

    try:
        asyncio.run(serve(settings))
    except ScorecardError as error:
        _stop(error)


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables (PostgreSQL; SQLite does it at start)."""
    from storage.database import open_database  # noqa: PLC0415 - slow to load
    from storage.upgrade import upgrade  # noqa: PLC0415

    database = open_database(_settings().database_url)
    try:
        copy = upgrade(database)
    except ScorecardError as error:
        _stop(error)
    typer.echo(f"The database is up to date.{f' A copy of the old one: {copy}' if copy else ''}")


@cli.command()
def demo(
    people: Annotated[int, typer.Option(min=3, max=500, help="How many colleagues.")] = 8,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
    output: Annotated[Path, typer.Option(help="Where files are left.")] = Path("demo-output"),
) -> None:
    """Show a whole round with made-up colleagues; needs no Slack."""
    from bot.demo import play  # noqa: PLC0415 - only the demo needs the sandbox

    asyncio.run(play(people=people, seed=seed, output=output))


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0]).upper()
            typer.echo(f"{name}: {problem['msg']}. README.md says where to find it.", err=True)
        raise typer.Exit(2) from None


def _stop(error: ScorecardError) -> None:
    typer.echo(str(error), err=True)
    raise typer.Exit(1)


def _log_to_terminal() -> None:
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    # A tick that takes longer than its interval is no news: the next one does what is due.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    # Bolt warns of SLACK_BOT_TOKEN in the environment, where ours is expected.
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    cli()
