"""Every refusal, with the facts as attributes; the sentences stand in bot/errors.py.

ScorecardError
    QuestionnaireInvalid    a file that cannot be read strictly
    QuestionnaireChanged    a version that has been asked was edited
    Refusal                 somebody asked for something that is not to be had
        (one class for each sentence, below)
"""

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


class Refusal(ScorecardError):
    """Said to a person in a sentence; `field` names the modal's field it belongs under, if any."""

    field: str | None = None


class StalePress(Refusal):
    """A button or modal whose content this version does not understand."""


class NoSuchQuestion(Refusal):
    def __init__(self, question_id: str) -> None:
        super().__init__(question_id)
        self.question_id = question_id


class LevelOutOfScale(Refusal):
    def __init__(self, level: int | None) -> None:
        super().__init__(level)
        self.level = level


class ReasonMissing(Refusal):
    field = "reason"


class CommentTooLong(Refusal):
    field = "comment"

    def __init__(self, given: int, most: int) -> None:
        super().__init__(given, most)
        self.given = given
        self.most = most


class NotFacilitator(Refusal):
    """`facilitators`: user ids of those who may."""

    def __init__(self, facilitators: tuple[str, ...]) -> None:
        super().__init__(facilitators)
        self.facilitators = facilitators


class CannotFacilitate(Refusal):
    """`names` of people who are no real, active members; `unknown`: how many nobody knows."""

    field = "facilitators"

    def __init__(self, names: tuple[str, ...], unknown: int) -> None:
        super().__init__(names, unknown)
        self.names = names
        self.unknown = unknown


class NoSuchQuestionnaire(Refusal):
    field = "questionnaire"


class TeamNameMissing(Refusal):
    field = "team_name"


class TeamNameTooLong(Refusal):
    field = "team_name"

    def __init__(self, given: int, most: int) -> None:
        super().__init__(given, most)
        self.given = given
        self.most = most


class ScorecardExists(Refusal):
    field = "team_name"

    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


class DaysOpenOutOfRange(Refusal):
    field = "days_open"

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least, most)
        self.least = least
        self.most = most


class DaysOpenTooLong(Refusal):
    """The next round would come before this one closes; `most` working days fit in between."""

    field = "days_open"

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


class HourOutOfRange(Refusal):
    field = "hour"

    def __init__(self, first: int, last: int) -> None:
        super().__init__(first, last)
        self.first = first
        self.last = last


class NextDayMissing(Refusal):
    """A scorecard that repeats needs the day of its next round."""

    field = "first_on"


class ScorecardChanged(Refusal):
    """Somebody (None: the calendar) changed it between editing and saving."""

    def __init__(self, team_name: str, by: str | None) -> None:
        super().__init__(team_name, by)
        self.team_name = team_name
        self.by = by


class FirstDayPassed(Refusal):
    """`today`: in the zone of who is setting up."""

    field = "first_on"

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.today = today


class NobodyToAsk(Refusal):
    """The audience has no real, active member."""

    field = "audience"


class EverybodyAskedLately(Refusal):
    """Each of the audience was asked the same less than 30 days ago; `from_`: the day it may be."""

    field = "audience"

    def __init__(self, from_: date) -> None:
        super().__init__(from_)
        self.from_ = from_


class AudienceUnreadable(Refusal):
    """The bot may not read the members of a channel; `channel` is its id."""

    field = "audience"

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel


class AudienceArchived(AudienceUnreadable):
    pass


class GroupUnreadable(Refusal):
    """The user group is switched off, gone, or out of reach; `group` is its id."""

    field = "audience_group"

    def __init__(self, group: str) -> None:
        super().__init__(group)
        self.group = group


class GroupEmpty(GroupUnreadable):
    pass


class GroupsNeedPlan(GroupUnreadable):
    """User groups are part of Slack's paid plans, and this workspace has none."""


class ResultsChannelClosed(Refusal):
    """The bot cannot post there; `channel` is its id."""

    field = "results_channel"

    def __init__(self, channel: str) -> None:
        super().__init__(channel)
        self.channel = channel


class ResultsChannelArchived(ResultsChannelClosed):
    pass


class ResultsChannelShared(ResultsChannelClosed):
    """Shared with another organisation: results would leave the company."""


class SetUpGone(Refusal):
    """The confirmed set-up was confirmed before, or is no longer there."""


class NoSuchScorecard(Refusal):
    """The scorecard is not one of this workspace."""


class Paused(Refusal):
    """What was wished would write to people, and the scorecard is paused."""

    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


class NotPaused(Refusal):
    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


class NothingToSkip(Refusal):
    """The round that was to be skipped is not the next one any more; `next_on` is."""

    def __init__(self, next_on: date | None) -> None:
        super().__init__(next_on)
        self.next_on = next_on


class RoundIsOpen(Refusal):
    """Another round of the same scorecard waits until this one is closed."""

    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


class DeadlineMoved(Refusal):
    """Somebody moved the deadline meanwhile; it is `closes_at`, in `zone`, now."""

    def __init__(self, closes_at: datetime, zone: str) -> None:
        super().__init__(closes_at, zone)
        self.closes_at = closes_at
        self.zone = zone


class NoRoomToExtend(Refusal):
    """The next round, on `next_on`, comes before any later deadline; or 40 days are used up."""

    def __init__(self, next_on: date | None) -> None:
        super().__init__(next_on)
        self.next_on = next_on


class NobodyToRemind(Refusal):
    """Everybody has finished, skipped, was reminded twice, or is not to be written to."""

    def __init__(self, team_name: str) -> None:
        super().__init__(team_name)
        self.team_name = team_name


class RoundClosed(Refusal):
    """`closed_at`: aware, UTC."""

    def __init__(self, team_name: str, closed_at: datetime) -> None:
        super().__init__(team_name, closed_at)
        self.team_name = team_name
        self.closed_at = closed_at


class TooLateToRemind(Refusal):
    """The round closes before somebody could be asked again. `closes_at`: in `zone`."""

    def __init__(self, closes_at: datetime, zone: str) -> None:
        super().__init__(closes_at, zone)
        self.closes_at = closes_at
        self.zone = zone


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


class AlreadyPosted(Refusal):
    def __init__(self, team_name: str, channel: str) -> None:
        super().__init__(team_name, channel)
        self.team_name = team_name
        self.channel = channel
