"""A measurement with the floors that hold for it: how much of it is enough people's to show.

Method section 7. The numbers themselves are made printable in blunting, put together in
disclosure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum

from questionnaires.disclosure import blunting, inference
from questionnaires.measurements import DimensionCell, Measurement, QuestionCell, Range
from questionnaires.model import POINTS_PER_LEVEL, Dimension, Question, Questionnaire, Scale
from questionnaires.results import ShownRange

K_LEAST, K_DEFAULT, K_MOST = 3, 5, 10  # people whose answers make a cell large enough
# Of three possible answers more follows: with five people who know their own, 4 % of the others'.
K_LEAST_OF_THREE = 7
RATERS_LEAST = 3
RATERS_FOR_A_RANGE = 5
FREEDOM_FOR_A_RANGE = 3
QUESTIONS_FOR_A_RANGE = 3
QUESTIONS_FOR_A_SCORE = 2
_DIGITS = 6


def within_range(k: int) -> int:
    """`k` itself; ValueError outside 3..10 (respondents and levels below which less is shown)."""
    if not K_LEAST <= k <= K_MOST:
        raise ValueError(f"k is {k}, and must be from {K_LEAST} to {K_MOST}")
    return k


def k_of(questionnaire: Questionnaire, wanted: int) -> int:
    """The number for a round with this questionnaire, where `wanted` is set up for all rounds."""
    return max(wanted, K_LEAST_OF_THREE) if questionnaire.scale is not Scale.FIVE_LEVELS else wanted


@dataclass(frozen=True)
class Floors:
    """What of this measurement may be shown with this k."""

    measurement: Measurement
    questionnaire: Questionnaire
    k: int

    @property
    def scale(self) -> Scale:
        return self.questionnaire.scale

    @property
    def anything(self) -> bool:
        return self.measurement.respondents >= RATERS_LEAST

    @property
    def in_full(self) -> bool:
        return self.measurement.respondents >= self.k

    @property
    def spread_is_safe(self) -> bool:
        """Not for yes, partly and no: agreement about a mean of 2 says that all said partly."""
        return self.scale is Scale.FIVE_LEVELS

    @cached_property
    def cells(self) -> Mapping[str, QuestionCell]:
        """By question id."""
        return {cell.question_id: cell for cell in self.measurement.questions}

    @cached_property
    def dimension_cells(self) -> Mapping[str, DimensionCell]:
        """By dimension id."""
        return {cell.dimension_id: cell for cell in self.measurement.dimensions}

    def carrying(self, questions: Sequence[Question]) -> list[Question]:
        """Those that a score of them rests on."""
        return [question for question in questions if self.cells[question.id].mean is not None]

    def allows_score(self, dimension: Dimension) -> bool:
        """Three raters in its cells; a score on one question would be its mean, to the point."""
        cell = self.dimension_cells[dimension.id]
        shown = cell.score is not None and cell.raters >= RATERS_LEAST
        return shown and self._carry_a_score(dimension.core)

    def allows_deep_dive(self, dimension: Dimension) -> bool:
        """From k respondents on, and only where it settles nothing: then it is left out, since
        the levels of its questions are shown."""
        score = self.dimension_cells[dimension.id].deep_dive
        carrying = self.carrying(dimension.further)
        if score is None or not self.in_full or not self._carry_a_score(dimension.further):
            return False
        shown = blunting.blunt_score(score, self.scale)
        clues = [self.clue(question) for question in carrying]
        enough = max(clue.levels for clue in clues) >= RATERS_LEAST
        return enough and not inference.settles_an_end(shown, clues, self.scale)

    def _carry_a_score(self, questions: Sequence[Question]) -> bool:
        enough = len(self.carrying(questions)) >= QUESTIONS_FOR_A_SCORE
        return enough and not self._are_lopsided(questions)

    def _are_lopsided(self, questions: Sequence[Question]) -> bool:
        """One question weighs so much, for so few people, that one level of one of them would
        lift the score above "under 5": there everybody would be known to have answered 0.

        Decided from weights and numbers of levels alone, so that a gap tells nothing.
        """
        carrying = self.carrying(questions)
        if len({question.weight for question in carrying}) == 1:
            return False
        total = fsum(question.weight for question in carrying)
        lifts = (
            question.weight / total * POINTS_PER_LEVEL / self.cells[question.id].levels
            for question in carrying
        )
        return any(round(lift, _DIGITS) >= blunting.LOW_END for lift in lifts)

    def shown_range(self, found: Range | None, raters: int, questions: int) -> ShownRange | None:
        """Shown from five raters and three degrees of freedom on, over three questions at least.

        Over two, the range with the agreement of each can fit one set of answers only.
        """
        few = raters < RATERS_FOR_A_RANGE or questions < QUESTIONS_FOR_A_RANGE
        if found is None or few or not self.spread_is_safe:
            return None
        enough = found.degrees_of_freedom >= FREEDOM_FOR_A_RANGE
        return blunting.blunt_range(found) if enough and self.in_full else None

    @cached_property
    def levels(self) -> Mapping[str, float]:
        """Half levels of the questions that may be shown, by id: those with k levels, and none
        of a dimension that is settled."""
        hidden = {
            question.id
            for dimension in self.questionnaire.dimensions
            if dimension.id in self.settled
            for question in dimension.core
        }
        return {name: half for name, half in self._with_k_levels.items() if name not in hidden}

    @cached_property
    def settled(self) -> frozenset[str]:
        """Ids of dimensions whose score and levels together would say what everybody answered.

        Their score is coarse instead, and the levels of their questions are hidden.
        """
        return frozenset(self._settled())

    @cached_property
    def _with_k_levels(self) -> Mapping[str, float]:
        return {
            cell.question_id: blunting.half_level(cell.mean)
            for cell in self.measurement.questions
            if cell.mean is not None and cell.levels >= self.k
        }

    def _settled(self) -> Iterator[str]:
        for dimension in self.questionnaire.dimensions:
            score = self.dimension_cells[dimension.id].score
            if score is None or not self.in_full:
                continue
            clues = [self.clue(question) for question in self.carrying(dimension.core)]
            shown = blunting.blunt_score(score, self.scale)
            if inference.settles_an_end(shown, clues, self.scale):
                yield dimension.id

    def clue(self, question: Question) -> inference.Clue:
        """What a reader would know of a question that is not settled."""
        levels = self.cells[question.id].levels
        half = self._with_k_levels.get(question.id)
        return inference.Clue(question.weight, levels, half)
