"""Who counts with whom, and what a question comes to then: method section 3, up to m_q."""

from collections.abc import Mapping
from dataclasses import dataclass

from questionnaires.means import in_scale, weighted_mean
from questionnaires.model import POINTS_PER_LEVEL, Question, Scale
from questionnaires.tally import Tally, role_sums


@dataclass(frozen=True, slots=True)
class Scored:
    """A question that counts: its levels by participant, and points by role and in all (m_q)."""

    question: Question
    levels: Mapping[int, int]
    role_means: Mapping[str | None, float]
    mean: float


@dataclass(frozen=True, slots=True)
class Panel:
    """The role of each participant, and the weight of each role (else 1).

    `scale`: what they could choose from.
    """

    roles: Mapping[int, str | None]
    weights: Mapping[str, float]
    scale: Scale

    def weight(self, role: str | None) -> float:
        return 1.0 if role is None else self.weights.get(role, 1.0)

    def scored(self, found: Tally) -> Scored:
        """A question that counts: roles first, then the roles by weight."""
        means = {
            role: POINTS_PER_LEVEL * total / people
            for role, (people, total) in role_sums(found.levels, self.roles).items()
        }
        mean = weighted_mean((self.weight(role), points) for role, points in means.items())
        return Scored(found.question, found.levels, means, in_scale(mean))
