"""python -m bot questionnaire check | diff | preview: thin; sentences and cards are made beside."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from questionnaires import catalog
from questionnaires.errors import QuestionnaireInvalid
from questionnaires.model import Questionnaire

if TYPE_CHECKING:
    from bot.by_file.before import Before
    from bot.by_file.cards import Shown

WIDEST = 80
PAIR = 2

File = Annotated[Path, typer.Argument(metavar="FILE", help="A questionnaire, as TOML.")]

questionnaire = typer.Typer(no_args_is_help=True)


@questionnaire.callback()
def by_file() -> None:
    """Check, compare and preview a questionnaire of your own; needs no Slack."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")  # a terminal that lacks a letter shows a question mark


@questionnaire.command()
def check(file: File) -> None:
    """Say everything that is wrong with a file at once."""
    from bot.by_file import cards, sentences  # noqa: PLC0415 - slow to load
    from bot.check.findings import COLOURS, fine, note, problem, problems_in  # noqa: PLC0415

    try:
        found = catalog.read(
            file, frozenset(() if _comes_with_the_bot(file) else catalog.load_all())
        )
    except QuestionnaireInvalid as error:
        findings = [problem(one) for one in error.problems]
    else:
        long = [one for one in cards.every(found) if one.is_long]
        findings = [fine(sentences.right(found)), *(note(sentences.too_long(one)) for one in long)]
    for finding in findings:
        typer.secho(finding.line, fg=COLOURS[finding.mark])
    raise typer.Exit(1 if problems_in(findings) else 0)


@questionnaire.command()
def diff(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="[OLD] NEW",
            help="NEW alone is compared with what was asked last, or else with what is installed.",
        ),
    ],
) -> None:
    """Say what a new version changes, and what stays comparable."""
    from bot.by_file import sentences  # noqa: PLC0415 - slow to load

    if len(files) > PAIR:
        _refuse("Name one file, or two: the old one first.", status=2)
    new = _read(files[-1])
    if len(files) == PAIR:
        lines = sentences.diff(_read(files[0]), new, was_asked=False)
    else:
        before = _before(new)
        lines = sentences.diff(before.questionnaire, new, was_asked=before.was_asked)
    for line in lines:
        typer.echo(line)


@questionnaire.command()
def preview(file: File) -> None:
    """Print every card as it will look in Slack."""
    from bot.by_file import cards, sentences  # noqa: PLC0415 - slow to load

    found = _read(file)
    typer.echo(f"{found.title}, version {found.version}: {sentences.size(found)}")
    core, deeper = cards.core(found), cards.deep_dive(found)
    _print(core)
    if deeper:
        typer.echo("\nIn deep dives into one dimension:")
        _print(deeper)
    typer.echo()
    for one in (*core, *deeper):
        if one.is_long:
            typer.secho(sentences.too_long(one), fg=typer.colors.YELLOW)
    typer.echo(sentences.right(found))


def _print(shown: "list[Shown]") -> None:
    from rich.console import Console  # noqa: PLC0415 - only here
    from rich.panel import Panel  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False)
    for one in shown:
        title = Text(f"{one.question.id} · {one.words} words")
        said = Text("\n".join(one.lines))
        console.print()
        console.print(
            Panel(said, title=title, title_align="left", width=min(console.width, WIDEST))
        )


def _read(file: Path) -> Questionnaire:
    try:
        return catalog.read(file)
    except QuestionnaireInvalid as error:
        _refuse(str(error))


def _before(new: Questionnaire) -> "Before":
    from bot.by_file import before  # noqa: PLC0415 - slow to load

    try:
        found = before.of(new.id)
    except before.NothingBefore as nothing:
        _refuse(*nothing.sentences)
    for remark in found.remarks:
        typer.echo(remark, err=True)
    return found


def _comes_with_the_bot(file: Path) -> bool:
    with suppress(OSError):
        return file.absolute().parent.samefile(str(catalog.shipped()))
    return False


def _refuse(*sentences: str, status: int = 1) -> NoReturn:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(status)
