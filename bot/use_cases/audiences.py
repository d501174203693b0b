"""Who is asked in a round: the people of an audience who may be, each at their own hour."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from questionnaires import calendar, roles
from questionnaires.calendar import DAYS_APART, zone_of
from questionnaires.errors import EverybodyAskedLately, NobodyToAsk
from questionnaires.messages import Kind
from questionnaires.rounds import Person, Round, Scorecard
from storage import outbox, participants, workspaces


def askable(
    session: Session, team_id: str, members: Sequence[str], *, guests: bool
) -> list[Person]:
    """The real, active members among them. Raises NobodyToAsk."""
    known = workspaces.people(session, team_id, members)
    found = [person for person in known if person.askable(guests=guests)]
    if not found:
        raise NobodyToAsk
    return found


def rested(
    session: Session, scorecard: Scorecard, people: Sequence[Person], now: datetime
) -> list[Person]:
    """Those who were not asked the same by this team within 30 days of the day they would be.

    Raises EverybodyAskedLately.
    """
    asked = participants.last_asked(session, scorecard.id, [person.user_id for person in people])
    set_up = scorecard.set_up
    free, lately = [], []
    for person in people:
        zone = str(zone_of(person.zone))
        last = asked.get(person.user_id)
        coming = calendar.ask_at(now, zone, set_up.hour, set_up.weekend.days)
        if last is None:
            free.append(person)
            continue
        last_on = calendar.local_day(last, zone)
        if calendar.asked_lately(last_on, calendar.local_day(coming, zone)):
            lately.append(last_on)
        else:
            free.append(person)
    if not free and lately:
        raise EverybodyAskedLately(min(lately) + timedelta(days=DAYS_APART))
    return free


def invite(session: Session, round_: Round, people: Collection[Person], now: datetime) -> None:
    """Everybody becomes a participant with an invitation at their own hour."""
    zones = {person.user_id: str(zone_of(person.zone)) for person in people}
    hours = [
        (user_id, zone, calendar.ask_at(now, zone, round_.hour, round_.weekend.days))
        for user_id, zone in zones.items()
    ]
    for participant in participants.add(session, round_.team_id, round_.id, hours):
        outbox.enqueue(
            session,
            round_.team_id,
            round_id=round_.id,
            kind=Kind.INVITATION,
            recipient=participant.user_id,
            due_at=participant.ask_at,
            participant_id=participant.id,
        )
    # Here, not where somebody is added: a round may grow large by those who join it.
    if roles.are_asked(participants.count(session, round_.id)):
        participants.take_over_roles(session, round_.id)
