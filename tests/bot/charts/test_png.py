"""Bytes: their size, their sameness, and what is loaded to make them."""

import hashlib
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot import charts
from questionnaires.results import DimensionResult

Spokes = Callable[..., list[DimensionResult]]
Draw = Callable[..., bytes]

DRAWS = {"radar": charts.draw_radar, "stellar": charts.draw_stellar, "dots": charts.draw_dots}

IMPORT_ONLY = "import sys, bot.charts; sys.exit('matplotlib' in sys.modules)"
DRAW_ALL = """
import hashlib
from bot import charts
from questionnaires.results import DimensionResult, ShownScore
from tests.disclosed import a_dimension, a_score

spokes = [
    a_dimension(f"dimension_{index}", name, name, 6, a_score(value, str(value)))
    for index, (name, value) in enumerate([("Governance", 58), ("Data", 50), ("Cost", 71)])
]
for draw in (charts.draw_radar, charts.draw_stellar, charts.draw_dots):
    print(hashlib.sha256(draw(spokes, title="Northwind ML", caption="5 of 6")).hexdigest())
"""


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
        same = spokes((58, 50, 71), names=("Governance", "Data", "Cost"))
        pictures = (draw(same, title="Northwind ML", caption="5 of 6") for draw in DRAWS.values())
        return [hashlib.sha256(picture).hexdigest() for picture in pictures]

    here = drawn()
    assert drawn() == here
    there = run(DRAW_ALL)
    assert there.stderr == ""
    assert there.stdout.split() == here


def test_importing_the_package_does_not_load_matplotlib() -> None:
    assert run(IMPORT_ONLY).returncode == 0
