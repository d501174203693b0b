"""What a radar costs, against the barest polar picture of the same size in pixels.

Run: python -m benchmarks.radar [pairs]
"""

import sys
from collections.abc import Callable
from io import BytesIO
from math import pi
from statistics import median
from time import perf_counter

from matplotlib.figure import Figure

from bot.charts import draw_radar
from tests.disclosed import a_dimension, a_score

SCORES = {
    "Governance": 58,
    "Data": 50,
    "Development": 71,
    "Deployment": 62,
    "Monitoring": 33,
    "Improvement": 46,
}
SPOKES = [
    a_dimension(name.lower(), name, name, 5, a_score(score, str(score)))
    for name, score in SCORES.items()
]


def ours() -> bytes:
    """Title, wheel, outline, fill, names, scores, caption."""
    return draw_radar(
        SPOKES,
        title="Northwind ML, January 2027",
        caption="5 of 6 answered · MLOps scorecard, version 1 · 21 Jan 2027",
    )


def barest(width: int, height: int) -> bytes:
    """Polar axes with one line: no title, no fill, no names, no scores."""
    figure = Figure(figsize=(width / 200, height / 200), dpi=200)
    axes = figure.add_subplot(projection="polar")
    angles = [2 * pi * index / len(SCORES) for index in range(len(SCORES))]
    axes.plot([*angles, 0], [*SCORES.values(), SCORES["Governance"]])
    buffer = BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()


def size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels, from the header of a PNG."""
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def milliseconds(draw: Callable[[], bytes]) -> float:
    started = perf_counter()
    draw()
    return 1000 * (perf_counter() - started)


def main(pairs: int) -> None:
    """Draw both in turn, after one of each to warm up, and print medians."""
    width, height = size(ours())
    assert size(barest(width, height)) == (width, height)
    times = [
        (milliseconds(ours), milliseconds(lambda: barest(width, height))) for _ in range(pairs)
    ]
    print(f"radar, {width} x {height} pixels, median of {pairs} pairs")
    print(f"ours        {median(one for one, _ in times):6.1f} ms")
    print(f"barest      {median(other for _, other in times):6.1f} ms")
    print(f"ratio       {median(one / other for one, other in times):6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
