"""The fields of a set-up, empty or as a scorecard has them, and how their choices are called."""

from collections.abc import Mapping, Sequence
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
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.blocks import ids, together, wording
from questionnaires import conversation
from questionnaires.calendar import INVITING_LATEST_HOUR, Cadence, Weekend
from questionnaires.model import Questionnaire
from questionnaires.rounds import DAYS_OPEN_DEFAULT, HOUR_DEFAULT, TEAM_NAME_MOST, Manner, SetUp

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

# How each field is called, in the form and where its change is told.
TEAM_NAME = "Team name"
AUDIENCE = "Who is asked: everybody in a channel"
AUDIENCE_GROUP = "And everybody in a user group"
AUDIENCE_PEOPLE = "And these people"
MANNER = "How it is answered"
RESULTS_CHANNEL = "Where the result is posted"
QUESTIONNAIRE = "Questions"
FIRST_ON = "First round"
NEXT_ON = "Next round"
HOUR = "Asked at"
DAYS_OPEN = "Open for"
CADENCE = "Repeat"
WEEKEND = "No questions on"
GUESTS = "Guests"

Groups = Sequence[tuple[str, str]]
Choices = Sequence[Questionnaire]


def fields(
    choices: Choices,
    groups: Groups,
    *,
    first_on: date | None,
    edited: SetUp | None = None,
) -> list[Block]:
    """`edited`: the scorecard as it is, None for a new one.

    `first_on`: the day of the first round, of the next one for what is edited.
    """
    name = PlainTextInputElement(
        action_id=ids.INPUT,
        max_length=TEAM_NAME_MOST,
        placeholder="Search ranking",
        focus_on_load=edited is None,
        initial_value=edited.team_name if edited else None,
    )
    return [
        InputBlock(block_id=ids.TEAM_NAME, label=TEAM_NAME, element=name),
        *_whom(groups, edited),
        _select(
            ids.MANNER,
            MANNER,
            [(manner.value, text) for manner, text in together.MANNERS.items()],
            edited.manner.value if edited else Manner.APART.value,
        ),
        results_channel(edited.results_channel if edited else None),
        questions(choices, edited.questionnaire_id if edited else None),
        *_when(first_on, edited),
        _guests(edited),
    ]


def questions(choices: Sequence[Questionnaire], chosen: str | None = None) -> InputBlock:
    """Which questions are asked; the first is the one to begin with."""
    offered = [(choice.id, _choice(choice)) for choice in choices]
    return _select(ids.QUESTIONNAIRE, QUESTIONNAIRE, offered, chosen or choices[0].id)


def hour(given: int) -> str:
    """10:00 where each person is"""
    return f"{given}:00 where each person is"


def days_open(given: int) -> str:
    """10 working days"""
    return wording.count(given, "working day", "working days")


def _whom(groups: Groups, edited: SetUp | None) -> list[InputBlock]:
    """Who is asked: a channel, a user group, people, or all of them together."""
    audience = edited.audience if edited else None
    return [
        InputBlock(
            block_id=ids.AUDIENCE,
            label=AUDIENCE,
            hint="Real, active members only; no bots.",
            optional=True,
            element=ConversationSelectElement(
                action_id=ids.INPUT,
                placeholder="Choose the team's channel",
                default_to_current_conversation=None if audience else True,
                initial_conversation=audience.channel if audience else None,
                filter=_channels(),
            ),
        ),
        *_groups(groups, audience.group if audience else None),
        InputBlock(
            block_id=ids.AUDIENCE_PEOPLE,
            label=AUDIENCE_PEOPLE,
            optional=True,
            element=UserMultiSelectElement(
                action_id=ids.INPUT,
                placeholder="Choose people",
                initial_users=list(audience.people) or None if audience else None,
            ),
        ),
    ]


def _groups(groups: Groups, chosen: str | None) -> list[InputBlock]:
    """Nothing where the workspace has no user groups, or does not show them."""
    known = dict(groups[:GROUPS_MOST])
    if chosen is not None:
        known.setdefault(chosen, "The user group chosen before")
    if not known:
        return []
    options = {
        group_id: Option(text=wording.cut(name, OPTION_MOST), value=group_id)
        for group_id, name in list(known.items())[-GROUPS_MOST:]
    }
    element = StaticSelectElement(
        action_id=ids.INPUT,
        options=list(options.values()),
        placeholder="Choose a user group",
        initial_option=options[chosen] if chosen else None,
    )
    return [
        InputBlock(
            block_id=ids.AUDIENCE_GROUP, label=AUDIENCE_GROUP, optional=True, element=element
        )
    ]


def results_channel(chosen: str | None) -> InputBlock:
    return InputBlock(
        block_id=ids.RESULTS_CHANNEL,
        label=RESULTS_CHANNEL,
        hint="Everybody in this channel will see the group's scores.",
        element=ConversationSelectElement(
            action_id=ids.INPUT,
            placeholder="Choose a channel",
            initial_conversation=chosen,
            filter=_channels(),
        ),
    )


def _when(first_on: date | None, edited: SetUp | None) -> list[InputBlock]:
    """The first day, the hour, how long, how often, and the days on which nobody is asked."""
    asked_at = edited.hour if edited else HOUR_DEFAULT
    open_for = edited.days_open if edited else DAYS_OPEN_DEFAULT
    cadence = edited.cadence if edited else Cadence.QUARTERLY
    weekend = edited.weekend if edited else Weekend.SATURDAY_SUNDAY
    return [
        InputBlock(
            block_id=ids.FIRST_ON,
            label=NEXT_ON if edited else FIRST_ON,
            hint=None if edited else "Today: it opens as soon as you confirm.",
            optional=first_on is None,
            element=DatePickerElement(
                action_id=ids.INPUT, initial_date=first_on.isoformat() if first_on else None
            ),
        ),
        _select(
            ids.HOUR,
            HOUR,
            [(str(one), hour(one)) for one in sorted({*HOURS_OFFERED, asked_at})],
            str(asked_at),
        ),
        _select(
            ids.DAYS_OPEN,
            DAYS_OPEN,
            [(str(days), days_open(days)) for days in sorted({*DAYS_OFFERED, open_for})],
            str(open_for),
        ),
        _select(
            ids.CADENCE,
            CADENCE,
            [(one.value, text) for one, text in CADENCES.items()],
            cadence.value,
        ),
        _select(
            ids.WEEKEND,
            WEEKEND,
            [(one.value, text) for one, text in WEEKENDS.items()],
            weekend.value,
        ),
    ]


def _guests(edited: SetUp | None) -> InputBlock:
    too = Option(text="Ask guests, too", value=GUESTS_TOO)
    element = CheckboxesElement(
        action_id=ids.INPUT,
        options=[too],
        initial_options=[too] if edited and edited.guests else None,
    )
    return InputBlock(block_id=ids.GUESTS, label=GUESTS, optional=True, element=element)


def _choice(questionnaire: Questionnaire) -> str:
    """MLOps scorecard: 18 questions, about 9 min"""
    asked = len(questionnaire.core)
    minutes = conversation.minutes(asked, questionnaire.scale)
    length = f"{wording.count(asked, 'question', 'questions')}, about {minutes} min"
    return f"{wording.cut(questionnaire.title, OPTION_MOST - len(length) - 2)}: {length}"


def _channels() -> ConversationFilter:
    return ConversationFilter(
        include=["public", "private"], exclude_bot_users=True, exclude_external_shared_channels=True
    )


def _select(field: str, label: str, choices: Sequence[tuple[str, str]], initial: str) -> InputBlock:
    """Nothing is chosen where what was chosen before is not offered any more."""
    options = {
        value: Option(text=wording.cut(text, OPTION_MOST), value=value) for value, text in choices
    }
    element = StaticSelectElement(
        action_id=ids.INPUT,
        options=list(options.values()),
        initial_option=options.get(initial),
    )
    return InputBlock(block_id=field, label=label, element=element)
