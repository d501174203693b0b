"""docs/method.md, section 10: every figure of the example follows from the answers there."""

from collections.abc import Callable, Mapping
from math import fsum

import pytest

from questionnaires import (
    agreement,
    priority,
    significance,
)
from questionnaires.measurements import DimensionCell, DimensionChange
from questionnaires.model import (
    POINTS_PER_LEVEL,
    Question,
)
from questionnaires.results import ProposalKind, Verdict
from tests.questionnaires.documents import NONE, page, rows, short, to
from tests.worked_example import JANUARY, OCTOBER, example


def question(title: str) -> Question:
    return next(one for one in example().questionnaire.core if one.short_title == title)


def levels_of(title: str) -> tuple[list[int], float]:
    one = question(title)
    found = example().sittings[JANUARY].tallies[one.id]
    cells = example().measured[JANUARY].questions
    mean = next(cell.mean for cell in cells if cell.question_id == one.id)
    assert mean is not None
    return list(found.levels.values()), mean


def of_deployment(title: str) -> list[str]:
    levels, mean = levels_of(title)
    return [" ".join(map(str, levels)), to(2, mean)]


def place(dimension: str) -> int:
    return [one.short_title for one in example().questionnaire.dimensions].index(dimension)


def cell_of(title: str, dimension: str) -> DimensionCell:
    return example().measured[title].dimensions[place(dimension)]


def score_text(title: str, dimension: str) -> str:
    score = example().shown[title].dimensions[place(dimension)].score
    assert score is not None
    return score.text


def change_of(dimension: str) -> DimensionChange:
    return example().change.dimensions[place(dimension)]


def scored_in_january(dimension: str) -> list[str]:
    cell = cell_of(JANUARY, dimension)
    seen = example().shown[JANUARY].dimensions[place(dimension)].range
    assert cell.range is not None
    assert seen is not None
    return [
        to(2, cell.score),
        score_text(JANUARY, dimension),
        to(2, cell.range.standard_error),
        f"{seen.low} to {seen.high}",
        to(2, cell.agreement),
    ]


def moved(name: str) -> list[str]:
    """Somebody's mean over Deployment, in points."""
    number = example().people.index(name) + 1
    before, after = (
        fsum(POINTS_PER_LEVEL * found.levels[number] for found in of_the_dimension) / 3
        for title in (OCTOBER, JANUARY)
        if (
            of_the_dimension := [
                example().sittings[title].tallies[one] for one in change_of("Deployment").common
            ]
        )
    )
    return [to(2, before), to(2, after), to(2, after - before)]


CALLED = {Verdict.CHANGED: "changed", Verdict.NO_CLEAR_CHANGE: "no clear change"}


def since_october(dimension: str) -> list[str]:
    found = change_of(dimension)
    seen = example().shown[JANUARY].dimensions[place(dimension)].change
    assert seen is not None
    assert seen.verdict is found.verdict
    assert found.theirs == pytest.approx(found.everybodys)
    assert found.p is not None
    assert found.p_adjusted is not None
    return [
        score_text(OCTOBER, dimension),
        score_text(JANUARY, dimension),
        f"{seen.points:+d}",
        f"{found.everybodys:+.2f}",
        short(found.p),
        short(found.p_adjusted),
        CALLED[found.verdict],
    ]


ADVICE = {
    ProposalKind.FIND_OUT_FIRST: "find out first",
    ProposalKind.AGREE_FIRST: "talk first",
    ProposalKind.DO_NEXT: "do next",
}


def seen_level(title: str) -> str | None:
    return next(one.level for one in example().shown[JANUARY].questions if one.short_title == title)


def advised(title: str) -> list[str]:
    one, result = question(title), example().shown[JANUARY]
    seen = next(found for found in result.questions if found.id == one.id)
    kind = next(found.kind for found in result.proposals if found.question_id == one.id)
    levels, _ = levels_of(title)
    if seen.level is None:
        return [f"{seen.answered} answered", NONE, NONE, NONE, ADVICE[kind]]
    below = priority.gap(float(seen.level))
    return [
        seen.level,
        to(2, agreement.average_deviation(levels)),
        f"{below:g}",
        to(2, priority.priority(below, one.importance)),
        ADVICE[kind],
    ]


# By the first column; one column is given, the others are computed.
EXAMPLE_TABLES: Mapping[str, Callable[[str], list[str]]] = {
    "Question of Deployment": of_deployment,
    "Dimension": scored_in_january,
    "Deployment": moved,
    "Since October": since_october,
    "Question": advised,
}


@pytest.mark.parametrize(
    ("table", "row"), [one for one in rows(page("method.md")) if one[0] in EXAMPLE_TABLES]
)
def test_a_line_of_the_example_follows_from_its_answers(table: str, row: list[str]) -> None:
    assert EXAMPLE_TABLES[table](row[0]) == row[1:]


def test_one_person_less_and_eight_could_not_have_told() -> None:
    """Deployment is called changed; not so had one of them stayed where they were."""
    verdicts = [
        found.change.dimensions[place("Deployment")].verdict
        for found in (example(), example("Hana"))
    ]
    assert verdicts == [Verdict.CHANGED, Verdict.NO_CLEAR_CHANGE]
    alone, together = (change_of("Development").p, change_of("Development").p_adjusted)
    assert alone is not None
    assert together is not None
    assert alone < significance.SIGNIFICANT_BELOW < together


def test_the_plan_of_the_example_is_listed_in_its_order() -> None:
    titles = [found.short_title for found in example().shown[JANUARY].proposals]
    listed = [line[0] for table, line in rows(page("method.md")) if table == "Question"]
    assert titles[: len(listed)] == listed
    assert "Automatic data preparation" not in titles
