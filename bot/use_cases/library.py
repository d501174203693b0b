"""The questionnaires at hand: the newest of the files, and every version that was asked."""

from collections.abc import Mapping
from contextlib import suppress

from questionnaires import catalog
from questionnaires.errors import (
    NoSuchQuestionnaire,
    QuestionnaireChanged,
    QuestionnaireInvalid,
)
from questionnaires.model import Questionnaire
from storage import workspaces
from storage.database import Database

FIRST = "mlops-scorecard"


class Library:
    """Read once at start. Raises QuestionnaireChanged when an asked version was edited.

    One that was only rehearsed may be: `holds` says whether a rehearsal can go on.
    """

    def __init__(self, files: Mapping[str, Questionnaire], database: Database) -> None:
        self._newest = dict(files)
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

    def version(self, questionnaire_id: str, version: int) -> Questionnaire:
        """A version that a round asks or asked."""
        return self._versions[questionnaire_id, version]

    def choices(self) -> list[Questionnaire]:
        """What a scorecard can be set up with: the bot's own scorecard first, then by title."""
        return sorted(self._newest.values(), key=lambda found: (found.id != FIRST, found.title))
