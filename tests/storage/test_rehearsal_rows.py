"""Rehearsals among other rows: found by nobody else, deleted as a whole and nothing beside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from questionnaires.calendar import Cadence
from questionnaires.errors import QuestionnaireChanged
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire, Rating
from questionnaires.rehearsal import Colleague
from questionnaires.rounds import Manner, Participant, Round, RoundState, Scorecard, SetUp
from storage import (
    answers,
    outbox,
    participants,
    rehearsals,
    rounds,
    scorecards,
    workspaces,
)
from storage.database import Database
from tests.storage.conftest import DAY, NOW

LATER = NOW + timedelta(days=40)
COLLEAGUES = (
    Colleague("made-up-1", {"DEP-1": Rating.of_level(2)}, ("DEP-1", "A remark.")),
    Colleague("made-up-2", {"DEP-1": Rating.dont_know()}),
)


def everything(database: Database) -> Mapping[str, list[Any]]:
    with database.reading() as session:
        return {
            table.name: sorted(map(str, session.connection().execute(table.select())))
            for table in SQLModel.metadata.sorted_tables
        }


def rehearse(
    database: Database, set_up: SetUp, a_round: Round, questionnaire: Questionnaire, who: str = "U1"
) -> Round:
    """A rehearsal with an answer, a message and two made-up colleagues."""
    wished = replace(set_up, created_by=who, cadence=Cadence.ONCE, manner=Manner.REHEARSAL)
    with database.writing() as session:
        workspaces.lock_questionnaire(session, "T1", questionnaire, NOW)
        scorecard_id = rehearsals.add_scorecard(session, "T1", wished, NOW)
        version = questionnaire.version
        opened = replace(
            a_round,
            scorecard_id=scorecard_id,
            questionnaire_version=version,
            manner=Manner.REHEARSAL,
            opened_by=who,
        )
        round_ = rounds.add_round(session, opened, DAY)
        rehearsals.add_colleagues(session, round_, COLLEAGUES, NOW)
        (me,) = participants.add(session, "T1", round_.id, [(who, "Europe/Paris", NOW)])
        participants.set_card(session, me.id, "D1", "1.2")
        answers.save_answer(
            session,
            "T1",
            participant_id=me.id,
            question_id="DEP-1",
            rating=Rating.of_level(3),
            now=NOW,
        )
        outbox.enqueue(
            session,
            "T1",
            kind=Kind.REHEARSAL,
            recipient=who,
            due_at=NOW,
            round_id=round_.id,
            participant_id=me.id,
        )
    return round_


@pytest.fixture
def rehearsed(
    database: Database, set_up: SetUp, a_round: Round, questionnaire: Questionnaire
) -> Round:
    return rehearse(database, set_up, a_round, questionnaire)


@pytest.mark.usefixtures("opened", "asked")
def test_purging_one_leaves_every_other_row(
    database: Database, set_up: SetUp, a_round: Round, questionnaire: Questionnaire
) -> None:
    before = everything(database)
    round_ = rehearse(database, set_up, a_round, questionnaire)
    assert everything(database) != before
    with database.writing() as session:
        assert rehearsals.purge(session, round_.id) == ("D1", "1.2")
    assert everything(database) == before
    with database.writing() as session:
        assert rehearsals.purge(session, round_.id) is None


def test_a_real_round_is_never_purged(
    database: Database, opened: Round, asked: list[Participant]
) -> None:
    before = everything(database)
    with database.writing() as session:
        assert rehearsals.purge(session, opened.id) is None
    assert everything(database) == before
    assert asked


@pytest.mark.usefixtures("opened")
def test_somebody_has_one_at_a_time_and_it_takes_no_teams_name(
    database: Database, set_up: SetUp, rehearsed: Round
) -> None:
    again = replace(set_up, manner=Manner.REHEARSAL)
    with pytest.raises(IntegrityError), database.writing() as session:
        rehearsals.add_scorecard(session, "T1", again, NOW)
    with database.reading() as session:
        assert rehearsals.of_person(session, "T1", "U1") == rehearsed
        assert rehearsals.of_person(session, "T1", "U2") is None
        assert rehearsals.of_person(session, "T2", "U1") is None
        for name in ("Rehearsal U1", "rehearsal u1"):
            assert not scorecards.is_name_taken(session, "T1", name)


@pytest.mark.usefixtures("rehearsed")
def test_two_people_rehearse_side_by_side(
    database: Database, set_up: SetUp, a_round: Round, questionnaire: Questionnaire
) -> None:
    other = rehearse(database, set_up, a_round, questionnaire, "U2")
    with database.writing() as session:
        rehearsals.purge(session, other.id)
        left = [one for one, _ in rehearsals.under_way(session)]
        assert [one.opened_by for one in left] == ["U1"]


def test_no_list_of_scorecards_or_rounds_has_it(
    database: Database, scorecard: Scorecard, opened: Round, rehearsed: Round
) -> None:
    with database.reading() as session:
        assert [one.id for one in scorecards.in_use(session, "T1")] == [scorecard.id]
        assert [one.id for one in scorecards.due(session, LATER.date())] == [scorecard.id]
        assert scorecards.scorecard(session, "T1", rehearsed.scorecard_id) is None
        assert scorecards.created_by(session, "T1", "U1") == {scorecard.id}
        assert [one.id for one in rounds.in_state(session, RoundState.OPEN)] == [opened.id]
        assert rounds.ending(session, LATER) == [opened.id]
        assert [one.id for one in rounds.audience_due(session, LATER)] == [opened.id]
        assert [one.id for one, _ in rehearsals.under_way(session)] == [rehearsed.id]


def test_closed_it_is_not_posted_nor_late(database: Database, rehearsed: Round) -> None:
    with database.writing() as session:
        old, new = RoundState.OPEN, RoundState.CLOSED
        at = rehearsed.closes_at + timedelta(days=1)
        assert rounds.move(session, rehearsed.id, old=old, new=new, closed_at=at, publishes_at=at)
        assert rounds.posting(session, LATER) == []
        late = rounds.came_late(session, "T1", NOW, rehearsed.closes_at)
        assert not any(late.values())


def test_who_rehearsed_was_asked_in_no_real_round(
    database: Database, scorecard: Scorecard, rehearsed: Round
) -> None:
    with database.reading() as session:
        assert participants.last_asked(session, scorecard.id, ["U1", "made-up-1"]) == {}
        assert participants.of_person(session, "T1", "U1")[0][0] == rehearsed


def test_questions_that_were_only_rehearsed_are_not_asked_and_go_with_it(
    database: Database,
    set_up: SetUp,
    a_round: Round,
    questionnaire: Questionnaire,
    scorecard: Scorecard,
) -> None:
    newer = replace(questionnaire, version=2, digest="def")
    round_ = rehearse(database, set_up, a_round, newer)
    with database.writing() as session:
        asked = {version for _, version, _, _ in workspaces.asked_questionnaires(session)}
        assert asked == {1}
        assert [one[1] for one in workspaces.rehearsed_questionnaires(session)] == [2]
        rehearsals.purge(session, round_.id)
        assert workspaces.rehearsed_questionnaires(session) == []
        workspaces.lock_questionnaire(session, "T1", replace(newer, digest="edited"), NOW)
    assert scorecard.team_id == "T1"


def test_a_real_round_asks_the_edited_text_beside_a_rehearsal_of_the_old_one(
    database: Database,
    set_up: SetUp,
    a_round: Round,
    questionnaire: Questionnaire,
    scorecard: Scorecard,
) -> None:
    newer = replace(questionnaire, version=2, digest="def")
    round_ = rehearse(database, set_up, a_round, newer)
    edited = replace(newer, digest="edited")
    with database.writing() as session:
        workspaces.lock_questionnaire(session, "T1", edited, LATER)
        real = replace(a_round, scorecard_id=scorecard.id, questionnaire_version=2)
        rounds.add_round(session, real, DAY)
        with pytest.raises(QuestionnaireChanged):
            workspaces.lock_questionnaire(session, "T1", newer, LATER)
        rehearsals.purge(session, round_.id)
        asked = {one[1]: one[2] for one in workspaces.asked_questionnaires(session)}
    assert asked == {1: "abc", 2: "edited"}


def test_what_arrives_for_one_that_is_gone_is_known_to_be_gone(
    database: Database, rehearsed: Round
) -> None:
    with database.writing() as session:
        (message,) = outbox.claim_due(session, NOW, 1)
        assert not outbox.is_gone(session, message.id)
        rehearsals.purge(session, rehearsed.id)
        assert outbox.is_gone(session, message.id)
        assert not outbox.mark_sent(session, message.id, "D1", "1.3")
        assert not outbox.mark_failed(session, message.id, "not_in_channel")
        assert not outbox.mark_due(session, message.id, NOW, None)
