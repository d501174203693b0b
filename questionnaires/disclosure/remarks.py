"""Comments as they may be shown: without who wrote them and when, and which of them are hidden."""

from collections.abc import Collection, Iterable
from hashlib import sha256

from questionnaires.disclosure.floors import Floors
from questionnaires.disclosure.seal import SEAL
from questionnaires.hiding import digest_of
from questionnaires.model import Questionnaire
from questionnaires.results import HideableComment, ShownComment

Said = tuple[str | None, str]


def remarks(
    floors: Floors, comments: Iterable[Said], hidden: Collection[str]
) -> tuple[HideableComment, ...]:
    """Every comment that may be shown, hidden ones in their places; none below k respondents.

    `comments`: question id or None, and text. `hidden`: digests. What one person entered for a
    team stands in the order of asking, what to fix first behind it; else the order follows from
    the texts alone: nobody's place in the round shows. Raises NoSuchQuestion.
    """
    questionnaire = floors.questionnaire
    if floors.measurement.together:
        places = _places(questionnaire)
        asked = sorted(comments, key=lambda said: places.get(said[0], len(places)))
        return tuple(_hideable(questionnaire, said, hidden) for said in asked)
    if not floors.in_full:
        return ()
    found = (_hideable(questionnaire, said, hidden) for said in comments)
    return tuple(sorted(found, key=_shuffled))


def _hideable(questionnaire: Questionnaire, said: Said, hidden: Collection[str]) -> HideableComment:
    about, text = said
    title = None if about is None else questionnaire.question(about).short_title
    digest = digest_of(about, text)
    comment = ShownComment(title, text, seal=SEAL)
    return HideableComment(comment, digest, digest in hidden, seal=SEAL)


def _places(questionnaire: Questionnaire) -> dict[str | None, int]:
    every = (one for dimension in questionnaire.dimensions for one in dimension.questions)
    return {question.id: place for place, question in enumerate(every)}


def _shuffled(one: HideableComment) -> tuple[bytes, str]:
    return sha256(one.comment.text.encode()).digest(), one.comment.about or ""
