"""Tailoring: what a team switches off, weighs, aims at and dives into, with exact numbers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires import catalog, conversation, scoring, tailoring, together
from questionnaires.desk import (
    DeepDiveChange,
    QuestionChange,
    TargetChange,
    difference,
    rebased,
)
from questionnaires.disclosure import disclose
from questionnaires.errors import CommentTooLong, NoSuchQuestion, StalePress
from questionnaires.model import Answer, Questionnaire, Rater, Rating
from questionnaires.rounds import Manner
from questionnaires.tailoring import (
    NOTHING,
    ReasonWanted,
    Tailoring,
    TooFewAsked,
    choose,
    problems,
    tailored,
)

QUESTIONS = catalog.load_all()["mlops-scorecard"]
QUICK = catalog.load_all()["mlops-quick-check"]
GOVERNANCE, DATA = QUESTIONS.dimensions[0], QUESTIONS.dimensions[1]
ONE, TWO, THREE = GOVERNANCE.core


def score(questionnaire: Questionnaire, *levels: int) -> float | None:
    """The first dimension's score when three people answer its core questions like this."""
    core = questionnaire.dimensions[0].core
    answers = [
        Answer(person, question.id, Rating.of_level(level))
        for person in range(3)
        for question, level in zip(core, levels, strict=True)
    ]
    raters = [Rater(person) for person in range(3)]
    measured = scoring.measure(questionnaire, raters, answers, invited=3)
    return measured.dimensions[0].score


def test_nothing_chosen_is_the_questionnaire_itself() -> None:
    assert tailored(QUESTIONS, NOTHING) is QUESTIONS
    usual = Tailoring(importance={ONE.id: ONE.importance})
    assert tailored(QUESTIONS, usual) is QUESTIONS


def test_a_question_that_is_off_is_not_asked_and_counts_nowhere() -> None:
    found = tailored(QUESTIONS, Tailoring(off={ONE.id: "Legal does it"}))
    assert len(found.asked) == len(QUESTIONS.core) - 1
    assert [one.id for one in found.dimensions[0].core] == [TWO.id, THREE.id]
    assert [(one.question, one.reason) for one in found.dimensions[0].not_asked] == [
        (ONE, "Legal does it")
    ]
    assert score(QUESTIONS, 4, 2, 1) == pytest.approx((100 + 50 + 25) / 3)
    assert score(found, 2, 1) == 37.5
    with pytest.raises(NoSuchQuestion):
        found.question(ONE.id)


def test_importance_weighs_a_question_against_its_neighbours() -> None:
    usual = replace(
        QUESTIONS,
        dimensions=(
            replace(
                GOVERNANCE, questions=tuple(replace(q, importance=2) for q in GOVERNANCE.questions)
            ),
            *QUESTIONS.dimensions[1:],
        ),
    )
    more = tailored(usual, Tailoring(importance={ONE.id: 3}))
    less = tailored(usual, Tailoring(importance={ONE.id: 1}))
    assert [one.weight for one in more.dimensions[0].core] == [1.5, 1.0, 1.0]
    assert score(usual, 4, 2, 1) == pytest.approx((100 + 50 + 25) / 3)
    assert score(more, 4, 2, 1) == pytest.approx((150 + 50 + 25) / 3.5)
    assert score(less, 4, 2, 1) == pytest.approx((50 + 50 + 25) / 2.5)
    assert [one.importance_chosen for one in more.dimensions[0].core] == [True, False, False]


def test_a_files_own_weight_and_importance_are_where_weighing_starts() -> None:
    heavy = replace(ONE, importance=3, weight=2.0)
    usual = replace(
        QUESTIONS,
        dimensions=(
            replace(GOVERNANCE, questions=(heavy, *GOVERNANCE.questions[1:])),
            *QUESTIONS.dimensions[1:],
        ),
    )
    found = tailored(usual, Tailoring(importance={ONE.id: 1}))
    assert found.question(ONE.id).weight == pytest.approx(2 / 3)


def test_a_deep_dive_asks_its_dimension_s_further_questions_and_scores_none_of_them() -> None:
    found = tailored(QUESTIONS, Tailoring(deep_dive=DATA.id))
    assert (len(found.core), len(found.asked)) == (18, 23)
    assert [one.id for one in found.asked[3:11]] == [one.id for one in DATA.questions]
    further = found.dimensions[1].further[0]
    answers = [Answer(1, question.id, Rating.of_level(2)) for question in found.core]
    with_dive = [*answers, Answer(1, further.id, Rating.of_level(0))]
    before = scoring.measure(found, [Rater(1)], answers, invited=1)
    after = scoring.measure(found, [Rater(1)], with_dive, invited=1)
    assert (after.dimensions, after.overall) == (before.dimensions, before.overall)


def test_a_deep_dive_is_part_of_the_conversation() -> None:
    found = tailored(QUESTIONS, Tailoring(deep_dive=DATA.id))
    asked: list[str] = []
    answered: dict[str, Rating] = {}
    while question := conversation.next_question(found, answered, asked[-1] if asked else None):
        asked.append(question.id)
        answered[question.id] = Rating.dont_know()
    assert asked == [one.id for one in found.asked]
    card = conversation.card(found, DATA.further[1], round_id=7, ratings={})
    assert (card.place, len(card.dimension.asked), card.number, card.of) == (5, 8, 8, 23)
    assert conversation.label(found, DATA.further[1].id) == f"{DATA.short_title} 5"
    assert len(conversation.own_answers(found, answered)) == 23


def test_what_is_not_asked_has_no_card() -> None:
    for question in (DATA.further[0].id, "NO-1"):
        with pytest.raises(NoSuchQuestion):
            conversation.saved(QUESTIONS, question, Rating.dont_know())
        with pytest.raises(NoSuchQuestion):
            conversation.question_before(QUESTIONS, question)


def test_a_target_is_its_dimensions() -> None:
    found = tailored(QUESTIONS, Tailoring(targets={DATA.id: 3}))
    assert [one.target for one in found.dimensions] == [None, 3, None, None, None, None]
    assert found.tailored


def test_another_file_leaves_out_what_it_does_not_know() -> None:
    mine = Tailoring(
        off={ONE.id: "why", "OLD-1": "gone"},
        importance={"OLD-2": 3},
        targets={"old": 2},
        deep_dive="old",
    )
    assert tailoring.fitting(QUESTIONS, mine) == Tailoring(off={ONE.id: "why"})
    assert tailoring.lost(QUESTIONS, mine) == 4
    assert tailored(QUICK, Tailoring(off={ONE.id: "why"})) is QUICK


def test_a_newer_file_never_leaves_a_dimension_on_one_question() -> None:
    mine = Tailoring(off={ONE.id: "why", TWO.id: "why"}, targets={DATA.id: 3})
    found = tailored(QUESTIONS, mine)
    assert found.core == QUESTIONS.core
    assert found.dimensions[1].target == 3


def test_choosing_writes_down_only_what_is_not_usual() -> None:
    other = 1 if ONE.importance != 1 else 2
    mine = choose(QUESTIONS, NOTHING, ONE.id, other)
    assert mine == Tailoring(importance={ONE.id: other})
    mine = choose(QUESTIONS, mine, ONE.id, None)
    assert mine == Tailoring(off={ONE.id: ""})
    mine = tailoring.explain(mine, {ONE.id: " Legal \n does it ", TWO.id: "never mind"})
    assert mine == Tailoring(off={ONE.id: "Legal does it"})
    assert choose(QUESTIONS, mine, ONE.id, None) == mine
    assert choose(QUESTIONS, mine, ONE.id, ONE.importance) == NOTHING


def test_what_no_form_offers_is_refused() -> None:
    with pytest.raises(StalePress):
        choose(QUESTIONS, NOTHING, "NO-1", 2)
    with pytest.raises(StalePress):
        choose(QUESTIONS, NOTHING, DATA.further[0].id, None)
    with pytest.raises(StalePress):
        choose(QUESTIONS, NOTHING, ONE.id, 4)
    with pytest.raises(StalePress):
        tailoring.aim(QUESTIONS, NOTHING, "nowhere", 2)
    with pytest.raises(StalePress):
        tailoring.aim(QUESTIONS, NOTHING, DATA.id, 5)
    with pytest.raises(StalePress):
        tailoring.dive(QUICK, NOTHING, QUICK.dimensions[0].id)
    with pytest.raises(CommentTooLong):
        tailoring.explain(Tailoring(off={ONE.id: ""}), {ONE.id: "x" * 201})


def test_a_draft_says_what_keeps_it_from_being_saved() -> None:
    mine = Tailoring(off={ONE.id: "", TWO.id: "Legal does it"})
    assert problems(QUESTIONS, mine) == (TooFewAsked(GOVERNANCE), ReasonWanted(GOVERNANCE, ONE))
    assert problems(QUESTIONS, Tailoring(off={TWO.id: "Legal does it"})) == ()


def test_the_difference_names_each_thing_once_by_dimension() -> None:
    other = 1 if TWO.importance != 1 else 2
    before = Tailoring(off={ONE.id: "why"}, targets={DATA.id: 3})
    after = Tailoring(importance={TWO.id: other}, deep_dive=DATA.id)
    assert difference(QUESTIONS, before, after) == (
        (
            GOVERNANCE,
            (
                QuestionChange(ONE, "why", ONE.importance),
                QuestionChange(TWO, TWO.importance, other),
            ),
        ),
        (DATA, (TargetChange(3, None), DeepDiveChange(starts=True))),
    )
    assert difference(QUESTIONS, after, after) == ()


def test_a_draft_keeps_its_own_changes_and_takes_over_the_others() -> None:
    begun = Tailoring(off={ONE.id: "a"}, targets={DATA.id: 3}, deep_dive=DATA.id)
    mine = Tailoring(off={ONE.id: "a", TWO.id: "mine"}, targets={DATA.id: 4}, deep_dive=DATA.id)
    now = Tailoring(importance={THREE.id: 1}, targets={DATA.id: 2})
    assert rebased(mine, begun, now) == Tailoring(
        off={TWO.id: "mine"}, importance={THREE.id: 1}, targets={DATA.id: 4}
    )


def test_what_is_tailored_is_said_in_the_result() -> None:
    mine = Tailoring(
        off={ONE.id: "Legal does it"},
        importance={TWO.id: 3},
        targets={GOVERNANCE.id: 3},
        deep_dive=GOVERNANCE.id,
    )
    own = tailored(QUESTIONS, mine)
    answers = [
        Answer(person, question.id, Rating.of_level(person % 3))
        for person in range(6)
        for question in own.asked
    ]
    raters = [Rater(person) for person in range(6)]
    for manner, measured in (
        (Manner.APART, scoring.measure(own, raters, answers, invited=6)),
        (Manner.TOGETHER, together.measure(own, {one.question_id: one.rating for one in answers})),
    ):
        found = disclose(
            measured,
            own,
            k=5,
            team_name="Northwind ML",
            round_title="April 2027",
            closed_on=date(2027, 4, 30),
            comments=(),
            manner=manner,
        )
        governance = found.dimensions[0]
        assert found.tailored
        assert (governance.target, governance.not_asked) == (
            3,
            ((ONE.short_title, "Legal does it"),),
        )
        said = {one.id: (one.importance, one.deep_dive) for one in found.questions}
        assert said[TWO.id] == (3, False)
        assert said[THREE.id] == (None, False)
        assert said[GOVERNANCE.further[0].id] == (None, True)
        assert ONE.id not in said


ids = st.sampled_from([question.id for question in QUESTIONS.core])
tailorings = st.builds(
    Tailoring,
    off=st.dictionaries(ids, st.text(max_size=20)),
    targets=st.dictionaries(st.sampled_from([one.id for one in QUESTIONS.dimensions]),
                            st.integers(0, 4)),
    deep_dive=st.none() | st.sampled_from([one.id for one in QUESTIONS.dimensions]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(tailorings)
def test_whatever_is_chosen_every_dimension_keeps_two_questions(mine: Tailoring) -> None:
    found = tailored(QUESTIONS, mine)
    assert all(len(one.core) >= 2 for one in found.dimensions)
    assert {one.id for one in found.core} <= {one.id for one in QUESTIONS.core}


@settings(max_examples=60, deadline=None)
@given(tailorings, tailorings)
def test_a_draft_without_changes_becomes_what_the_others_saved(
    begun: Tailoring, now: Tailoring
) -> None:
    assert rebased(begun, begun, now) == now
    assert rebased(now, begun, begun) == now
