"""Setting up a scorecard: the form, the confirmation, and what is said when it runs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    DatePickerElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import ids, together, wording
from bot.blocks.message import Content
from questionnaires import conversation
from questionnaires.calendar import INVITING_HOUR, INVITING_LATEST_HOUR, Cadence, Weekend
from questionnaires.errors import StalePress
from questionnaires.model import Questionnaire
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import DAYS_OPEN_DEFAULT, TEAM_NAME_MOST, Manner
from questionnaires.standings import Draft, Started

CADENCES: Mapping[Cadence, str] = {
    Cadence.QUARTERLY: "Every quarter",
    Cadence.MONTHLY: "Every month",
    Cadence.HALF_YEARLY: "Every half year",
    Cadence.YEARLY: "Every year",
    Cadence.ONCE: "Only once",
}
WEEKENDS: Mapping[Weekend, str] = {
    Weekend.SATURDAY_SUNDAY: "Saturday and Sunday",
    Weekend.FRIDAY_SATURDAY: "Friday and Saturday",
    Weekend.FRIDAY: "Friday",
    Weekend.SUNDAY: "Sunday",
}
DAYS_OFFERED = (3, 5, 10, 15, 20, 30)
HOURS_OFFERED = range(7, INVITING_LATEST_HOUR)
GUESTS_TOO = "guests"
OPTION_MOST = 75
GROUPS_MOST = 100


@dataclass(frozen=True, slots=True)
class Return:
    """What a set-up modal carries: the draft once there is one, and where to answer."""

    response_url: str
    scorecard_id: int | None = None

    @property
    def metadata(self) -> str:
        return json.dumps([self.response_url, self.scorecard_id])

    @classmethod
    def parse(cls, metadata: str) -> "Return":
        """Raises StalePress."""
        try:
            response_url, scorecard_id = json.loads(metadata)
        except (TypeError, ValueError):
            raise StalePress from None
        if not isinstance(response_url, str) or not isinstance(scorecard_id, int | None):
            raise StalePress
        return cls(response_url, scorecard_id)


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
    blocks: list[Block] = [
        InputBlock(
            block_id=ids.TEAM_NAME,
            label="Team name",
            element=PlainTextInputElement(
                action_id=ids.INPUT,
                max_length=TEAM_NAME_MOST,
                placeholder="Search ranking",
                focus_on_load=True,
            ),
        ),
        *_whom(groups),
        _select(
            ids.MANNER,
            "How it is answered",
            [(manner.value, text) for manner, text in together.MANNERS.items()],
            Manner.APART.value,
        ),
        InputBlock(
            block_id=ids.RESULTS_CHANNEL,
            label="Where the result is posted",
            hint="Everybody in this channel will see the group's scores.",
            element=ConversationSelectElement(
                action_id=ids.INPUT, placeholder="Choose a channel", filter=_channels()
            ),
        ),
        _select(
            ids.QUESTIONNAIRE,
            "Questions",
            [(choice.id, _choice(choice)) for choice in choices],
            choices[0].id,
        ),
        *_when(today),
        InputBlock(
            block_id=ids.GUESTS,
            label="Guests",
            optional=True,
            element=CheckboxesElement(
                action_id=ids.INPUT, options=[Option(text="Ask guests, too", value=GUESTS_TOO)]
            ),
        ),
    ]
    return View(
        type="modal",
        callback_id=ids.SET_UP_MODAL,
        title="New scorecard",
        submit="Next",
        close="Cancel",
        private_metadata=back.metadata,
        blocks=blocks,
    )


def _whom(groups: Sequence[tuple[str, str]]) -> list[InputBlock]:
    """Who is asked: a channel, a user group, people, or all of them together."""
    return [
        InputBlock(
            block_id=ids.AUDIENCE,
            label="Who is asked: everybody in a channel",
            hint="Real, active members only; no bots.",
            optional=True,
            element=ConversationSelectElement(
                action_id=ids.INPUT,
                placeholder="Choose the team's channel",
                default_to_current_conversation=True,
                filter=_channels(),
            ),
        ),
        *_groups(groups),
        InputBlock(
            block_id=ids.AUDIENCE_PEOPLE,
            label="And these people",
            optional=True,
            element=UserMultiSelectElement(action_id=ids.INPUT, placeholder="Choose people"),
        ),
    ]


def _when(today: date) -> list[InputBlock]:
    """The first day, the hour, how long, how often, and the days on which nobody is asked."""
    return [
        InputBlock(
            block_id=ids.FIRST_ON,
            label="First round",
            hint="Today: it opens as soon as you confirm.",
            element=DatePickerElement(action_id=ids.INPUT, initial_date=today.isoformat()),
        ),
        _select(
            ids.HOUR,
            "Asked at",
            [(str(hour), f"{hour}:00 where each person is") for hour in HOURS_OFFERED],
            str(INVITING_HOUR),
        ),
        _select(
            ids.DAYS_OPEN,
            "Open for",
            [(str(days), f"{days} working days") for days in DAYS_OFFERED],
            str(DAYS_OPEN_DEFAULT),
        ),
        _select(
            ids.CADENCE,
            "Repeat",
            [(cadence.value, text) for cadence, text in CADENCES.items()],
            Cadence.QUARTERLY.value,
        ),
        _select(
            ids.WEEKEND,
            "No questions on",
            [(weekend.value, text) for weekend, text in WEEKENDS.items()],
            Weekend.SATURDAY_SUNDAY.value,
        ),
    ]


def confirm(draft: Draft, back: Return) -> View:
    """ "This messages 8 people", and what so many answers will be able to show."""
    later = draft.opens_on is not None
    return View(
        type="modal",
        callback_id=ids.CONFIRM_MODAL,
        title="Set up this round?" if later else "Start this round?",
        submit="Set up" if later else "Start",
        close="Back",
        private_metadata=back.metadata,
        blocks=[*(SectionBlock(text=line) for line in plan(draft)), *together.offer(draft)],
    )


def plan(draft: Draft) -> list[str]:
    """What is about to happen, a line for each thing to know before anybody is written to."""
    set_up = draft.set_up
    people = wording.count(draft.people, "person", "people")
    minutes = conversation.minutes(draft.questions, draft.scale)
    members = draft.results_readers
    readers = f" ({wording.count(members, 'member', 'members')})" if members else ""
    goes_to = f"You see the result first; then it goes to <#{set_up.results_channel}>{readers}."
    repeats = f"Repeat: {CADENCES[set_up.cadence].lower()}{_then(draft.upcoming)}."
    if set_up.together:
        return together.plan(draft, goes_to=goes_to, repeats=repeats)
    return [
        f"*This messages {people}* for *{wording.plain(set_up.team_name)}*.{_left_out(draft)}",
        f"Each gets one direct message with {draft.questions} questions (about {minutes} min): "
        f"{_when_asked(draft)}.",
        f"The round closes on *{wording.moment(draft.closes_at, set_up.zone)}* "
        f"({wording.plain(set_up.zone)}), or earlier when everybody has answered.",
        goes_to,
        _what_it_can_show(draft.people, draft.k),
        repeats,
    ]


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
    asked = wording.count(about.people, "person is", "people are")
    dates = wording.listed([wording.date_(day) for day in about.upcoming] or ["no day"])
    if about.manner is Manner.TOGETHER:
        text = together.started(about, dates)
        return Content.of(text, SectionBlock(text=text))
    if round_ is None:
        text = (
            f"*{team}* is set up: {asked} asked from {wording.date_(about.upcoming[0])} on. "
            f"Next rounds: {dates}.\n`/scorecard status` shows and changes what is planned."
        )
        return Content.of(text, SectionBlock(text=text))
    following = f" Next rounds: {dates}." if about.upcoming else ""
    text = (
        f"*{team}* is open: {asked} asked until "
        f"{wording.moment(round_.closes_at, round_.zone)}.{following}\n"
        "`/scorecard status` says how many have answered, `/scorecard close` ends it early. "
        "You see the result before it is posted."
    )
    return Content.of(text, SectionBlock(text=text))


def _left_out(draft: Draft) -> str:
    if not draft.left_out:
        return ""
    who = wording.count(draft.left_out, "member is", "members are")
    return f" {who} left out: bots, {'' if draft.set_up.guests else 'guests, '}not active."


def _what_it_can_show(people: int, k: int) -> str:
    if people < LEAST_RESPONDENTS:
        return (
            f"⚠️ With fewer than {LEAST_RESPONDENTS} answers no scores are shown: they would show "
            f"the person. Ask at least {LEAST_RESPONDENTS} people, or fill in together."
        )
    on = f"From {LEAST_RESPONDENTS} answers on, the result shows"
    if k == LEAST_RESPONDENTS:
        return f"{on} scores, single questions and comments."
    if people < k:
        return f"{on} scores rounded to 5. Single questions and comments need {k} answers."
    return f"{on} scores rounded to 5; from {k} on finer scores, single questions and comments."


def _choice(questionnaire: Questionnaire) -> str:
    """MLOps scorecard: 18 questions, about 9 min"""
    asked = len(questionnaire.core)
    minutes = conversation.minutes(asked, questionnaire.scale)
    length = f"{wording.count(asked, 'question', 'questions')}, about {minutes} min"
    return f"{wording.cut(questionnaire.title, OPTION_MOST - len(length) - 2)}: {length}"


def _groups(groups: Sequence[tuple[str, str]]) -> list[InputBlock]:
    """Nothing where the workspace has no user groups, or does not show them."""
    if not groups:
        return []
    options = [
        Option(text=wording.cut(name, OPTION_MOST), value=group_id)
        for group_id, name in groups[:GROUPS_MOST]
    ]
    element = StaticSelectElement(
        action_id=ids.INPUT, options=options, placeholder="Choose a user group"
    )
    label = "And everybody in a user group"
    return [InputBlock(block_id=ids.AUDIENCE_GROUP, label=label, optional=True, element=element)]


def _channels() -> ConversationFilter:
    return ConversationFilter(
        include=["public", "private"], exclude_bot_users=True, exclude_external_shared_channels=True
    )


def _select(field: str, label: str, choices: Sequence[tuple[str, str]], initial: str) -> InputBlock:
    options = {
        value: Option(text=wording.cut(text, OPTION_MOST), value=value) for value, text in choices
    }
    element = StaticSelectElement(
        action_id=ids.INPUT, options=list(options.values()), initial_option=options[initial]
    )
    return InputBlock(block_id=field, label=label, element=element)
