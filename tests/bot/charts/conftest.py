"""Made-up scores, and ways to look at the artists of a figure: looking.py as fixtures."""

from collections.abc import Callable
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from questionnaires.results import DimensionResult
from tests.bot.charts import looking

Spokes = Callable[..., list[DimensionResult]]
Find = Callable[[Figure, str], list[Any]]
BoxOf = Callable[[Figure, Any], Bbox]


@pytest.fixture
def spokes() -> Spokes:
    return looking.spokes_of


@pytest.fixture
def long_names() -> tuple[str, ...]:
    """Twelve names of 24 characters, as long as a short title may be."""
    assert all(len(name) == 24 for name in looking.LONG_NAMES)
    return looking.LONG_NAMES


@pytest.fixture
def find() -> Find:
    return looking.find_in


@pytest.fixture
def box_of() -> BoxOf:
    return looking.ink_of
