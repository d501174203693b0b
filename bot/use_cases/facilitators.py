"""Who may act for a team, and who of them is written to. Naming them is naming's work."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from questionnaires.errors import NoSuchScorecard, NotFacilitator
from questionnaires.facilitating import Reach
from questionnaires.messages import Kind
from questionnaires.rounds import Scorecard, ScorecardState
from storage import namings, outbox, scorecards, workspaces


class Facilitators:
    """`configured`: user ids from the settings; empty means owners and admins.

    Whoever has left, became a guest or is a bot does not count, however they came to be one.
    """

    def __init__(self, configured: tuple[str, ...]) -> None:
        self._configured = configured

    def of(
        self, session: Session, team_id: str, scorecard_id: int | None = None
    ) -> tuple[str, ...]:
        """Those who may act for a scorecard, its own first; without one, for all of them."""
        own = () if scorecard_id is None else self.own(session, team_id, scorecard_id)
        everywhere = (*self.first(session, team_id), *self.named(session, team_id))
        return tuple(dict.fromkeys((*own, *everywhere)))

    def first(self, session: Session, team_id: str) -> tuple[str, ...]:
        """Those whom nobody takes out in Slack: the configured, else the owners and admins."""
        return self.configured(session, team_id) or tuple(
            person.user_id for person in workspaces.admins(session, team_id)
        )

    def configured(self, session: Session, team_id: str) -> tuple[str, ...]:
        """Those of the settings; whom Slack has not told of yet is believed to be there."""
        found = workspaces.people(session, team_id, self._configured)
        gone = {person.user_id for person in found if not person.askable()}
        return tuple(user_id for user_id in self._configured if user_id not in gone)

    def named(
        self, session: Session, team_id: str, scorecard_id: int | None = None
    ) -> tuple[str, ...]:
        """Those named in Slack for a scorecard, or without one for the workspace."""
        found = namings.current(session, team_id, scorecard_id)
        return _here(session, team_id, (naming.user_id for naming in found))

    def own(self, session: Session, team_id: str, scorecard_id: int) -> tuple[str, ...]:
        """A scorecard's own: who set it up, and those named for it."""
        named = self.named(session, team_id, scorecard_id)
        creator = self.creator(session, team_id, scorecard_id)
        return tuple(dict.fromkeys((creator, *named) if creator else named))

    def creator(self, session: Session, team_id: str, scorecard_id: int) -> str | None:
        """Who set a scorecard up; None when they cannot act any more."""
        found = scorecards.scorecard(session, team_id, scorecard_id)
        return next(iter(_here(session, team_id, [found.set_up.created_by] if found else [])), None)

    def require(
        self, session: Session, team_id: str, user_id: str, scorecard_id: int | None = None
    ) -> None:
        """Raises NotFacilitator, which says who may act for that scorecard, or for all of them."""
        allowed = self.of(session, team_id, scorecard_id)
        if user_id not in allowed:
            about_all = scorecard_id is None
            of_some = about_all and bool(self.reach(session, team_id, user_id))
            raise NotFacilitator(allowed, of_some=of_some)

    def scorecard(
        self,
        session: Session,
        team_id: str,
        user_id: str,
        scorecard_id: int,
        *,
        hold: bool = False,
    ) -> Scorecard:
        """One in use, for who may act for it. Raises NotFacilitator, NoSuchScorecard."""
        self.require(session, team_id, user_id, scorecard_id)
        return known(scorecards.scorecard(session, team_id, scorecard_id, hold=hold))

    def reach(self, session: Session, team_id: str, user_id: str) -> Reach:
        """What somebody may act for."""
        if user_id in self.of(session, team_id):
            return Reach(everything=True)
        if not _here(session, team_id, [user_id]):
            return Reach(everything=False)
        created = scorecards.created_by(session, team_id, user_id)
        named = namings.scorecards_of(session, team_id, user_id)
        return Reach(everything=False, scorecards=frozenset(created | named))

    def to_tell(self, session: Session, team_id: str, scorecard_id: int) -> tuple[str, ...]:
        """Who is shown a scorecard's result first: its own facilitators and the configured ones.

        Owners and admins were not asked whether they want to be; they are written to when
        nobody else is there.
        """
        own = self.own(session, team_id, scorecard_id)
        told = tuple(dict.fromkeys((*own, *self.configured(session, team_id))))
        return told or self.first(session, team_id)

    def tell(
        self,
        session: Session,
        team_id: str,
        scorecard_id: int,
        kind: Kind,
        now: datetime,
        *,
        number: int = 1,
        round_id: int | None = None,
    ) -> None:
        """Write a message down for each of them, about a round or else about the scorecard."""
        for user_id in self.to_tell(session, team_id, scorecard_id):
            outbox.enqueue(
                session,
                team_id,
                kind=kind,
                recipient=user_id,
                due_at=now,
                number=number,
                round_id=round_id,
                scorecard_id=scorecard_id if round_id is None else None,
            )


def _here(session: Session, team_id: str, user_ids: Iterable[str]) -> tuple[str, ...]:
    """The real, active members among them, in their order."""
    wanted = tuple(user_ids)
    known = workspaces.people(session, team_id, wanted) if wanted else []
    here = {person.user_id for person in known if person.askable()}
    return tuple(user_id for user_id in wanted if user_id in here)


def known(found: Scorecard | None) -> Scorecard:
    """Raises NoSuchScorecard for what is not this workspace's, or was never confirmed."""
    if found is None or found.state is ScorecardState.DRAFT:
        raise NoSuchScorecard
    return found
