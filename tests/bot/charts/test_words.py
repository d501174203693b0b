"""Alt text, title and caption."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from matplotlib.figure import Figure

from bot.charts import captions
from bot.charts.alt_text import alt_text, map_alt_text, trend_alt_text
from bot.charts.stellar import stellar_figure
from questionnaires.results import DimensionResult
from questionnaires.rounds import Manner
from tests.bot.blocks import made_up
from tests.bot.charts.looking import map_of, question_of, trend_with
from tests.disclosed import a_range, a_since, resealed

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]


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
    result = map_of(spokes((58, 50, 71)))

    assert captions.title_of(result) == "Northwind ML, January 2027"
    assert captions.caption_of(result, "radar") == (
        "5 of 6 answered · MLOps scorecard, version 1 · 20 Jan 2027 · "
        "0 in the middle, 100 at the rim"
    )


def test_each_picture_says_in_its_caption_what_it_is(spokes: Spokes) -> None:
    result = map_of(spokes((58, 50), ranges=(a_range(51, 66), None)))

    said = {kind: captions.caption_of(result, kind) for kind in ("radar", "stellar", "dots")}
    assert {kind: caption.split(" · ")[-1] for kind, caption in said.items()} == {
        "radar": "0 in the middle, 100 at the rim",
        "stellar": "scores as a star, blue is low, yellow is high",
        "dots": "scores from high to low, with their ranges",
    }


def test_a_caption_promises_no_ranges_where_none_are_shown(spokes: Spokes) -> None:
    said = captions.caption_of(map_of(spokes((58, 50))), "dots")

    assert said.endswith(" · scores from high to low")


def test_a_caption_promises_changes_where_there_are_any(spokes: Spokes) -> None:
    result = map_of(spokes((58, 50), before=(55, None), ranges=(a_range(51, 66), None)))
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
        map_of(spokes((58, 50, 71))), questionnaire="MLOps in regulated insurance companies"
    )
    caption = captions.caption_of(result, "stellar")

    figure = stellar_figure(result.dimensions, title="Northwind ML", caption=caption)
    lines = [line.get_text() for line in find(figure, "caption")]
    assert " · ".join(lines) == caption


def test_what_was_filled_in_together_says_so_in_every_caption_and_alt_text(spokes: Spokes) -> None:
    result = resealed(map_of(spokes((58, 50))), manner=Manner.TOGETHER, invited=1, respondents=1)

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


def test_alt_text_of_a_trend_says_every_value() -> None:
    trend = trend_with([(50, 58), (None, 2), (40, None), (None, None)])

    assert trend_alt_text("Northwind ML", trend) == (
        "Trend chart, scores from 0 to 100, over 2 rounds, Jan 2024 to Apr 2024. Northwind ML: "
        "Governance 50, 58; Data n/a, under 5; Development 40, n/a; Deployment n/a, n/a."
    )
    one = trend_alt_text("Northwind ML", trend_with([(50,)]), Manner.TOGETHER)
    assert one == (
        "Trend chart, scores from 0 to 100, filled in together, Jan 2024. "
        "Northwind ML: Governance 50."
    )


def test_alt_text_of_a_long_trend_says_where_each_line_begins_and_ends() -> None:
    trend = trend_with([(50, *[60] * 38, 70)] * 11 + [(None,) * 40], ["N" * 24] * 12)

    text = trend_alt_text("T" * 100, trend)
    assert len(text) <= 1000
    assert text.count(f"{'N' * 24} from 50 to 70") == 11
    assert text.endswith(f"{'N' * 24} n/a.")


def test_alt_text_of_a_map_says_every_level(spokes: Spokes) -> None:
    one, other = spokes((58, 50))
    asked = [
        question_of(one, "Rules", "2.5"),
        question_of(one, "Owners", applicable=False),
        question_of(other, "One place", "about 4"),
    ]

    assert map_alt_text("Northwind ML", map_of([one, other], asked)) == (
        "Question map, levels from 0 to 4. Northwind ML: Governance: Rules 2.5, Owners doesn't "
        "apply; Data: One place about 4."
    )


def test_alt_text_of_a_large_map_leaves_names_of_questions_out_before_any_level(
    spokes: Spokes,
) -> None:
    shown = spokes([50] * 6)
    asked = [question_of(one, "N" * 40, "about 4") for one in shown for _ in range(8)]

    text = map_alt_text("T" * 100, map_of(shown, asked))
    assert len(text) <= 1000
    assert text.count("about 4") == 48
    assert "Governance about 4, about 4" in text
