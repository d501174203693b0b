""" "Who sees what?" against the code that decides it: what is said is what is shown."""

from collections.abc import Mapping
from datetime import date

import pytest

from questionnaires import disclosure, scoring
from questionnaires.model import Answer, Rater, Rating
from questionnaires.results import LEAST_RESPONDENTS, Result
from tests.bot.blocks.made_up import QUESTIONS
from tests.bot.blocks.states import MODALS, who_sees_what

NUMBERS = range(3, 11)


def said(k: int) -> str:
    return "\n".join(block["text"]["text"] for block in who_sees_what(k).to_dict()["blocks"])


def steps(k: int) -> Mapping[str, str]:
    """What is shown by how many people answer: {"3 to 4": "scores rounded to 5, ..."}."""
    lines = [line[2:] for line in said(k).splitlines() if line.startswith("• ")]
    return dict(line.split(": ", 1) for line in lines)


def result(people: int, k: int) -> Result:
    """People who answer everything, each a little different, and comment."""
    given = [
        Answer(person, question.id, Rating.of_level((person + place) % 3 + 1))
        for person in range(people)
        for place, question in enumerate(QUESTIONS.core)
    ]
    measured = scoring.measure(
        QUESTIONS, [Rater(person) for person in range(people)], given, invited=10
    )
    return disclosure.disclose(
        measured,
        QUESTIONS,
        k=k,
        team_name="Northwind ML",
        round_title="January 2027",
        closed_on=date(2027, 2, 1),
        comments=[("DEP-2", "We need a rota.")],
    )


@pytest.mark.parametrize("k", NUMBERS)
def test_below_three_people_only_their_number_is_shown(k: int) -> None:
    assert steps(k)["fewer than 3 people answer"] == "only how many"
    shown = result(LEAST_RESPONDENTS - 1, k)
    assert shown.overall is None
    assert all(one.score is None for one in shown.dimensions)
    assert (shown.questions, shown.comments, shown.proposals) == ((), (), ())


@pytest.mark.parametrize("k", [k for k in NUMBERS if k > LEAST_RESPONDENTS])
def test_from_three_people_on_scores_are_rounded_and_nothing_else_is_shown(k: int) -> None:
    range_ = "3" if k == 4 else f"3 to {k - 1}"
    promised = "scores rounded to 5, how many answered each question, no comments"
    assert steps(k)[range_] == promised
    for people in range(LEAST_RESPONDENTS, k):
        shown = result(people, k)
        scores = [one.score.value for one in shown.dimensions if one.score]
        assert scores
        assert all(score % 5 == 0 for score in scores)
        assert all(one.level is None and one.answered for one in shown.questions)
        assert shown.comments == ()


@pytest.mark.parametrize("k", NUMBERS)
def test_from_the_number_of_the_round_on_levels_and_comments_are_shown(k: int) -> None:
    assert "scores, comments, and for each question" in steps(k)[f"{k} or more"]
    shown = result(k, k)
    levels = [one.level for one in shown.questions if one.level]
    assert levels
    assert all(float(level.removeprefix("about ")) % 0.5 == 0 for level in levels)
    assert [one.text for one in shown.comments] == ["We need a rota."]


def test_three_is_the_least_that_the_code_goes_by_too() -> None:
    assert result(LEAST_RESPONDENTS, 5).overall is not None
    assert "3 to 2" not in steps(3)
    assert list(steps(3))[:2] == ["fewer than 3 people answer", "3 or more"]


def test_it_names_the_facilitators_and_who_runs_the_database() -> None:
    assert "(<@U01AMARA> and <@U02BEN>)" in said(5)
    assert "*The database* is run by Ola Admin, who could read it." in said(5)


def test_it_says_for_how_long_and_how_to_get_or_erase_ones_own() -> None:
    assert "24 months after a round has closed, what was said in it is erased" in said(5)
    assert "get yours as a file, or erase them: `/scorecard data`" in said(5)
    assert "about backups ask Ola Admin" in said(5)
    gone = "30 days after I was removed from Slack everything is erased, results too"
    assert gone in said(5)


def test_it_says_that_what_facilitators_do_is_noted_and_stays() -> None:
    assert "Of facilitators also which of them did what and when" in said(5)
    assert "What facilitators did stays as long as the scorecards" in said(5)


@pytest.mark.parametrize("name", ["modal_who_sees_what", "modal_who_sees_what_together"])
def test_it_says_who_reads_a_result_outside_the_channel(name: str) -> None:
    """Whoever was asked reads all that were posted; facilitators post and take them elsewhere."""
    text = str(MODALS[name]().to_dict()["blocks"])
    assert "whoever was asked for this team, in any round, reads it too" in text
    assert "with `/scorecard results`" in text
    assert "can post it in other channels as well, and take it along as a file" in text


def test_it_says_what_is_kept_besides_answers_and_that_it_stays() -> None:
    assert "that you were asked and how far you came, which messages you got" in said(5)
    assert "what to fix first, roles); the rest stays, the result too." in said(5)
