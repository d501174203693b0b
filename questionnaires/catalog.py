"""Questionnaires are files: read strictly, all that is wrong said at once. Nothing is asked here.

A file is TOML: id, version, title, about and period at the top, `[[dimensions]]` with their
`[[dimensions.questions]]` below, in the order of asking.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
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
LISTS = ("levels", "next_steps", "not_applicable", "depends_on")

Table = dict[str, Any]


def parse(file_name: str, text: str) -> Questionnaire:
    """Build the questionnaire that `text` describes; `digest` is the text's SHA-256 (UTF-8).

    Raises QuestionnaireInvalid with every problem, each naming the place and the field; for
    text that is no TOML the one problem names the line.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireInvalid(file_name, (_syntax(error, text),)) from None
    problems = tuple(_problems(raw))
    if problems:
        raise QuestionnaireInvalid(file_name, problems)
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


def load_all(folder: Path | Traversable | None = None) -> dict[str, Questionnaire]:
    """Read every *.toml in `folder` (default: those that come with the package), by id.

    In the order of file names. Raises QuestionnaireInvalid for the first file that is wrong,
    and for an id that an earlier file has.
    """
    found, refused = load_what_is_right(folder)
    if refused:
        raise refused[0]
    return found


def load_what_is_right(
    folder: Path | Traversable | None = None,
) -> tuple[dict[str, Questionnaire], list[QuestionnaireInvalid]]:
    """The same without those that are wrong, and what is wrong with each of them."""
    folder = folder or files("questionnaires").joinpath("definitions")
    found: dict[str, Questionnaire] = {}
    refused: list[QuestionnaireInvalid] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            questionnaire = parse(file.name, _read(file))
        except QuestionnaireInvalid as error:
            refused.append(error)
            continue
        if questionnaire.id in found:
            problem = f'The file: id "{questionnaire.id}" is used by another file.'
            refused.append(QuestionnaireInvalid(file.name, (problem,)))
        else:
            found[questionnaire.id] = questionnaire
    return found, refused


def _read(file: Path | Traversable) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problem = f"The file: is not UTF-8, see byte {error.start}."
        raise QuestionnaireInvalid(file.name, (problem,)) from None


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
