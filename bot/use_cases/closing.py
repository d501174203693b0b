"""The end of a round: compute once, freeze, show the facilitators, post."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.library import Library
from bot.use_cases.measuring import Measuring
from questionnaires import calendar, disclosure
from questionnaires.acts import Act
from questionnaires.calendar import zone_of
from questionnaires.disclosure.changes import Before
from questionnaires.errors import (
    AlreadyPosted,
    NoOpenRound,
    NotFacilitator,
    RoundClosed,
    RoundNotClosed,
    Superseded,
)
from questionnaires.measurements import Measurement
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire
from questionnaires.results import Result
from questionnaires.rounds import Participation, Round, RoundState, ScorecardState
from questionnaires.standings import OpenRound
from storage import acts, answers, hiding, outbox, participants, rounds, scorecards
from storage.database import Database

Clock = Callable[[], datetime]

PAST_MOST = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A closed round with all of its result that may be seen; `next_on`: when the next one is."""

    round: Round
    result: Result
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """A closed round as it is stored."""

    round: Round
    questionnaire: Questionnaire
    measurement: Measurement
    comments: Sequence[tuple[str | None, str]]
    hidden: frozenset[str]


class Closing:
    def __init__(
        self,
        database: Database,
        library: Library,
        facilitators: Facilitators,
        measuring: Measuring,
        now: Clock,
    ) -> None:
        self._database = database
        self._library = library
        self._measuring = measuring
        self._facilitators = facilitators
        self._now = now

    def open_rounds(self, team_id: str, user_id: str) -> list[OpenRound]:
        """What a facilitator could close. Raises NotFacilitator, NoOpenRound."""
        with self._database.reading() as session:
            reach = self._facilitators.reach(session, team_id, user_id)
            if not reach:
                raise NotFacilitator(self._facilitators.of(session, team_id))
            every = rounds.in_state(session, RoundState.OPEN, team_id)
            found = [one for one in every if reach.covers(one.scorecard_id)]
            if not found:
                raise NoOpenRound
            return [OpenRound(one, participants.participation(session, one.id)) for one in found]

    def participation(self, round_id: int) -> Participation:
        """How many were asked and how far they are."""
        with self._database.reading() as session:
            return participants.participation(session, round_id)

    def due(self) -> list[int]:
        """Open rounds past their deadline, or quiet since the last person finished."""
        with self._database.reading() as session:
            return rounds.ending(session, self._now())

    def close(self, team_id: str, user_id: str, round_id: int) -> Round:
        """Close by hand. Raises NotFacilitator, NoOpenRound, RoundClosed."""
        with self._database.writing() as session:
            found = self._found(session, team_id, user_id, round_id)
            if found is None:
                raise NoOpenRound
            self._note(session, Act.CLOSED, found, user_id)
            if not self._freeze(session, found, user_id):
                raise RoundClosed(found.team_name, found.closed_at or self._now(), found.zone)
            return found

    def close_due(self, round_id: int) -> bool:
        """Close a round whose time has come; False when it was closed meanwhile."""
        with self._database.writing() as session:
            found = rounds.round_(session, round_id)
            return found is not None and self._freeze(session, found)

    def posting_due(self) -> list[int]:
        """Closed rounds that nobody posted by 10:00 on the second working day after.

        One that is late, since the bot was down, waits for working hours.
        """
        now = self._now()
        with self._database.reading() as session:
            return [
                one.id
                for one in rounds.posting(session, now)
                if calendar.ask_at(now, one.zone, calendar.PUBLISHING_HOUR, one.weekend.days) <= now
            ]

    def post(self, team_id: str, user_id: str, round_id: int) -> Round:
        """Post by hand. Raises NotFacilitator, RoundNotClosed, AlreadyPosted."""
        with self._database.writing() as session:
            found = self._found(session, team_id, user_id, round_id)
            if found is None or found.state is RoundState.OPEN:
                raise RoundNotClosed
            self._note(session, Act.POSTED, found, user_id)
            if not self._publish(session, found):
                raise AlreadyPosted(found.team_name, found.results_channel)
            return found

    def post_due(self, round_id: int) -> bool:
        """Post a round that waited long enough; False when it was posted meanwhile."""
        with self._database.writing() as session:
            found = rounds.round_(session, round_id)
            return found is not None and self._publish(session, found)

    def preview(self, team_id: str, user_id: str, round_id: int) -> Shown:
        """A result before it is posted. Raises NotFacilitator, RoundNotClosed, AlreadyPosted."""
        with self._database.reading() as session:
            found = self._found(session, team_id, user_id, round_id)
        if found is None:
            raise RoundNotClosed
        if found.state is RoundState.PUBLISHED:
            raise AlreadyPosted(found.team_name, found.results_channel)
        return self.shown(round_id)

    def shown(self, round_id: int) -> Shown:
        """A closed round's result as it may be seen. Raises RoundNotClosed."""
        with self._database.reading() as session:
            found = self._kept(session, round_id)
            since = found.measurement.change
            before = None if since is None else self._kept(session, since.since)
            next_on = _next_after(session, found.round)
        return Shown(found.round, _disclosed(found, before), next_on)

    def past(self, round_id: int) -> tuple[Result, ...]:
        """What a round and those before it came to, as far as each had a score; oldest first.

        Those of the last PAST_MOST rounds. Raises RoundNotClosed.
        """
        with self._database.reading() as session:
            last = self._kept(session, round_id)
            earlier = islice(rounds.closed_before(session, last.round), PAST_MOST - 1)
            kept = [last, *(self._kept(session, one.id) for one in earlier)]
        scored = {one.round.id: one for one in reversed(kept) if one.measurement.can_be_shown}
        return tuple(
            _disclosed(
                one, scored.get(one.measurement.change.since) if one.measurement.change else None
            )
            for one in scored.values()
        )

    def compared(self, session: Session, earlier: Round, later: Round) -> tuple[Result, bool]:
        """The later one's result with its change since the earlier one, and whether that was
        computed for who chose the two, not frozen. Raises RoundNotClosed.
        """
        then, now = self._kept(session, earlier.id), self._kept(session, later.id)
        frozen = now.measurement.change
        chosen = frozen is None or frozen.since != earlier.id
        measured = self._measuring.compare(session, earlier, later)
        return _disclosed(replace(now, measurement=measured), then, chosen=chosen), chosen

    def alone(self, session: Session, round_id: int) -> Result:
        """The result without what changed since another one. Raises RoundNotClosed."""
        return _disclosed(self._kept(session, round_id))

    def _kept(self, session: Session, round_id: int) -> _Kept:
        """Raises RoundNotClosed."""
        round_ = rounds.round_(session, round_id)
        measured = answers.measurement(session, round_id)
        if round_ is None or round_.closed_at is None or measured is None:
            raise RoundNotClosed
        remarks = answers.comments(session, round_id)
        hidden = hiding.digests(session, round_id)
        return _Kept(round_, self._library.of(session, round_), measured, remarks, hidden)

    def shown_first(self, round_id: int, user_id: str) -> Shown:
        """The same for somebody who sees it before the channel does.

        Raises Superseded for who may not act for the scorecard any more.
        """
        found = self.shown(round_id)
        with self._database.reading() as session:
            about = found.round
            allowed = self._facilitators.of(session, about.team_id, about.scorecard_id)
        if user_id not in allowed:
            raise Superseded
        return found

    def _found(self, session: Session, team_id: str, user_id: str, round_id: int) -> Round | None:
        """The round of a press. Raises NotFacilitator for who may not act for its scorecard.

        None also for a rehearsal, which is for nobody to close or to post.
        """
        found = rounds.round_(session, round_id, team_id)
        scorecard_id = found.scorecard_id if found else None
        self._facilitators.require(session, team_id, user_id, scorecard_id)
        return None if found is None or found.is_rehearsal else found

    def _note(self, session: Session, what: Act, round_: Round, by: str) -> None:
        """Before the round changes: whoever extends it holds its scorecard, too, and first."""
        acts.note(session, what, round_, by, self._now())

    def _freeze(self, session: Session, round_: Round, by: str | None = None) -> bool:
        """`by`: the facilitator who closed it by hand and waits for the result."""
        now = self._now()
        closed = rounds.move(
            session,
            round_.id,
            old=RoundState.OPEN,
            new=RoundState.CLOSED,
            closed_at=now,
            publishes_at=calendar.publishes_at(now, round_.zone, round_.weekend.days),
        )
        if not closed:
            return False
        answers.save_result(
            session, round_.team_id, round_.id, self._measuring.measure(session, round_), now
        )
        outbox.withdraw(session, round_.id)
        told = self._facilitators.to_tell(session, round_.team_id, round_.scorecard_id)
        for user_id in dict.fromkeys((*told, by) if by else told):
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.PREVIEW,
                recipient=user_id,
                due_at=now,
            )
        return True

    def _publish(self, session: Session, round_: Round) -> bool:
        now = self._now()
        moved = rounds.move(
            session,
            round_.id,
            old=RoundState.CLOSED,
            new=RoundState.PUBLISHED,
            published_at=now,
        )
        if moved:
            channel = round_.results_channel
            outbox.enqueue(
                session,
                round_.team_id,
                round_id=round_.id,
                kind=Kind.SUMMARY,
                recipient=channel,
                due_at=now,
                number=1 + outbox.last_number(session, round_.id, channel, Kind.SUMMARY),
            )
        return moved


def _next_after(session: Session, round_: Round) -> date | None:
    """When the next round opens, for the latest one; None also while the scorecard is paused."""
    scorecard = scorecards.scorecard(session, round_.team_id, round_.scorecard_id)
    latest = rounds.latest(session, round_.scorecard_id)
    if scorecard is None or scorecard.state is ScorecardState.PAUSED:
        return None
    return scorecard.next_on if latest is not None and latest.id == round_.id else None


def _disclosed(found: _Kept, before: _Kept | None = None, *, chosen: bool = False) -> Result:
    """`before`: what the change is since; `chosen`: among all rounds."""
    round_ = found.round
    assert round_.closed_at is not None
    then = None
    if before is not None:
        then = Before(_disclosed(before), before.measurement, before.questionnaire, chosen)
    return disclosure.disclose(
        found.measurement,
        found.questionnaire,
        k=round_.k,
        team_name=round_.team_name,
        round_title=round_.title,
        closed_on=round_.closed_at.astimezone(zone_of(round_.zone)).date(),
        comments=found.comments,
        manner=round_.manner,
        before=then,
        hidden=found.hidden,
    )
