"""What the question map and its alt text say of each question. No matplotlib here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from questionnaires.results import DimensionResult, QuestionResult, Result

DEEP_DIVE: Final = "Deep dive, in no score"
_ABOUT: Final = "about "
_INWARDS: Final = {"0": 0.25, "4": 3.75}  # "about 0" stands for 0 and 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """A question's short title, and its level as printed or a word that says why there is none."""

    name: str
    said: str
    has_level: bool = False
    deep_dive: bool = False


def rows_of(result: Result) -> Iterator[tuple[DimensionResult, list[Row]]]:
    """Dimensions with their questions: core ones, those not asked, then the deep dive."""
    for dimension in result.dimensions:
        found = [one for one in result.questions if one.dimension_id == dimension.id]
        rows = [_row(one) for one in found if not one.deep_dive]
        rows += [Row(name, "not asked") for name, _ in dimension.not_asked]
        rows += [_row(one) for one in found if one.deep_dive]
        if rows:
            yield dimension, rows


def about(level: str) -> float:
    """A printed level as a number 0 to 4, for its shade: "2.5" or "about 4"."""
    number = level.removeprefix(_ABOUT)
    return float(number) if number == level else _INWARDS[number]


def _row(one: QuestionResult) -> Row:
    has_level = one.applicable and one.level is not None
    return Row(one.short_title, _said(one), has_level=has_level, deep_dive=one.deep_dive)


def _said(one: QuestionResult) -> str:
    if not one.applicable:
        return "doesn't apply"
    if one.level is not None:
        return one.level
    if one.find_out_first:
        return "find out first"
    return f"{one.answered} answered" if one.answered else "no answer"
