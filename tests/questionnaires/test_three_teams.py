"""Three made-up teams answer all 48 questions, and the scores tell them apart.

The start-up: five people, one live model, good instincts, little written down. The bank: 60 live
models, rules, validation and audits; releases by hand and slow, few users heard. The assistants:
three live systems on language models, quick and gradual releases, good tracing; weak in rules and
data.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from bot.charts import draw_radar
from bot.charts.alt_text import alt_text
from questionnaires import catalog, disclosure
from questionnaires.model import POINTS_PER_LEVEL, Dimension, Question, Rating

SCORECARD = catalog.load_all()["mlops-scorecard"]
DOCS = Path(__file__).parents[2] / "docs"
PICTURES = DOCS / "pictures"
PAGE = (DOCS / "questionnaire.md").read_text("utf-8")
SWITCH = "UPDATE_GOLDEN"

# The level of each question of a dimension in the file's order; "-" where it does not apply.
START_UP = ("11111-10", "31111101", "11111101", "31131001", "11101111", "11113100")
BANK = ("23344334", "33232344", "33333221", "33222020", "21421311", "22332331")
ASSISTANTS = ("21223111", "12111111", "32324103", "43331434", "22111233", "32312112")
TEAMS = {"start-up": START_UP, "bank": BANK, "assistants": ASSISTANTS}


def answered(said: tuple[str, ...]) -> Iterator[tuple[Dimension, str]]:
    """Each dimension with a team's words for it, which are as many as its questions."""
    asked = [len(dimension.questions) for dimension in SCORECARD.dimensions]
    assert asked == [len(words) for words in said], (
        f"The dimensions have {asked} questions, and a team has answers for "
        f"{[len(words) for words in said]}: give START_UP, BANK and ASSISTANTS in this file one "
        "for each question, then read whether the teams still look different."
    )
    return zip(SCORECARD.dimensions, said, strict=True)


def ratings(said: tuple[str, ...]) -> dict[str, Rating]:
    return {
        question.id: Rating.not_applicable("none") if word == "-" else Rating.of_level(int(word))
        for dimension, words in answered(said)
        for question, word in zip(dimension.questions, words, strict=True)
    }


def core_scores(team: str) -> Mapping[str, float]:
    """By the dimension's short title: what the radar shows."""
    spokes = disclosure.own(SCORECARD, ratings(TEAMS[team]))
    return {spoke.short_title: spoke.score.value for spoke in spokes if spoke.score is not None}


def scores_of_all_questions(team: str) -> Mapping[str, float]:
    found = {}
    for dimension, words in answered(TEAMS[team]):
        levels = [int(word) for word in words if word != "-"]
        found[dimension.short_title] = POINTS_PER_LEVEL * sum(levels) / len(levels)
    return found


def mean(scores: Mapping[str, float]) -> float:
    return sum(scores.values()) / len(scores)


@pytest.mark.parametrize("team", TEAMS)
def test_every_question_is_answered_by_every_team(team: str) -> None:
    assert len(ratings(TEAMS[team])) == sum(len(words) for words in TEAMS[team])


def test_the_start_up_stands_far_below_the_others() -> None:
    for scores in (core_scores, scores_of_all_questions):
        others = [mean(scores(team)) for team in ("bank", "assistants")]
        assert mean(scores("start-up")) < 40
        assert mean(scores("start-up")) + 15 < min(others)


def test_the_bank_leads_in_rules_and_data_the_assistants_in_deployment() -> None:
    for scores in (core_scores, scores_of_all_questions):
        bank, assistants = scores("bank"), scores("assistants")
        assert bank["Governance"] >= assistants["Governance"] + 20
        assert bank["Data"] >= assistants["Data"] + 20
        assert assistants["Deployment"] >= bank["Deployment"] + 15


def test_the_core_questions_show_where_each_team_stands_out() -> None:
    assert min(core_scores("assistants").items(), key=lambda one: one[1])[0] == "Data"
    assert max(core_scores("assistants").items(), key=lambda one: one[1])[0] == "Deployment"
    assert max(core_scores("start-up").values()) < min(core_scores("bank").values())


def test_the_deep_dive_shows_what_the_core_leaves_open() -> None:
    """The bank releases reliably and by hand: that shows in the deep dive into Deployment only."""
    everything = scores_of_all_questions("bank")
    assert min(everything, key=lambda name: everything[name]) == "Deployment"
    assert max(everything, key=lambda name: everything[name]) == "Governance"


@pytest.mark.parametrize("question", SCORECARD.core, ids=lambda question: question.id)
def test_no_core_question_is_answered_alike_by_all(question: Question) -> None:
    assert len({ratings(said)[question.id].level for said in TEAMS.values()}) > 1


@pytest.mark.parametrize("team", TEAMS)
def test_the_document_says_in_words_what_its_pictures_show(team: str) -> None:
    """UPDATE_GOLDEN=1 draws the pictures; the words below them are then changed by hand."""
    spokes = disclosure.own(SCORECARD, ratings(TEAMS[team]))
    title = f"A made-up team: {team}"
    file = PICTURES / f"{team}.png"
    if os.environ.get(SWITCH):
        PICTURES.mkdir(exist_ok=True)
        caption = "Core questions, answered by one person"
        file.write_bytes(draw_radar(spokes, title=title, caption=caption))
    assert file.exists()
    assert f"![{alt_text('radar', title, spokes)}](pictures/{team}.png)" in PAGE
