"""What is kept of one person: all of it as a file, for that person only."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot.use_cases.library import Library
from questionnaires.errors import StalePress
from questionnaires.kept import Kept, KeptAnswer, KeptDraft, KeptRound
from questionnaires.messages import Kind
from questionnaires.model import Questionnaire
from questionnaires.rounds import Participant, Round
from storage import acts, keeping, outbox, tailorings, workspaces
from storage.database import Database

Clock = Callable[[], datetime]


class OwnData:
    def __init__(self, database: Database, library: Library, now: Clock) -> None:
        self._database = database
        self._library = library
        self._now = now

    def want_file(self, team_id: str, user_id: str) -> None:
        """Write the file down to be sent: one for each press, but while one is still on its way.

        It holds what is kept when it is sent. Raises StalePress where the bot never was.
        """
        with self._database.writing() as session:
            if not workspaces.is_kept(session, team_id):
                raise StalePress
            workspaces.hold_person(session, team_id, user_id)
            number = outbox.number_of_next(session, user_id, Kind.OWN_DATA)
            if number is not None:
                outbox.enqueue(
                    session,
                    team_id,
                    kind=Kind.OWN_DATA,
                    recipient=user_id,
                    due_at=self._now(),
                    number=number,
                )

    def kept(self, team_id: str, user_id: str) -> Kept:
        """Everything, as it is now."""
        with self._database.reading() as session:
            parts = keeping.parts(session, team_id, user_id)
            deeds = acts.of_person(session, team_id, user_id)
            drafts = tailorings.drafts_of(session, team_id, user_id)
            return Kept(
                workspace=keeping.workspace_name(session, team_id),
                at=self._now(),
                user_id=user_id,
                person=workspaces.person(session, team_id, user_id),
                role=keeping.role(session, team_id, user_id),
                rounds=tuple(self._round(session, *part) for part in parts),
                messages=tuple(keeping.messages(session, team_id, user_id)),
                deeds=tuple(deeds),
                acts=tuple(keeping.acts(session, team_id, user_id, deeds)),
                drafts=tuple(KeptDraft(*one) for one in drafts),
            )

    def _round(
        self, session: Session, round_: Round, participant: Participant, changed: datetime | None
    ) -> KeptRound:
        asked = self._library.of(session, round_)
        return KeptRound(
            round=round_,
            participant=participant,
            changed_at=changed,
            questionnaire=asked.title,
            scale=asked.scale,
            answers=tuple(_answers(session, asked, participant.id)),
        )


def _answers(session: Session, asked: Questionnaire, participant_id: int) -> list[KeptAnswer]:
    """In the order of the questions, whichever of them has an answer or a comment."""
    said = keeping.ratings(session, participant_id)
    remarks = keeping.comments(session, participant_id)
    found = []
    for dimension in asked.dimensions:
        for question in dimension.questions:
            rating, at = said.get(question.id, (None, None))
            remark = remarks.get(question.id)
            if rating is not None or remark is not None:
                found.append(KeptAnswer(question, dimension, rating, at, remark))
    return found
