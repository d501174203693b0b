"""Questionnaires are files: read strictly, all that is wrong said at once. Nothing is asked here.

A file is TOML: id, version, title, about and period at the top, `[[dimensions]]` with their
`[[dimensions.questions]]` below, in the order of asking.
"""

import tomllib
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from re import search
from typing import Any

from questionnaires.errors import QuestionnaireInvalid
from questionnaires.fields import (
    DIMENSION_FIELDS,
    OPTIONAL,
    QUESTION_FIELDS,
    TOP_FIELDS,
    Check,
)
from questionnaires.model import Dimension, Question, Questionnaire, Scale, Tier

CORE_QUESTIONS_LEAST = 2
BYTES_MOST = 1_000_000  # ours with 48 questions has 48 kB
PROBLEM_MOST = 500
LISTS = ("levels", "next_steps", "not_applicable", "depends_on")

Table = dict[str, Any]


@lru_cache(
    maxsize=64
)  # 13 ms a file, for each bot that starts in one process: tests start hundreds
def parse(file_name: str, text: str, taken: frozenset[str] = frozenset()) -> Questionnaire:
    """Build the questionnaire that `text` describes; `digest` is the text's SHA-256 (UTF-8).

    `taken`: ids of questionnaires that come with the package, where `text` is none of them.
    Raises QuestionnaireInvalid with every problem, each naming the place and the field; for
    text that is no TOML the one problem names the line.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(file_name, _syntax(error, text)) from None
    except ValueError:  # Python's own, before tomllib can say where
        raise _refused(file_name, "The file: holds a number with too many digits.") from None
    except RecursionError:
        raise _refused(file_name, "The file: has too many brackets inside each other.") from None
    if problems := (*_taken(raw, taken), *_problems(raw)):
        raise _refused(file_name, *problems)
    return Questionnaire(
        id=raw["id"],
        version=raw["version"],
        title=raw["title"],
        about=raw["about"],
        period=raw["period"],
        dimensions=tuple(_dimension(fields) for fields in raw["dimensions"]),
        digest=sha256(text.encode()).hexdigest(),
        source=text,
        scale=_scale(raw),
    )


def read(file: Path | Traversable, taken: frozenset[str] = frozenset()) -> Questionnaire:
    """The questionnaire in one file. Raises QuestionnaireInvalid, also where there is none."""
    return parse(file.name, _text_of(file), taken)


def shipped() -> Traversable:
    """The folder of those that come with the package."""
    return files("questionnaires").joinpath("definitions")


def load_all(
    folder: Path | Traversable | None = None, own: Path | None = None
) -> dict[str, Questionnaire]:
    """Read every *.toml in `folder` (default: `shipped`), then those in `own`, by id.

    In the order of file names. Raises QuestionnaireInvalid for the first file that is wrong,
    and for an id that an earlier file has; OSError for a folder that cannot be read.
    """
    found, refused = load_what_is_right(folder, own)
    if refused:
        raise refused[0]
    return found


def load_what_is_right(
    folder: Path | Traversable | None = None, own: Path | None = None
) -> tuple[dict[str, Questionnaire], list[QuestionnaireInvalid]]:
    """The same without those that are wrong, and what is wrong with each of them."""
    found: dict[str, Questionnaire] = {}
    refused: list[QuestionnaireInvalid] = []
    for place in (folder or shipped(), *([own] if own else [])):
        taken = frozenset(found)
        for file in files_in(place):
            try:
                questionnaire = read(file, taken)
                if questionnaire.id in found:
                    raise _refused(
                        file.name, f'The file: id "{questionnaire.id}" is used by another file.'
                    )
            except QuestionnaireInvalid as error:
                refused.append(error)
            else:
                found[questionnaire.id] = questionnaire
    return found, refused


def files_in(folder: Path | Traversable) -> list[Path | Traversable]:
    """Those that are read: none that begins with a dot, as editors leave them lying about."""
    named = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return sorted((one for one in named if one.name[0] != "."), key=lambda one: one.name)


def _text_of(file: Path | Traversable) -> str:
    """Line breaks are those of Unix, whatever wrote the file: they are part of the digest."""
    try:
        if file.is_dir():
            raise _refused(file.name, "The file: is a folder.")
        if not file.is_file():  # a pipe would be waited for
            raise _refused(file.name, "The file: is not there, or is no file with text in it.")
        with file.open("rb") as opened:
            raw = opened.read(BYTES_MOST + 1)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _refused(file.name, f"The file: cannot be read ({why}).") from None
    if len(raw) > BYTES_MOST:
        most = BYTES_MOST // 1_000
        raise _refused(file.name, f"The file: is larger than {most} kB, and no questionnaire is.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(file.name, f"The file: is not UTF-8, see byte {error.start}.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refused(file_name: str, *problems: str) -> QuestionnaireInvalid:
    """What a file holds is said so that a terminal shows it: nothing in it moves the cursor."""
    return QuestionnaireInvalid(_visible(file_name), tuple(map(_visible, problems)))


def _visible(text: str) -> str:
    shown = text if len(text) <= PROBLEM_MOST else f"{text[:PROBLEM_MOST]}..."
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in shown)


def _taken(raw: Table, taken: Container[str]) -> Iterator[str]:
    if isinstance(name := raw.get("id"), str) and name in taken:
        yield f'The file: id "{name}" belongs to the bot. Give your file another one.'


def _syntax(error: tomllib.TOMLDecodeError, text: str) -> str:
    message = str(error)
    place = search(r"line (\d+)", message)
    line = int(place[1]) if place else text.count("\n") + 1
    return f"Line {line}: {message}."


def _scale(raw: Table) -> Scale:
    """Five levels unless the file says otherwise, also when what it says is no scale."""
    named = raw.get("scale")
    return Scale(named) if named in list(Scale) else Scale.FIVE_LEVELS


def _dimension(raw: Table) -> Dimension:
    return Dimension(
        id=raw["id"],
        title=raw["title"],
        short_title=raw["short_title"],
        questions=tuple(_question(fields) for fields in raw["questions"]),
        weight=float(raw.get("weight", 1.0)),
    )


def _question(raw: Table) -> Question:
    texts = {name: tuple(raw.get(name, ())) for name in LISTS}
    return Question(
        **{**raw, **texts, "tier": Tier(raw["tier"]), "weight": float(raw.get("weight", 1.0))}
    )


def _problems(raw: Table) -> Iterator[str]:
    yield from _wrong_fields("The file", raw, TOP_FIELDS)
    fields = QUESTION_FIELDS[_scale(raw)]
    dimensions = _tables_in(raw, "dimensions")
    everything: list[Table] = []
    for number, dimension in enumerate(dimensions, start=1):
        place = _place("Dimension", number, dimension)
        yield from _wrong_fields(place, dimension, DIMENSION_FIELDS)
        questions = _tables_in(dimension, "questions")
        core = sum(question.get("tier") == Tier.CORE for question in questions)
        if core < CORE_QUESTIONS_LEAST:
            yield f"{place}: questions has {core} core ones, and needs {CORE_QUESTIONS_LEAST}."
        for asked, question in enumerate(questions, start=len(everything) + 1):
            yield from _wrong_fields(_place("Question", asked, question), question, fields)
        everything.extend(questions)
    yield from _repeated("Dimension", dimensions)
    yield from _repeated("Question", everything)
    yield from _wrong_prerequisites(everything)


def _tables_in(raw: Table, name: str) -> list[Table]:
    """The tables under that name; none when it holds something else, which is said elsewhere."""
    value = raw.get(name)
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _place(what: str, number: int, raw: Table) -> str:
    """By id, else by its number in the file."""
    name = raw.get("id")
    return f'{what} "{name}"' if isinstance(name, str) else f"{what} number {number}"


def _wrong_fields(place: str, raw: Table, known: Mapping[str, Check]) -> Iterator[str]:
    for name in sorted(raw.keys() - known.keys()):
        yield f"{place}: {name} is not a field."
    for name, check in known.items():
        if name in raw:
            yield from (f"{place}: {name} {problem}." for problem in check(raw[name]))
        elif name not in OPTIONAL:
            yield f"{place}: {name} is missing."


def _repeated(what: str, tables: list[Table]) -> Iterator[str]:
    names = Counter(name for raw in tables if isinstance(name := raw.get("id"), str))
    for name, times in names.items():
        if times > 1:
            yield f'{what} "{name}": id is used {times} times.'


def _wrong_prerequisites(questions: list[Table]) -> Iterator[str]:
    needs = {
        name: [other for other in needed if isinstance(other, str)]
        for raw in questions
        if isinstance(name := raw.get("id"), str)
        and isinstance(needed := raw.get("depends_on", []), list)
    }
    known = {raw.get("id") for raw in questions if isinstance(raw.get("id"), str)}
    for name, needed in needs.items():
        for other in needed:
            if other not in known:
                yield f'Question "{name}": depends_on names "{other}", which is no question.'
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        cycle = error.args[1]
        yield f'Question "{cycle[0]}": depends_on goes in a circle: {", ".join(cycle)}.'
