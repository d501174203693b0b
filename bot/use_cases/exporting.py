"""Results to take along: of one scorecard, for who may act for it, as a file for them only."""

from collections.abc import Callable
from datetime import datetime

from bot.use_cases.closing import Closing
from bot.use_cases.facilitators import Facilitators
from questionnaires.acts import Act
from questionnaires.errors import NothingToExport, StalePress, Superseded
from questionnaires.exports import Export, ExportedRound, Format, indexed
from questionnaires.messages import Kind, Message
from questionnaires.rounds import Round, RoundState, Scorecard
from questionnaires.standings import Exportable
from storage import acts, outbox, rounds, scorecards, workspaces
from storage.database import Database

Clock = Callable[[], datetime]

KINDS = {Format.CSV: Kind.EXPORT_CSV, Format.JSON: Kind.EXPORT_JSON}


class Exporting:
    """Closed rounds, posted or not: their facilitators see the result before it is posted."""

    def __init__(
        self, database: Database, facilitators: Facilitators, closing: Closing, now: Clock
    ) -> None:
        self._database = database
        self._facilitators = facilitators
        self._closing = closing
        self._now = now

    def choices(self, team_id: str, user_id: str, scorecard_id: int) -> Exportable:
        """What there is to take. Raises NotFacilitator, NoSuchScorecard, NothingToExport."""
        with self._database.reading() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            closed = rounds.with_result(session, scorecard_id)
        if not closed:
            raise NothingToExport(found.set_up.team_name)
        return Exportable(found.set_up.team_name, tuple(closed))

    def want_file(
        self, team_id: str, user_id: str, scorecard_id: int, format_: Format, round_id: int | None
    ) -> Exportable:
        """Write the file down to be sent; of which rounds is returned. `round_id` None: of all.

        One for each press, but while the same one is still on its way. It holds what there is
        when it is sent. Raises as `choices`, and StalePress for a round that is none of them.
        """
        seen = self.choices(team_id, user_id, scorecard_id)
        wanted = [one for one in seen.rounds if round_id in (None, one.id)]
        if not wanted:
            raise StalePress
        with self._database.writing() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            workspaces.hold_person(session, team_id, user_id)
            about = (None, scorecard_id) if round_id is None else (round_id, None)
            number = outbox.number_of_next(session, user_id, KINDS[format_], *about)
            if number is not None:
                outbox.enqueue(
                    session,
                    team_id,
                    kind=KINDS[format_],
                    recipient=user_id,
                    due_at=self._now(),
                    number=number,
                    round_id=about[0],
                    scorecard_id=about[1],
                )
                taken: Scorecard | Round = found if round_id is None else wanted[0]
                acts.note(session, Act.EXPORTED, taken, user_id, self._now())
        return Exportable(found.set_up.team_name, tuple(wanted))

    def wanted(self, message: Message) -> Export:
        """What a file holds, as it is now. Raises Superseded for who may not act any more."""
        with self._database.reading() as session:
            scorecard_id = message.scorecard_id
            if message.round_id is not None:
                round_ = rounds.round_(session, message.round_id, message.team_id)
                scorecard_id = round_.scorecard_id if round_ else None
            allowed = self._facilitators.of(session, message.team_id, scorecard_id)
            found = scorecards.scorecard(session, message.team_id, scorecard_id or 0)
        if found is None or message.recipient not in allowed:
            raise Superseded
        return self.export(found, message.round_id)

    def export(self, scorecard: Scorecard, round_id: int | None = None) -> Export:
        """All closed rounds, or the one; each with the index over all before it.

        Raises NothingToExport.
        """
        name = scorecard.set_up.team_name
        with self._database.reading() as session:
            closed = rounds.with_result(session, scorecard.id)
        every = indexed([self._exported(one) for one in closed])
        wanted = [
            exported
            for one, exported in zip(closed, every, strict=True)
            if round_id in (None, one.id)
        ]
        if not wanted:
            raise NothingToExport(name)
        return Export(name, tuple(wanted))

    def _exported(self, round_: Round) -> ExportedRound:
        posted = round_.state is RoundState.PUBLISHED
        return ExportedRound(round_.number, posted, self._closing.shown(round_.id).result)
