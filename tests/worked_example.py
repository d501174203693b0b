"""The team of docs/method.md, section 10: its answers as they stand there, what they come to."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from questionnaires import catalog, change, scoring
from questionnaires.change import Sitting
from questionnaires.disclosure import disclose
from questionnaires.disclosure.changes import Before
from questionnaires.measurements import Change, Measurement
from questionnaires.model import Answer, Questionnaire, Rater, Rating
from questionnaires.results import Result
from tests.questionnaires.documents import page, rows

OCTOBER, JANUARY = "October 2026", "January 2027"
CLOSED = {OCTOBER: date(2026, 10, 16), JANUARY: date(2027, 1, 29)}
NEXT = {OCTOBER: date(2027, 1, 18), JANUARY: date(2027, 4, 19)}
INVITED = 9
K = 5


class Example(NamedTuple):
    """Both rounds: exact (January's with its change), and as they are shown."""

    questionnaire: Questionnaire
    people: tuple[str, ...]
    sittings: dict[str, Sitting]
    measured: dict[str, Measurement]
    change: Change
    shown: dict[str, Result]


def rating(said: str) -> Rating:
    """A level, `?` for "don't know" or `x` for "doesn't apply"."""
    if said == "?":
        return Rating.dont_know()
    return Rating.not_applicable("We have none") if said == "x" else Rating.of_level(int(said))


@cache
def example(leave_out: str = "") -> Example:
    """`leave_out`: somebody whose answers to Deployment stayed in January as they were."""
    asked = catalog.load_all()["mlops-scorecard"]
    given = {title: _answers(title) for title in (OCTOBER, JANUARY)}
    if leave_out:
        given[JANUARY][leave_out][3] = given[OCTOBER][leave_out][3]
    sittings = {title: _sitting(asked, list(said.values())) for title, said in given.items()}
    then, now = sittings[OCTOBER], sittings[JANUARY]
    found = change.compare(then, now, since=1, k=K)
    measured = {OCTOBER: then.measurement, JANUARY: replace(now.measurement, change=found)}
    first = _shown(asked, measured[OCTOBER], OCTOBER)
    before = Before(first, measured[OCTOBER], asked)
    second = _shown(asked, measured[JANUARY], JANUARY, before)
    return Example(
        asked, tuple(given[OCTOBER]), sittings, measured, found, {OCTOBER: first, JANUARY: second}
    )


def _answers(title: str) -> dict[str, list[str]]:
    """By name, a cell such as "2 3 2" for each dimension."""
    return {name: said for head, (name, *said) in rows(page("method.md")) if head == title}


def _sitting(asked: Questionnaire, said: list[list[str]]) -> Sitting:
    raters = [Rater(number) for number, _ in enumerate(said, 1)]
    answers = [
        Answer(rater.participant, question.id, rating(word))
        for rater, cells in zip(raters, said, strict=True)
        for question, word in zip(asked.core, " ".join(cells).split(), strict=True)
    ]
    measured = scoring.measure(asked, raters, answers, invited=INVITED)
    return Sitting(asked, measured, raters, answers)


def _shown(
    asked: Questionnaire, measured: Measurement, title: str, before: Before | None = None
) -> Result:
    return disclose(
        measured,
        asked,
        k=K,
        team_name="Northwind ML",
        round_title=title,
        closed_on=CLOSED[title],
        comments=(),
        before=before,
    )
