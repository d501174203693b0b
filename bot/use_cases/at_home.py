"""What somebody's Home tab shows: their own part, their teams' results, what they look after."""

from collections.abc import Iterable

from bot.use_cases.closing import Closing, Shown
from bot.use_cases.standing import Standing
from questionnaires.results import ShownScore
from questionnaires.rounds import Round, RoundState
from questionnaires.standings import AtHome, OwnPart, Status, TeamResult
from storage import participants, rounds, scorecards
from storage.database import Database

RESULTS_MOST = 5


class Homes:
    def __init__(self, database: Database, standing: Standing, closing: Closing) -> None:
        self._database = database
        self._standing = standing
        self._closing = closing

    def home(self, team_id: str, user_id: str, page: int) -> AtHome:
        """`page`: of the scorecards that somebody looks after, from 0."""
        who = self._standing.welcome(team_id, user_id)
        status = self._standing.status(team_id, user_id)
        return AtHome(
            facilitators=who.facilitators,
            parts=tuple(self._open_parts(team_id, user_id)),
            results=tuple(self._results(team_id, user_id)),
            status=status if isinstance(status, Status) else None,
            may_set_up=who.facilitator,
            page=page,
        )

    def _open_parts(self, team_id: str, user_id: str) -> Iterable[OwnPart]:
        own = self._standing.own(team_id, user_id)
        return (part for part in own if part.round.state is RoundState.OPEN)

    def _results(self, team_id: str, user_id: str) -> Iterable[TeamResult]:
        """Of each team that somebody was asked in: the latest result that was posted."""
        with self._database.reading() as session:
            asked = participants.of_person(session, team_id, user_id)
            teams = list(dict.fromkeys(round_.scorecard_id for round_, _ in asked))
            posted = [rounds.posted(session, scorecard_id, 2) for scorecard_id in teams]
            found = [one for one in posted if one][:RESULTS_MOST]
            coming = {
                latest.scorecard_id: scorecards.scorecard(session, team_id, latest.scorecard_id)
                for latest, *_ in found
            }
        for latest, *earlier in found:
            scorecard = coming[latest.scorecard_id]
            latest_shown = self._closing.shown(latest.id)
            shown = latest_shown.result
            yield TeamResult(
                round=latest,
                respondents=shown.respondents,
                overall=shown.overall,
                before=self._before(latest_shown, earlier),
                next_on=scorecard.next_on if scorecard else None,
            )

    def _before(self, latest: Shown, earlier: Iterable[Round]) -> tuple[str, ShownScore] | None:
        """What a team agreed and what people said on their own are not set side by side.

        Nor are scores of other questions, or of questions that weighed differently.
        """
        before = next(iter(earlier), None)
        if before is None or before.manner is not latest.round.manner:
            return None
        shown = self._closing.shown(before.id)
        score = shown.result.overall
        return (before.title, score) if score and shown.counted == latest.counted else None
