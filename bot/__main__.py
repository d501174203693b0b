"""python -m bot run | check | questionnaire | whois | manifest | migrate | export | demo | ..."""

import asyncio
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from pydantic import ValidationError

from bot import logs
from bot.by_file.commands import questionnaire
from bot.settings import DatabaseSettings, Settings
from questionnaires.errors import ScorecardError
from questionnaires.exports import Format

Some = TypeVar("Some", bound=DatabaseSettings)

cli = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)
cli.add_typer(questionnaire, name="questionnaire")


@cli.command()
def run() -> None:
    """Run the bot: one process does everything."""
    settings = _settings(Settings)
    logs.configure(sys.stderr, terminal=sys.stderr.isatty())
    from bot.app import run as serve  # noqa: PLC0415 - slow to load
    from bot.check import database  # noqa: PLC0415

    for loss in database.losses(settings.database_url):
        logs.at_risk(loss)
    try:
        asyncio.run(serve(settings))
    except ScorecardError as error:
        from bot.check import not_started  # noqa: PLC0415 - when something is wrong

        raise typer.Exit(logs.not_started(not_started.sentence(error, settings))) from None


@cli.command()
def check() -> None:
    """Say everything that is wrong at once, and change nothing."""
    from bot.check import everything, findings  # noqa: PLC0415 - slow to load

    found = asyncio.run(everything.look())
    for finding in found:
        typer.secho(finding.line, fg=findings.COLOURS[finding.mark])
    typer.echo(findings.summary(found))
    raise typer.Exit(1 if findings.problems_in(found) else 0)


@cli.command()
def whois(
    words: Annotated[list[str], typer.Argument(metavar="NAME", help="A part of one name.")],
) -> None:
    """Find member ids by name, for SCORECARD_FACILITATORS."""
    from bot.check import refusals, variables  # noqa: PLC0415 - slow to load
    from bot.whois import find  # noqa: PLC0415

    name, reading = " ".join(words), variables.read()
    if reading.broken & {"slack_bot_token", "slack_api_url"}:
        _refuse(finding.says for finding in reading.findings)
    try:
        found = asyncio.run(find(reading.settings, name))
    except refusals.TROUBLE as error:
        typer.echo(refusals.bot_token_refused(error, reading.settings), err=True)
        raise typer.Exit(1) from None
    for one in found:
        typer.echo(f"{one.user_id}  {one.real_name}  {one.display_name}".rstrip())
    if not found:
        typer.echo(f"Nobody here has {name!r} in their name. Try a shorter part of it.", err=True)
        raise typer.Exit(1)


@cli.command()
def manifest(
    url: Annotated[
        str | None, typer.Option(help="For HTTP mode: the bot's public address.")
    ] = None,
) -> None:
    """Print the Slack app's manifest: Socket Mode, or HTTP mode with --url."""
    from bot.manifest import NotPublic, for_http, for_sockets  # noqa: PLC0415

    try:
        found = for_sockets() if url is None else for_http(url)
    except NotPublic as error:
        _refuse([str(error)])
    typer.echo(json.dumps(found, indent=2))


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables (PostgreSQL; SQLite does it at start)."""
    url = _settings(DatabaseSettings).database_url
    try:
        copy = _migrated(url)
    except ScorecardError as error:
        _unusable(url, error)
    typer.echo(f"The database is up to date.{f' A copy of the old one: {copy}' if copy else ''}")


@cli.command()
def export(
    team_name: Annotated[str | None, typer.Option(help="Whose results.")] = None,
    scorecard: Annotated[int | None, typer.Option(help="The same by number.")] = None,
    round_: Annotated[
        str, typer.Option("--round", metavar="NUMBER|all", help="1 is the first one.")
    ] = "all",
    format_: Annotated[Format, typer.Option("--format", help="docs/export.md has both.")] = (
        Format.CSV
    ),
    output: Annotated[Path | None, typer.Option(help="A file, instead of here.")] = None,
    workspace: Annotated[str | None, typer.Option(help="Its id, where there are several.")] = None,
) -> None:
    """Print results as they are shown; the bot may run meanwhile. Needs DATABASE_URL only."""
    from bot.beside import NothingThere  # noqa: PLC0415 - slow to load
    from bot.exports import Wish, taken  # noqa: PLC0415

    url = _settings(DatabaseSettings).database_url
    try:
        content = taken(url, Wish(team_name, scorecard, workspace, round_), format_)
        if output is None:
            typer.echo(content, nl=False)
        else:
            output.write_bytes(content)
    except NothingThere as error:
        _refuse([str(error)])
    except ScorecardError as error:
        _unusable(url, error)
    except OSError as error:
        _refuse([f"{output} cannot be written ({error.strerror})."])


@cli.command()
def recompute(
    round_id: Annotated[int, typer.Option("--round", metavar="ID", help="A wrong one lists all.")],
) -> None:
    """Prove that a round's result follows from its answers, byte for byte. Reads only."""
    from bot.beside import NothingThere  # noqa: PLC0415 - slow to load
    from bot.recomputing import Differs, recomputed  # noqa: PLC0415

    url = _settings(DatabaseSettings).database_url
    try:
        typer.echo(recomputed(url, round_id))
    except NothingThere as error:
        _refuse([str(error)])
    except Differs as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except ScorecardError as error:
        _unusable(url, error)


@cli.command()
def demo(
    people: Annotated[int, typer.Option(min=3, max=500, help="How many colleagues.")] = 8,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
    output: Annotated[Path, typer.Option(help="Where files are left.")] = Path("demo-output"),
) -> None:
    """Show two quarters with made-up colleagues; needs no Slack."""
    from bot.demo import play  # noqa: PLC0415 - only the demo needs the sandbox

    asyncio.run(play(people=people, seed=seed, output=output))


@cli.command()
def playground(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Where the page is opened.")] = 3000,
) -> None:
    """Try the bot in your browser, in a Slack look-alike; needs Node.js, no Slack."""
    from bot.playground import CannotPlay, play  # noqa: PLC0415 - only this needs the page

    try:
        asyncio.run(play(port=port))
    except CannotPlay as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(refusal.status) from None


def _migrated(url: str) -> Path | None:
    """Returns where an older SQLite file was copied to. Raises ScorecardError."""
    from bot.obstacles import needing_database  # noqa: PLC0415 - slow to load
    from storage.database import open_database  # noqa: PLC0415
    from storage.upgrade import upgrade  # noqa: PLC0415

    with needing_database():
        database = open_database(url)
        try:
            return upgrade(database)
        finally:
            database.dispose()


def _unusable(url: str, error: ScorecardError) -> NoReturn:
    from bot.check.database import trouble  # noqa: PLC0415 - when something is wrong

    typer.echo(trouble(url, error), err=True)
    raise typer.Exit(1) from None


def _settings(kind: type[Some]) -> Some:
    try:
        return kind()
    except (ValidationError, UnicodeDecodeError) as error:
        from bot.check import variables  # noqa: PLC0415 - needed when something is wrong

        _refuse(variables.sentences(error))


def _refuse(sentences: Iterable[str]) -> NoReturn:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    cli()
