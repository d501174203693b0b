"""Results to take along: a scorecard's rounds as one document of plain data, as JSON or CSV.

Nothing is exact beyond what is shown: all of it is made of Results. docs/export.md says what each
field means, docs/result.schema.json which there are.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from questionnaires import response
from questionnaires.results import DimensionResult, Result, ShownScore
from questionnaires.trend import trend_of

FORMAT = "mlops-scorecard-result"
VERSION = 1

Plain = dict[str, Any]


class Format(StrEnum):
    """CSV: one table, for spreadsheets; JSON: one document, for programs."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class ExportedRound:
    """`number`: within its scorecard, from 1. `index`: the running index by dimension id."""

    number: int
    posted: bool
    result: Result
    index: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """`team_name`: what the scorecard is called by now. `rounds`: the oldest first."""

    team_name: str
    rounds: tuple[ExportedRound, ...]

    @property
    def title(self) -> str:
        """Northwind ML, January 2027, or Northwind ML, 3 rounds"""
        several = f"{len(self.rounds)} rounds"
        which = self.rounds[0].result.round_title if len(self.rounds) == 1 else several
        return f"{self.team_name}, {which}"

    def filename(self, format_: Format) -> str:
        """northwind-ml-january-2027.csv: whatever the team is called, letters that all disks take.

        Never a name that means something to the shell, and never an empty one.
        """
        words = re.findall(r"[a-z0-9]+", self.title.lower())
        return f"{'-'.join(('scorecard', *words))}.{format_}"


def as_json(export: Export) -> bytes:
    """UTF-8, two spaces, fields in a fixed order: the same export gives the same bytes."""
    text = json.dumps(document(export), indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode("utf-8", "replace")


def document(export: Export) -> Plain:
    """As plain data: dictionaries, lists, texts, numbers, truths and None."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "team_name": export.team_name,
        "rounds": [_round(one) for one in export.rounds],
    }


def _round(one: ExportedRound) -> Plain:
    """The fields of a Result under their names, and what follows from them."""
    result = one.result
    pairs = zip(result.dimensions, asdict(result)["dimensions"], strict=True)
    return {
        "number": one.number,
        "posted": one.posted,
        **_plain(asdict(result)),
        "dimensions": [
            _dimension(result, dimension, fields, one.index) for dimension, fields in pairs
        ],
        "response": _response(result),
        "overall_bounds": bounds(result, result.overall, result.respondents),
    }


def _dimension(
    result: Result, dimension: DimensionResult, fields: Plain, index: Mapping[str, float]
) -> Plain:
    return {
        **_plain(fields),
        "not_asked": [{"question": title, "reason": why} for title, why in dimension.not_asked],
        "bounds": bounds(result, dimension.score, dimension.raters),
        "index": _plain(index.get(dimension.id)),
    }


def _response(result: Result) -> Plain | None:
    """The share that answered with its interval; one who speaks for a team is no sample of it."""
    if result.together or not result.invited:
        return None
    low, high = response.wilson(result.respondents, result.invited)
    share = result.respondents / result.invited
    return {"share": round(share, 3), "low": round(low, 3), "high": round(high, 3)}


def bounds(result: Result, score: ShownScore | None, answered: int) -> Plain | None:
    """Where a score as shown would stand if the silent had answered at the extremes.

    None beside "under 5" and "over 95", which stand for many scores, and where nobody is silent
    because one person spoke for the team.
    """
    if score is None or result.together or score.text != f"{score.value:g}":
        return None
    low, high = response.bounds(score.value, answered, result.invited)
    return {"low": _plain(round(low, 1)), "high": _plain(round(high, 1))}


def _plain(value: Any) -> Any:
    """Days in ISO 8601, tuples as lists, whole numbers without a point."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def indexed(rounds: Sequence[ExportedRound]) -> tuple[ExportedRound, ...]:
    """The same, oldest first, each with the running index of its dimensions as a trend has it."""
    results = [one.result for one in rounds]
    return tuple(
        replace(one, index=_index(results[: place + 1])) for place, one in enumerate(rounds)
    )


def _index(results: Sequence[Result]) -> dict[str, float]:
    """Where the dimensions of the latest stand; those without a score nowhere."""
    lines = trend_of(results).lines
    latest = ((line.dimension_id, line.points[-1]) for line in lines)
    return {dimension_id: value for dimension_id, value in latest if value is not None}
