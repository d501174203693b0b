"""The question map, read from its artists."""

from itertools import combinations

import pytest
from matplotlib import colormaps
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from bot.charts import shades
from bot.charts.levels import about
from bot.charts.question_map import map_figure
from questionnaires import catalog
from questionnaires.results import Result
from tests.bot.charts.looking import find_in, ink_of, map_of, question_of, spokes_of
from tests.disclosed import resealed

GOVERNANCE, DATA = spokes_of((58, 50))
LEVELS = ("about 0", "1", "1.5", "2", "2.5", "3", "about 4")
SCORECARD = catalog.load_all()["mlops-scorecard"]


def drawn(result: Result) -> Figure:
    caption = "5 of 6 answered · level of each question from 0 to 4, blue is low, yellow is high"
    return map_figure(result, title="Northwind ML, January 2027", caption=caption)


def texts(figure: Figure, gid: str) -> list[str]:
    return [text.get_text() for text in find_in(figure, gid)]


def large_map(dimensions: int, questions: int, name: str, level: str | None) -> Result:
    spokes = spokes_of([50] * dimensions)
    return map_of(
        spokes, [question_of(one, f"{name} {n}", level) for one in spokes for n in range(questions)]
    )


def test_questions_stand_below_their_dimension_in_the_order_of_asking() -> None:
    asked = [
        question_of(GOVERNANCE, "Rules", "2"),
        question_of(DATA, "One place", "about 4"),
        question_of(GOVERNANCE, "Owners", "1.5"),
    ]
    figure = drawn(map_of([GOVERNANCE, DATA], asked))

    lines = [*find_in(figure, "dimension"), *find_in(figure, "name")]
    from_top = sorted(lines, key=lambda text: -text.get_position()[1])
    assert [text.get_text() for text in from_top] == [
        "Governance",
        "Rules",
        "Owners",
        "Data",
        "One place",
    ]
    assert texts(figure, "level") == ["2", "1.5", "about 4"]


def test_shades_mean_the_same_in_every_map() -> None:
    figure = drawn(map_of([DATA], [question_of(DATA, level, level) for level in LEVELS]))

    found = [to_hex(cell.get_facecolor()) for cell in find_in(figure, "cell")]
    fixed = (0.0625, 0.25, 0.375, 0.5, 0.625, 0.75, 0.9375)
    assert found == [to_hex(colormaps["cividis"](place)) for place in fixed]
    alone = drawn(map_of([DATA], [question_of(DATA, "One", "2")]))
    assert to_hex(find_in(alone, "cell")[0].get_facecolor()) == found[3]


@pytest.mark.parametrize("level", LEVELS)
def test_levels_are_readable_on_their_shade(level: str) -> None:
    figure = drawn(map_of([DATA], [question_of(DATA, "One", level)]))

    (cell,), (text,) = find_in(figure, "cell"), find_in(figure, "level")
    ground = to_hex(cell.get_facecolor())
    light = sorted(shades._luminance(side) for side in (ground, to_hex(text.get_color())))
    assert (light[1] + 0.05) / (light[0] + 0.05) > 3.9  # large bold text needs 3
    assert cell.get_bbox().containsx(ink_of(figure, text).x0)
    assert cell.get_bbox().containsx(ink_of(figure, text).x1)


def test_a_question_without_a_level_has_a_word_and_no_shade() -> None:
    dimension = resealed(DATA, not_asked=(("Old tools", "none of them is left"),))
    asked = [
        question_of(DATA, "One", applicable=False),
        question_of(DATA, "Two", answered=3),
        question_of(DATA, "Three", answered=0),
        question_of(DATA, "Four", answered=2, find_out_first=True),
    ]
    figure = drawn(map_of([dimension], asked))

    assert texts(figure, "name") == ["One", "Two", "Three", "Four", "Old tools"]
    said = ["doesn't apply", "3 answered", "no answer", "find out first", "not asked"]
    assert texts(figure, "no level") == said
    assert find_in(figure, "cell") == find_in(figure, "level") == []


def test_a_deep_dive_stands_below_the_questions_that_count() -> None:
    asked = [
        question_of(DATA, "Deep", "3", deep_dive=True),
        question_of(DATA, "Deeper", "2", deep_dive=True),
        question_of(DATA, "Core", "1"),
    ]
    figure = drawn(map_of([DATA], asked))

    assert texts(figure, "name") == ["Core", "Deep", "Deeper"]
    assert texts(figure, "heading") == ["Deep dive, in no score"]


def test_a_dimension_without_questions_is_left_out() -> None:
    figure = drawn(map_of([GOVERNANCE, DATA], [question_of(DATA, "One", "2")]))

    assert texts(figure, "dimension") == ["Data"]


def test_a_blunt_level_is_shaded_in_the_middle_of_what_it_stands_for() -> None:
    assert [about(level) for level in LEVELS] == [0.25, 1, 1.5, 2, 2.5, 3, 3.75]
    assert (about("0"), about("4")) == (0, 4)  # as a team agreed on them


@pytest.mark.parametrize("level", [None, "about 0", "about 4", "2.5"])
@pytest.mark.parametrize(
    "shape", [(3, 6), (6, 3), (6, 8), (9, 3), (12, 3)], ids=lambda shape: f"{shape[0]}x{shape[1]}"
)
@pytest.mark.parametrize("name", ["Named people", "W" * 38], ids=["short", "long"])
def test_words_stay_on_the_sheet_and_off_each_other_and_in_their_row(
    shape: tuple[int, int], name: str, level: str | None
) -> None:
    figure = drawn(large_map(*shape, name, level))

    height = figure.axes[0].get_ylim()[1]
    boxes = [ink_of(figure, text) for text in figure.axes[0].texts]
    assert all(0 < box.x0 < box.x1 < 600 and 0 < box.y0 < box.y1 < height for box in boxes)
    rules = [line.get_ydata()[0] for line in find_in(figure, "rule")]
    assert not any(box.y0 <= y <= box.y1 for box in boxes for y in rules)
    by_height = sorted(boxes, key=lambda box: -box.y1)
    for place, one in enumerate(by_height):
        assert not any(one.overlaps(other) for other in by_height[place + 1 : place + 8])


def test_our_own_questions_take_one_line_each() -> None:
    spokes = spokes_of([50] * 6, [one.short_title for one in SCORECARD.dimensions])
    asked = [
        question_of(spoke, question.short_title, "2")
        for spoke, dimension in zip(spokes, SCORECARD.dimensions, strict=True)
        for question in dimension.questions
    ]
    figure = drawn(map_of(spokes, asked))

    assert len(find_in(figure, "name")) == len(asked) == 48
    cells = [cell.get_bbox() for cell in find_in(figure, "cell")]
    assert len({round(box.height, 6) for box in cells}) == 1
    assert not any(one.overlaps(other) for one, other in combinations(cells, 2))


def test_words_are_legible_on_a_phone() -> None:
    figure = drawn(large_map(6, 3, "Named people", None))

    pixels_per_point = figure.dpi / 72 * 360 / (figure.get_figwidth() * figure.dpi)
    assert min(float(text.get_fontsize()) for text in figure.axes[0].texts) * pixels_per_point >= 11
