"""What of a measurement may be shown: method section 7, and the only builder of a Result.

Floors count levels in the cell and ends are blunt. Beyond that, nothing is shown that would
sharpen another shown number: no range around a blunt score, no overall that gives a blunt or
hidden dimension away.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from questionnaires import agreement
from questionnaires.disclosure import agreed, blunting, changes, groups
from questionnaires.disclosure.changes import Before
from questionnaires.disclosure.floors import Floors, within_range
from questionnaires.disclosure.proposals import proposals
from questionnaires.disclosure.remarks import Said, remarks
from questionnaires.disclosure.seal import SEAL
from questionnaires.disclosure.spoke import gap
from questionnaires.means import weighted_mean
from questionnaires.measurements import Measurement, QuestionCell
from questionnaires.model import Dimension, Kind, Questionnaire, Rating, Tier
from questionnaires.results import (
    Agreement,
    DimensionResult,
    HideableComment,
    QuestionResult,
    Result,
    RoleScore,
    ShownRange,
    ShownScore,
)
from questionnaires.rounds import Manner
from questionnaires.scoring import level_of, own_scores

LEVELS_FOR_A_BAND = 5
DONT_KNOWS_TO_FIND_OUT = 3


@dataclass(frozen=True, slots=True)
class _Shown:
    """What of the figures may be shown; `levels` by question id are those that are."""

    overall: ShownScore | None
    overall_range: ShownRange | None
    dimensions: tuple[DimensionResult, ...]
    questions: tuple[QuestionResult, ...]
    levels: Mapping[str, float]
    roles: tuple[RoleScore, ...] = ()


def disclose(
    measurement: Measurement,
    questionnaire: Questionnaire,
    *,
    k: int,
    team_name: str,
    round_title: str,
    closed_on: date,
    comments: Sequence[Said],
    manner: Manner = Manner.APART,
    before: Before | None = None,
    hidden: Collection[str] = (),
) -> Result:
    """Build what everybody may see of a closed round; the same input gives the same value.

    `comments`: (question id or None, text), in any order; shown from k respondents on, but for
    those whose digest is in `hidden`: they are counted. Below three respondents there are no
    questions, and dimensions are gaps whose `raters` is 0: how many answered is then said for the
    round only. A round that was filled in `together` has no floors: it is shown as it was entered.
    `before`: the round that `measurement.change` was measured against; without it no change is
    shown.

    Raises ValueError for a k outside 3..10, and for a measurement that was not made in this manner
    of answering; NoSuchQuestion for a comment on an unknown question.
    """
    if measurement.together is not (manner is Manner.TOGETHER):
        raise ValueError(f"this measurement is of no round that was answered {manner}")
    floors = Floors(measurement, questionnaire, within_range(k))
    shown = (_as_agreed if measurement.together else _above_floors)(floors)
    said = remarks(floors, comments, hidden)
    change = None if before is None or shown.overall is None else measurement.change
    if change is not None and before is not None:
        shown = replace(
            shown, dimensions=changes.with_changes(shown.dimensions, floors, change, before)
        )
    weakest = _weakest(shown.dimensions)
    return Result(
        method_version=measurement.method_version,
        team_name=team_name,
        round_title=round_title,
        closed_on=closed_on,
        questionnaire=questionnaire.title,
        questionnaire_version=questionnaire.version,
        scale=questionnaire.scale,
        k=k,
        invited=measurement.invited,
        respondents=measurement.respondents,
        overall=shown.overall,
        overall_level=None if shown.overall is None else level_of(shown.overall.value),
        overall_range=shown.overall_range,
        weakest=None if weakest is None else weakest.id,
        dimensions=shown.dimensions,
        questions=shown.questions,
        proposals=proposals(questionnaire, shown.questions, shown.levels, weakest),
        comments=tuple(one.comment for one in said if not one.hidden),
        roles=shown.roles,
        manner=manner,
        by_role=measurement.by_role,
        tailored=questionnaire.tailored,
        since=changes.since(before, change) if before and change else None,
        comments_hidden=sum(one.hidden for one in said),
        seal=SEAL,
    )


def hideable(
    measurement: Measurement,
    questionnaire: Questionnaire,
    *,
    k: int,
    comments: Sequence[Said],
    hidden: Collection[str],
) -> tuple[HideableComment, ...]:
    """All comments that `disclose` shows or leaves out for `hidden`, in the order of the thread.

    Raises as it does.
    """
    return remarks(Floors(measurement, questionnaire, within_range(k)), comments, hidden)


def _above_floors(floors: Floors) -> _Shown:
    dimensions = _dimensions(floors)
    overall, overall_range = _overall(floors, dimensions)
    return _Shown(
        overall=overall,
        overall_range=overall_range,
        dimensions=dimensions,
        questions=_questions(floors),
        levels=floors.levels,
        roles=groups.role_scores(floors) if _is_sharp(floors, dimensions) else (),
    )


def _as_agreed(floors: Floors) -> _Shown:
    """All of it, and exact: the floors protect single people, and here is nobody's own answer."""
    measurement, questionnaire = floors.measurement, floors.questionnaire
    overall = measurement.overall
    return _Shown(
        overall=None if overall is None else blunting.exact_score(overall),
        overall_range=None,
        dimensions=agreed.shown_dimensions(measurement, questionnaire),
        questions=agreed.shown_questions(measurement, questionnaire),
        levels=agreed.levels(measurement),
    )


def own(questionnaire: Questionnaire, ratings: Mapping[str, Rating]) -> tuple[DimensionResult, ...]:
    """One person's scores by dimension, exact, for that person's own eyes only.

    `ratings` by question id. `score` None: too few levels. Raises NoSuchQuestion.
    """
    scores = own_scores(questionnaire, ratings)
    rated = {
        questionnaire.dimension_of(question_id).id
        for question_id, rating in ratings.items()
        if rating.kind is Kind.LEVEL
    }
    return tuple(
        replace(
            gap(dimension, int(dimension.id in rated)),
            seal=SEAL,
            score=None if score is None else blunting.exact_score(score),
        )
        for dimension, score in zip(questionnaire.dimensions, scores.values(), strict=True)
    )


def _dimensions(floors: Floors) -> tuple[DimensionResult, ...]:
    return tuple(_dimension(dimension, floors) for dimension in floors.questionnaire.dimensions)


def _dimension(dimension: Dimension, floors: Floors) -> DimensionResult:
    cell = floors.dimension_cells[dimension.id]
    whole = gap(dimension, cell.raters if floors.anything else 0)
    if cell.deep_dive is not None and floors.allows_deep_dive(dimension):
        deep_dive = blunting.blunt_score(cell.deep_dive, floors.scale)
        whole = replace(whole, deep_dive=deep_dive, seal=SEAL)
    if cell.score is None or not floors.allows_score(dimension):
        return whole
    scale = floors.questionnaire.scale
    if not floors.in_full or dimension.id in floors.settled:
        return replace(
            whole, seal=SEAL, score=blunting.blunt_score(cell.score, scale, blunting.COARSE_STEP)
        )
    score = blunting.blunt_score(cell.score, scale)
    if blunting.is_end(score, scale):
        # A range or a floor score is exact at one end at least: it would sharpen the score.
        return replace(whole, seal=SEAL, score=score)
    floor_score = (
        None if cell.floor_score is None else blunting.blunt_score(cell.floor_score, scale)
    )
    return replace(
        whole,
        seal=SEAL,
        score=score,
        range=floors.shown_range(cell.range, cell.raters, len(floors.carrying(dimension.core))),
        floor_score=None if floor_score == score else floor_score,
        views_differ=floors.spread_is_safe
        and cell.raters >= floors.k
        and agreement.views_differ(cell.agreement),
    )


def _overall(
    floors: Floors, dimensions: Sequence[DimensionResult]
) -> tuple[ShownScore | None, ShownRange | None]:
    """The overall score: the weighted mean of the scores as they are shown.

    So it tells nothing more. The mean of the exact ones, up to a point away, would sharpen each of
    them; from it and all but one, one that is hidden, blunt or coarse could be worked out.
    """
    measurement, questionnaire = floors.measurement, floors.questionnaire
    weighted = [
        (dimension.weight, found.score.value)
        for dimension, found in zip(questionnaire.dimensions, dimensions, strict=True)
        if found.score is not None
    ]
    if not weighted:
        return None, None
    step = 1 if floors.in_full else blunting.COARSE_STEP
    score = blunting.blunt_score(weighted_mean(weighted), questionnaire.scale, step)
    found = measurement.overall_range
    if found is None or not _is_sharp(floors, dimensions):
        return score, None
    # One rater more than degrees of freedom in each role, and there are two roles at least.
    raters = found.degrees_of_freedom + 1 + measurement.by_role
    return score, floors.shown_range(found, raters, len(floors.carrying(questionnaire.core)))


def _is_sharp(floors: Floors, dimensions: Sequence[DimensionResult]) -> bool:
    """Whether every score that there is, is shown to the point."""
    scale = floors.questionnaire.scale
    scored = [found.score for found in dimensions if found.score is not None]
    complete = len(scored) == sum(cell.score is not None for cell in floors.measurement.dimensions)
    blunt = bool(floors.settled) or any(blunting.is_end(score, scale) for score in scored)
    return floors.in_full and bool(scored) and complete and not blunt


def _weakest(dimensions: Sequence[DimensionResult]) -> DimensionResult | None:
    """The lowest as shown; of equals the first, so that a tie on screen stays a tie."""
    scored = [(found.score.value, found) for found in dimensions if found.score is not None]
    return min(scored, key=lambda pair: pair[0])[1] if scored else None


def _questions(floors: Floors) -> tuple[QuestionResult, ...]:
    """Core questions, and deep-dive ones that anybody answered, in the order of asking."""
    if not floors.anything:
        return ()
    core = {question.id for question in floors.questionnaire.core}
    return tuple(
        _question(cell, floors)
        for cell in floors.measurement.questions
        if cell.question_id in core or cell.levels + cell.dont_know + cell.not_applicable
    )


def _question(cell: QuestionCell, floors: Floors) -> QuestionResult:
    question = floors.questionnaire.question(cell.question_id)
    level = floors.levels.get(cell.question_id)
    known = cell.levels + cell.dont_know
    return QuestionResult(
        id=cell.question_id,
        dimension_id=floors.questionnaire.dimension_of(cell.question_id).id,
        short_title=question.short_title,
        answered=cell.levels,
        applicable=cell.applicable or cell.levels + cell.not_applicable < floors.k,
        level=None if level is None else blunting.level_text(level),
        agreement=None if level is None or blunting.is_blunt(level) else _band(cell, floors),
        find_out_first=floors.in_full
        and cell.dont_know >= DONT_KNOWS_TO_FIND_OUT
        and 2 * cell.dont_know >= known,
        importance=question.own_importance,
        deep_dive=question.tier is Tier.DEEP_DIVE,
        seal=SEAL,
    )


def _band(cell: QuestionCell, floors: Floors) -> Agreement | None:
    """None below five levels: there the band and the level together can fit one answer only."""
    safe = floors.spread_is_safe and cell.levels >= LEVELS_FOR_A_BAND
    if cell.average_deviation is None or cell.spread is None or not safe:
        return None
    return agreement.band(cell.average_deviation, cell.spread)
