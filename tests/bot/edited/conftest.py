"""The real bot with few questions, in a workspace in the middle of everything."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# Of each dimension two core questions and a further one; of the first, one more to switch off.
KEPT = ((1, 2, 3, 4), (1, 2, 4), (1, 2, 4))


@pytest.fixture
def definitions(tmp_path: Path) -> Path:
    """Our questionnaire cut to three dimensions, each with something to dive into."""
    whole = (ROOT / "questionnaires" / "definitions" / "mlops-scorecard.toml").read_text("utf-8")
    head, *dimensions = whole.split("[[dimensions]]\n")[:4]
    folder = tmp_path / "definitions"
    folder.mkdir()
    short = "[[dimensions]]\n".join((head, *map(_cut, dimensions, KEPT)))
    (folder / "mlops-scorecard.toml").write_text(short, "utf-8")
    return folder


def _cut(dimension: str, kept: tuple[int, ...]) -> str:
    first, *questions = dimension.split("[[dimensions.questions]]\n")
    found = [questions[number - 1] for number in kept]
    return "[[dimensions.questions]]\n".join((first, *found))
