"""What of a change between two rounds may be shown: method sections 7, 9 and 10.

Both scores are shown, so their difference tells nothing new: where the questions are the same it
is all that is shown, whatever the exact change was. The change of those who answered both is never
shown as a number: beside the scores of everybody it would tell what the few others answered. It is
what the verdict rests on. Over other questions the change is a new number, and is shown only where
it settles nothing together with everything else that is.

That is decided for one pair of rounds: each round and the one before it. Somebody who chooses pairs
could add them up: with other questions in each round, the changes A to C, A to B and B to C are
three sums over different questions, and A to C less the other two is a sum over some of them alone.
What all pairs of many rounds settle together nobody has worked out. So of a pair that was `chosen`
a number is shown only where the questions are the same, as the difference of two scores that are
shown, and no choice of pairs tells more than the scores do. Its verdict says of everybody's answers
together whether they moved; it names no level. A team that filled in together has no such answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import floor

from questionnaires.change import CHANGE_LEAST, composition
from questionnaires.disclosure import blunting
from questionnaires.disclosure.floors import Floors
from questionnaires.disclosure.inference import Clue
from questionnaires.disclosure.seal import SEAL
from questionnaires.disclosure.two_rounds import TwoRounds, settles_an_end
from questionnaires.measurements import Change, DimensionChange, Measurement
from questionnaires.model import Dimension, Question, Questionnaire
from questionnaires.results import (
    DimensionResult,
    NoChange,
    Result,
    ShownChange,
    ShownScore,
    Since,
    Verdict,
)

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Before:
    """The round that a change was measured against: as it is shown, and what that rests on.

    `chosen`: by a reader, among all rounds; else it is the one that came before.
    """

    result: Result
    measurement: Measurement
    questionnaire: Questionnaire
    chosen: bool = False

    @property
    def floors(self) -> Floors:
        return Floors(self.measurement, self.questionnaire, self.result.k)


def since(before: Before, change: Change) -> Since:
    shown = before.result
    return Since(
        round_title=shown.round_title,
        closed_on=shown.closed_on,
        respondents=shown.respondents,
        overall=shown.overall,
        people=change.people,
        same_people=change.same_people,
        can_tell=change.can_tell,
        answers_erased=change.answers_erased,
        seal=SEAL,
    )


def with_changes(
    dimensions: Sequence[DimensionResult], floors: Floors, change: Change, before: Before
) -> tuple[DimensionResult, ...]:
    """The dimensions of now, each with its change or the reason why there is none."""
    comparing = _Comparing(before.floors, floors, before.chosen)
    found = {one.id: one for one in before.result.dimensions}
    cells = {cell.dimension_id: cell for cell in change.dimensions}
    return tuple(
        _with_change(comparing, one, found.get(one.id), cells[one.id]) for one in dimensions
    )


def _with_change(
    comparing: "_Comparing",
    now: DimensionResult,
    then: DimensionResult | None,
    cell: DimensionChange,
) -> DimensionResult:
    if now.score is None:
        return now
    if then is not None and then.score is None:
        return replace(now, no_change=NoChange.NO_SCORE_BEFORE, seal=SEAL)
    if then is None or then.score is None or cell.everybodys is None:
        return replace(now, no_change=NoChange.OTHER_QUESTIONS, seal=SEAL)
    points = comparing.points(cell, cell.everybodys, then.score, now.score)
    if isinstance(points, NoChange):
        return replace(now, no_change=points, seal=SEAL)
    shown = ShownChange(
        points=points,
        verdict=_verdict(cell.verdict, points),
        before=blunting.exact_score(min(max(now.score.value - points, 0), blunting.POINTS_MOST)),
        composition=int(composition(then.score.value, now.score.value, points)),
        seal=SEAL,
    )
    return replace(now, change=shown, seal=SEAL)


def _verdict(found: Verdict, points: int) -> Verdict:
    """A change only where the number that is shown says so, too."""
    small = found is Verdict.CHANGED and abs(points) < CHANGE_LEAST
    return Verdict.NO_CLEAR_CHANGE if small else found


@dataclass(frozen=True, slots=True)
class _Comparing:
    """The floors of both rounds."""

    then: Floors
    now: Floors
    chosen: bool

    def points(
        self, cell: DimensionChange, exact: float, before: ShownScore, after: ShownScore
    ) -> int | NoChange:
        """Whole points of an `exact` change, or why none may be shown."""
        dimension_then, dimension_now = (
            _dimension(floors, cell.dimension_id) for floors in (self.then, self.now)
        )
        if self.then.measurement.by_role != self.now.measurement.by_role:
            # From both ways of counting what a few with one role said could be worked out.
            return NoChange.COUNTED_OTHERWISE
        if blunting.is_end(before, self.then.scale) or blunting.is_end(after, self.now.scale):
            return NoChange.NEAR_AN_END
        if self._is_same(dimension_then, dimension_now):
            return int(after.value - before.value)
        points = floor(round(exact, _DIGITS) + 0.5)
        if self.now.measurement.together:  # nobody's own answers are behind it
            return points
        hidden = self.chosen or self._is_coarse(cell) or self._weighs_otherwise(cell)
        if hidden or settles_an_end(self._clues(cell, before, after, points)):
            return NoChange.GIVES_ANSWERS_AWAY
        return points

    def _is_same(self, then: Dimension, now: Dimension) -> bool:
        """Whether both scores rest on the same questions with the same weights."""
        return _weights(self.then.carrying(then.core)) == _weights(self.now.carrying(now.core))

    def _is_coarse(self, cell: DimensionChange) -> bool:
        return any(
            not floors.in_full or cell.dimension_id in floors.settled
            for floors in (self.then, self.now)
        )

    def _weighs_otherwise(self, cell: DimensionChange) -> bool:
        """Then nothing says what could be worked out: each round has another sum."""
        return any(
            self.then.questionnaire.question(name).weight
            != self.now.questionnaire.question(name).weight
            for name in cell.common
        )

    def _clues(
        self, cell: DimensionChange, before: ShownScore, after: ShownScore, points: int
    ) -> TwoRounds:
        then, now = (
            dict(self._clues_of(floors, cell.dimension_id)) for floors in (self.then, self.now)
        )
        return TwoRounds(
            common_then=tuple(then[name] for name in cell.common),
            common_now=tuple(now[name] for name in cell.common),
            gone=tuple(clue for name, clue in then.items() if name not in cell.common),
            new=tuple(clue for name, clue in now.items() if name not in cell.common),
            before=before,
            after=after,
            points=points,
            scale=self.now.scale,
        )

    def _clues_of(self, floors: Floors, dimension_id: str) -> Iterator[tuple[str, Clue]]:
        for question in floors.carrying(_dimension(floors, dimension_id).core):
            yield question.id, floors.clue(question)


def _dimension(floors: Floors, dimension_id: str) -> Dimension:
    return next(one for one in floors.questionnaire.dimensions if one.id == dimension_id)


def _weights(questions: Sequence[Question]) -> dict[str, float]:
    return {question.id: question.weight for question in questions}
