"""Which groups of people may be shown apart: method section 7, for roles.

A group is shown only where it is large enough and so is everybody else: from the whole and one
group the rest could be worked out.
"""

from collections.abc import Mapping

from questionnaires.disclosure import blunting
from questionnaires.disclosure.floors import Floors
from questionnaires.disclosure.seal import SEAL
from questionnaires.results import RoleScore
from questionnaires.roles import Role

QUESTIONS_FOR_A_ROLE = 6


def visible(sizes: Mapping[str | None, int], k: int) -> set[str | None]:
    """The groups of one cell that may be shown; `sizes`: how many raters each of them has.

    visible <=> n >= k and (N - n == 0 or N - n >= k); if exactly one would be hidden, the next
    smallest is hidden, too, else the hidden one is the whole without all the others.
    """
    whole = sum(sizes.values())
    shown = {
        group: size
        for group, size in sizes.items()
        if size >= k and (size == whole or whole - size >= k)
    }
    if shown and sum(size > 0 for size in sizes.values()) - len(shown) == 1:
        del shown[min(shown, key=lambda group: shown[group])]
    return set(shown)


def role_scores(floors: Floors) -> tuple[RoleScore, ...]:
    """The roles that may be shown beside an overall score that is shown in full.

    The rule holds in every scored dimension. A role is shown over the whole round only, over
    enough questions and to the nearest 5: its score in one dimension, or an exact one, would say
    beside the levels of single questions what everybody in it answered to one of them
    (tests/questionnaires/test_attack_on_roles.py).
    """
    if len(floors.carrying(floors.questionnaire.core)) < QUESTIONS_FOR_A_ROLE:
        return ()
    cells = {cell.role: cell for cell in floors.measurement.roles}
    wanted = set(cells)
    for raters in zip(*(cell.raters for cell in cells.values()), strict=True):
        wanted &= visible(dict(zip(cells, raters, strict=True)), floors.k)
    scale = floors.questionnaire.scale
    scores = tuple(
        RoleScore(
            Role(role),
            max(cell.raters),
            blunting.blunt_score(cell.score, scale, blunting.COARSE_STEP),
            seal=SEAL,
        )
        for role, cell in cells.items()
        if role in wanted and role is not None and cell.score is not None
    )
    # From the scores of all and those of the other roles one that is blunt could be worked out.
    return () if any(blunting.is_end(one.score, scale) for one in scores) else scores
