"""Scorecards: drafts while they are set up, active or paused once they were confirmed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from questionnaires.calendar import Cadence, Weekend
from questionnaires.errors import ScorecardExists
from questionnaires.rounds import Audience, Manner, Scorecard, ScorecardState, SetUp
from storage.database import execute
from storage.tables import ScorecardRow

# A rehearsal is nothing that anybody looks after: storage/rehearsals.py finds it.
IS_REHEARSAL = col(ScorecardRow.manner) == Manner.REHEARSAL.value


def add_draft(
    session: Session,
    team_id: str,
    set_up: SetUp,
    now: datetime,
    edits: Scorecard | None = None,
    by: str | None = None,
) -> int:
    """Keep what was entered until it is confirmed; returns the draft's id.

    `edits`: the scorecard that it changes, as it was when it was edited `by` somebody.
    """
    row = ScorecardRow(
        team_id=team_id,
        state=ScorecardState.DRAFT.value,
        created_by=set_up.created_by,
        created_at=now,
        first_on=set_up.first_on,
        edits=edits.id if edits else None,
        revision=edits.revision if edits else 0,
        changed_by=by,
        **_entered(set_up),
    )
    session.add(row)
    session.flush()
    return row.id or 0


def edit(
    session: Session,
    draft: Scorecard,
    first_on: date | None,
    next_on: date | None,
    by: str,
) -> bool:
    """Put a draft in the place of the scorecard that it edits; the draft is gone then.

    False when that was changed since it was edited. Raises ScorecardExists.
    """
    try:
        with session.begin_nested():
            done = execute(
                session,
                update(ScorecardRow)
                .where(
                    col(ScorecardRow.id) == draft.edits,
                    col(ScorecardRow.revision) == draft.revision,
                )
                .values(
                    first_on=first_on,
                    next_on=next_on,
                    trouble=None,
                    revision=draft.revision + 1,
                    changed_by=by,
                    **_entered(draft.set_up),
                ),
            )
    except IntegrityError:
        raise ScorecardExists(draft.set_up.team_name) from None
    if done == 1:
        session.delete(session.get_one(ScorecardRow, draft.id))
    return done == 1


def _entered(set_up: SetUp) -> dict[str, Any]:
    """The columns that a form fills in."""
    return {
        "team_name": set_up.team_name,
        "name_key": _name_key(set_up.team_name),
        "questionnaire_id": set_up.questionnaire_id,
        "audience_channel": set_up.audience.channel,
        "audience_group": set_up.audience.group,
        "audience_people": list(set_up.audience.people),
        "guests": set_up.guests,
        "results_channel": set_up.results_channel,
        "cadence": set_up.cadence.value,
        "zone": set_up.zone,
        "hour": set_up.hour,
        "days_open": set_up.days_open,
        "weekend": set_up.weekend.value,
        "manner": set_up.manner.value,
    }


def is_name_taken(
    session: Session, team_id: str, team_name: str, *, but_by: int | None = None
) -> bool:
    """Whether a scorecard in use, but for one, has this name, whatever its case and spaces."""
    wanted = select(ScorecardRow.id).where(
        ScorecardRow.team_id == team_id,
        ScorecardRow.state != ScorecardState.DRAFT.value,
        ScorecardRow.name_key == _name_key(team_name),
        col(ScorecardRow.id) != (but_by or 0),
    )
    return session.exec(wanted).first() is not None


def activate(session: Session, scorecard: Scorecard, first_on: date, next_on: date) -> bool:
    """Turn a draft into an active scorecard; False when it is no draft any more.

    `first_on` is the day that was chosen, `next_on` the working day on which the round opens.

    Raises ScorecardExists when another of the same name became active at the same moment.
    """
    try:
        with session.begin_nested():
            done = execute(
                session,
                update(ScorecardRow)
                .where(col(ScorecardRow.id) == scorecard.id, col(ScorecardRow.state) == "draft")
                .values(state="active", first_on=first_on, next_on=next_on),
            )
    except IntegrityError:
        raise ScorecardExists(scorecard.set_up.team_name) from None
    return done == 1


def set_next(
    session: Session, scorecard_id: int, next_on: date | None, by: str | None = None
) -> None:
    """What kept the round before from opening is over with it. `by` None: by itself."""
    row = session.get_one(ScorecardRow, scorecard_id)
    row.next_on, row.trouble = next_on, None
    row.revision, row.changed_by = row.revision + 1, by
    session.add(row)
    session.flush()


def move(session: Session, scorecard_id: int, *, old: ScorecardState, new: ScorecardState) -> bool:
    """Pause or resume; False when somebody else was first."""
    done = execute(
        session,
        update(ScorecardRow)
        .where(col(ScorecardRow.id) == scorecard_id, col(ScorecardRow.state) == old.value)
        .values(state=new.value),
    )
    return done == 1


def set_manner(session: Session, scorecard_id: int, manner: Manner) -> None:
    """How its rounds are answered from the next one on; one that is open stays as it is."""
    row = session.get_one(ScorecardRow, scorecard_id)
    row.manner = manner.value
    session.add(row)


def set_trouble(session: Session, scorecard_id: int, trouble: str) -> None:
    """Why a round that is due does not open."""
    row = session.get_one(ScorecardRow, scorecard_id)
    row.trouble = trouble
    session.add(row)


def scorecard(
    session: Session, team_id: str, scorecard_id: int, *, hold: bool = False
) -> Scorecard | None:
    """One scorecard; with `hold` nobody else opens its round before the transaction ends.

    None also for the one of a rehearsal.
    """
    row = session.get(ScorecardRow, scorecard_id, with_for_update=hold or None)
    if row is None or row.team_id != team_id or row.manner == Manner.REHEARSAL.value:
        return None
    return _scorecard(row)


def in_use(session: Session, team_id: str) -> list[Scorecard]:
    """All that were confirmed, by name."""
    wanted = select(ScorecardRow).where(
        ScorecardRow.team_id == team_id,
        ScorecardRow.state != ScorecardState.DRAFT.value,
        ~IS_REHEARSAL,
    )
    return [_scorecard(row) for row in session.exec(wanted.order_by(ScorecardRow.name_key))]


def created_by(session: Session, team_id: str, user_id: str) -> set[int]:
    """The ids of those that somebody set up."""
    wanted = select(ScorecardRow.id).where(
        ScorecardRow.team_id == team_id,
        ScorecardRow.state != ScorecardState.DRAFT.value,
        ScorecardRow.created_by == user_id,
        ~IS_REHEARSAL,
    )
    return {scorecard_id or 0 for scorecard_id in session.exec(wanted)}


def due(session: Session, today: date) -> list[Scorecard]:
    """Those whose next round's day has come somewhere: `today` is the latest day on earth."""
    wanted = select(ScorecardRow).where(
        ScorecardRow.state == "active", ~IS_REHEARSAL, col(ScorecardRow.next_on) <= today
    )
    return [_scorecard(row) for row in session.exec(wanted.order_by(col(ScorecardRow.id)))]


def _name_key(team_name: str) -> str:
    return " ".join(team_name.casefold().split())


def _scorecard(row: ScorecardRow) -> Scorecard:
    set_up = SetUp(
        team_name=row.team_name,
        questionnaire_id=row.questionnaire_id,
        audience=Audience(row.audience_channel, tuple(row.audience_people), row.audience_group),
        results_channel=row.results_channel,
        cadence=Cadence(row.cadence),
        zone=row.zone,
        created_by=row.created_by,
        days_open=row.days_open,
        hour=row.hour,
        weekend=Weekend(row.weekend),
        guests=row.guests,
        first_on=row.first_on,
        manner=Manner(row.manner),
    )
    state = ScorecardState(row.state)
    return Scorecard(
        id=row.id or 0,
        team_id=row.team_id,
        state=state,
        set_up=set_up,
        first_on=None if state is ScorecardState.DRAFT else row.first_on,
        next_on=row.next_on,
        trouble=row.trouble,
        revision=row.revision,
        changed_by=row.changed_by,
        edits=row.edits,
    )
