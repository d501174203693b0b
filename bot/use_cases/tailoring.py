"""Tailoring a scorecard's questions: every choice is kept in a draft, and saved as a version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from questionnaires import desk as desks
from questionnaires import tailoring
from questionnaires.acts import Act
from questionnaires.desk import Desk, Meanwhile, Tailored
from questionnaires.errors import NothingTailored
from questionnaires.rounds import Scorecard
from questionnaires.tailoring import Tailoring
from storage import acts, rounds, tailorings
from storage.database import Database
from storage.tailorings import Draft

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose draft, of which scorecard."""

    team_id: str
    user_id: str
    scorecard_id: int


Step = Callable[[Desk], Tailoring]


class Tailors:
    """Each refuses who may not act for the scorecard: NotFacilitator, NoSuchScorecard."""

    def __init__(
        self, database: Database, library: Library, facilitators: Facilitators, now: Clock
    ) -> None:
        self._database = database
        self._library = library
        self._facilitators = facilitators
        self._now = now

    def desk(self, place: Place) -> Desk:
        """How the questions stand, with what one has chosen and not saved."""
        return self._do(place, lambda desk: desk.draft)

    def choose(
        self,
        place: Place,
        question_id: str,
        importance: int | None,
        reasons: Mapping[str, str],
    ) -> Desk:
        """Ask a question with this importance, or (None) don't; what was typed is kept as well.

        Raises StalePress, CommentTooLong.
        """

        def step(desk: Desk) -> Tailoring:
            told = tailoring.explain(desk.draft, reasons)
            return tailoring.choose(desk.questionnaire, told, question_id, importance)

        return self._do(place, step)

    def explain(self, place: Place, reasons: Mapping[str, str]) -> Desk:
        """Why questions are not asked, by question id. Raises CommentTooLong."""
        return self._do(place, lambda desk: tailoring.explain(desk.draft, reasons))

    def aim(self, place: Place, dimension_id: str, target: int | None) -> Desk:
        """Raises StalePress."""
        return self._do(
            place, lambda desk: tailoring.aim(desk.questionnaire, desk.draft, dimension_id, target)
        )

    def dive(self, place: Place, dimension_id: str | None) -> Desk:
        """Raises StalePress."""
        return self._do(
            place, lambda desk: tailoring.dive(desk.questionnaire, desk.draft, dimension_id)
        )

    def start_over(self, place: Place) -> Desk:
        """Leave the questions as they are saved."""
        return self._do(place, lambda desk: desk.saved)

    def save(self, place: Place) -> Tailored | Desk:
        """Make the draft the next version; the desk when something stands in its way.

        Raises NothingTailored when there is no draft (any more).
        """
        with self._database.writing() as session:
            scorecard = self._hold(session, place)
            if tailorings.draft(session, place.scorecard_id, place.user_id) is None:
                raise NothingTailored(scorecard.set_up.team_name)
            desk = self._desk(session, place, scorecard)
            if desk.meanwhile is not None or desk.problems:
                self._keep(session, place, desk)
                return desk
            kept = tailoring.fitting(desk.questionnaire, desk.draft)
            if kept != desk.saved:
                added = tailorings.add(
                    session, place.team_id, scorecard.id, kept, place.user_id, self._now()
                )
                acts.note(
                    session,
                    Act.TAILORED,
                    scorecard,
                    place.user_id,
                    self._now(),
                    version=added.number,
                )
            tailorings.drop_draft(session, place.scorecard_id, place.user_id)
            asks = self._library.next(session, scorecard)
        return Tailored(scorecard.set_up.team_name, len(asks.asked), asks.scale)

    def _do(self, place: Place, step: Step) -> Desk:
        with self._database.writing() as session:
            desk = self._desk(session, place, self._hold(session, place))
            desk = replace(desk, draft=step(desk))
            self._keep(session, place, desk)
        return desk

    def _hold(self, session: Session, place: Place) -> Scorecard:
        return self._facilitators.scorecard(
            session, place.team_id, place.user_id, place.scorecard_id, hold=True
        )

    def _desk(self, session: Session, place: Place, scorecard: Scorecard) -> Desk:
        """A draft that others have overtaken goes on from what they saved, and that is told."""
        questionnaire = self._library.newest(scorecard.set_up.questionnaire_id)
        current = tailorings.current(session, scorecard.id)
        mine = tailorings.draft(session, scorecard.id, place.user_id)
        draft, meanwhile = current.tailoring, None
        if mine is not None:
            begun = tailorings.numbered(session, scorecard.id, mine.begun_from).tailoring
            draft = desks.rebased(mine.tailoring, begun, current.tailoring)
            if mine.begun_from != current.number:
                by = tailorings.saved_since(session, scorecard.id, mine.begun_from)
                told = desks.difference(questionnaire, begun, current.tailoring)
                meanwhile = Meanwhile(by, told)
        return Desk(
            scorecard_id=scorecard.id,
            team_name=scorecard.set_up.team_name,
            questionnaire=questionnaire,
            number=current.number,
            saved=current.tailoring,
            draft=draft,
            meanwhile=meanwhile,
            is_open=rounds.is_open(session, scorecard.id),
        )

    def _keep(self, session: Session, place: Place, desk: Desk) -> None:
        if desk.draft == desk.saved:
            tailorings.drop_draft(session, place.scorecard_id, place.user_id)
            return
        kept = Draft(desk.number, desk.draft)
        tailorings.keep_draft(session, place.team_id, place.scorecard_id, place.user_id, kept)
