"""Every card of a questionnaire as it will hang in Slack, made by what makes the real ones."""

from dataclasses import dataclass, replace

from bot.blocks import card
from bot.by_file import plain_text
from questionnaires import conversation
from questionnaires.conversation import Saved
from questionnaires.model import Question, Questionnaire, Rating, Tier

WORDS_MOST = 75
MIDDLE = Rating.of_level(2)  # on either scale; what was saved takes as many words with any other


@dataclass(frozen=True, slots=True)
class Shown:
    """A card, its words counted as they are read; buttons and numbers of levels are not."""

    question: Question
    lines: tuple[str, ...]
    words: int

    @property
    def is_long(self) -> bool:
        return self.words > WORDS_MOST


def core(questionnaire: Questionnaire) -> list[Shown]:
    """In the order of asking."""
    return [_shown(questionnaire, question) for question in questionnaire.core]


def deep_dive(questionnaire: Questionnaire) -> list[Shown]:
    """As a round asks them that goes deep into their dimension, and into no other."""
    return [
        _shown(_going_deep(questionnaire, dimension.id), replace(question, tier=Tier.CORE))
        for dimension in questionnaire.dimensions
        for question in dimension.questions
        if question.tier is Tier.DEEP_DIVE
    ]


def every(questionnaire: Questionnaire) -> list[Shown]:
    return [*core(questionnaire), *deep_dive(questionnaire)]


def _shown(questionnaire: Questionnaire, question: Question) -> Shown:
    asked = conversation.card(questionnaire, question, round_id=0, ratings={})
    before = conversation.question_before(questionnaire, question.id)
    saved = _saved(questionnaire, before) if before else None
    blocks = card.card(asked, saved).blocks
    return Shown(question, tuple(plain_text.lines(blocks)), plain_text.words(blocks))


def _saved(questionnaire: Questionnaire, before: Question) -> Saved:
    return conversation.saved(questionnaire, before.id, MIDDLE)


def _going_deep(questionnaire: Questionnaire, dimension_id: str) -> Questionnaire:
    """All questions of one dimension as core ones, in their order."""
    return replace(
        questionnaire,
        dimensions=tuple(
            replace(
                dimension,
                questions=tuple(replace(one, tier=Tier.CORE) for one in dimension.questions),
            )
            if dimension.id == dimension_id
            else dimension
            for dimension in questionnaire.dimensions
        ),
    )
