"""A small questionnaire to score, and answers written as the method's examples write them."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import settings

from questionnaires.model import Answer, Dimension, Question, Questionnaire, Rating, Scale, Tier

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]

# The first range loads scipy, which takes longer than any deadline.
settings.register_profile("no_deadline", deadline=None)
settings.load_profile("no_deadline")


def _question(question_id: str, **changed: object) -> Question:
    fields: dict[str, object] = {
        "id": question_id,
        "tier": Tier.CORE,
        "source": "made up",
        "short_title": f"About {question_id}",
        "statement": f"We do {question_id}.",
        "levels": tuple(f"{question_id} at {level}" for level in range(5)),
        "next_steps": tuple(f"{question_id} from {level}" for level in range(4)),
        "not_applicable": ("We have none",),
        "effort": 2,
        "importance": 2,
    }
    return Question(**{**fields, **changed})  # type: ignore[arg-type]


def _questionnaire(
    *dimensions: Sequence[str],
    changed: dict[str, dict[str, object]] | None = None,
    weights: Sequence[float] = (),
    scale: Scale = Scale.FIVE_LEVELS,
) -> Questionnaire:
    """Dimensions d0, d1, ... with the questions named; `changed`: fields by question id."""
    changed = changed or {}
    return Questionnaire(
        id="small",
        version=3,
        title="Small",
        about="Made up.",
        period="Last month.",
        dimensions=tuple(
            Dimension(
                id=f"d{place}",
                title=f"Dimension {place}",
                short_title=f"D{place}",
                questions=tuple(_question(name, **changed.get(name, {})) for name in names),
                weight=weights[place] if weights else 1.0,
            )
            for place, names in enumerate(dimensions)
        ),
        digest="",
        scale=scale,
    )


def _say(questions: Sequence[str], *rows: Sequence[int | str | None]) -> list[Answer]:
    """One row for each participant 1, 2, ...: levels, "dk", "na", or None for no answer."""
    return [
        Answer(participant, question, _rating(said))
        for participant, row in enumerate(rows, start=1)
        for question, said in zip(questions, row, strict=True)
        if said is not None
    ]


def _rating(said: int | str) -> Rating:
    if isinstance(said, int):
        return Rating.of_level(said)
    return Rating.dont_know() if said == "dk" else Rating.not_applicable("We have none")


@pytest.fixture(scope="session")
def build() -> Build:
    return _questionnaire


@pytest.fixture(scope="session")
def say() -> Say:
    return _say
