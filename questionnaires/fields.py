"""What each field of a questionnaire file may hold. What the fields mean together: catalog."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from re import fullmatch

from questionnaires.model import LEVELS, Scale, Tier

DIMENSIONS_LEAST, DIMENSIONS_MOST = 3, 12
VERSION_MOST = 99_999_999  # a date without dashes fits, and so does a column of PostgreSQL's
OPTIONAL = frozenset({"weight", "depends_on", "scale"})
# Control characters, and overrides of direction: they would turn the words around them.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")

Check = Callable[[object], Iterator[str]]
"""Yields what is wrong with a field's value, to be read after the field's name."""


def _text(*, chars: int | None = None, words: int | None = None) -> Check:
    """What may have any length may have several lines, too."""

    def check(value: object) -> Iterator[str]:
        if not isinstance(value, str):
            yield "must be text"
        elif not value.strip():
            yield "is empty"
        elif unseen := UNSEEN.search(value):
            yield f"has the character U+{ord(unseen[0]):04X}, which nobody can see"
        else:
            yield from _too_long(value, chars, words)
            if chars is not None and "\n" in value.strip():
                yield "has more than one line"

    return check


def _too_long(value: str, chars: int | None, words: int | None) -> Iterator[str]:
    if chars is not None and len(value) > chars:
        yield f"has {len(value)} characters, and may have {chars}"
    if words is not None and len(value.split()) > words:
        yield f"has {len(value.split())} words, and may have {words}"


def _texts(least: int, most: int, *, chars: int | None = None, words: int | None = None) -> Check:
    each = _text(chars=chars, words=words)

    def check(value: object) -> Iterator[str]:
        if not isinstance(value, list):
            yield "must be a list of texts"
            return
        if not least <= len(value) <= most:
            wanted = f"exactly {least}" if least == most else f"{least} to {most}"
            yield f"has {len(value)} entries, and needs {wanted}"
        for number, entry in enumerate(value):
            for problem in each(entry):
                yield f"entry {number + 1} {problem}"

    return check


def _whole(least: int, most: int | None = None) -> Check:
    def check(value: object) -> Iterator[str]:
        # To Python, true is 1.
        if not isinstance(value, int) or isinstance(value, bool):
            yield "must be a whole number"
        elif value < least or (most is not None and value > most):
            yield f"is {value}, and must be {least} " + (
                "or more" if most is None else f"to {most}"
            )

    return check


def _weight(value: object) -> Iterator[str]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield "must be a number"
    elif not 0 < value <= sys.float_info.max:
        yield f"is {value}, and must be a positive, finite number"


def _identifier(value: object) -> Iterator[str]:
    if not isinstance(value, str) or not fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", value):
        yield "must be letters, digits, dots, hyphens and underscores, 64 at most"


def _one_of(names: type[StrEnum]) -> Check:
    def check(value: object) -> Iterator[str]:
        if value not in list(names):
            yield "must be " + " or ".join(f'"{name}"' for name in names)

    return check


def _tables(least: int, most: int | None = None) -> Check:
    def check(value: object) -> Iterator[str]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            yield "must be a list of tables"
        elif len(value) < least or (most is not None and len(value) > most):
            yield f"has {len(value)}, and must have {least} " + (
                "or more" if most is None else f"to {most}"
            )

    return check


def _next_steps(scale: Scale) -> Check:
    """One from each answer but the best."""
    steps = len(scale.offered) - 1
    return _texts(steps, steps, chars=200)


TOP_FIELDS: Mapping[str, Check] = {
    "id": _identifier,
    "version": _whole(1, VERSION_MOST),
    "title": _text(chars=75),
    "about": _text(),
    "period": _text(chars=150),
    "scale": _one_of(Scale),
    "dimensions": _tables(DIMENSIONS_LEAST, DIMENSIONS_MOST),
}
DIMENSION_FIELDS: Mapping[str, Check] = {
    "id": _identifier,
    "title": _text(chars=75),
    "short_title": _text(chars=24),
    "weight": _weight,
    "questions": _tables(1),
}
_QUESTION_FIELDS: Mapping[str, Check] = {
    "id": _identifier,
    "tier": _one_of(Tier),
    "source": _text(),
    "short_title": _text(chars=40),
    "statement": _text(chars=250, words=25),
    "not_applicable": _texts(1, 4, chars=75),
    "effort": _whole(1, 3),
    "importance": _whole(1, 3),
    "depends_on": _texts(0, 99),
    "weight": _weight,
}
QUESTION_FIELDS: Mapping[Scale, Mapping[str, Check]] = {
    Scale.FIVE_LEVELS: {
        **_QUESTION_FIELDS,
        "levels": _texts(len(LEVELS), len(LEVELS), chars=90, words=14),
        "next_steps": _next_steps(Scale.FIVE_LEVELS),
    },
    Scale.YES_PARTLY_NO: {**_QUESTION_FIELDS, "next_steps": _next_steps(Scale.YES_PARTLY_NO)},
}
