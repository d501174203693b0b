"""What facilitators did: noted with what it records, in one transaction, and read back."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from questionnaires.acts import Act, Deed
from questionnaires.rounds import Round, Scorecard
from storage.act_table import ActRow
from storage.tables import RoundRow, ScorecardRow


def note(
    session: Session,
    what: Act,
    about: Scorecard | Round,
    by: str,
    at: datetime,
    *,
    day: date | None = None,
    version: int | None = None,
) -> None:
    """Write an act down where it is done: either both are stored or neither is.

    `day`, `version`: as in Deed; each goes with its acts only.
    """
    round_ = about if isinstance(about, Round) else None
    row = ActRow(
        team_id=about.team_id,
        scorecard_id=round_.scorecard_id if round_ else about.id,
        round_id=round_.id if round_ else None,
        user_id=by,
        what=what.value,
        day=day,
        version=version,
        done_at=at,
    )
    session.add(row)
    session.flush()


def note_name(
    session: Session,
    what: Act,
    whom: str,
    team_id: str,
    scorecard_id: int | None,
    by: str,
    at: datetime,
) -> None:
    """The same for who was named or taken out; `scorecard_id` None: for all scorecards."""
    row = ActRow(
        team_id=team_id,
        scorecard_id=scorecard_id,
        user_id=by,
        what=what.value,
        whom=whom,
        done_at=at,
    )
    session.add(row)
    session.flush()


def of_scorecard(
    session: Session, team_id: str, scorecard_id: int, most: int
) -> tuple[list[Deed], int]:
    """The newest acts, the latest first, and how many there are before them.

    Who was named for all scorecards since this one was set up may act for it: that belongs to it.
    """
    begun_at = select(ScorecardRow.created_at).where(ScorecardRow.id == scorecard_id)
    about_all = col(ActRow.scorecard_id).is_(None) & (
        col(ActRow.done_at) >= begun_at.scalar_subquery()
    )
    here = (
        col(ActRow.team_id) == team_id,
        or_(col(ActRow.scorecard_id) == scorecard_id, about_all),
    )
    found = _newest(session, here, most)
    every = session.exec(select(func.count()).select_from(ActRow).where(*here)).one()
    return found, every - len(found)


def of_person(session: Session, team_id: str, user_id: str) -> list[Deed]:
    """What somebody did, and when they were named or taken out; the first first."""
    here = (
        col(ActRow.team_id) == team_id,
        or_(col(ActRow.user_id) == user_id, col(ActRow.whom) == user_id),
    )
    return _newest(session, here)[::-1]


def _newest(
    session: Session, where: Iterable[ColumnElement[bool]], most: int | None = None
) -> list[Deed]:
    """The latest first."""
    wanted = (
        select(ActRow, ScorecardRow.team_name, RoundRow.title)
        .outerjoin(ScorecardRow, col(ScorecardRow.id) == col(ActRow.scorecard_id))
        .outerjoin(RoundRow, col(RoundRow.id) == col(ActRow.round_id))
        .where(*where)
        .order_by(col(ActRow.done_at).desc(), col(ActRow.id).desc())
        .limit(most)
    )
    return [
        Deed(
            what=Act(row.what),
            by=row.user_id,
            at=row.done_at,
            scorecard_id=row.scorecard_id,
            team_name=team_name,
            round_title=title,
            whom=row.whom,
            day=row.day,
            version=row.version,
        )
        for row, team_name, title in session.exec(wanted)
    ]
