"""Results and measurements as JSON text: the same value gives the same bytes."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from questionnaires.measurements import (
    Change,
    DimensionCell,
    DimensionChange,
    Measurement,
    QuestionCell,
    Range,
    RoleCell,
)
from questionnaires.results import Result, Verdict


def as_json(result: Result) -> str:
    """Two spaces, fields in the order of the class, dates in ISO 8601, a line break at the end."""
    return _text(asdict(result))


def measurement_as_json(measurement: Measurement) -> str:
    """Exact: every float comes back the same from `measurement_from_json`. Never to be shown."""
    return _text(asdict(measurement))


def measurement_from_json(text: str) -> Measurement:
    """Raises ValueError for text that is no JSON, KeyError or TypeError for other fields."""
    found = json.loads(text)
    found["overall_range"] = _range(found["overall_range"])
    found["dimensions"] = tuple(
        DimensionCell(**{**cell, "range": _range(cell["range"])}) for cell in found["dimensions"]
    )
    found["questions"] = tuple(QuestionCell(**cell) for cell in found["questions"])
    found["roles"] = tuple(
        RoleCell(**{**cell, "raters": tuple(cell["raters"])}) for cell in found.get("roles", ())
    )
    found["change"] = _change(found.get("change"))
    return Measurement(**found)


def _range(fields: dict[str, Any] | None) -> Range | None:
    return None if fields is None else Range(**fields)


def _change(fields: dict[str, Any] | None) -> Change | None:
    if fields is None:
        return None
    dimensions = tuple(
        DimensionChange(
            **{**one, "common": tuple(one["common"]), "verdict": Verdict(one["verdict"])}
        )
        for one in fields["dimensions"]
    )
    return Change(**{**fields, "dimensions": dimensions})


def _text(fields: dict[str, Any]) -> str:
    return json.dumps(fields, indent=2, ensure_ascii=False, allow_nan=False, default=_iso) + "\n"


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a result")
