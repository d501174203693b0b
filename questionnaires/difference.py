"""What two versions of a questionnaire have in common, by the permanent ids of their questions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from questionnaires.model import Dimension, Question, Questionnaire, Tier

AT_THE_TOP = ("title", "about", "period", "scale")
OF_A_DIMENSION = ("title", "short_title", "weight")
TEXTS = ("statement", "levels", "next_steps", "not_applicable", "short_title", "source")
NUMBERS = ("effort", "weight", "depends_on")
MEANING = frozenset({"statement", "levels"})
COMMON_LEAST = 2  # method section 9: that many questions, and half of each version's


@dataclass(frozen=True, slots=True)
class Reworked:
    """A question that stands in both, and reads otherwise; `question` is as it is now.

    `fields`: names of those of TEXTS and NUMBERS. Pairs are before and after, None where nothing
    changed; dimensions are told by their titles.
    """

    question: Question
    fields: tuple[str, ...]
    dimension: tuple[str, str] | None
    tier: tuple[Tier, Tier] | None
    importance: tuple[int, int] | None

    @property
    def reads_otherwise(self) -> bool:
        """Whether people judge other words now than before."""
        return not MEANING.isdisjoint(self.fields)


@dataclass(frozen=True, slots=True)
class Trend:
    """How much of a dimension was asked both times: core questions in common, before and now."""

    dimension: str
    common: int
    before: int
    now: int

    @property
    def holds(self) -> bool:
        """Whether a change between the two may be told (method section 9)."""
        return self.common >= max(COMMON_LEAST, self.before / 2, self.now / 2)


@dataclass(frozen=True, slots=True)
class Difference:
    """`head`: fields at the top; `dimensions`: titles with the fields that changed.

    `added` and `removed` have each question with the title of its dimension. `trends`: one for
    each dimension that stands in both.
    """

    head: tuple[str, ...]
    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    added: tuple[tuple[Question, str], ...]
    removed: tuple[tuple[Question, str], ...]
    reworked: tuple[Reworked, ...]
    reordered: bool
    trends: tuple[Trend, ...]

    @property
    def is_none(self) -> bool:
        """Whether people would notice nothing: comments and blank lines are no difference."""
        return not (
            self.head
            or self.dimensions
            or self.added
            or self.removed
            or self.reworked
            or self.reordered
        )


def compare(old: Questionnaire, new: Questionnaire) -> Difference:
    before, now = _questions(old), _questions(new)
    kept_before = [one.id for one in old.core if one.id in now]
    kept_now = [one.id for one in new.core if one.id in kept_before]
    return Difference(
        head=_unlike(old, new, AT_THE_TOP),
        dimensions=tuple(
            (now.title, fields)
            for then, now in _in_both(old, new)
            if (fields := _unlike(then, now, OF_A_DIMENSION))
        ),
        added=tuple(now[name] for name in now if name not in before),
        removed=tuple(before[name] for name in before if name not in now),
        reworked=tuple(
            found
            for name, (question, _) in now.items()
            if name in before
            for found in _reworked(old, new, question)
        ),
        reordered=[one for one in kept_before if one in kept_now] != kept_now,
        trends=tuple(_trends(old, new)),
    )


def version_needed(old: Questionnaire, new: Questionnaire) -> int | None:
    """The least version that `new` has to have once `old` was asked; None where it is right.

    Every letter counts, also one that nobody reads: an asked version is kept word for word.
    """
    if old.id != new.id or old.digest == new.digest or new.version > old.version:
        return None
    return old.version + 1


def _questions(questionnaire: Questionnaire) -> dict[str, tuple[Question, str]]:
    return {
        question.id: (question, dimension.title)
        for dimension in questionnaire.dimensions
        for question in dimension.questions
    }


def _in_both(old: Questionnaire, new: Questionnaire) -> Iterator[tuple[Dimension, Dimension]]:
    before = {dimension.id: dimension for dimension in old.dimensions}
    return ((before[one.id], one) for one in new.dimensions if one.id in before)


def _unlike(then: object, now: object, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(then, name) != getattr(now, name))


def _reworked(old: Questionnaire, new: Questionnaire, now: Question) -> Iterator[Reworked]:
    """None or one."""
    then = old.question(now.id)
    there, here = old.dimension_of(now.id), new.dimension_of(now.id)
    found = Reworked(
        question=now,
        fields=_unlike(then, now, (*TEXTS, *NUMBERS)),
        dimension=None if there.id == here.id else (there.title, here.title),
        tier=None if then.tier is now.tier else (then.tier, now.tier),
        importance=(
            None if then.importance == now.importance else (then.importance, now.importance)
        ),
    )
    if found.fields or found.dimension or found.tier or found.importance:
        yield found


def _trends(old: Questionnaire, new: Questionnaire) -> Iterator[Trend]:
    """Answers on another scale have nothing in common: "partly" is no level."""
    for then, now in _in_both(old, new):
        before, asked = {one.id for one in then.core}, {one.id for one in now.core}
        common = before & asked if old.scale is new.scale else set()
        yield Trend(now.title, len(common), len(before), len(asked))
