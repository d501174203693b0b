"""Another workspace in the same database, in which people have the same ids."""

from dataclasses import replace
from datetime import timedelta

from questionnaires import catalog
from questionnaires.calendar import Cadence
from questionnaires.model import Rating
from questionnaires.rounds import Audience, Round, RoundState, SetUp
from storage import answers, namings, participants, rounds, scorecards, workspaces
from storage.tables import PersonRow
from tests.conftest import MONDAY, TEAM
from tests.driver import Driver

OTHERS = "T0OTHERS"
ASKED = "mlops-scorecard"


def add_workspace(bot: Driver) -> tuple[int, int]:
    """A scorecard with an open round and a draft that waits; returns round and draft.

    Amara is an admin there, too; everybody is asked, and Chiara has answered.
    """
    questionnaire = catalog.load_all()[ASKED]
    set_up = SetUp("Others", ASKED, Audience("C77"), "C77", Cadence.ONCE, "UTC", TEAM[0][0])
    with bot.runtime.database.writing() as session:
        workspaces.save_workspace(session, OTHERS, "Others", "UBOT")
        for user_id, name, zone in TEAM:
            session.add(PersonRow(team_id=OTHERS, user_id=user_id, name=name, zone=zone))
        workspaces.lock_questionnaire(session, OTHERS, questionnaire, MONDAY)
        scorecard_id = scorecards.add_draft(session, OTHERS, set_up, MONDAY)
        added = scorecards.scorecard(session, OTHERS, scorecard_id)
        assert added is not None
        scorecards.activate(session, added, MONDAY.date(), MONDAY.date())
        namings.add(session, OTHERS, scorecard_id, "U02BEN", "U01AMARA")
        draft_id = scorecards.add_draft(
            session, OTHERS, replace(set_up, team_name="Drafted"), MONDAY
        )
        opened = Round(
            id=0,
            team_id=OTHERS,
            scorecard_id=scorecard_id,
            number=1,
            team_name="Others",
            title="January 2027",
            state=RoundState.OPEN,
            questionnaire_id=questionnaire.id,
            questionnaire_version=questionnaire.version,
            k=5,
            zone="UTC",
            hour=10,
            results_channel="C77",
            opened_by="U01AMARA",
            opened_at=MONDAY,
            closes_at=bot.clock() + timedelta(days=9),
        )
        round_ = rounds.add_round(session, opened, MONDAY.date())
        asked = [(user_id, zone, MONDAY) for user_id, _, zone in TEAM]
        for one in participants.add(session, OTHERS, round_.id, asked):
            if one.user_id == "U03CHIARA":
                first = questionnaire.core[0].id
                answers.save_answer(
                    session,
                    OTHERS,
                    participant_id=one.id,
                    question_id=first,
                    rating=Rating.of_level(1),
                    now=MONDAY,
                )
    return round_.id, draft_id
