"""What a file is compared with when it comes alone: what was asked last, or what is installed."""

from dataclasses import dataclass

from bot.check import database, variables
from bot.check.findings import Mark
from bot.check.questionnaires import unreadable
from bot.obstacles import QuestionnairesUnreadable, needing_questionnaires
from questionnaires import catalog
from questionnaires.errors import QuestionnaireInvalid
from questionnaires.model import Questionnaire


class NothingBefore(Exception):
    """`sentences`: why there is nothing to compare with, and what to do about it."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(*sentences)
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Before:
    """`remarks`: what the database could not tell, as lines of `check`."""

    questionnaire: Questionnaire
    was_asked: bool
    remarks: tuple[str, ...]


def of(questionnaire_id: str) -> Before:
    """Raises NothingBefore."""
    reading = variables.read()
    if "database_url" in reading.broken:
        raise NothingBefore(*(one.says for one in reading.findings if "DATABASE_URL" in one.says))
    stored = database.look(reading.settings.database_url)
    remarks = tuple(one.line for one in stored.findings if one.mark is not Mark.FINE)
    versions = {number: source for name, number, _, source in stored.asked
                if name == questionnaire_id}  # fmt: skip
    if versions:
        newest = max(versions)
        asked = _asked(questionnaire_id, newest, versions[newest])
        return Before(asked, was_asked=True, remarks=remarks)
    return Before(_installed(questionnaire_id, reading), was_asked=False, remarks=remarks)


def _asked(questionnaire_id: str, version: int, source: str) -> Questionnaire:
    try:
        return catalog.parse(f"{questionnaire_id} version {version}, as it was asked", source)
    except QuestionnaireInvalid as error:
        raise NothingBefore(str(error)) from None


def _installed(questionnaire_id: str, reading: variables.Reading) -> Questionnaire:
    own = reading.settings.questionnaires_dir
    try:
        with needing_questionnaires():
            found, _ = catalog.load_what_is_right(own=own)
    except QuestionnairesUnreadable as error:
        raise NothingBefore(unreadable(own, error.cause)) from None
    if questionnaire_id not in found:
        raise NothingBefore(
            f"{questionnaire_id} was not asked, and no file with this id is installed. Name the "
            "older file as well: questionnaire diff OLD NEW."
        )
    return found[questionnaire_id]
