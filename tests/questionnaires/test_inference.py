"""What a score and the levels beside it say together."""

import pytest

from questionnaires.disclosure.blunting import blunt_score, high_end, low_end
from questionnaires.disclosure.inference import Clue, settles_an_end
from questionnaires.model import Scale
from questionnaires.results import ShownScore
from tests.disclosed import a_score

FIVE, THREE = Scale.FIVE_LEVELS, Scale.YES_PARTLY_NO


def clues(*known: tuple[int, float | None], weight: float = 1.0) -> list[Clue]:
    return [Clue(weight, levels, half) for levels, half in known]


@pytest.mark.parametrize(
    ("score", "known", "expected"),
    [
        (blunt_score(21.67, FIVE), [(5, 0.0), (5, 2.0), (5, 1.0)], True),  # 0 + 9 + 4 of 60
        (blunt_score(23.33, FIVE), [(5, 0.0), (5, 2.0), (5, 1.0)], False),  # or 1 + 9 + 4
        (blunt_score(78.33, FIVE), [(5, 4.0), (5, 2.0), (5, 3.0)], True),  # 20 + 11 + 16
        (blunt_score(76.67, FIVE), [(5, 4.0), (5, 2.0), (5, 3.0)], False),
        (blunt_score(50.0, FIVE), [(5, 2.0), (5, 2.0), (5, 2.0)], False),
        (blunt_score(33.33, FIVE), [(4, 0.0), (3, None)], True),  # 0/4 and 8/3: no other fits
        (low_end(FIVE), [(5, 0.0), (5, 0.0), (5, 0.0)], False),
        (high_end(FIVE), [(5, 4.0), (5, 4.0), (5, 4.0)], False),
        (a_score(5.0, "5"), [(6, 0.0), (5, 0.0), (5, 0.0)], True),  # below 5 is "under 5"
    ],
)
def test_a_level_at_an_end_is_settled_when_nothing_else_comes_to_the_score(
    score: ShownScore, known: list[tuple[int, float | None]], *, expected: bool
) -> None:
    assert settles_an_end(score, clues(*known), FIVE) is expected
    assert settles_an_end(score, clues(*known, weight=0.7), FIVE) is expected


def test_a_round_of_hundreds_is_not_gone_through() -> None:
    hundreds = clues((900, 0.0), (899, 0.0), (898, 0.0))
    assert not settles_an_end(low_end(FIVE), hundreds, FIVE)


def test_of_yes_partly_and_no_fewer_sums_are_possible() -> None:
    """Five people, 20 of 100 over two questions, 8 levels in all: beside "about 0" and "1.5" that
    is 0 + 8, 1 + 7 or 2 + 6 on five levels; of yes, partly and no the second one makes 8 or none.
    """
    score, known = a_score(20.0, "20"), clues((5, 0.0), (5, 1.5))
    assert not settles_an_end(score, known, FIVE)
    assert settles_an_end(score, known, THREE)
