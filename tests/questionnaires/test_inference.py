"""What a score and the levels beside it say together."""

import pytest

from questionnaires.blunting import OVER, UNDER, blunt_score
from questionnaires.inference import Clue, settles_an_end
from questionnaires.results import ShownScore


def clues(*known: tuple[int, float | None], weight: float = 1.0) -> list[Clue]:
    return [Clue(weight, levels, half) for levels, half in known]


@pytest.mark.parametrize(
    ("score", "known", "expected"),
    [
        (blunt_score(21.67), [(5, 0.0), (5, 2.0), (5, 1.0)], True),  # 0 + 9 + 4 of 60
        (blunt_score(23.33), [(5, 0.0), (5, 2.0), (5, 1.0)], False),  # or 1 + 9 + 4
        (blunt_score(78.33), [(5, 4.0), (5, 2.0), (5, 3.0)], True),  # 20 + 11 + 16
        (blunt_score(76.67), [(5, 4.0), (5, 2.0), (5, 3.0)], False),
        (blunt_score(50.0), [(5, 2.0), (5, 2.0), (5, 2.0)], False),
        (blunt_score(33.33), [(4, 0.0), (3, None)], True),  # 0/4 and 8/3: no other fits
        (UNDER, [(5, 0.0), (5, 0.0), (5, 0.0)], False),
        (OVER, [(5, 4.0), (5, 4.0), (5, 4.0)], False),
        (ShownScore(5.0, "5"), [(6, 0.0), (5, 0.0), (5, 0.0)], True),  # below 5 is "under 5"
    ],
)
def test_a_level_at_an_end_is_settled_when_nothing_else_comes_to_the_score(
    score: ShownScore, known: list[tuple[int, float | None]], *, expected: bool
) -> None:
    assert settles_an_end(score, clues(*known)) is expected
    assert settles_an_end(score, clues(*known, weight=0.7)) is expected


def test_a_round_of_hundreds_is_not_gone_through() -> None:
    assert not settles_an_end(UNDER, clues((900, 0.0), (899, 0.0), (898, 0.0)))
