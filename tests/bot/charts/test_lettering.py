"""Words from people: nothing in them is markup, and nothing in them makes a warning."""

from collections.abc import Callable
from typing import Any
from warnings import catch_warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from bot import charts
from bot.charts import lettering, style
from bot.charts.radar import radar_figure
from questionnaires.results import DimensionResult
from tests.bot.charts.looking import map_of, question_of, trend_with
from tests.disclosed import a_dimension, a_score

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]

HOSTILE = [
    "$x^2$",
    "$\\frac{",
    "a_b \\alpha {",
    "Data 🚀 and 監視",
    "مراقبة النماذج",
    "נתונים",
    "e\u0301\u202e\u200d\ufe0f\x00\n\t.",
    "W" * 24,
    "\ud800 alone",
    "*bold* <@U123> &amp; `code`",
]


@pytest.mark.parametrize("draw", [charts.draw_radar, charts.draw_stellar, charts.draw_dots])
def test_hostile_names_draw_without_a_warning(draw: Callable[..., bytes]) -> None:
    spokes = [a_dimension("id", name, name, 6, a_score(50, "50")) for name in HOSTILE]

    assert draw(spokes, title="Northwind ML", caption="5 of 6 answered")


def test_hostile_names_draw_in_trends_and_maps() -> None:
    spokes = [a_dimension("id", name, name, 6, None) for name in HOSTILE]
    asked = [question_of(one, one.title, "2") for one in spokes]
    trend = trend_with([(40, 50)] * len(HOSTILE), HOSTILE)

    assert charts.draw_trend(trend, title="$x^2$", caption="5 of 6 answered")
    assert charts.draw_map(map_of(spokes, asked), title="$x^2$", caption="5 of 6 answered")


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_hostile_titles_and_captions_draw_without_a_warning(spokes: Spokes, words: str) -> None:
    figure = radar_figure(spokes((58, 50, 71)), title=words, caption=words)

    with catch_warnings(record=True) as warned:
        figure.draw_without_rendering()

    assert warned == []


def test_a_dollar_is_a_dollar(spokes: Spokes, find: Find) -> None:
    figure = radar_figure(
        spokes((58, 50, 71), names=("$x^2$", "Data", "Cost")), title="$a$ $b$", caption="$1"
    )

    assert find(figure, "name")[0].get_text() == "$x^2$"
    assert find(figure, "title")[0].get_text() == "$a$ $b$"
    assert not any(text.get_parse_math() for text in figure.axes[0].texts)


def test_what_the_font_cannot_draw_is_left_out() -> None:
    assert lettering.drawable("Data 🚀 and 監視 ", style.NAME) == "Data and"
    assert lettering.drawable("検索, January 2027", style.TITLE) == "January 2027"
    assert lettering.drawable("Größe, Ærø, Łódź", style.NAME) == "Größe, Ærø, Łódź"


def test_a_name_that_cannot_be_drawn_at_all_gives_way_to_the_next() -> None:
    assert lettering.first_drawable(("監視", "🚀", "monitoring"), style.NAME) == "monitoring"
    assert lettering.first_drawable(("監視",), style.NAME) == "?"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60), most=st.integers(1, 3))
def test_wrapped_lines_fit(text: str, most: int) -> None:
    lines = lettering.wrap(text, 150, style.NAME, most=most)

    assert 1 <= len(lines) <= most
    assert all(lettering.width(line, style.NAME) <= 150 for line in lines)


def test_lines_break_at_separators_then_words_then_inside_words() -> None:
    wide = lettering.wrap(
        "5 of 6 answered · A scorecard with quite a name, version 12 · 21 Jan 2027",
        560,
        style.CAPTION,
        most=2,
        separator=" · ",
    )
    assert wide == (
        "5 of 6 answered · A scorecard with quite a name, version 12",
        "21 Jan 2027",
    )
    assert lettering.wrap("Data and models", 100, style.NAME, most=2) == ("Data and", "models")
    assert lettering.wrap("Infrastructure-as-code", 168, style.NAME, most=2) == (
        "Infrastructure-",
        "as-code",
    )
    assert lettering.wrap("W" * 24, 100, style.NAME, most=2)[-1].endswith("…")


def test_lines_of_a_name_are_about_as_wide_as_each_other() -> None:
    lines = lettering.wrap_evenly("Data and model lifecycle", 200, style.NAME, most=3)

    assert lines == ("Data and", "model lifecycle")
