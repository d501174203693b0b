"""Alt text, title and caption."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from matplotlib.figure import Figure

from bot.charts import captions
from bot.charts.alt_text import alt_text
from bot.charts.stellar import stellar_figure
from questionnaires.model import Scale
from questionnaires.results import DimensionResult, Result
from questionnaires.rounds import Manner
from tests.bot.blocks import made_up
from tests.disclosed import a_range, a_result, a_since, resealed

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]


def result_of(dimensions: list[DimensionResult]) -> Result:
    return a_result(
        method_version=1,
        team_name="Northwind ML",
        round_title="January 2027",
        closed_on=date(2027, 1, 5),
        questionnaire="MLOps scorecard",
        questionnaire_version=1,
        scale=Scale.FIVE_LEVELS,
        k=5,
        invited=6,
        respondents=5,
        overall=None,
        overall_level=None,
        overall_range=None,
        weakest=None,
        dimensions=tuple(dimensions),
        questions=(),
        proposals=(),
        comments=(),
    )


def test_alt_text_says_every_score(spokes: Spokes) -> None:
    text = alt_text("radar", "Northwind ML, January 2027", spokes((58, None, 2)))

    assert text == (
        "Radar chart, scores from 0 to 100. Northwind ML, January 2027: "
        "Governance 58, Data n/a, Development under 5."
    )


def test_alt_text_of_dots_says_their_ranges(spokes: Spokes) -> None:
    dimensions = spokes((58, 50), ranges=(a_range(51, 66), None))

    text = alt_text("dots", "Northwind ML", dimensions)
    assert text.endswith("Northwind ML: Governance 58 (range 51 to 66), Data 50.")


def test_alt_text_says_what_changed_and_the_targets_where_the_picture_shows_them(
    spokes: Spokes,
) -> None:
    shown = spokes(
        (58, 50, 71, None), ranges=(a_range(51, 66), None, None, None), before=(55, 52, None, 60),
        targets=(None, 3, None, None),
    )  # fmt: skip
    last = "October 2026, same questions"

    assert alt_text("radar", "Northwind ML", shown, last=last) == (
        "Radar chart, scores from 0 to 100, in brackets the change since October 2026, same "
        "questions. Northwind ML: Governance 58 (+3), Data 50 (-2, target 75), Development 71, "
        "Deployment n/a."
    )
    assert alt_text("dots", "Northwind ML", shown, last=last).endswith(
        "Governance 58 (+3, range 51 to 66), Data 50 (-2, target 75), Development 71, "
        "Deployment n/a."
    )
    assert alt_text("radar", "Northwind ML", shown).endswith(
        "Governance 58, Data 50 (target 75), Development 71, Deployment n/a."
    )
    assert alt_text("stellar", "Northwind ML", shown, last=last).endswith(
        "Governance 58, Data 50, Development 71, Deployment n/a."
    )


@pytest.mark.parametrize("kind", ["radar", "stellar", "dots"])
def test_alt_text_stays_below_slacks_limit_and_cuts_no_score(spokes: Spokes, kind: str) -> None:
    ranges = [a_range(10, 90)] * 12

    shown = spokes(
        [50] * 12, names=["N" * 24] * 12, ranges=ranges, before=[30] * 12, targets=[3] * 12
    )

    usual = alt_text(kind, "T" * 60, shown, last="L" * 40)
    assert len(usual) <= 1000
    assert "more" not in usual
    absurd = alt_text(kind, "T" * 5000, spokes([50] * 12, names=["N" * 200] * 12, ranges=ranges))
    assert len(absurd) <= 1000
    assert absurd.endswith(" more.")


def test_title_and_caption_name_team_round_and_what_the_scores_rest_on(spokes: Spokes) -> None:
    result = result_of(spokes((58, 50, 71)))

    assert captions.title_of(result) == "Northwind ML, January 2027"
    assert captions.caption_of(result, "radar") == (
        "5 of 6 answered · MLOps scorecard, version 1 · 5 Jan 2027 · scores"
    )


def test_each_picture_says_in_its_caption_what_it_is(spokes: Spokes) -> None:
    result = result_of(spokes((58, 50), ranges=(a_range(51, 66), None)))

    said = {kind: captions.caption_of(result, kind) for kind in ("radar", "stellar", "dots")}
    assert {kind: caption.split(" · ")[-1] for kind, caption in said.items()} == {
        "radar": "scores",
        "stellar": "scores as a star, blue is low, yellow is high",
        "dots": "scores from high to low, with their ranges",
    }


def test_a_caption_promises_no_ranges_where_none_are_shown(spokes: Spokes) -> None:
    said = captions.caption_of(result_of(spokes((58, 50))), "dots")

    assert said.endswith(" · scores from high to low")


def test_a_caption_promises_changes_where_there_are_any(spokes: Spokes) -> None:
    result = result_of(spokes((58, 50), before=(55, None), ranges=(a_range(51, 66), None)))
    since = a_since(
        round_title="October 2026",
        closed_on=date(2026, 10, 6),
        respondents=5,
        overall=None,
        people=5,
        same_people=True,
        can_tell=False,
    )

    assert captions.last_of(result) is None
    compared = resealed(result, since=since)
    assert captions.last_of(compared) == "October 2026, same questions"
    said = captions.caption_of(compared, "dots")
    assert said.endswith(" · scores from high to low, with their ranges and changes")


def test_a_caption_says_it_all_under_a_long_name_too(spokes: Spokes, find: Find) -> None:
    result = resealed(
        result_of(spokes((58, 50, 71))), questionnaire="MLOps in regulated insurance companies"
    )
    caption = captions.caption_of(result, "stellar")

    figure = stellar_figure(result.dimensions, title="Northwind ML", caption=caption)
    lines = [line.get_text() for line in find(figure, "caption")]
    assert " · ".join(lines) == caption


def test_what_was_filled_in_together_says_so_in_every_caption_and_alt_text(spokes: Spokes) -> None:
    result = resealed(result_of(spokes((58, 50))), manner=Manner.TOGETHER, invited=1, respondents=1)

    for kind in ("radar", "stellar", "dots"):
        caption = captions.caption_of(result, kind)
        assert caption.startswith("filled in together · MLOps scorecard, version 1 · ")
        assert "answered" not in caption
        alt = alt_text(kind, "Northwind ML", result.dimensions, result.manner)
        assert "scores from 0 to 100, filled in together. Northwind ML: Governance 58" in alt


def test_the_picture_at_the_end_says_whose_scores_it_shows() -> None:
    alone, agreed = made_up.FINISH, made_up.FINISH_TOGETHER

    assert captions.own_title(alone) == "Northwind ML: your own scores"
    assert captions.own_caption(alone) == "January 2027 · seen by nobody else"
    assert captions.own_title(agreed) == "Northwind ML: the team's scores"
    assert captions.own_caption(agreed) == "January 2027 · filled in together"
