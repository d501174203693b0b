"""What somebody's Home tab shows: their own part, their teams' results, what they look after."""

from collections.abc import Iterable

from bot.use_cases.closing import Closing
from bot.use_cases.standing import Standing
from questionnaires.results import Result, ShownScore
from questionnaires.rounds import RoundState
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
            shown = self._closing.shown(latest.id).result
            yield TeamResult(
                round=latest,
                respondents=shown.respondents,
                overall=shown.overall,
                before=_before(shown),
                next_on=scorecard.next_on if scorecard else None,
                several=bool(earlier),
            )


def _before(latest: Result) -> tuple[str, ShownScore] | None:
    """Not of other questions, nor of questions that weighed otherwise."""
    since = latest.since
    scored = [one for one in latest.dimensions if one.score is not None]
    if since is None or since.overall is None:
        return None
    if any(one.change is None or one.change.composition for one in scored):
        return None
    return since.round_title, since.overall
