"""One round against one before it, like for like: method sections 9 and 10. All of it exact.

Question ids are permanent, so what was asked both times can be told from what was not. What of a
change may be shown is disclosure's (questionnaires/disclosure/changes.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum, sqrt

from questionnaires import significance
from questionnaires.means import weighted_mean
from questionnaires.measurements import Change, DimensionChange, Measurement
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Answer,
    Dimension,
    Question,
    Questionnaire,
    Rater,
)
from questionnaires.results import Verdict
from questionnaires.significance import PEOPLE_LEAST, SIGNIFICANT_BELOW, Tested
from questionnaires.tally import Tallies, count, respondents, role_sums

COMMON_LEAST = 2
SHARE_OF_SAME_PEOPLE = 0.8
CHANGE_LEAST = 5.0
_DIGITS = 9


@dataclass(frozen=True)
class Sitting:
    """A closed round as a comparison needs it: what was asked, what it came to, who said what.

    `raters`: somebody has the same number in both sittings. `answers` None: some were erased, so
    that nothing may be computed from the others.
    """

    questionnaire: Questionnaire
    measurement: Measurement
    raters: Sequence[Rater] = ()
    answers: Sequence[Answer] | None = None

    @cached_property
    def tallies(self) -> Tallies:
        """Nothing where answers were erased."""
        if self.answers is None:
            return {}
        return count(self.questionnaire, self.raters, self.answers)

    @cached_property
    def people(self) -> set[int]:
        """Who gave a level to a core question; nobody where answers were erased."""
        return respondents(self.questionnaire, self.tallies) if self.tallies else set()

    @cached_property
    def scored(self) -> set[str]:
        """Ids of the dimensions that have a score."""
        cells = self.measurement.dimensions
        return {cell.dimension_id for cell in cells if cell.score is not None}

    def dimension(self, dimension_id: str) -> Dimension | None:
        found = (one for one in self.questionnaire.dimensions if one.id == dimension_id)
        return next(found, None)

    def means(self, *, by_role: bool) -> Mapping[str, float]:
        """m_q of every question that counts; `by_role` only where the round was measured so."""
        cells = self.measurement.questions
        if by_role == self.measurement.by_role:
            return {cell.question_id: cell.mean for cell in cells if cell.mean is not None}
        return {
            name: fsum(found.levels.values()) / len(found.levels) * POINTS_PER_LEVEL
            for name, found in self.tallies.items()
            if found.counts
        }


@dataclass(frozen=True)
class _Pair:
    """Two sittings, and who answered both."""

    then: Sitting
    now: Sitting
    k: int

    @cached_property
    def by_role(self) -> bool:
        """Roles weigh evenly only where they do so in both."""
        return self.then.measurement.by_role and self.now.measurement.by_role

    @cached_property
    def both(self) -> set[int]:
        return self.then.people & self.now.people

    @cached_property
    def same_people(self) -> bool:
        """Whether nearly everybody answered both: k people, and 80 % of either round."""
        most = max(len(self.then.people), len(self.now.people))
        return self.k <= len(self.both) >= SHARE_OF_SAME_PEOPLE * most

    @cached_property
    def means(self) -> tuple[Mapping[str, float], Mapping[str, float]]:
        """m_q then and now, everybody's."""
        return self.then.means(by_role=self.by_role), self.now.means(by_role=self.by_role)

    def common(self, dimension: Dimension) -> tuple[Question, ...]:
        """C: the core questions of a dimension that are scored in both rounds, as they are now."""
        before = self.then.dimension(dimension.id)
        same_scale = self.then.questionnaire.scale is self.now.questionnaire.scale
        if before is None or not same_scale:
            return ()
        asked = {question.id for question in before.core}
        means_then, means_now = self.means
        return tuple(
            question
            for question in dimension.core
            if question.id in asked and question.id in means_then and question.id in means_now
        )

    def is_comparable(self, dimension: Dimension, common: Sequence[Question]) -> bool:
        before = self.then.dimension(dimension.id)
        if before is None or dimension.id not in self.then.scored & self.now.scored:
            return False
        most = max(len(before.core), len(dimension.core))
        return len(common) >= max(COMMON_LEAST, most / 2)


def compare(
    then: Sitting,
    now: Sitting,
    *,
    since: int,
    k: int,
    tested_first: Collection[str] = (),
) -> Change:
    """What is different in `now` from `then`, by dimension in the order of `now`, and whether
    it is more than noise.

    `since`: the number by which the round of `then` is kept. Dimensions `tested_first` (by id:
    those with an action since) are tested among themselves, and no others then. Filled in
    together by the team, or with answers erased, nothing is tested.
    """
    pair = _Pair(then, now, k)
    cells = [_dimension(pair, dimension) for dimension in now.questionnaire.dimensions]
    tested = _tested(pair, cells, tested_first)
    can_tell = _can_tell(pair, tested)
    return Change(
        since=since,
        people=len(pair.both),
        same_people=pair.same_people,
        can_tell=can_tell,
        dimensions=tuple(_with_verdicts(cells, tested) if can_tell else cells),
        answers_erased=then.answers is None or now.answers is None,
    )


def composition(score_then: float, score_now: float, change: float) -> float:
    """What a score moved besides its change: by questions that came, went or weigh otherwise."""
    return score_now - score_then - change


def _dimension(pair: _Pair, dimension: Dimension) -> DimensionChange:
    common = pair.common(dimension)
    names = tuple(question.id for question in common)
    if not pair.is_comparable(dimension, common):
        return DimensionChange(dimension.id, names, None)
    means_then, means_now = pair.means
    everybodys = weighted_mean(
        (one.weight, means_now[one.id] - means_then[one.id]) for one in common
    )
    return DimensionChange(
        dimension.id,
        names,
        everybodys,
        theirs=_theirs(pair, common, everybodys) if pair.same_people else None,
    )


def _theirs(pair: _Pair, common: Sequence[Question], everybodys: float) -> float | None:
    """The change over C of those who answered both, None where they left a question out."""
    if pair.then.people == pair.now.people:
        return everybodys
    then, now = pair.then.tallies, pair.now.tallies
    roles = {rater.participant: rater.role if pair.by_role else None for rater in pair.now.raters}
    changes = [
        (question.weight, _mean(after, roles) - _mean(before, roles))
        for question in common
        if (before := _of(then[question.id].levels, pair.both))
        and (after := _of(now[question.id].levels, pair.both))
    ]
    return weighted_mean(changes) if len(changes) == len(common) else None


def _of(levels: Mapping[int, int], people: Collection[int]) -> dict[int, int]:
    return {who: level for who, level in levels.items() if who in people}


def _mean(levels: Mapping[int, int], roles: Mapping[int, str | None]) -> float:
    """In points, roles first."""
    sums = role_sums(levels, roles).values()
    return POINTS_PER_LEVEL * weighted_mean((1, total / people) for people, total in sums)


def _tested(
    pair: _Pair, cells: Iterable[DimensionChange], tested_first: Collection[str]
) -> dict[str, tuple[int, Tested]]:
    """By dimension id: on how many people the test rests, and what it says."""
    few = min(pair.then.measurement.respondents, pair.now.measurement.respondents) < pair.k
    erased = not (pair.then.tallies and pair.now.tallies)
    if few or erased or pair.now.measurement.together:
        return {}
    comparable = [cell for cell in cells if cell.everybodys is not None]
    first = [cell for cell in comparable if cell.dimension_id in tested_first]
    run = _same_people if pair.same_people else _other_people
    results = ((cell.dimension_id, run(pair, cell)) for cell in first or comparable)
    return {name: found for name, found in results if found is not None}


def _same_people(pair: _Pair, cell: DimensionChange) -> tuple[int, Tested] | None:
    """Changes per rater, over the questions of C that they gave a level both times."""
    then, now = pair.then.tallies, pair.now.tallies
    # Summed question by question, always in the same order: so whoever comes first, each
    # person's change is the same to the last digit.
    moves: dict[int, float] = defaultdict(float)
    weights: dict[int, float] = defaultdict(float)
    for name in cell.common:
        weight = now[name].question.weight
        before, after = then[name].levels, now[name].levels
        for who in before.keys() & after.keys():
            moves[who] += weight * (after[who] - before[who])
            weights[who] += weight
    changes = [POINTS_PER_LEVEL * moved / weights[who] for who, moved in moves.items()]
    return (
        (len(changes), significance.same_people(changes)) if len(changes) >= PEOPLE_LEAST else None
    )


def _other_people(pair: _Pair, cell: DimensionChange) -> tuple[int, Tested] | None:
    """The means of everybody over the questions of C, of either round."""
    then, now = (
        _rater_means(tallies, cell.common) for tallies in (pair.then.tallies, pair.now.tallies)
    )
    if min(len(then), len(now)) < PEOPLE_LEAST:
        return None
    step = POINTS_PER_LEVEL * pair.now.questionnaire.scale.step
    shares = (step**2 / (12 * len(means) * len(cell.common)) for means in (then, now))
    found = significance.other_people(then, now, rounding=sqrt(fsum(shares)))
    return len(then) + len(now), found


def _rater_means(tallies: Tallies, names: Sequence[str]) -> list[float]:
    totals: dict[int, float] = defaultdict(float)
    weights: dict[int, float] = defaultdict(float)
    for name in names:
        weight = tallies[name].question.weight
        for who, level in tallies[name].levels.items():
            totals[who] += weight * level
            weights[who] += weight
    return [POINTS_PER_LEVEL * total / weights[who] for who, total in totals.items()]


def _can_tell(pair: _Pair, tested: Mapping[str, tuple[int, Tested]]) -> bool:
    """Whether the smallest p that could be reached, after Holm, is below .05."""
    if not tested or not pair.same_people:
        return bool(tested)
    most = max(people for people, _ in tested.values())
    return len(tested) * significance.smallest_p(most) < SIGNIFICANT_BELOW


def _with_verdicts(
    cells: Iterable[DimensionChange], tested: Mapping[str, tuple[int, Tested]]
) -> Iterable[DimensionChange]:
    corrected = significance.holm([found.p for _, found in tested.values()])
    adjusted = dict(zip(tested, corrected, strict=True))
    for cell in cells:
        if cell.dimension_id not in tested:
            yield cell
            continue
        people, found = tested[cell.dimension_id]
        moved = cell.everybodys if cell.theirs is None else cell.theirs
        yield replace(
            cell,
            raters=people,
            low=found.low,
            high=found.high,
            p=found.p,
            p_adjusted=adjusted[cell.dimension_id],
            verdict=_verdict(adjusted[cell.dimension_id], moved or 0.0),
        )


def _verdict(p_adjusted: float, moved: float) -> Verdict:
    large = round(abs(moved), _DIGITS) >= CHANGE_LEAST
    clear = round(p_adjusted, _DIGITS) < SIGNIFICANT_BELOW and large
    return Verdict.CHANGED if clear else Verdict.NO_CLEAR_CHANGE
