"""Rounds and the people in them."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from questionnaires.rounds import Participant, ParticipantState, Participation, Round, RoundState
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
    row = RoundRow(**{**columns, "id": None, "state": round_.state.value, "occurs_on": occurs_on})
    session.add(row)
    session.flush()
    return _round(row)


def is_open(session: Session, scorecard_id: int) -> bool:
    """Whether a round of this scorecard is open."""
    wanted = select(RoundRow.id).where(
        RoundRow.scorecard_id == scorecard_id, RoundRow.state == RoundState.OPEN.value
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


def of_person(session: Session, team_id: str, user_id: str) -> list[tuple[Round, Participant]]:
    """The rounds somebody was asked in, newest first."""
    wanted = (
        select(RoundRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(ParticipantRow.team_id == team_id, ParticipantRow.user_id == user_id)
        .order_by(col(RoundRow.id).desc())
    )
    return [(_round(row), _participant(member)) for row, member in session.exec(wanted)]


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
    wanted = select(ParticipantRow.state).where(ParticipantRow.round_id == round_id)
    return Participation.of(ParticipantState(state) for state in session.exec(wanted))


def last_change(session: Session, round_id: int) -> datetime | None:
    """When somebody in the round last answered or skipped."""
    wanted = select(func.max(ParticipantRow.changed_at)).where(ParticipantRow.round_id == round_id)
    return session.exec(wanted).one()


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
    return Round(**{**columns, "state": RoundState(row.state)})


def _participant(row: ParticipantRow) -> Participant:
    whole = row.card_channel is not None and row.card_ts is not None
    return Participant(
        id=row.id or 0,
        round_id=row.round_id,
        user_id=row.user_id,
        zone=row.zone,
        state=ParticipantState(row.state),
        ask_at=row.ask_at,
        role=row.role,
        revision=row.revision,
        card=(row.card_channel or "", row.card_ts or "") if whole else None,
        fix_first=row.fix_first,
    )
