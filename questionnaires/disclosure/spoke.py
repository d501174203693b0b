"""A dimension before anything of it is shown."""

from questionnaires.disclosure.seal import SEAL
from questionnaires.model import Dimension
from questionnaires.results import DimensionResult


def gap(dimension: Dimension, raters: int) -> DimensionResult:
    """Without a score; `raters`: how many answered, which is said in its place."""
    return DimensionResult(
        id=dimension.id,
        title=dimension.title,
        short_title=dimension.short_title,
        raters=raters,
        score=None,
        target=dimension.target,
        not_asked=tuple((one.question.short_title, one.reason) for one in dimension.not_asked),
        seal=SEAL,
    )
