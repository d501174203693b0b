"""Few words: an invitation has at most 60, a card at most 75, a result at most 14 lines."""

import re
from dataclasses import replace

import pytest

from bot.blocks import card, invitation, rehearsal, result, roles
from bot.blocks.message import TEXT_MOST
from questionnaires import catalog, conversation
from questionnaires.conversation import Saved, SavedRole
from questionnaires.model import Question, Questionnaire, Rating
from questionnaires.results import NoChange, Result
from questionnaires.roles import Role
from questionnaires.rounds import Manner
from sandbox.reading import lines
from tests.bot.blocks import made_up
from tests.bot.blocks.made_up import INVITED, QUESTIONS
from tests.bot.blocks.reading import NAMES, words
from tests.bot.blocks.states import MESSAGES, MODALS, payloads
from tests.disclosed import resealed

INVITATIONS = [name for name in MESSAGES if name.startswith(("invitation", "rehearsal_invi"))]


@pytest.mark.parametrize("name", INVITATIONS)
def test_an_invitation_has_at_most_60_words(name: str) -> None:
    assert words(MESSAGES[name]().blocks) <= 60


def test_a_team_with_a_long_name_is_invited_in_60_words_too() -> None:
    asked = replace(INVITED, team_name="Search and ads ranking, North", again=True, colleagues=37)
    assert words(invitation.invitation(asked).blocks) <= 60


def test_who_fills_in_for_somebody_who_left_is_asked_in_60_words_under_a_long_name() -> None:
    asked = replace(
        INVITED,
        team_name="Search and ads ranking, North",
        manner=Manner.TOGETHER,
        again=True,
        by_self=False,
    )
    assert words(invitation.invitation(asked).blocks) <= 60


@pytest.mark.parametrize("question", QUESTIONS.core, ids=lambda question: question.id)
def test_a_card_that_says_together_has_at_most_75_words(question: Question) -> None:
    before = conversation.question_before(QUESTIONS, question.id) or question
    saved = Saved(conversation.label(QUESTIONS, before.id), Rating.of_level(2))
    shown = card.card(made_up.card(question.id, manner=Manner.TOGETHER), saved)
    assert "together" in shown.text
    assert words(shown.blocks) <= 75


def test_a_rehearsal_with_a_long_name_invites_in_60_words_too() -> None:
    asked = replace(made_up.REHEARSED, team_name="Rehearsal · Search and ads ranking, North")
    assert words(rehearsal.invitation(asked).blocks) <= 60


@pytest.mark.parametrize("manner", [Manner.APART, Manner.REHEARSAL])
@pytest.mark.parametrize(
    ("questions", "question"),
    [(each, question) for each in catalog.load_all().values() for question in each.core],
    ids=lambda one: one.id,
)
def test_a_card_has_at_most_75_words_with_what_was_saved(
    questions: Questionnaire, question: Question, manner: Manner
) -> None:
    before = conversation.question_before(questions, question.id) or question
    saved = Saved(conversation.label(questions, before.id), Rating.of_level(2), questions.scale)
    shown = card.card(made_up.card(question.id, questions=questions, manner=manner), saved)
    assert words(shown.blocks) <= 75


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("questions", catalog.load_all().values(), ids=lambda one: one.id)
def test_the_first_card_has_at_most_75_words_with_the_role_that_was_saved(
    questions: Questionnaire, role: Role
) -> None:
    first = made_up.card(questions.core[0].id, questions=questions)
    assert words(card.card(first, SavedRole(role)).blocks) <= 75


@pytest.mark.parametrize("role", [None, *Role])
def test_the_question_for_a_role_has_at_most_60_words_and_is_heard_with_its_choices(
    role: Role | None,
) -> None:
    shown = card.face(replace(made_up.ROLE_QUESTION, role=role))
    assert words(shown.blocks) <= 60
    assert all(roles.label(one) in shown.text for one in Role)


@pytest.mark.parametrize("question", QUESTIONS.core, ids=lambda question: question.id)
def test_who_hears_a_card_hears_the_statement_and_every_level(question: Question) -> None:
    heard = card.card(made_up.card(question.id)).text
    assert question.statement in heard
    assert all(f"{level}: {line}" in heard for level, line in enumerate(question.levels))
    assert len(heard) <= TEXT_MOST


def test_who_hears_a_card_hears_their_earlier_answer() -> None:
    assert "Your answer: 3." in card.card(made_up.card("DEP-2", Rating.of_level(3))).text


def test_who_hears_a_result_hears_every_score_that_is_shown() -> None:
    heard = result.summary(made_up.FULL).text
    for one in made_up.FULL.dimensions:
        assert f"{one.title} {one.score.text if one.score else 'too few answers'}" in heard


@pytest.mark.parametrize(
    "shown",
    [
        made_up.FULL,
        made_up.FEW,
        made_up.AGREED,
        made_up.CHANGED,
        made_up.NOTHING_CLEAR,
        made_up.TOO_FEW_TO_TELL,
        resealed(made_up.CHANGED, respondents=4, proposals=made_up.FEW.proposals),
    ],
    ids=["full", "few", "together", "changed", "nothing clear", "too few to tell", "few changed"],
)
def test_a_result_has_at_most_14_lines(shown: Result) -> None:
    read = "\n".join(lines(result.summary(shown).blocks, NAMES.get))
    assert len(read.splitlines()) <= 14


@pytest.mark.parametrize("k", range(3, 11))
def test_the_invitation_promises_the_number_that_the_round_froze(k: int) -> None:
    asked = invitation.invitation(replace(INVITED, k=k))
    assert f"single questions and comments from {k}" in asked.text
    assert ("group scores from 3 people on, " in asked.text) == (k > 3)


PAYLOADS = payloads()
MARKED = [name for name in [*MESSAGES, *MODALS] if "_together" in name]


@pytest.mark.parametrize("name", MARKED)
def test_a_round_that_is_filled_in_together_says_so_on_every_screen(name: str) -> None:
    said = str(PAYLOADS[name])
    assert re.search("ogether|team agreed|team's note", said)
    assert not re.search(
        r"seen by nobody else|Nobody else in Slack|\d+ of \d+ answered|without your name", said
    )


HIDDEN = [NoChange.NEAR_AN_END, NoChange.OTHER_QUESTIONS, NoChange.GIVES_ANSWERS_AWAY]


@pytest.mark.parametrize("reason", HIDDEN)
def test_of_a_dimension_without_a_number_nobody_says_that_it_did_not_change(
    reason: NoChange,
) -> None:
    """It may be what has changed most, or was never tested."""
    first, *others = made_up.NOTHING_CLEAR.dimensions
    hidden = resealed(first, change=None, no_change=reason)
    quiet = resealed(made_up.NOTHING_CLEAR, dimensions=(hidden, *others))
    assert "No clear change since October 2026 in the numbers shown" in result.summary(quiet).text
    assert "No clear change in the other numbers." in result.summary(made_up.CHANGED).text
    everywhere = result.summary(made_up.NOTHING_CLEAR).text
    assert "No clear change since October 2026, answered by partly other people." in everywhere


@pytest.mark.parametrize("people", [5, 9])
def test_who_could_prove_a_change_is_not_told_that_they_cannot(people: int) -> None:
    """With a higher number than five to protect people, so many are not tested."""
    before = made_up.TOO_FEW_TO_TEST.since
    assert before is not None
    since = resealed(before, respondents=people, people=people)
    few = resealed(made_up.TOO_FEW_TO_TEST, respondents=people, since=since)
    said = result.summary(few).text
    assert "Since October 2026. What is more than noise is told from 10 people on." in said
    assert "cannot prove" not in said
