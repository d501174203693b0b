"""What becomes of the messages in the outbox: claimed, sent, failed, or in doubt."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.use_cases.facilitators import Facilitators
from bot.use_cases.reminding import plan_reminders
from questionnaires import calendar
from questionnaires.errors import Superseded
from questionnaires.messages import (
    ASKING,
    FOLLOWED_BY,
    FOR_ONE,
    IN_CHANNEL,
    IN_THREAD,
    RESULTS_FOR_A_TREND,
    TURNING,
    Kind,
    Message,
    wait_before,
)
from questionnaires.rounds import LEFT_AUDIENCE, ParticipantState, RoundState
from storage import answers, outbox, participants, posts, prompts, rehearsals, rounds, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

IN_DOUBT_AT_ONCE = 10
DOUBT_TWICE = "in doubt twice"

# Pictures that go where these words have arrived.
SHARED_BESIDE = {
    Kind.PREVIEW_RADAR: Kind.PREVIEW,
    Kind.REHEARSED_RADAR: Kind.REHEARSED,
    Kind.REHEARSED_DOTS: Kind.REHEARSED,
    Kind.REHEARSED_STELLAR: Kind.REHEARSED,
}

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes; no channel means the person's conversation with the bot."""

    channel: str | None
    thread_ts: str | None = None


class Outgoing:
    def __init__(self, database: Database, facilitators: Facilitators, now: Clock) -> None:
        self._database = database
        self._facilitators = facilitators
        self._now = now

    def claim(self, kinds: Collection[Kind] = tuple(Kind)) -> Message | None:
        """The next message of these kinds to send; claims of a sender that died become doubtful.

        One at a time: a lease has to outlast the sending of all that it covers.
        """
        now = self._now()
        while True:
            # Each in a transaction of its own: two processes that held several people at once,
            # in different orders, would wait for each other for ever.
            with self._database.writing() as session:
                outbox.doubt_expired(session, now)
                claimed = outbox.claim_due(session, now, 1, kinds)
                if not claimed:
                    return None
                if (hour := self._hour(session, claimed[0], now)) <= now:
                    return claimed[0]
                outbox.mark_due(session, claimed[0].id, hour, None)

    def _hour(self, session: Session, message: Message, now: datetime) -> datetime:
        """When the message may go out: at any hour, but for what asks somebody something.

        That waits, late or not, for the person's working hours, for a day on which no other
        round has invited the same person, and for who has left the team to come back.
        """
        if message.kind not in ASKING:
            return now
        found = participants.find(session, message.team_id, message.in_round, message.recipient)
        assert found is not None
        round_, participant = found
        zone, weekend = participant.zone, round_.weekend.days
        gone = participant.left_alone == LEFT_AUDIENCE
        if gone or self._is_taken(session, message, zone, now):
            return calendar.next_working_hour(now, zone, round_.hour, weekend)
        return calendar.ask_at(now, zone, round_.hour, weekend)

    def _is_taken(self, session: Session, message: Message, zone: str, now: datetime) -> bool:
        """Whether another round has invited the person today, by their calendar."""
        if message.kind is not Kind.INVITATION:
            return False
        workspaces.hold_person(session, message.team_id, message.recipient)
        begins = calendar.at_local_hour(calendar.local_day(now, zone), 0, zone)
        return prompts.is_invited_elsewhere(session, message, begins)

    def in_doubt(self) -> list[Message]:
        """Messages that may have arrived, to be looked for now."""
        with self._database.writing() as session:
            return outbox.take_unknown(session, self._now(), IN_DOUBT_AT_ONCE)

    def sent(self, message: Message, channel: str | None, ts: str | None) -> Place | None:
        """It is there; the message that follows it is written down.

        Returns what is to be taken away: the card from where it hung before, when this message
        has taken its place; the message itself when its rehearsal was ended meanwhile.
        """
        before = None
        with self._database.writing() as session:
            if outbox.is_gone(session, message.id):
                return (channel, ts) if channel and ts else None
            first = message.kind is Kind.SUMMARY and not posts.is_posted(session, message.in_round)
            if outbox.mark_sent(session, message.id, channel, ts):
                self._follow(session, message)
                if first:
                    rounds.stands_in(session, message.in_round, message.recipient)
                if message.kind is Kind.INVITATION:
                    self._asked(session, message)
                if message.kind is Kind.REHEARSAL_OVER:
                    return self._forget(session, message)
            if message.kind in TURNING and message.participant_id and channel and ts:
                before = participants.set_card(session, message.participant_id, channel, ts)
        return before

    def _forget(self, session: Session, message: Message) -> Place | None:
        """The last word of a rehearsal was said, or cannot be: with it everything goes.

        Returns its card where that still asks something.
        """
        measured = answers.measurement(session, message.in_round)
        card = rehearsals.purge(session, message.in_round)
        return card if measured is None else None

    def _asked(self, session: Session, message: Message) -> None:
        """Somebody has been invited: from now on their reminders are counted."""
        found = participants.find(session, message.team_id, message.in_round, message.recipient)
        assert found is not None
        round_, participant = found
        participants.was_asked(session, participant.id, self._now())
        if participant.state is not ParticipantState.FINISHED:
            plan_reminders(session, round_, participant, self._now())

    def place(self, message: Message) -> Target:
        """The channel and thread of a message, the direct conversation where it is known."""
        with self._database.reading() as session:
            if message.kind in IN_CHANNEL:
                summary = outbox.sent(
                    session, message.in_round, Kind.SUMMARY, message.recipient, message.number
                )
                threaded = message.kind in IN_THREAD and summary is not None
                return Target(message.recipient, summary.ts if threaded and summary else None)
            if (before := SHARED_BESIDE.get(message.kind)) is not None:
                shown = outbox.sent(session, message.in_round, before, message.recipient)
                return Target(shown.channel if shown else None)
            if message.kind is Kind.OWN_RADAR:
                found = participants.find(
                    session, message.team_id, message.in_round, message.recipient
                )
                return Target(found[1].card[0] if found and found[1].card else None)
            if message.kind in FOR_ONE:  # asking Slack for it takes an optional scope
                return Target(outbox.conversation(session, message.team_id, message.recipient))
        return Target(None)

    def uploaded(self, message: Message, file_id: str) -> None:
        """A picture is uploaded and only to be shared. Raises Superseded when nobody wants it."""
        with self._database.writing() as session:
            if outbox.is_gone(session, message.id):
                raise Superseded
            outbox.keep_file(session, message.id, file_id)

    def failed(self, message: Message, problem: str) -> None:
        """It will never arrive. A result that cannot be posted goes back to the facilitators."""
        with self._database.writing() as session:
            if not outbox.mark_failed(session, message.id, problem):
                return
            if message.kind is Kind.SUMMARY:
                if not posts.is_posted(session, message.in_round):
                    self._take_back(session, message)
                self._tell(session, message, Kind.NOT_POSTED)
            elif message.kind is Kind.REHEARSAL_OVER:
                self._forget(session, message)
            else:
                self._follow(session, message)

    def _take_back(self, session: Session, summary: Message) -> None:
        """Refused where it was promised, it waits for a press; elsewhere, for its day as before."""
        round_ = rounds.round_(session, summary.in_round)
        assert round_ is not None
        promised = round_.results_channel == summary.recipient
        rounds.move(
            session,
            summary.in_round,
            old=RoundState.PUBLISHED,
            new=RoundState.CLOSED,
            published_at=None,
            publishes_at=None if promised else round_.publishes_at,
        )

    def unreachable(self, message: Message, problem: str) -> None:
        """Nobody can write to this person: they get nothing more in this round."""
        with self._database.writing() as session:
            if outbox.is_gone(session, message.id):
                return
            outbox.mark_failed(session, message.id, problem)
            if message.participant_id is not None:
                participants.leave_alone(session, message.participant_id, problem)
                outbox.withdraw(session, message.in_round, message.recipient)

    def doubtful(self, message: Message, problem: str) -> None:
        """Nobody knows whether it arrived."""
        with self._database.writing() as session:
            outbox.mark_unknown(session, message.id, self._now(), problem)

    def again(self, message: Message, problem: str | None, seconds: float | None = None) -> None:
        """It has surely not arrived: once more, after Slack's own wait or a growing one."""
        now = self._now()
        wait = wait_before(message.attempts)
        due_at = now + (wait if seconds is None else max(wait, timedelta(seconds=seconds)))
        with self._database.writing() as session:
            outbox.mark_due(session, message.id, due_at, problem)

    def repeat(self, message: Message) -> bool:
        """It was looked for in vain, or cannot be looked for: send it once more.

        A post in a channel may then stand there twice; the facilitators are told. In doubt a
        second time it is left to them: False.
        """
        if message.kind in IN_CHANNEL and message.doubts > 1:
            self.failed(message, DOUBT_TWICE)
            return False
        with self._database.writing() as session:
            again = outbox.mark_due(session, message.id, self._now(), None)
            if again and message.kind in IN_CHANNEL:
                self._tell(session, message, Kind.MAYBE_TWICE)
        return True

    def repeat_unseen(self, message: Message) -> None:
        """Nothing of it can have been seen: send it once more."""
        with self._database.writing() as session:
            outbox.mark_due(session, message.id, self._now(), None)

    def _follow(self, session: Session, message: Message) -> None:
        """What comes next in the channel or conversation; nothing where there are no scores."""
        kind = FOLLOWED_BY.get(message.kind)
        if kind is None:
            return
        measured = answers.measurement(session, message.in_round)
        shown = measured is not None and measured.can_be_shown
        if not shown and message.kind is Kind.REHEARSED:
            kind = Kind.REHEARSAL_OVER
        if kind is Kind.TREND and not self._has_trend(session, message.in_round):
            return
        if shown or kind is Kind.REHEARSAL_OVER:
            outbox.enqueue(
                session,
                message.team_id,
                round_id=message.in_round,
                kind=kind,
                recipient=message.recipient,
                due_at=self._now(),
                number=message.number,
            )

    def _has_trend(self, session: Session, round_id: int) -> bool:
        round_ = rounds.round_(session, round_id)
        assert round_ is not None
        earlier = (
            answers.measurement(session, one.id) for one in rounds.closed_before(session, round_)
        )
        scored = sum(one is not None and one.can_be_shown for one in earlier)
        return 1 + scored >= RESULTS_FOR_A_TREND

    def _tell(self, session: Session, about: Message, kind: Kind) -> None:
        round_ = rounds.round_(session, about.in_round)
        assert round_ is not None
        self._facilitators.tell(
            session,
            about.team_id,
            round_.scorecard_id,
            kind,
            self._now(),
            number=about.id,
            round_id=round_.id,
        )
