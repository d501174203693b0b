"""Bytes: their size, their sameness, and what is loaded to make them."""

import hashlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot import charts
from questionnaires.results import DimensionResult
from tests.bot.charts import looking

Spokes = Callable[..., list[DimensionResult]]
Draw = Callable[..., bytes]

IMPORT_ONLY = "import sys, bot.charts; sys.exit('matplotlib' in sys.modules)"
DRAW_ALL = """
import hashlib
from tests.bot.charts.looking import spokes_of
from tests.bot.charts.test_png import DRAWS

spokes = spokes_of((58, 50, 71), names=("Governance", "Data", "Cost"), before=(55, 50, 70))
for draw in DRAWS.values():
    print(hashlib.sha256(draw(spokes, title="Northwind ML", caption="5 of 6")).hexdigest())
"""


def draw_trend(spokes: list[DimensionResult], title: str, caption: str) -> bytes:
    values = [(40, one.score.value) for one in spokes if one.score is not None]
    trend = looking.trend_with(values, [one.short_title for one in spokes])
    return charts.draw_trend(trend, title=title, caption=caption)


def draw_map(spokes: list[DimensionResult], title: str, caption: str) -> bytes:
    asked = [looking.question_of(one, "Rules", "2.5") for one in spokes]
    return charts.draw_map(looking.map_of(spokes, asked), title=title, caption=caption)


DRAWS: dict[str, Draw] = {
    "radar": charts.draw_radar,
    "stellar": charts.draw_stellar,
    "dots": charts.draw_dots,
    "trend": draw_trend,
    "map": draw_map,
}


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_a_picture_is_a_png_1200_pixels_wide(spokes: Spokes, draw: Draw) -> None:
    drawn = draw(spokes((58, 50, 71)), title="Northwind ML, January 2027", caption="5 of 6")

    assert drawn.startswith(b"\x89PNG\r\n")
    assert int.from_bytes(drawn[16:20]) == 1200
    assert b"Software" not in drawn


def test_the_same_result_gives_the_same_bytes_here_and_in_another_process(
    spokes: Spokes,
) -> None:
    def drawn() -> list[str]:
        same = spokes((58, 50, 71), names=("Governance", "Data", "Cost"), before=(55, 50, 70))
        pictures = (draw(same, title="Northwind ML", caption="5 of 6") for draw in DRAWS.values())
        return [hashlib.sha256(picture).hexdigest() for picture in pictures]

    here = drawn()
    assert drawn() == here
    there = run(DRAW_ALL)
    assert there.stderr == ""
    assert there.stdout.split() == here


def test_importing_the_package_does_not_load_matplotlib() -> None:
    assert run(IMPORT_ONLY).returncode == 0
