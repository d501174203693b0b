"""Every refusal, with the facts as attributes; the sentences stand in bot/errors.py.

ScorecardError
    QuestionnaireInvalid    a file that cannot be read strictly
    QuestionnaireChanged    a version that has been asked was edited
    NotRecomputable         a round from which answers were erased was to be computed anew
    Refusal                 somebody asked for something that is not to be had
        (one class for each sentence, below; those about past results: questionnaires/in_vain.py)
"""

from dataclasses import dataclass
from datetime import date, datetime


class ScorecardError(Exception):
    """The root: everything this product refuses on purpose."""


class QuestionnaireInvalid(ScorecardError):
    """`problems`: one sentence for each thing that is wrong, with question and field."""

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n  ".join((f"{file}, {many}:", *problems)))
        self.file = file
        self.problems = problems


class QuestionnaireChanged(ScorecardError):
    """A version that has been asked never changes; `file` holds other text under its number."""

    def __init__(self, questionnaire_id: str, version: int) -> None:
        super().__init__(
            f"{questionnaire_id} version {version} has been asked and was edited since: "
            "give the edited file a new version number"
        )
        self.questionnaire_id = questionnaire_id
        self.version = version


class NotRecomputable(ScorecardError):
    """Answers were erased, of this round or of the one it is compared with: what is left would
    give another result."""


class Refusal(ScorecardError):
    """Said to a person in a sentence; `field` names the modal's field it belongs under, if any."""

    field: str | None = None


class StalePress(Refusal):
    """A button or modal whose content this version does not understand."""


@dataclass(eq=False)
class NoSuchQuestion(Refusal):
    question_id: str


@dataclass(eq=False)
class LevelOutOfScale(Refusal):
    level: int | None


class ReasonMissing(Refusal):
    field = "reason"


@dataclass(eq=False)
class CommentTooLong(Refusal):
    field = "comment"

    given: int
    most: int


@dataclass(eq=False)
class NotFacilitator(Refusal):
    """`facilitators`: user ids of those who may. `of_some`: refused to one of single scorecards."""

    facilitators: tuple[str, ...]
    of_some: bool = False


@dataclass(eq=False)
class CannotFacilitate(Refusal):
    """`names` of people who are no real, active members; `unknown`: how many nobody knows."""

    field = "facilitators"

    names: tuple[str, ...]
    unknown: int


class NoSuchQuestionnaire(Refusal):
    field = "questionnaire"


class TeamNameMissing(Refusal):
    field = "team_name"


@dataclass(eq=False)
class TeamNameTooLong(Refusal):
    field = "team_name"

    given: int
    most: int


@dataclass(eq=False)
class ScorecardExists(Refusal):
    field = "team_name"

    team_name: str


@dataclass(eq=False)
class DaysOpenOutOfRange(Refusal):
    field = "days_open"

    least: int
    most: int


@dataclass(eq=False)
class DaysOpenTooLong(Refusal):
    """The next round would come before this one closes; `most` working days fit in between."""

    field = "days_open"

    most: int


@dataclass(eq=False)
class HourOutOfRange(Refusal):
    field = "hour"

    first: int
    last: int


class NextDayMissing(Refusal):
    """A scorecard that repeats needs the day of its next round."""

    field = "first_on"


@dataclass(eq=False)
class ScorecardChanged(Refusal):
    """Somebody (None: the calendar) changed it between editing and saving."""

    team_name: str
    by: str | None


class PlanChanged(ScorecardChanged):
    """The same between what a round would be like and opening it."""


@dataclass(eq=False)
class FirstDayPassed(Refusal):
    """`today`: in the zone of who is setting up."""

    field = "first_on"

    today: date


class NobodyToAsk(Refusal):
    """The audience has no real, active member."""

    field = "audience"


@dataclass(eq=False)
class EverybodyAskedLately(Refusal):
    """Each of the audience was asked the same less than 30 days ago; `from_`: the day it may be."""

    field = "audience"

    from_: date


@dataclass(eq=False)
class AudienceUnreadable(Refusal):
    """The bot may not read the members of a channel; `channel` is its id."""

    field = "audience"

    channel: str


class AudienceArchived(AudienceUnreadable):
    pass


@dataclass(eq=False)
class GroupUnreadable(Refusal):
    """The user group is switched off, gone, or out of reach; `group` is its id."""

    field = "audience_group"

    group: str


class GroupEmpty(GroupUnreadable):
    pass


class GroupsNeedPlan(GroupUnreadable):
    """User groups are part of Slack's paid plans, and this workspace has none."""


@dataclass(eq=False)
class ResultsChannelClosed(Refusal):
    """The bot cannot post there; `channel` is its id."""

    field = "results_channel"

    channel: str


class ResultsChannelArchived(ResultsChannelClosed):
    pass


class ResultsChannelShared(ResultsChannelClosed):
    """Shared with another organisation: results would leave the company."""


@dataclass(eq=False)
class NothingTailored(Refusal):
    """Changes of the questions that were saved or taken back before."""

    team_name: str


class SetUpGone(Refusal):
    """The confirmed set-up was confirmed before, or is no longer there."""


class NoSuchScorecard(Refusal):
    """The scorecard is not one of this workspace."""


@dataclass(eq=False)
class Paused(Refusal):
    """What was wished would write to people, and the scorecard is paused."""

    team_name: str


@dataclass(eq=False)
class NotPaused(Refusal):
    team_name: str


@dataclass(eq=False)
class NothingToSkip(Refusal):
    """The round that was to be skipped is not the next one any more; `next_on` is."""

    next_on: date | None


@dataclass(eq=False)
class RoundIsOpen(Refusal):
    """Another round of the same scorecard waits until this one is closed."""

    team_name: str


@dataclass(eq=False)
class DeadlineMoved(Refusal):
    """Somebody moved the deadline meanwhile; it is `closes_at`, in `zone`, now."""

    closes_at: datetime
    zone: str


@dataclass(eq=False)
class NoRoomToExtend(Refusal):
    """The next round, on `next_on`, comes before any later deadline; or 40 days are used up."""

    next_on: date | None


@dataclass(eq=False)
class NobodyToRemind(Refusal):
    """Everybody has finished, skipped, was reminded twice, or is not to be written to."""

    team_name: str


@dataclass(eq=False)
class RoundClosed(Refusal):
    """`closed_at`: told in `zone`."""

    team_name: str
    closed_at: datetime
    zone: str


@dataclass(eq=False)
class TooLateToRemind(Refusal):
    """The round closes before somebody could be asked again. `closes_at`: in `zone`."""

    closes_at: datetime
    zone: str


class NotInRound(Refusal):
    """Not asked in this round, of another workspace, or it was a rehearsal that is over."""


class Left(Refusal):
    """The person was deactivated, or is no member that may be asked any more."""


class LeftAlone(Refusal):
    """Nothing more is sent to this person in this round."""


class AskedBefore(Refusal):
    """Somebody who has begun, skipped, or asked for a later day: one invitation is enough."""


class Superseded(Refusal):
    """A message that a newer one takes the place of: a picture of scores, a reminder."""


class NoOpenRound(Refusal):
    pass


class RoundNotClosed(Refusal):
    pass


@dataclass(eq=False)
class NothingToExport(Refusal):
    team_name: str  # no round of this team's is closed yet


@dataclass(eq=False)
class AlreadyPosted(Refusal):
    team_name: str
    channel: str
