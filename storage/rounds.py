"""Rounds and the people in them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, update
from sqlmodel import Session, col, select

from questionnaires.calendar import Weekend
from questionnaires.rounds import (
    LEFT_WORKSPACE,
    QUIET_BEFORE_CLOSING,
    STILL_THERE,
    Participant,
    ParticipantState,
    Participation,
    Round,
    RoundState,
)
from storage.database import execute
from storage.tables import ParticipantRow, RoundRow

# What each click asks is built once: building it takes longer than running it.
PARTICIPANT = (
    select(RoundRow, ParticipantRow)
    .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
    .where(
        col(RoundRow.team_id) == bindparam("team_id"),
        col(RoundRow.id) == bindparam("round_id"),
        col(ParticipantRow.user_id) == bindparam("user_id"),
    )
)
PARTICIPANT_HELD = PARTICIPANT.with_for_update(read=True, of=RoundRow)
NOTE_ANSWER = (
    update(ParticipantRow)
    .where(col(ParticipantRow.id) == bindparam("id_"))
    .values(
        state=bindparam("state_"),
        revision=ParticipantRow.revision + bindparam("more"),
        changed_at=bindparam("now"),
    )
)


def add_round(session: Session, round_: Round, occurs_on: date) -> Round:
    """Insert a round (its id is given here); one for each scorecard and day."""
    columns = {name: getattr(round_, name) for name in Round.__slots__}
    row = RoundRow(
        **{
            **columns,
            "id": None,
            "state": round_.state.value,
            "weekend": round_.weekend.value,
            "occurs_on": occurs_on,
            "audience_due_at": round_.opened_at,
        }
    )
    session.add(row)
    session.flush()
    return _round(row)


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
    return _round(row) if row else None


def round_(session: Session, round_id: int, team_id: str | None = None) -> Round | None:
    """One round; None when it is unknown or, with `team_id`, of another workspace."""
    row = session.get(RoundRow, round_id)
    return _round(row) if row and team_id in (None, row.team_id) else None


def in_state(session: Session, state: RoundState, team_id: str | None = None) -> list[Round]:
    """Rounds in a state, oldest first, of one workspace or of all."""
    wanted = select(RoundRow).where(RoundRow.state == state.value)
    if team_id is not None:
        wanted = wanted.where(RoundRow.team_id == team_id)
    return [_round(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def ending(session: Session, now: datetime) -> list[int]:
    """Open rounds whose time is over, or that nobody is expected in any more; oldest first.

    The latter when somebody has finished and nothing has changed for a quiet quarter of an hour.
    """
    of_round = col(ParticipantRow.round_id) == col(RoundRow.id)
    expected = exists().where(of_round, _is_expected())
    finished = exists().where(of_round, col(ParticipantRow.state) == "finished")
    changed_lately = exists().where(
        of_round, col(ParticipantRow.changed_at) > now - QUIET_BEFORE_CLOSING
    )
    over = (col(RoundRow.closes_at) <= now) | (~expected & finished & ~changed_lately)
    wanted = select(RoundRow.id).where(RoundRow.state == RoundState.OPEN.value, over)
    return [round_id or 0 for round_id in session.exec(wanted.order_by(col(RoundRow.id)))]


def posting(session: Session, now: datetime) -> list[Round]:
    """Closed rounds that should have been posted by now, oldest first."""
    wanted = select(RoundRow).where(
        RoundRow.state == RoundState.CLOSED.value, col(RoundRow.publishes_at) <= now
    )
    return [_round(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


def audience_due(session: Session, now: datetime) -> list[Round]:
    """Open rounds in whose team somebody may have joined or left meanwhile, oldest first."""
    wanted = select(RoundRow).where(
        RoundRow.state == RoundState.OPEN.value, col(RoundRow.audience_due_at) <= now
    )
    return [_round(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]


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


def of_person(session: Session, team_id: str, user_id: str) -> list[tuple[Round, Participant]]:
    """The rounds somebody was asked in, newest first."""
    wanted = (
        select(RoundRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(ParticipantRow.team_id == team_id, ParticipantRow.user_id == user_id)
        .order_by(col(RoundRow.id).desc())
    )
    return [(_round(row), _participant(member)) for row, member in session.exec(wanted)]


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
            col(due_at) > since,
            col(due_at) <= until,
            col(done_at) >= until,
        )
        found[step] = [_round(row) for row in session.exec(wanted.order_by(col(RoundRow.id)))]
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


def add_participants(
    session: Session, team_id: str, round_id: int, people: Iterable[tuple[str, str, datetime]]
) -> list[Participant]:
    """`people`: user id, zone, and when they are asked."""
    rows = [
        ParticipantRow(
            team_id=team_id,
            round_id=round_id,
            user_id=user_id,
            zone=zone,
            state=ParticipantState.INVITED.value,
            ask_at=ask_at,
        )
        for user_id, zone, ask_at in people
    ]
    session.add_all(rows)
    session.flush()
    return [_participant(row) for row in rows]


def participant(
    session: Session, team_id: str, round_id: int, user_id: str, *, hold: bool = False
) -> tuple[Round, Participant] | None:
    """Somebody in a round, with the round; None when they were not asked in it.

    With `hold` the round stays in its state until the transaction ends: who is about to save an
    answer asks for it, so that no answer arrives after the result was computed.
    """
    who = {"team_id": team_id, "round_id": round_id, "user_id": user_id}
    found = session.exec(PARTICIPANT_HELD if hold else PARTICIPANT, params=who).first()
    return (_round(found[0]), _participant(found[1])) if found else None


def participants(session: Session, round_id: int) -> list[Participant]:
    """Everybody in a round, in the order they were added."""
    wanted = select(ParticipantRow).where(ParticipantRow.round_id == round_id)
    return [_participant(row) for row in session.exec(wanted.order_by(col(ParticipantRow.id)))]


def participation(session: Session, round_id: int) -> Participation:
    wanted = select(ParticipantRow.state, ParticipantRow.left_alone).where(
        ParticipantRow.round_id == round_id
    )
    return Participation.of(
        (ParticipantState(state), left_alone) for state, left_alone in session.exec(wanted)
    )


def last_asked(session: Session, scorecard_id: int, user_ids: Sequence[str]) -> dict[str, datetime]:
    """When these people were last asked in a round of this scorecard; left out: never."""
    wanted = (
        select(ParticipantRow.user_id, func.max(ParticipantRow.ask_at))
        .join(RoundRow, col(RoundRow.id) == col(ParticipantRow.round_id))
        .where(
            RoundRow.scorecard_id == scorecard_id,
            col(ParticipantRow.user_id).in_(user_ids),
        )
        .group_by(ParticipantRow.user_id)
    )
    return dict(session.exec(wanted).all())


def leave_alone(session: Session, participant_id: int, why: str | None) -> None:
    """Nothing more is sent to somebody in this round; None: it is again."""
    row = session.get_one(ParticipantRow, participant_id)
    row.left_alone = why
    session.add(row)


def leave_alone_everywhere(session: Session, team_id: str, user_ids: Sequence[str]) -> None:
    """People who left the workspace are not written to in any open round."""
    still_open = select(RoundRow.id).where(
        RoundRow.team_id == team_id, RoundRow.state == RoundState.OPEN.value
    )
    execute(
        session,
        update(ParticipantRow)
        .where(
            col(ParticipantRow.team_id) == team_id,
            col(ParticipantRow.user_id).in_(user_ids),
            col(ParticipantRow.round_id).in_(still_open),
        )
        .values(left_alone=LEFT_WORKSPACE),
    )


def was_asked(session: Session, participant_id: int, at: datetime) -> None:
    """The invitation has gone out."""
    row = session.get_one(ParticipantRow, participant_id)
    row.ask_at = at
    session.add(row)


def set_state(
    session: Session, participant_id: int, state: ParticipantState, now: datetime
) -> None:
    row = session.get_one(ParticipantRow, participant_id)
    row.state, row.changed_at = state.value, now
    session.add(row)


def note_answer(
    session: Session, participant_id: int, state: ParticipantState, now: datetime, *, changed: bool
) -> None:
    """How far somebody is after an answer; a changed one makes pictures of their scores old."""
    told = {"id_": participant_id, "state_": state.value, "more": int(changed), "now": now}
    execute(session, NOTE_ANSWER, [told])


def set_card(
    session: Session, participant_id: int, channel: str, ts: str
) -> tuple[str, str] | None:
    """This message is the card from now on; returns the other one that was it before."""
    row = session.get_one(ParticipantRow, participant_id)
    before = _participant(row).card
    row.card_channel, row.card_ts = channel, ts
    session.add(row)
    return before if before != (channel, ts) else None


def set_fix_first(session: Session, participant_id: int, text: str | None) -> None:
    row = session.get_one(ParticipantRow, participant_id)
    row.fix_first = text
    session.add(row)


def _round(row: RoundRow) -> Round:
    columns = {name: getattr(row, name) for name in Round.__slots__}
    return Round(**{**columns, "state": RoundState(row.state), "weekend": Weekend(row.weekend)})


def _participant(row: ParticipantRow) -> Participant:
    whole = row.card_channel is not None and row.card_ts is not None
    return Participant(
        id=row.id or 0,
        round_id=row.round_id,
        user_id=row.user_id,
        zone=row.zone,
        state=ParticipantState(row.state),
        ask_at=row.ask_at,
        left_alone=row.left_alone,
        role=row.role,
        revision=row.revision,
        card=(row.card_channel or "", row.card_ts or "") if whole else None,
        fix_first=row.fix_first,
    )
