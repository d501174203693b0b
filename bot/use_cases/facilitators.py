"""Who may act for a team: the configured facilitators, else the workspace's owners and admins."""

from datetime import datetime

from sqlmodel import Session

from questionnaires.errors import NotFacilitator
from questionnaires.messages import Kind
from storage import outbox, workspaces


class Facilitators:
    """`configured`: user ids from the settings; empty means owners and admins."""

    def __init__(self, configured: tuple[str, ...]) -> None:
        self._configured = configured

    def of(self, session: Session, team_id: str) -> tuple[str, ...]:
        if self._configured:
            return self._configured
        return tuple(person.user_id for person in workspaces.admins(session, team_id))

    def require(self, session: Session, team_id: str, user_id: str) -> None:
        """Raises NotFacilitator, which says who may."""
        allowed = self.of(session, team_id)
        if user_id not in allowed:
            raise NotFacilitator(allowed)

    def to_tell(self, session: Session, team_id: str, creator: str) -> tuple[str, ...]:
        """Who is shown a team's result first: its creator and the configured facilitators.

        Owners and admins were not asked whether they want to be; they are written to when the
        creator has left and nobody is configured.
        """
        told = (creator, *self._configured)
        known = workspaces.people(session, team_id, told)
        here = tuple(person.user_id for person in known if not person.deleted)
        return here or tuple(person.user_id for person in workspaces.admins(session, team_id))

    def tell(
        self,
        session: Session,
        team_id: str,
        creator: str,
        kind: Kind,
        now: datetime,
        *,
        number: int = 1,
        round_id: int | None = None,
        scorecard_id: int | None = None,
    ) -> None:
        """Write a message down for each of them, about a round or a scorecard."""
        for user_id in self.to_tell(session, team_id, creator):
            outbox.enqueue(
                session,
                team_id,
                kind=kind,
                recipient=user_id,
                due_at=now,
                number=number,
                round_id=round_id,
                scorecard_id=scorecard_id,
            )
