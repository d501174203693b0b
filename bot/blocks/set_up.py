"""Setting up a scorecard: the form, the confirmation, and what is said when it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import ids, together, wording
from bot.blocks.carried import any_row_id, packed, unpacked
from bot.blocks.form import CADENCES, fields
from bot.blocks.ids import Rehearsed
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.calendar import INVITING_LATEST_HOUR
from questionnaires.errors import SetUpGone
from questionnaires.model import Questionnaire
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import Manner
from questionnaires.standings import Draft, Started

READERS_PER_PERSON = 3


@dataclass(frozen=True, slots=True)
class Return:
    """What a set-up modal carries: the draft once there is one, and where to answer."""

    response_url: str
    scorecard_id: int | None = None

    @property
    def metadata(self) -> str:
        return packed(self.response_url, self.scorecard_id)

    @property
    def draft_id(self) -> int:
        """Raises SetUpGone where no draft was kept."""
        if self.scorecard_id is None:
            raise SetUpGone
        return self.scorecard_id

    @classmethod
    def parse(cls, metadata: str) -> "Return":
        """Raises StalePress."""
        response_url, scorecard_id = unpacked(metadata, str, int | None)
        return cls(response_url, any_row_id(scorecard_id))


def form(
    choices: Sequence[Questionnaire],
    back: Return,
    *,
    today: date,
    groups: Sequence[tuple[str, str]] = (),
) -> View:
    """The one form; `choices` are the questionnaires, the one to begin with first.

    `groups`: the workspace's user groups, id and name.
    """
    return View(
        type="modal",
        callback_id=ids.SET_UP_MODAL,
        title="New scorecard",
        submit="Next",
        close="Cancel",
        private_metadata=back.metadata,
        blocks=fields(choices, groups, first_on=today),
    )


def confirm(draft: Draft, back: Return) -> View:
    """ "This messages 8 people", and what so many answers will be able to show."""
    later = draft.opens_on is not None
    return View(
        type="modal",
        callback_id=ids.CONFIRM_MODAL,
        title="Set up this scorecard?" if later else "Open a round now?",
        submit="Set up" if later else "Open now",
        close="Back",
        private_metadata=back.metadata,
        blocks=[
            *(SectionBlock(text=line) for line in plan(draft)),
            *together.offer(draft),
            *_rehearse(draft),
        ],
    )


def _rehearse(draft: Draft) -> list[Block]:
    """Before anybody is written to; where a team answers together there is nothing to rehearse."""
    if draft.set_up.manner is not Manner.APART:
        return []
    button = ButtonElement(
        text="Rehearse with me only",
        action_id=ids.REHEARSE_SET_UP,
        value=Rehearsed(draft.scorecard_id, draft.people).value,
    )
    return [ActionsBlock(elements=[button])]


def plan(draft: Draft) -> list[str]:
    """What is about to happen, a line for each thing to know before anybody is written to."""
    set_up = draft.set_up
    people = wording.count(draft.people, "person", "people")
    minutes = conversation.minutes(draft.questions, draft.scale)
    goes_to = f"You see the result first; then it goes to {where(draft)}"
    repeats = f"Repeat: {CADENCES[set_up.cadence].lower()}{_then(draft.upcoming)}."
    if set_up.together:
        return together.plan(draft, goes_to=goes_to, repeats=repeats)
    return [
        f"*This messages {people}* for *{wording.plain(set_up.team_name)}*.{left_out(draft)}",
        f"Each gets one direct message with {draft.questions} questions (about {minutes} min): "
        f"{_when_asked(draft)}.",
        f"The round closes on *{wording.moment(draft.closes_at, set_up.zone)}* "
        f"({wording.plain(set_up.zone)}), or earlier when everybody has answered.",
        goes_to,
        what_it_can_show(draft.people, draft.k),
        repeats,
    ]


def where(draft: Draft) -> str:
    """#mlops-results (24 members). And a word where many more would read it than are asked."""
    channel, members = f"<#{draft.set_up.results_channel}>", draft.results_readers
    if not members:
        return f"{channel}."
    where_ = f"{channel} ({wording.count(members, 'member', 'members')})."
    if members <= READERS_PER_PERSON * draft.people:
        return where_
    return (
        f"{where_}\n⚠️ That is more than three times as many as are asked. "
        "Go back and choose another channel if fewer should read it."
    )


def _when_asked(draft: Draft) -> str:
    hour = draft.set_up.hour
    if draft.opens_on is not None:
        return f"at {hour}:00 where they are, from {wording.date_(draft.opens_on)} on"
    return (
        f"now, if it is a working day between {hour}:00 and {INVITING_LATEST_HOUR}:00 where they "
        f"are; else at {hour}:00 on their next working day"
    )


def _then(upcoming: Sequence[date]) -> str:
    if not upcoming:
        return ""
    return f", next on {wording.listed([wording.date_(day) for day in upcoming])}"


def started(about: Started) -> Content:
    """What the facilitator reads when the round is open, or set up for a day to come."""
    round_, team = about.round, wording.plain(about.team_name)
    who = wording.count(about.people, "person", "people")
    dates = wording.listed([wording.date_(day) for day in about.upcoming] or ["no day"])
    if about.manner is Manner.TOGETHER:
        text = together.started(about, dates)
        return Content.of(text, SectionBlock(text=text))
    if round_ is None:
        text = (
            f"*{team}* is set up: I ask {who} from {wording.date_(about.upcoming[0])} on. "
            f"Next rounds: {dates}.\n"
            "My Home tab and `/scorecard status` show and change what is planned."
        )
        return Content.of(text, SectionBlock(text=text))
    following = f" Next rounds: {dates}." if about.upcoming else ""
    text = (
        f"*{team}* is open: I ask {who} until "
        f"{wording.moment(round_.closes_at, round_.zone)}.{following}\n"
        "My Home tab and `/scorecard status` say how many have answered; there you can also remind "
        "people or close it early. You see the result before it is posted."
    )
    return Content.of(text, SectionBlock(text=text))


def left_out(draft: Draft) -> str:
    if not draft.left_out:
        return ""
    who = wording.count(draft.left_out, "member is", "members are")
    return f" {who} left out: bots, {'' if draft.set_up.guests else 'guests, '}not active."


def what_it_can_show(people: int, k: int) -> str:
    if people < LEAST_RESPONDENTS:
        return (
            f"⚠️ With fewer than {LEAST_RESPONDENTS} answers I show no scores: they would give "
            f"people away. Ask at least {LEAST_RESPONDENTS} people, or fill in together."
        )
    on = f"From {LEAST_RESPONDENTS} answers on, the result shows"
    if k == LEAST_RESPONDENTS:
        return f"{on} scores, single questions and comments."
    if people < k:
        return f"{on} scores rounded to 5. Single questions and comments need {k} answers."
    return f"{on} scores rounded to 5; from {k} on finer scores, single questions and comments."
