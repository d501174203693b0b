"""What facilitators did with a scorecard. Each use case notes its own, where it is done."""

from bot.use_cases.facilitators import Facilitators
from questionnaires.acts import SHOWN_MOST, History
from storage import acts, workspaces
from storage.database import Database


class Histories:
    def __init__(self, database: Database, facilitators: Facilitators) -> None:
        self._database = database
        self._facilitators = facilitators

    def of(self, team_id: str, user_id: str, scorecard_id: int) -> History:
        """The newest acts, for who may act for it. Raises NotFacilitator, NoSuchScorecard."""
        with self._database.reading() as session:
            found = self._facilitators.scorecard(session, team_id, user_id, scorecard_id)
            deeds, earlier = acts.of_scorecard(session, team_id, scorecard_id, SHOWN_MOST)
            zone = workspaces.zone(session, team_id, user_id)
        return History(found.set_up.team_name, zone, tuple(deeds), earlier)
