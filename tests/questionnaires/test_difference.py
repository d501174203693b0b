"""What a new version of a questionnaire changes, and which trends survive it."""

from dataclasses import replace

import pytest

from questionnaires import catalog, difference
from questionnaires.difference import Difference, Reworked, Trend
from questionnaires.model import Questionnaire, Tier
from tests.questionnaires.test_catalog import SMALL, dimension, question, yes_partly_no

OLD = catalog.parse("old.toml", SMALL)
ALL_HOLD = (
    Trend("Dimension a", 2, 2, 2),
    Trend("Dimension b", 2, 2, 2),
    Trend("Dimension c", 2, 2, 2),
)


def version(text: str) -> Questionnaire:
    return catalog.parse("new.toml", text)


def changed(before: str, after: str) -> Difference:
    assert before in SMALL
    return difference.compare(OLD, version(SMALL.replace(before, after, 1)))


def only_rework(found: Difference) -> Reworked:
    [reworked] = found.reworked
    assert replace(found, reworked=()).is_none
    return reworked


def test_the_same_questionnaire_differs_in_nothing() -> None:
    found = difference.compare(OLD, OLD)
    assert found.is_none
    assert found.trends == ALL_HOLD
    assert all(trend.holds for trend in found.trends)


def test_a_comment_is_no_difference_and_needs_a_version_all_the_same() -> None:
    commented = version(f"# A word more.\n{SMALL}")
    assert difference.compare(OLD, commented).is_none
    assert difference.version_needed(OLD, commented) == 4


@pytest.mark.parametrize(
    ("before", "after", "fields", "reads_otherwise"),
    [
        ('"We do a-1."', '"We do a-1!"', ("statement",), True),
        ('["zero", "one"', '["nought", "one"', ("levels",), True),
        ('"from zero"', '"up from zero"', ("next_steps",), False),
        ('["We have none"]', '["We have one"]', ("not_applicable",), False),
        ('"About a-1"', '"On a-1"', ("short_title",), False),
        ('"made up"', '"invented"', ("source",), False),
        ("effort = 1", "effort = 2", ("effort",), False),
        ("effort = 1", "effort = 1\nweight = 3", ("weight",), False),
        ("effort = 1", 'effort = 1\ndepends_on = ["b-1"]', ("depends_on",), False),
    ],
)
def test_it_is_said_which_field_of_a_question_changed(
    before: str, after: str, fields: tuple[str, ...], *, reads_otherwise: bool
) -> None:
    found = changed(before, after)
    reworked = only_rework(found)
    assert (reworked.question.id, reworked.fields) == ("a-1", fields)
    assert (reworked.dimension, reworked.tier, reworked.importance) == (None, None, None)
    assert reworked.reads_otherwise is reads_otherwise
    assert found.trends == ALL_HOLD


def test_importance_is_said_before_and_after() -> None:
    assert only_rework(changed("importance = 2", "importance = 3")).importance == (2, 3)


def test_what_becomes_a_deep_dive_question_is_in_no_trend() -> None:
    third = SMALL.replace(question("b-2"), question("b-2") + question("b-3"))
    fewer = third.replace(question("b-3"), question("b-3", "deep_dive"))
    found = difference.compare(version(third), version(fewer))
    assert only_rework(found).tier == (Tier.CORE, Tier.DEEP_DIVE)
    assert found.trends[1] == Trend("Dimension b", 2, 3, 2)
    assert found.trends[1].holds


def test_a_question_that_moved_is_in_the_trend_of_neither_dimension() -> None:
    third = SMALL.replace(question("b-2"), question("b-2") + question("b-3"))
    moved = third.replace(question("b-3"), "").replace(
        question("c-1"), question("b-3") + question("c-1")
    )
    found = difference.compare(version(third), version(moved))
    assert only_rework(found).dimension == ("Dimension b", "Dimension c")
    assert [(one.common, one.before, one.now) for one in found.trends] == [
        (2, 2, 2),
        (2, 3, 2),
        (2, 2, 3),
    ]


def test_added_and_removed_questions_are_told_with_their_dimension() -> None:
    found = changed(question("b-2"), question("b-9"))
    assert [(one.id, where) for one, where in found.added] == [("b-9", "Dimension b")]
    assert [(one.id, where) for one, where in found.removed] == [("b-2", "Dimension b")]
    assert found.reworked == ()
    assert found.trends[1] == Trend("Dimension b", 1, 2, 2)
    assert not found.trends[1].holds


@pytest.mark.parametrize(
    ("common", "before", "now", "holds"),
    [(2, 2, 2, True), (1, 1, 1, False), (2, 4, 4, True), (2, 4, 5, False), (2, 5, 2, False)],
)
def test_a_trend_needs_two_questions_and_half_of_each_version(
    common: int, before: int, now: int, *, holds: bool
) -> None:
    assert Trend("a", common, before, now).holds is holds


def test_a_dimension_of_another_id_is_another_one() -> None:
    found = changed(
        dimension("b", question("b-1"), question("b-2"), extra="weight = 2"),
        dimension("e", question("e-1"), question("e-2")),
    )
    assert [one.dimension for one in found.trends] == ["Dimension a", "Dimension c"]
    assert [one.id for one, _ in (*found.added, *found.removed)] == ["e-1", "e-2", "b-1", "b-2"]


def test_what_changes_at_the_top_and_in_a_dimension_is_said() -> None:
    found = difference.compare(
        OLD,
        version(
            SMALL.replace('"Last month."', '"Last year."')
            .replace('title = "Small"', 'title = "Little"')
            .replace('"Dimension a"', '"Dimension A"')
            .replace("weight = 2", "weight = 3")
        ),
    )
    assert found.head == ("title", "period")
    assert found.dimensions == (("Dimension A", ("title",)), ("Dimension b", ("weight",)))


def test_another_order_of_asking_is_said() -> None:
    a_1, a_2 = question("a-1"), question("a-2", extra='depends_on = ["a-1"]')
    found = changed(a_1 + a_2, a_2 + a_1)
    assert found.reordered
    assert found.trends == ALL_HOLD


def test_on_another_scale_nothing_stays_comparable() -> None:
    found = difference.compare(OLD, version(yes_partly_no(SMALL)))
    assert "scale" in found.head
    assert [(one.common, one.holds) for one in found.trends] == [(0, False)] * 3


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        (SMALL, None),
        (SMALL.replace("version = 3", "version = 4"), None),
        (SMALL.replace("version = 3", "version = 2"), 4),
        (SMALL.replace("We do a-1.", "We did a-1."), 4),
        (SMALL.replace("We do a-1.", "We did a-1.").replace("version = 3", "version = 9"), None),
        (SMALL.replace('"small"', '"large"'), None),
    ],
    ids=["same", "raised", "lowered", "edited", "edited and raised", "another questionnaire"],
)
def test_the_version_has_to_be_raised_for_any_other_text(text: str, needed: int | None) -> None:
    assert difference.version_needed(OLD, version(text)) == needed
