"""Who fills in for a team that answers together: one person, and nobody else is written to."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases import audiences
from bot.use_cases.facilitators import Facilitators
from questionnaires import calendar
from questionnaires.calendar import DAYS_APART, zone_of
from questionnaires.errors import EverybodyAskedLately, NobodyToAsk
from questionnaires.rounds import Person, Scorecard
from storage import participants, rounds, workspaces


def filler(
    session: Session, facilitators: Facilitators, scorecard: Scorecard, opened_by: str
) -> Person:
    """Whoever opens the round; who has left gives way to the next facilitator who is here.

    `opened_by` is the scorecard's creator for a round that opens by itself. Raises NobodyToAsk.
    """
    team_id = scorecard.team_id
    told = facilitators.to_tell(session, team_id, scorecard.id)
    known = workspaces.people(session, team_id, {opened_by, *told})
    found = sorted(known, key=lambda person: person.user_id != opened_by)
    here = next((person for person in found if person.here), None)
    if here is None:
        raise NobodyToAsk
    return here


def refuse_too_soon(session: Session, scorecard: Scorecard, person: Person, now: datetime) -> None:
    """No team fills in twice within 30 days, whoever enters it. Raises EverybodyAskedLately."""
    audiences.rested(session, scorecard, [person], now)
    before = rounds.latest(session, scorecard.id)
    if before is None:
        return
    set_up, zone = scorecard.set_up, str(zone_of(person.zone))
    asked = min(one.ask_at for one in participants.of_round(session, before.id))
    last_on = calendar.local_day(asked, zone)
    coming = calendar.ask_at(now, zone, set_up.hour, set_up.weekend.days)
    if calendar.asked_lately(last_on, calendar.local_day(coming, zone)):
        raise EverybodyAskedLately(last_on + timedelta(days=DAYS_APART))
