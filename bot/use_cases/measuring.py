"""What a round came to, computed from what is stored: at closing, and again to prove it."""

from dataclasses import dataclass, replace

from sqlmodel import Session

from bot.use_cases.library import Library
from questionnaires import change, scoring, together
from questionnaires.change import Sitting
from questionnaires.errors import NotRecomputable, RoundNotClosed
from questionnaires.measurements import Measurement
from questionnaires.model import Rater
from questionnaires.result_json import measurement_as_json
from questionnaires.rounds import Round
from storage import answers, participants, rounds
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What was frozen at closing, and what the answers that are kept come to now: JSON texts."""

    round: Round
    frozen: str
    now: str

    @property
    def is_same(self) -> bool:
        return self.frozen == self.now


class Measuring:
    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def measure(self, session: Session, round_: Round) -> Measurement:
        """At closing: with the change since the round before that it can be set beside."""
        now = self._sitting(session, round_)
        before = self._before(session, round_)
        return self._measured(session, now, round_, before)

    def closed(self) -> list[Round]:
        """Every round that can be computed again, of all workspaces, oldest first."""
        with self._database.reading() as session:
            return rounds.closed(session)

    def recompute(self, round_id: int) -> Recomputed:
        """The same again, against the same round before.

        Raises RoundNotClosed for none that was, NotRecomputable once answers were erased of the
        round, or since its closing of the one that it was compared with.
        """
        with self._database.reading() as session:
            round_ = rounds.round_(session, round_id)
            frozen = answers.measurement(session, round_id)
            if round_ is None or frozen is None:
                raise RoundNotClosed
            before = None
            if frozen.change is not None:
                before = rounds.round_(session, frozen.change.since)
                assert before is not None, "rounds are never deleted one by one"
                if before.erased_at is not None and not frozen.change.answers_erased:
                    raise NotRecomputable
            now = self._measured(session, self._sitting(session, round_), round_, before)
        return Recomputed(round_, measurement_as_json(frozen), measurement_as_json(now))

    def compare(self, session: Session, earlier: Round, later: Round) -> Measurement:
        """The later round with its change since the earlier one, of the same manner.

        What was frozen with the later one stays so. Once answers were erased from either round
        nothing is computed from the others that are left.
        """
        frozen = answers.measurement(session, later.id)
        assert frozen is not None
        if frozen.change is not None and frozen.change.since == earlier.id:
            return frozen
        then = self._sitting_before(session, earlier, later)
        now = Sitting(self._library.of(session, later), frozen)
        if earlier.erased_at is None and later.erased_at is None:
            now = replace(self._sitting(session, later), measurement=frozen)
        else:
            then = Sitting(then.questionnaire, then.measurement)
        return replace(frozen, change=change.compare(then, now, since=earlier.id, k=later.k))

    def _measured(
        self, session: Session, now: Sitting, round_: Round, before: Round | None
    ) -> Measurement:
        if before is None or not now.measurement.can_be_shown:
            return now.measurement
        found = change.compare(
            self._sitting_before(session, before, round_), now, since=before.id, k=round_.k
        )
        return replace(now.measurement, change=found)

    def _before(self, session: Session, round_: Round) -> Round | None:
        """The last one of the scorecard that came to a score in the same manner of answering."""
        for one in rounds.closed_before(session, round_):
            measured = answers.measurement(session, one.id)
            if measured is not None and measured.can_be_shown:
                return one
        return None

    def _sitting(self, session: Session, round_: Round) -> Sitting:
        """Raises NotRecomputable once answers were erased."""
        if round_.erased_at is not None:
            raise NotRecomputable
        questionnaire = self._library.of(session, round_)
        given = answers.answers(session, round_.id)
        people = participants.of_round(session, round_.id)
        raters = [Rater(person.id, person.role) for person in people]
        if round_.together:  # one person's, for all
            agreed = {answer.question_id: answer.rating for answer in given}
            measured = together.measure(questionnaire, agreed)
        else:
            measured = scoring.measure(questionnaire, raters, given, invited=len(people))
        return Sitting(questionnaire, measured, raters, given)

    def _sitting_before(self, session: Session, before: Round, now: Round) -> Sitting:
        """What a round had come to, with everybody under the number that they have now."""
        questionnaire = self._library.of(session, before)
        measured = answers.measurement(session, before.id)
        assert measured is not None
        if before.erased_at is not None:
            return Sitting(questionnaire, measured)
        here = {one.user_id: one.id for one in participants.of_round(session, now.id)}
        people = participants.of_round(session, before.id)
        # Who is not there now gets a number that nobody has.
        numbers = {one.id: here.get(one.user_id, -one.id) for one in people}
        return Sitting(
            questionnaire,
            measured,
            [Rater(numbers[one.id], one.role) for one in people],
            answers.answers(session, before.id, numbers),
        )
