"""Naming facilitators in Slack and taking them out: for the workspace, or for one scorecard."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators, known
from questionnaires.acts import Act
from questionnaires.errors import CannotFacilitate, Superseded
from questionnaires.facilitating import Facilitating, Meanwhile, News
from questionnaires.messages import Kind
from storage import acts, namings, outbox, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


class Naming:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def facilitators(self, team_id: str, scorecard_id: int | None = None) -> tuple[str, ...]:
        """User ids of those who may act for a scorecard, its own first; or for all of them."""
        with self._database.reading() as session:
            return self._facilitators.of(session, team_id, scorecard_id)

    def seen(self, team_id: str, user_id: str, scorecard_id: int | None) -> Facilitating:
        """Who may act and why, for one who may. Raises NotFacilitator, NoSuchScorecard."""
        with self._database.reading() as session:
            self._facilitators.require(session, team_id, user_id, scorecard_id)
            return self._seen(session, team_id, scorecard_id)

    def save(
        self,
        team_id: str,
        user_id: str,
        scorecard_id: int | None,
        chosen: Sequence[str],
        seen: Collection[str],
    ) -> Meanwhile | None:
        """Make those chosen the ones who are named; `seen` were named when it was opened.

        When others changed the list since then, nothing is saved, and what they did is returned.
        Raises NotFacilitator, NoSuchScorecard, CannotFacilitate.
        """
        with self._database.writing() as session:
            namings.hold(session, team_id)
            self._facilitators.require(session, team_id, user_id, scorecard_id)
            before = self._seen(session, team_id, scorecard_id)
            if set(chosen) == set(before.named):
                return None
            _check(session, team_id, chosen)
            if set(seen) != set(before.named):
                return self._meanwhile(session, team_id, before, seen)
            gone = set(before.named) - set(chosen)
            namings.take_out(session, team_id, scorecard_id, gone, user_id)
            added = [one for one in dict.fromkeys(chosen) if one not in before.named]
            for one in added:
                self._name(session, team_id, scorecard_id, one, by=user_id)
            for what, people in ((Act.TAKEN_OUT, sorted(gone)), (Act.NAMED, added)):
                for one in people:
                    acts.note_name(session, what, one, team_id, scorecard_id, user_id, self._now())
        return None

    def news(self, team_id: str, naming_id: int) -> News:
        """What somebody is told who was named. Raises Superseded when they do not count now."""
        with self._database.reading() as session:
            found = namings.naming(session, team_id, naming_id)
            if found is None:
                raise Superseded
            counting = self._facilitators.named(session, team_id, found.scorecard_id)
            if found.user_id not in counting:
                raise Superseded
            return News(
                found.by, found.scorecard_id, _team_name(session, team_id, found.scorecard_id)
            )

    def _name(
        self, session: Session, team_id: str, scorecard_id: int | None, user_id: str, *, by: str
    ) -> None:
        naming_id = namings.add(session, team_id, scorecard_id, user_id, by)
        if user_id == by:  # they know
            return
        outbox.enqueue(
            session,
            team_id,
            kind=Kind.FACILITATOR_NAMED,
            recipient=user_id,
            due_at=self._now(),
            number=naming_id,
            scorecard_id=scorecard_id,
        )

    def _seen(self, session: Session, team_id: str, scorecard_id: int | None) -> Facilitating:
        rights = self._facilitators
        everywhere: tuple[str, ...] = ()
        creator = None
        if scorecard_id is not None:
            everywhere = rights.named(session, team_id)
            creator = rights.creator(session, team_id, scorecard_id)
        found = namings.current(session, team_id, scorecard_id)
        return Facilitating(
            first=rights.first(session, team_id),
            configured=bool(rights.configured(session, team_id)),
            named=tuple(naming.user_id for naming in found),
            here=rights.named(session, team_id, scorecard_id),
            scorecard_id=scorecard_id,
            team_name=_team_name(session, team_id, scorecard_id),
            creator=creator,
            everywhere=everywhere,
        )

    def _meanwhile(
        self, session: Session, team_id: str, now: Facilitating, seen: Collection[str]
    ) -> Meanwhile:
        found = namings.current(session, team_id, now.scorecard_id)
        added = {naming.user_id: naming.by for naming in found if naming.user_id not in seen}
        gone = sorted(set(seen) - set(now.named))
        taken_out = namings.taken_out_by(session, team_id, now.scorecard_id, gone)
        by = dict.fromkeys((*added.values(), *taken_out.values()))
        return Meanwhile(now, tuple(by), tuple(added), tuple(taken_out))


def _check(session: Session, team_id: str, user_ids: Sequence[str]) -> None:
    """Raises CannotFacilitate for whoever is no real, active member."""
    known_ones = workspaces.people(session, team_id, user_ids)
    unknown = set(user_ids) - {person.user_id for person in known_ones}
    refused = tuple(person.name for person in known_ones if not person.askable())
    if refused or unknown:
        raise CannotFacilitate(refused, len(unknown))


def _team_name(session: Session, team_id: str, scorecard_id: int | None) -> str | None:
    """Raises NoSuchScorecard."""
    if scorecard_id is None:
        return None
    return known(scorecards.scorecard(session, team_id, scorecard_id)).set_up.team_name
