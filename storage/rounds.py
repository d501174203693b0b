"""Rounds: which are open, due, late, and in which state."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, update
from sqlmodel import Session, col, select

from questionnaires.calendar import Weekend
from questionnaires.rounds import (
    QUIET_BEFORE_CLOSING,
    STILL_THERE,
    Manner,
    Round,
    RoundState,
)
from storage.database import execute
from storage.tables import ParticipantRow, RoundRow

# A rehearsal is nobody's business but that of who rehearses: storage/rehearsals.py finds it.
IS_REHEARSAL = col(RoundRow.manner) == Manner.REHEARSAL.value
HAS_RESULT = (col(RoundRow.state) != RoundState.OPEN.value) & ~IS_REHEARSAL


def add_round(session: Session, round_: Round, occurs_on: date) -> Round:
    """Insert a round (its id is given here); one for each scorecard and day."""
    columns = {name: getattr(round_, name) for name in Round.__slots__}
    row = RoundRow(
        **{
            **columns,
            "id": None,
            "state": round_.state.value,
            "weekend": round_.weekend.value,
            "manner": round_.manner.value,
            "occurs_on": occurs_on,
            "audience_due_at": round_.opened_at,
        }
    )
    session.add(row)
    session.flush()
    return round_of(row)


def is_open(session: Session, scorecard_id: int) -> bool:
    """Whether a round of this scorecard is open."""
    wanted = select(RoundRow.id).where(
        RoundRow.scorecard_id == scorecard_id, RoundRow.state == RoundState.OPEN.value
    )
    return session.exec(wanted).first() is not None


def occurred_on(session: Session, scorecard_id: int, day: date) -> bool:
    """Whether the scorecard has had a round of that day."""
    wanted = select(RoundRow.id).where(
        RoundRow.scorecard_id == scorecard_id, RoundRow.occurs_on == day
    )
    return session.exec(wanted).first() is not None


def count(session: Session, scorecard_id: int) -> int:
    """How many rounds the scorecard has had, the open one included."""
    wanted = select(func.count()).select_from(RoundRow)
    return session.exec(wanted.where(RoundRow.scorecard_id == scorecard_id)).one()


def latest(session: Session, scorecard_id: int) -> Round | None:
    """The newest round of a scorecard."""
    wanted = select(RoundRow).where(RoundRow.scorecard_id == scorecard_id)
    row = session.exec(wanted.order_by(col(RoundRow.number).desc())).first()
    return round_of(row) if row else None


def posted(session: Session, scorecard_id: int, most: int) -> list[Round]:
    """The newest rounds of a scorecard whose result was posted, the latest first."""
    wanted = select(RoundRow).where(
        RoundRow.scorecard_id == scorecard_id, RoundRow.state == RoundState.PUBLISHED.value
    )
    found = session.exec(wanted.order_by(col(RoundRow.number).desc()).limit(most))
    return [round_of(row) for row in found]


def closed(session: Session) -> list[Round]:
    """Every round that has a result, posted or not, oldest first; rehearsals left out."""
    wanted = select(RoundRow).where(HAS_RESULT)
    return [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def with_result(session: Session, scorecard_id: int) -> list[Round]:
    """The same of a scorecard."""
    wanted = select(RoundRow).where(RoundRow.scorecard_id == scorecard_id, HAS_RESULT)
    return [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.number)))]


def closed_before(session: Session, later: Round) -> list[Round]:
    """Those before a round that were answered in the same manner, the latest first.

    Of a rehearsal none.
    """
    return [
        one
        for one in reversed(with_result(session, later.scorecard_id))
        if one.number < later.number and one.manner is later.manner
    ]


def round_(session: Session, round_id: int, team_id: str | None = None) -> Round | None:
    """One round; None when it is unknown or, with `team_id`, of another workspace."""
    row = session.get(RoundRow, round_id)
    return round_of(row) if row and team_id in (None, row.team_id) else None


def in_state(session: Session, state: RoundState, team_id: str | None = None) -> list[Round]:
    """Rounds in a state, oldest first, of one workspace or of all; rehearsals left out."""
    wanted = select(RoundRow).where(RoundRow.state == state.value, ~IS_REHEARSAL)
    if team_id is not None:
        wanted = wanted.where(RoundRow.team_id == team_id)
    return [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def ending(session: Session, now: datetime) -> list[int]:
    """Open rounds whose time is over, or that nobody is expected in any more; oldest first.

    The latter when somebody has finished and nothing has changed for a quiet quarter of an hour.
    Rehearsals are left out: they end in their own way.
    """
    of_round = col(ParticipantRow.round_id) == col(RoundRow.id)
    expected = exists().where(of_round, _is_expected())
    finished = exists().where(of_round, col(ParticipantRow.state) == "finished")
    changed_lately = exists().where(
        of_round, col(ParticipantRow.changed_at) > now - QUIET_BEFORE_CLOSING
    )
    over = (col(RoundRow.closes_at) <= now) | (~expected & finished & ~changed_lately)
    wanted = select(RoundRow.id).where(RoundRow.state == RoundState.OPEN.value, ~IS_REHEARSAL, over)
    return [round_id or 0 for round_id in session.exec(wanted.order_by(col(RoundRow.id)))]


def posting(session: Session, now: datetime) -> list[Round]:
    """Closed rounds that should have been posted by now, oldest first."""
    wanted = select(RoundRow).where(
        RoundRow.state == RoundState.CLOSED.value,
        ~IS_REHEARSAL,
        col(RoundRow.publishes_at) <= now,
    )
    return [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def audience_due(session: Session, now: datetime) -> list[Round]:
    """Open rounds in whose team somebody may have joined or left meanwhile, oldest first."""
    wanted = select(RoundRow).where(
        RoundRow.state == RoundState.OPEN.value,
        ~IS_REHEARSAL,
        col(RoundRow.audience_due_at) <= now,
    )
    return [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def look_again(session: Session, round_id: int, at: datetime) -> None:
    """When to see who has joined or left the team of an open round."""
    execute(
        session,
        update(RoundRow).where(col(RoundRow.id) == round_id).values(audience_due_at=at),
    )


def _is_expected() -> ColumnElement[bool]:
    """Invited or started, and not out of reach: `is_unreachable` in questionnaires.rounds."""
    alone = col(ParticipantRow.left_alone)
    reachable = alone.is_(None) | alone.in_(STILL_THERE)
    return col(ParticipantRow.state).in_(["invited", "started"]) & reachable


def came_late(
    session: Session, team_id: str, since: datetime, until: datetime
) -> dict[str, list[Round]]:
    """Rounds that should have been opened, closed or posted between two instants, and were later.

    By what came late: opened, closed, posted.
    """
    steps = {
        "opened": (RoundRow.due_at, RoundRow.opened_at),
        "closed": (RoundRow.closes_at, RoundRow.closed_at),
        "posted": (RoundRow.publishes_at, RoundRow.published_at),
    }
    found = {}
    for step, (due_at, done_at) in steps.items():
        wanted = select(RoundRow).where(
            RoundRow.team_id == team_id,
            ~IS_REHEARSAL,
            col(due_at) > since,
            col(due_at) <= until,
            col(done_at) >= until,
        )
        found[step] = [round_of(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]
    return found


def move(
    session: Session, round_id: int, *, old: RoundState, new: RoundState, **columns: datetime | None
) -> bool:
    """Change a round's state; False when somebody else was first."""
    done = execute(
        session,
        update(RoundRow)
        .where(col(RoundRow.id) == round_id, col(RoundRow.state) == old.value)
        .values(state=new.value, **columns),
    )
    return done == 1


def stands_in(session: Session, round_id: int, channel: str) -> None:
    """It was posted there instead of in its results channel, which that is from now on."""
    there = update(RoundRow).where(
        col(RoundRow.id) == round_id, col(RoundRow.results_channel) != channel
    )
    execute(session, there.values(results_channel=channel, results_readers=None))


def round_of(row: RoundRow) -> Round:
    columns = {name: getattr(row, name) for name in Round.__slots__}
    known = {
        "state": RoundState(row.state),
        "weekend": Weekend(row.weekend),
        "manner": Manner(row.manner),
    }
    return Round(**{**columns, **known})
