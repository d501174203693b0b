"""Results of rounds that are over: who may read which, and which team and round somebody means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from questionnaires.facilitating import Reach
from questionnaires.in_vain import AmbiguousTeam, Apart, NoSuchTeam, NothingToCompare
from questionnaires.model import Scale
from questionnaires.results import NoChange, Result, ShownScore
from questionnaires.rounds import Round, RoundState

# Of a team so many rounds are listed, the latest first; three years of quarters.
ROUNDS_MOST = 12
# A longer number is no round's, and long enough ones are none to Python.
DIGITS_MOST = 9
# A select takes so many options.
CHOICES_MOST = 100
NOTHING_IN_COMMON = frozenset({NoChange.OTHER_QUESTIONS, NoChange.NO_SCORE_BEFORE})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for results, in which workspace. `channel`: where they type or press, as Slack
    says; None on the Home tab and in a modal.
    """

    team_id: str
    user_id: str
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Sight:
    """Which results somebody may read: the one rule about that.

    `reach`: what they may act for; they see a result before it is posted. `asked`: ids of the
    scorecards in which they were asked, in whichever round. `here`: ids of the rounds whose post
    stands in the channel where they ask. Slack lets nobody in there who may not read it.
    """

    reach: Reach
    asked: frozenset[int] = frozenset()
    here: frozenset[int] = frozenset()

    def sees(self, round_: Round) -> bool:
        """A round of the reader's own workspace; a rehearsal is shown to who rehearses only."""
        if round_.is_rehearsal or round_.state is RoundState.OPEN:
            return False
        if self.reach.covers(round_.scorecard_id):
            return True
        posted = round_.state is RoundState.PUBLISHED
        return posted and (self.belongs(round_.scorecard_id) or round_.id in self.here)

    def belongs(self, scorecard_id: int) -> bool:
        """Whether it is their team's, or theirs to look after, wherever they ask."""
        return self.reach.covers(scorecard_id) or scorecard_id in self.asked


@dataclass(frozen=True, slots=True)
class PastRound:
    """A round with its result in one line; `overall` None: too few answered for a score."""

    round: Round
    invited: int
    respondents: int
    overall: ShownScore | None


@dataclass(frozen=True, slots=True)
class Coming:
    """When the next result is due: an open round closes by then, in that zone; else one opens."""

    closes_at: datetime | None = None
    zone: str = "UTC"
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """A team's results as somebody may read them, the latest first; `older`: how many more.

    `may_act`: they look after it. `may_compare`: wherever they are, not in one channel only.
    """

    scorecard_id: int
    team_name: str
    rounds: tuple[PastRound, ...]
    coming: Coming | None = None
    older: int = 0
    may_act: bool = False
    may_compare: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The rounds of a team that can be compared, the latest first; two at least."""

    scorecard_id: int
    team_name: str
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two results of a team, `now` with its change since `then`.

    `chosen`: by the reader, among all rounds; else the change was frozen with the later one.
    """

    then: Result
    now: Result
    chosen: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A team by the name that it has now."""

    scorecard_id: int
    team_name: str

    @property
    def key(self) -> str:
        return _key(self.team_name)


def refuse_apart(then: Result, now: Result) -> None:
    """Raises NothingToCompare for two results that no change leads from one to the other.

    Before it is measured: whatever the change comes to.
    """
    if then.manner is not now.manner:
        together = then if then.together else now
        raise NothingToCompare(Apart.ONE_TOGETHER, together.round_title)
    for one in (then, now):
        if one.overall is None:
            raise NothingToCompare(Apart.TOO_FEW, one.round_title)
    if then.scale is not now.scale:
        quick = then if then.scale is Scale.YES_PARTLY_NO else now
        raise NothingToCompare(Apart.OTHER_SCALE, quick.round_title)


def refuse_other_questions(compared: Compared) -> None:
    """Raises NothingToCompare where no dimension was asked about in the same way both times."""
    then, now = compared.then, compared.now
    reasons = {one.no_change for one in now.dimensions if one.score is not None}
    if reasons <= NOTHING_IN_COMMON and then.by_role is now.by_role:
        raise NothingToCompare(Apart.OTHER_QUESTIONS, then.round_title)


def meant(text: str, teams: Sequence[Named]) -> tuple[Named, int | None]:
    """Which team the text names, and which round of it, if its last word is a number.

    The whole text as a name comes first, since names may end in a number; then a name and a
    number; then a part of exactly one name, with or without a number; a beginning before a middle.
    Raises NoSuchTeam, AmbiguousTeam.
    """
    readings: list[tuple[str, int | None]] = [(_key(text), None)]
    name, number = _split(text)
    if number is not None:
        readings.append((name, number))
    for key, which in readings:
        for found in teams:
            if found.key == key:
                return found, which
    for key, which in readings:
        candidates = _with_part(key, teams)
        if len(candidates) == 1:
            return candidates[0], which
        if candidates:
            raise AmbiguousTeam(text, tuple(one.team_name for one in candidates))
    raise NoSuchTeam(text, tuple(one.team_name for one in teams))


def _with_part(key: str, teams: Sequence[Named]) -> list[Named]:
    beginning = [one for one in teams if one.key.startswith(key)]
    return beginning or [one for one in teams if key in one.key]


def names_exactly(text: str, team: Named) -> bool:
    """Whether it is the whole name of a team, with a round's number or without."""
    name, number = _split(text)
    return team.key == _key(text) or (number is not None and team.key == name)


def _split(text: str) -> tuple[str, int | None]:
    """northwind ml and 2; without a number at the end, all of it."""
    *words, last = _key(text).split() or [""]
    if last.isascii() and last.isdecimal() and len(last) <= DIGITS_MOST:
        return " ".join(words), int(last)
    return _key(text), None


def _key(name: str) -> str:
    """As storage compares names: whatever their case and spaces."""
    return " ".join(name.casefold().split())
