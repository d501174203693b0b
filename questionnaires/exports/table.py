"""An export as one long table, as CSV: a row for each thing that a round says."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from questionnaires.exports import Export, ExportedRound, bounds, cells, document
from questionnaires.results import (
    DimensionResult,
    QuestionResult,
    Result,
    ShownChange,
    ShownScore,
)

# Excel takes a file without this mark for one in the old letters of its country.
ENCODING = "utf-8-sig"

Cell = str | int | float | bool | None
Row = dict[str, Cell]

COLUMNS = (
    *("team", "round", "round_title", "closed_on", "posted"),
    *("questionnaire", "questionnaire_version", "method_version", "manner"),
    *("kind", "id", "dimension", "title", "text"),
    *("score", "score_text", "range_low", "range_high", "bound_low", "bound_high"),
    *("floor_score_text", "deep_dive_text", "level", "level_text", "agreement", "views_differ"),
    *("answered", "invited", "response_low", "response_high"),
    *("applicable", "find_out_first", "target", "importance", "deep_dive", "urgency"),
    *("since", "change", "verdict", "no_change", "before_text", "composition", "index"),
    "comments_hidden",
)


def as_csv(export: Export) -> bytes:
    """RFC 4180 with a header, in UTF-8 with a mark; line breaks stay inside their cells."""
    written = io.StringIO(newline="")
    table = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for row in rows(export):
        table.writerow({name: _cell(value) for name, value in row.items()})
    return written.getvalue().encode(ENCODING, "replace")


def _cell(value: Cell) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return cells.text(value) if isinstance(value, str) else value


def rows(export: Export) -> Iterator[Row]:
    """Without the columns that say nothing of a row's kind."""
    plain = document(export)["rounds"]
    for one, fields in zip(export.rounds, plain, strict=True):
        for row in _rows(one, fields):
            yield {**_of_round(one), **row}


def _of_round(one: ExportedRound) -> Row:
    result = one.result
    return {
        "team": result.team_name,
        "round": one.number,
        "round_title": result.round_title,
        "closed_on": result.closed_on.isoformat(),
        "posted": one.posted,
        "questionnaire": result.questionnaire,
        "questionnaire_version": result.questionnaire_version,
        "method_version": result.method_version,
        "manner": result.manner.value,
    }


def _rows(one: ExportedRound, fields: dict[str, Any]) -> Iterator[Row]:
    result = one.result
    yield _overall(result, fields["response"])
    for dimension in result.dimensions:
        yield _dimension(result, dimension, one.index.get(dimension.id))
    for question in result.questions:
        yield _question(result, question)
    for role in result.roles:
        yield {"kind": "role", "id": role.role.value, **_score(role.score), "answered": role.people}
    yield from _texts(result)


def _overall(result: Result, response: dict[str, float] | None) -> Row:
    share = response or {}
    return {
        "kind": "overall",
        "title": "Overall",
        **_score(result.overall),
        **_ends("range", result.overall_range),
        **_ends("bound", bounds(result, result.overall, result.respondents)),
        "level": result.overall_level,
        "answered": result.respondents,
        "invited": result.invited,
        "response_low": share.get("low"),
        "response_high": share.get("high"),
        "comments_hidden": result.comments_hidden,
    }


def _dimension(result: Result, dimension: DimensionResult, index: float | None) -> Row:
    change = dimension.change
    return {
        "kind": "dimension",
        "id": dimension.id,
        "dimension": dimension.id,
        "title": dimension.title,
        **_score(dimension.score),
        **_ends("range", dimension.range),
        **_ends("bound", bounds(result, dimension.score, dimension.raters)),
        "floor_score_text": dimension.floor_score.text if dimension.floor_score else None,
        "deep_dive_text": dimension.deep_dive.text if dimension.deep_dive else None,
        "views_differ": dimension.views_differ,
        "answered": dimension.raters,
        "invited": result.invited,
        "target": dimension.target,
        "since": result.since.round_title if result.since else None,
        "no_change": dimension.no_change.value if dimension.no_change else None,
        **(_change(change) if change else {}),
        "index": index,
    }


def _change(change: ShownChange) -> Row:
    return {
        "change": change.points,
        "verdict": change.verdict.value,
        "before_text": change.before.text,
        "composition": change.composition,
    }


def _question(result: Result, question: QuestionResult) -> Row:
    """`level` is a number only where it is shown as one: "about 4" stands for more than one."""
    shown = question.level or ""
    return {
        "kind": "question",
        "id": question.id,
        "dimension": question.dimension_id,
        "title": question.short_title,
        "level": float(shown) if shown.replace(".", "").isdecimal() else None,
        "level_text": question.level,
        "agreement": question.agreement.value if question.agreement else None,
        "answered": question.answered,
        "invited": result.invited,
        "applicable": question.applicable,
        "find_out_first": question.find_out_first,
        "importance": question.importance,
        "deep_dive": question.deep_dive,
    }


def _texts(result: Result) -> Iterator[Row]:
    """What stands in words: what was not asked and why, what to do next, what people wrote."""
    for dimension in result.dimensions:
        for title, why in dimension.not_asked:
            yield {"kind": "not_asked", "dimension": dimension.id, "title": title, "text": why}
    for one in result.proposals:
        yield {
            "kind": one.kind.value,
            "id": one.question_id,
            "dimension": one.dimension_id,
            "title": one.short_title,
            "text": one.step,
            "urgency": one.urgency.value if one.urgency else None,
        }
    for comment in result.comments:
        yield {"kind": "comment", "title": comment.about, "text": comment.text}


def _score(score: ShownScore | None) -> Row:
    return {} if score is None else {"score": score.value, "score_text": score.text}


def _ends(name: str, found: Any) -> Row:
    if found is None:
        return {}
    low, high = (
        (found["low"], found["high"]) if isinstance(found, dict) else (found.low, found.high)
    )
    return {f"{name}_low": low, f"{name}_high": high}
