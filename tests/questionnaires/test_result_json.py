"""Results and measurements as text: exact, and the same bytes every time."""

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.disclosure import disclose
from questionnaires.measurements import Measurement
from questionnaires.model import Answer, Questionnaire, Rater
from questionnaires.result_json import as_json, measurement_as_json, measurement_from_json
from questionnaires.results import Result
from questionnaires.scoring import measure

Build = Callable[..., Questionnaire]
Say = Callable[..., list[Answer]]
NAMES = ("q1", "q2", "q3", "q4")

row = st.tuples(*([st.sampled_from([0, 1, 2, 3, 4, "dk", "na"])] * 4))


def measured(build: Build, say: Say, rows: list[tuple[int | str, ...]]) -> Measurement:
    people = [Rater(place + 1) for place in range(len(rows))]
    return measure(build(NAMES[:2], NAMES[2:]), people, say(NAMES, *rows), invited=9)


def disclosed(build: Build, measurement: Measurement) -> Result:
    return disclose(
        measurement,
        build(NAMES[:2], NAMES[2:]),
        k=5,
        team_name="Zürich ML",
        round_title="January 2025",
        closed_on=date(2025, 2, 7),
        comments=[("q1", "Who owns this?"), (None, "More tests")],
    )


@given(rows=st.lists(row, max_size=8))
def test_a_measurement_comes_back_bit_for_bit(
    build: Build, say: Say, rows: list[tuple[int | str, ...]]
) -> None:
    measurement = measured(build, say, rows)
    assert measurement_from_json(measurement_as_json(measurement)) == measurement


@pytest.mark.parametrize("text", ["", "[", "nonsense"])
def test_what_is_no_json_is_no_measurement(text: str) -> None:
    with pytest.raises(ValueError, match=r"Expecting"):
        measurement_from_json(text)


def test_a_result_reads_like_a_document(build: Build, say: Say) -> None:
    result = disclosed(build, measured(build, say, [(1, 2, 3, 4)] * 6))
    text = as_json(result)
    assert text.endswith("}\n")
    assert '\n  "team_name": "Zürich ML",\n' in text
    assert '\n  "closed_on": "2025-02-07",\n' in text
    assert list(json.loads(text)) == [field.name for field in fields(Result)]


def test_the_same_answers_in_any_order_give_the_same_bytes(build: Build, say: Say) -> None:
    rows: list[tuple[int | str, ...]] = [(1, 2, 3, 4), (2, 0, 1, 3), (0, 1, 1, 2), (4, 4, 2, 0)]
    rows += [(1, 1, 1, "dk"), (3, "na", 2, 2)]
    one, other = measured(build, say, rows), measured(build, say, rows[::-1])
    assert measurement_as_json(one) == measurement_as_json(other)
    assert as_json(disclosed(build, one)) == as_json(disclosed(build, other))
