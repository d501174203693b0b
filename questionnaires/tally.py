"""Who said what to each question, counted: the first step of scoring. No scores here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from questionnaires.errors import NoSuchQuestion
from questionnaires.model import Answer, Kind, Question, Questionnaire, Rater


@dataclass(frozen=True, slots=True)
class Tally:
    """What was said to one question; `levels` (0..4) by participant."""

    question: Question
    levels: dict[int, int] = field(default_factory=dict)
    dont_know: set[int] = field(default_factory=set)
    not_applicable: set[int] = field(default_factory=set)

    @property
    def applicable(self) -> bool:
        """Not when more than half of those who gave a level or not_applicable say so."""
        return 2 * len(self.not_applicable) <= len(self.levels) + len(self.not_applicable)

    @property
    def counts(self) -> bool:
        """Whether the question is in the score: applicable, with one level at least."""
        return self.applicable and bool(self.levels)

    def add(self, answer: Answer) -> None:
        rating, participant = answer.rating, answer.participant
        levels, dont_know, not_applicable = self.levels, self.dont_know, self.not_applicable
        if participant in levels or participant in dont_know or participant in not_applicable:
            raise ValueError(f"participant {participant} answered {answer.question_id} twice")
        if rating.kind is Kind.LEVEL and rating.level is not None:
            levels[participant] = rating.level
        elif rating.kind is Kind.DONT_KNOW:
            dont_know.add(participant)
        else:
            not_applicable.add(participant)


Tallies = Mapping[str, Tally]


def count(
    questionnaire: Questionnaire, raters: Sequence[Rater], answers: Iterable[Answer]
) -> dict[str, Tally]:
    """One tally for each question, deep-dive ones too, by id in the questionnaire's order.

    Raises NoSuchQuestion for an unknown question; ValueError for an answer of somebody who is no
    rater, a second answer to a question and a rater given twice.
    """
    known = {rater.participant for rater in raters}
    if len(known) < len(raters):
        raise ValueError("a rater is given twice")
    tallies = {
        question.id: Tally(question)
        for dimension in questionnaire.dimensions
        for question in dimension.questions
    }
    for answer in answers:
        found = tallies.get(answer.question_id)
        if found is None:
            raise NoSuchQuestion(answer.question_id)
        if answer.participant not in known:
            raise ValueError(f"participant {answer.participant} is not among the raters")
        found.add(answer)
    return tallies


def respondents(questionnaire: Questionnaire, tallies: Tallies) -> set[int]:
    """Who gave a level to one core question at least."""
    return raters_of(tallies[question.id].levels for question in questionnaire.core)


def raters_of(levels: Iterable[Mapping[int, int]]) -> set[int]:
    """Who gave a level to one of the questions at least; `levels` of each, by participant."""
    return set().union(*levels)


def role_sums(
    levels: Mapping[int, int], roles: Mapping[int, str | None]
) -> dict[str | None, tuple[int, int]]:
    """How many of each role gave a level, and the sum of these: whole numbers, so exact."""
    held = map(roles.__getitem__, levels)
    sums: dict[str | None, tuple[int, int]] = {}
    for (role, level), people in Counter(zip(held, levels.values(), strict=True)).items():
        so_many, total = sums.get(role, (0, 0))
        sums[role] = so_many + people, total + people * level
    return sums
