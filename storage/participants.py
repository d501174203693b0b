"""The people in a round: how far each is, and why nothing more is sent to them, if so."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, update
from sqlmodel import Session, col, select

from questionnaires.roles import Role
from questionnaires.rounds import (
    LEFT_WORKSPACE,
    Manner,
    Participant,
    ParticipantState,
    Participation,
    Person,
    Round,
    RoundState,
)
from storage.database import execute
from storage.rounds import round_of
from storage.tables import ParticipantRow, PersonRow, RoundRow

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


def of_person(session: Session, team_id: str, user_id: str) -> list[tuple[Round, Participant]]:
    """The rounds somebody was asked in, newest first."""
    wanted = (
        select(RoundRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(ParticipantRow.team_id == team_id, ParticipantRow.user_id == user_id)
        .order_by(col(RoundRow.id).desc())
    )
    return [(round_of(row), participant_of(member)) for row, member in session.exec(wanted)]


def add(
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
    return [participant_of(row) for row in rows]


def find(
    session: Session, team_id: str, round_id: int, user_id: str, *, hold: bool = False
) -> tuple[Round, Participant] | None:
    """Somebody in a round, with the round; None when they were not asked in it.

    With `hold` the round stays in its state until the transaction ends: who is about to save an
    answer asks for it, so that no answer arrives after the result was computed.
    """
    who = {"team_id": team_id, "round_id": round_id, "user_id": user_id}
    found = session.exec(PARTICIPANT_HELD if hold else PARTICIPANT, params=who).first()
    return (round_of(found[0]), participant_of(found[1])) if found else None


def of_round(session: Session, round_id: int) -> list[Participant]:
    """Everybody in a round, in the order they were added."""
    wanted = select(ParticipantRow).where(ParticipantRow.round_id == round_id)
    return [participant_of(row) for row in session.exec(wanted.order_by(col(ParticipantRow.id)))]


def count(session: Session, round_id: int) -> int:
    """How many people were invited to a round."""
    wanted = select(func.count()).select_from(ParticipantRow)
    return session.exec(wanted.where(ParticipantRow.round_id == round_id)).one()


def in_open_rounds(session: Session, team_id: str, user_id: str) -> list[tuple[Round, Participant]]:
    """Somebody in every open round but rehearsals; none is closed before this is done."""
    wanted = (
        select(RoundRow, ParticipantRow)
        .join(ParticipantRow, col(ParticipantRow.round_id) == col(RoundRow.id))
        .where(
            ParticipantRow.team_id == team_id,
            ParticipantRow.user_id == user_id,
            RoundRow.state == RoundState.OPEN.value,
            RoundRow.manner != Manner.REHEARSAL.value,
        )
        .order_by(col(RoundRow.id))
        .with_for_update(read=True, of=RoundRow)
    )
    return [(round_of(row), participant_of(member)) for row, member in session.exec(wanted)]


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


def note_who_is_there(session: Session, team_id: str, people: Iterable[Person]) -> None:
    """Who left the workspace is not written to in any open round; who is back, is again."""
    known = list(people)
    here = [person.user_id for person in known if person.here]
    gone = [person.user_id for person in known if not person.here]
    _leave_alone_everywhere(session, team_id, gone, None, LEFT_WORKSPACE)
    _leave_alone_everywhere(session, team_id, here, LEFT_WORKSPACE, None)


def _leave_alone_everywhere(
    session: Session, team_id: str, user_ids: Sequence[str], old: str | None, new: str | None
) -> None:
    if not user_ids:
        return
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
            col(ParticipantRow.left_alone).is_(None)
            if old is None
            else col(ParticipantRow.left_alone) == old,
        )
        .values(left_alone=new),
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
    before = participant_of(row).card
    row.card_channel, row.card_ts = channel, ts
    session.add(row)
    return before if before != (channel, ts) else None


def set_role(session: Session, participant_id: int, role: Role) -> None:
    row = session.get_one(ParticipantRow, participant_id)
    row.role = role.value
    session.add(row)


def take_over_roles(session: Session, round_id: int) -> None:
    """Whoever has said what they do, in whichever round, has that role in this one."""
    said = (
        select(PersonRow.role)
        .where(
            PersonRow.team_id == ParticipantRow.team_id, PersonRow.user_id == ParticipantRow.user_id
        )
        .scalar_subquery()
    )
    execute(
        session,
        update(ParticipantRow)
        .where(col(ParticipantRow.round_id) == round_id, col(ParticipantRow.role).is_(None))
        .values(role=said),
    )


def set_fix_first(session: Session, participant_id: int, text: str | None) -> None:
    row = session.get_one(ParticipantRow, participant_id)
    row.fix_first = text
    session.add(row)


def participant_of(row: ParticipantRow) -> Participant:
    whole = row.card_channel is not None and row.card_ts is not None
    return Participant(
        id=row.id or 0,
        round_id=row.round_id,
        user_id=row.user_id,
        zone=row.zone,
        state=ParticipantState(row.state),
        ask_at=row.ask_at,
        left_alone=row.left_alone,
        role=None if row.role is None else Role(row.role),
        revision=row.revision,
        card=(row.card_channel or "", row.card_ts or "") if whole else None,
        fix_first=row.fix_first,
    )
