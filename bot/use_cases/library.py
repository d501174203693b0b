"""The questionnaires at hand: the newest of the files, and every version that was asked."""

from collections.abc import Mapping
from contextlib import suppress
from itertools import islice

from sqlmodel import Session

from questionnaires import catalog
from questionnaires.errors import (
    NoSuchQuestionnaire,
    QuestionnaireChanged,
    QuestionnaireInvalid,
)
from questionnaires.model import Questionnaire
from questionnaires.rounds import Round, Scorecard
from questionnaires.tailoring import Tailoring, tailored
from storage import tailorings, workspaces
from storage.database import Database

FIRST = "mlops-scorecard"
MADE_MOST = 100


class Library:
    """Read once at start. Raises QuestionnaireChanged when an asked version was edited.

    One that was only rehearsed may be: `holds` says whether a rehearsal can go on.
    """

    def __init__(self, files: Mapping[str, Questionnaire], database: Database) -> None:
        self._newest = dict(files)
        self._made: Mapping[str, Questionnaire] = {}
        self._versions = {(found.id, found.version): found for found in files.values()}
        with database.reading() as session:
            asked = workspaces.asked_questionnaires(session)
            rehearsed = workspaces.rehearsed_questionnaires(session)
        for questionnaire_id, version, digest, source in asked:
            known = self._versions.get((questionnaire_id, version))
            if known is not None and known.digest != digest:
                raise QuestionnaireChanged(questionnaire_id, version)
            if known is None:
                name = f"{questionnaire_id} version {version}, as it was asked"
                self._versions[questionnaire_id, version] = catalog.parse(name, source)
        for questionnaire_id, version, _, source in rehearsed:
            if (questionnaire_id, version) not in self._versions:
                with suppress(QuestionnaireInvalid):
                    name = f"{questionnaire_id} version {version}, as it is rehearsed"
                    self._versions[questionnaire_id, version] = catalog.parse(name, source)

    def holds(self, questionnaire_id: str, version: int, digest: str) -> bool:
        """Whether a version is at hand with exactly this text."""
        known = self._versions.get((questionnaire_id, version))
        return known is not None and known.digest == digest

    def newest(self, questionnaire_id: str) -> Questionnaire:
        """Raises NoSuchQuestionnaire."""
        try:
            return self._newest[questionnaire_id]
        except KeyError:
            raise NoSuchQuestionnaire from None

    def of(self, session: Session, round_: Round) -> Questionnaire:
        """What a round asks or asked, as its team had tailored it when it opened."""
        version = self._versions[round_.questionnaire_id, round_.questionnaire_version]
        if round_.tailoring_id is None:
            return version
        return self._tailored(version, tailorings.of_round(session, round_.tailoring_id))

    def next(
        self, session: Session, scorecard: Scorecard, questionnaire_id: str | None = None
    ) -> Questionnaire:
        """What a scorecard's next round asks, as tailored by now.

        `questionnaire_id`: of other questions than it has. Raises NoSuchQuestionnaire.
        """
        newest = self.newest(questionnaire_id or scorecard.set_up.questionnaire_id)
        return tailored(newest, tailorings.current(session, scorecard.id).tailoring)

    def _tailored(self, version: Questionnaire, tailoring: Tailoring) -> Questionnaire:
        """Made once for everybody in a round: every press asks for it."""
        key = f"{version.digest} {tailoring}"
        found = self._made.get(key)
        if found is None:
            found = tailored(version, tailoring)
            self._made = {**dict(islice(self._made.items(), MADE_MOST - 1)), key: found}
        return found

    def choices(self) -> list[Questionnaire]:
        """What a scorecard can be set up with: the bot's own scorecard first, then by title."""
        return sorted(self._newest.values(), key=lambda found: (found.id != FIRST, found.title))
