"""Results of rounds that are over, for whoever may read them. The rule is Sight's."""

from sqlmodel import Session

from bot.use_cases.closing import Closing, Shown
from bot.use_cases.facilitators import Facilitators
from questionnaires import past
from questionnaires.in_vain import (
    NoSuchRound,
    NoSuchTeam,
    NotTheirResults,
    OneResultOnly,
    ResultGone,
    SameRound,
)
from questionnaires.past import (
    CHOICES_MOST,
    ROUNDS_MOST,
    Choices,
    Coming,
    Compared,
    Named,
    Past,
    PastRound,
    Reader,
    Sight,
)
from questionnaires.rounds import Round, RoundState, Scorecard, ScorecardState
from storage import participants, posts, rounds, scorecards
from storage.database import Database

TWO = 2


class PastResults:
    def __init__(self, database: Database, facilitators: Facilitators, closing: Closing) -> None:
        self._database = database
        self._facilitators = facilitators
        self._closing = closing

    def sight(self, session: Session, reader: Reader) -> Sight:
        """Which results somebody may read, where they ask."""
        asked = participants.of_person(session, reader.team_id, reader.user_id)
        here = posts.posted_in(session, reader.team_id, reader.channel) if reader.channel else ()
        return Sight(
            self._facilitators.reach(session, reader.team_id, reader.user_id),
            frozenset(round_.scorecard_id for round_, _ in asked),
            frozenset(here),
        )

    def facilitators(self, team_id: str) -> tuple[str, ...]:
        """Who can show somebody what they cannot read."""
        with self._database.reading() as session:
            return self._facilitators.of(session, team_id)

    def teams(self, reader: Reader) -> list[Past]:
        """Every team whose results somebody may read, by name, each with the latest only."""
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            found = self._visible(session, reader, sight)
            return [self._past(session, one, sight, most=1) for one in found]

    def asked_for(self, reader: Reader, text: str) -> tuple[Past, Shown | None]:
        """The team that the text names, and the round that it does, else its latest result.

        None: no result yet. Raises NoSuchTeam, AmbiguousTeam, NotTheirResults, NoSuchRound.
        """
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            visible = self._visible(session, reader, sight)
            try:
                named, number = past.meant(text, [_named(one) for one in visible])
            except NoSuchTeam:
                self._refuse_others(session, reader, text)
                raise
            scorecard = next(one for one in visible if one.id == named.scorecard_id)
            wanted = self._numbered(session, scorecard, sight, number)
            found = self._past(session, scorecard, sight)
        return found, self._closing.shown(wanted.id) if wanted else None

    def of_team(self, reader: Reader, scorecard_id: int) -> tuple[Past, Shown | None]:
        """A team's results and the latest of them. Raises ResultGone for who may not read any."""
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            scorecard = self._readable(session, reader, sight, scorecard_id)
            seen = self._seen(session, scorecard.id, sight)
            found = self._past(session, scorecard, sight)
        return found, self._closing.shown(seen[0].id) if seen else None

    def one(self, reader: Reader, round_id: int) -> tuple[Past, Shown]:
        """The result of a round, with its team's others. Raises ResultGone."""
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            round_ = rounds.round_(session, round_id, reader.team_id)
            if round_ is None or not sight.sees(round_):
                raise ResultGone
            scorecard = self._readable(session, reader, sight, round_.scorecard_id)
            found = self._past(session, scorecard, sight)
        return found, self._closing.shown(round_id)

    def to_compare(self, reader: Reader, scorecard_id: int) -> Choices:
        """The latest rounds of a team. Raises ResultGone, OneResultOnly."""
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            scorecard = self._readable(session, reader, sight, scorecard_id)
            seen = self._seen(session, scorecard.id, sight)
        if len(seen) < TWO:
            raise OneResultOnly(scorecard.set_up.team_name)
        return Choices(scorecard.id, scorecard.set_up.team_name, tuple(seen[:CHOICES_MOST]))

    def compare(self, reader: Reader, one_id: int, other_id: int) -> Compared:
        """Two rounds of a team, in whichever order: the later one since the earlier one.

        Raises SameRound, ResultGone, NothingToCompare.
        """
        if one_id == other_id:
            raise SameRound
        with self._database.reading() as session:
            sight = self.sight(session, reader)
            found = [rounds.round_(session, name, reader.team_id) for name in (one_id, other_id)]
            seen = [one for one in found if one is not None and sight.sees(one)]
            if len(seen) < TWO or seen[0].scorecard_id != seen[1].scorecard_id:
                raise ResultGone
            earlier, later = sorted(seen, key=lambda one: one.number)
            then = self._closing.alone(session, earlier.id)
            past.refuse_apart(then, self._closing.alone(session, later.id))
            now, chosen = self._closing.compared(session, earlier, later)
        compared = Compared(then, now, chosen)
        past.refuse_other_questions(compared)
        return compared

    def _visible(self, session: Session, reader: Reader, sight: Sight) -> list[Scorecard]:
        every = scorecards.in_use(session, reader.team_id)
        return [one for one in every if self._is_visible(session, reader, sight, one)]

    def _is_visible(
        self, session: Session, reader: Reader, sight: Sight, scorecard: Scorecard
    ) -> bool:
        """Also where its results go, and before there are any."""
        if sight.belongs(scorecard.id) or scorecard.set_up.results_channel == reader.channel:
            return True
        return bool(sight.here) and bool(self._seen(session, scorecard.id, sight))

    def _readable(
        self, session: Session, reader: Reader, sight: Sight, scorecard_id: int
    ) -> Scorecard:
        """Raises ResultGone."""
        found = [
            one for one in scorecards.in_use(session, reader.team_id) if one.id == scorecard_id
        ]
        if not found or not self._is_visible(session, reader, sight, found[0]):
            raise ResultGone
        return found[0]

    def _seen(self, session: Session, scorecard_id: int, sight: Sight) -> list[Round]:
        """The latest first."""
        return [one for one in rounds.with_result(session, scorecard_id)[::-1] if sight.sees(one)]

    def _past(
        self, session: Session, scorecard: Scorecard, sight: Sight, most: int = ROUNDS_MOST
    ) -> Past:
        seen = self._seen(session, scorecard.id, sight)
        return Past(
            scorecard_id=scorecard.id,
            team_name=scorecard.set_up.team_name,
            rounds=tuple(self._in_one_line(session, one) for one in seen[:most]),
            coming=_coming(scorecard, rounds.latest(session, scorecard.id)),
            older=max(len(seen) - most, 0),
            may_act=sight.reach.covers(scorecard.id),
            may_compare=len(seen) > 1 and sight.belongs(scorecard.id),
        )

    def _in_one_line(self, session: Session, round_: Round) -> PastRound:
        shown = self._closing.alone(session, round_.id)
        return PastRound(round_, shown.invited, shown.respondents, shown.overall)

    def _numbered(
        self, session: Session, scorecard: Scorecard, sight: Sight, number: int | None
    ) -> Round | None:
        """The round of this number, the latest without one. Raises NoSuchRound."""
        seen = self._seen(session, scorecard.id, sight)
        if number is None:
            return seen[0] if seen else None
        for one in seen:
            if one.number == number:
                return one
        known = tuple((one.number, one.title) for one in seen)
        there = 0 < number <= rounds.count(session, scorecard.id)
        elsewhere = any(
            one.number == number and one.state is RoundState.PUBLISHED
            for one in rounds.with_result(session, scorecard.id)
        )
        raise NoSuchRound(
            scorecard.set_up.team_name,
            number,
            known,
            waits=there and not elsewhere,
            elsewhere=elsewhere,
        )

    def _refuse_others(self, session: Session, reader: Reader, text: str) -> None:
        """Whose name was typed in full, but whose results are not theirs. Raises NotTheirResults.

        A part of a name tells nobody that there is such a team.
        """
        for one in scorecards.in_use(session, reader.team_id):
            if past.names_exactly(text, _named(one)):
                allowed = self._facilitators.of(session, reader.team_id, one.id)
                raise NotTheirResults(one.set_up.team_name, allowed)


def _named(scorecard: Scorecard) -> Named:
    return Named(scorecard.id, scorecard.set_up.team_name)


def _coming(scorecard: Scorecard, latest: Round | None) -> Coming | None:
    if latest is not None and latest.state is RoundState.OPEN:
        return Coming(closes_at=latest.closes_at, zone=latest.zone)
    paused = scorecard.state is ScorecardState.PAUSED
    return Coming(opens_on=scorecard.next_on) if scorecard.next_on and not paused else None
