"""The yardstick itself, before anything is measured with it."""

import pytest

from tests.questionnaires.readability import reading_ease, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("model", 2), ("data", 2), ("use", 1), ("used", 1), ("updates", 2), ("tested", 2),
        ("release", 2), ("table", 2), ("changes", 2), ("automatic", 4), ("nobody", 3), ("the", 1),
        ("raised", 1), ("live", 1), ("monthly", 2), ("rule", 1), ("causes", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_plain_sentence_reads_easier_than_an_official_one() -> None:
    plain = reading_ease(["The cat sat on the mat."])
    official = reading_ease(["Organizational responsibilities necessitate documentation."])
    assert plain > 100
    assert official < 0
