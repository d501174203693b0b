"""Looking at the questionnaires: the files, and the versions that were asked."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.check.findings import Finding, fine, note, problem
from bot.obstacles import QuestionnairesUnreadable, needing_questionnaires
from questionnaires import catalog
from questionnaires.errors import QuestionnaireInvalid
from questionnaires.model import Questionnaire
from questionnaires.rounds import Scorecard

Asked = tuple[str, int, str, str]


def look(
    definitions: Path | None,
    own: Path | None,
    asked: Iterable[Asked],
    scorecards: Iterable[Scorecard],
) -> list[Finding]:
    """`definitions`: a folder, None for the files that come with the bot; `own`: one besides."""
    try:
        with needing_questionnaires():
            files, refused = catalog.load_what_is_right(definitions, own)
    except QuestionnairesUnreadable as error:
        return [problem(unreadable(own, error.cause))]
    found = [
        problem(f"{error.file}: {one} Mend the file, or take it away.")
        for error in refused
        for one in error.problems
    ]
    found += map(problem, _changed(files, asked))
    if not refused:
        found += map(problem, _missing(files, scorecards))
    found = found or [fine(f"Questionnaires: {', '.join(one.title for one in files.values())}.")]
    return found if own is None else [*found, *_nothing_in(own)]


def _nothing_in(own: Path) -> Iterator[Finding]:
    if not catalog.files_in(own):
        yield note(f"QUESTIONNAIRES_DIR is {own.absolute()}, and no name in it ends with .toml.")


def unreadable(own: Path | None, cause: Exception) -> str:
    """Why QUESTIONNAIRES_DIR cannot be looked into, with the whole path."""
    if isinstance(cause, FileNotFoundError):
        why = "there is no such folder"
    elif isinstance(cause, NotADirectoryError):
        why = "that is no folder"
    else:
        why = f"it cannot be looked into ({getattr(cause, 'strerror', None) or cause})"
    place = own.absolute() if own else own
    return (
        f"QUESTIONNAIRES_DIR is {place}, and {why}. Give it the folder with your own "
        "questionnaires, or leave it empty."
    )


def _changed(files: Mapping[str, Questionnaire], asked: Iterable[Asked]) -> Iterator[str]:
    newest = {(one.id, one.version): one.digest for one in files.values()}
    for questionnaire_id, version, digest, source in asked:
        known = newest.get((questionnaire_id, version))
        name = f"{questionnaire_id} version {version}"
        if known is None:
            yield from _unreadable(name, source)
        elif known != digest:
            yield (
                f"{name} has been asked and was edited since. Put the old text back, or give the "
                f"file version = {version + 1}."
            )


def _unreadable(name: str, source: str) -> Iterator[str]:
    """A version that only the database still has."""
    try:
        catalog.parse(name, source)
    except QuestionnaireInvalid as error:
        yield (
            f"{name}, which was asked, cannot be read by this version of the bot "
            f"({error.problems[0]}) Run the version that asked it."
        )


def _missing(files: Mapping[str, Questionnaire], scorecards: Iterable[Scorecard]) -> Iterator[str]:
    for scorecard in scorecards:
        wanted = scorecard.set_up.questionnaire_id
        if wanted not in files:
            yield (
                f"The scorecard of {scorecard.set_up.team_name} asks {wanted}, and there is no "
                "file with this id. Put it back: the next round cannot open."
            )
