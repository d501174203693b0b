"""What was entered in the form of a set-up, and what it was opened with."""

from datetime import date

from bot.blocks import ids, together
from bot.listeners.press import Body, chosen, state_of, typed, values_of
from questionnaires.calendar import Cadence, Weekend
from questionnaires.errors import StalePress
from questionnaires.rounds import Audience, Manner, SetUp

# What an element begins with, and what Slack calls the same once somebody has entered it.
INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
}


def entered(view: Body, user_id: str, zone: str) -> SetUp:
    """What stands in the form. Raises StalePress for values that it does not offer."""
    try:
        cadence = Cadence(chosen(view, ids.CADENCE))
        weekend = Weekend(chosen(view, ids.WEEKEND))
        manner = _manner(view)
        days_open, hour = int(chosen(view, ids.DAYS_OPEN)), int(chosen(view, ids.HOUR))
        day = state_of(view, ids.FIRST_ON).get("selected_date")
        first_on = date.fromisoformat(day) if day else None
    except ValueError:
        raise StalePress from None
    return SetUp(
        team_name=" ".join(typed(view, ids.TEAM_NAME).split()),
        questionnaire_id=chosen(view, ids.QUESTIONNAIRE),
        audience=Audience(
            channel=state_of(view, ids.AUDIENCE).get("selected_conversation"),
            people=tuple(state_of(view, ids.AUDIENCE_PEOPLE).get("selected_users") or ()),
            group=chosen(view, ids.AUDIENCE_GROUP) if _has(view, ids.AUDIENCE_GROUP) else None,
        ),
        results_channel=state_of(view, ids.RESULTS_CHANNEL).get("selected_conversation") or "",
        cadence=cadence,
        zone=zone,
        created_by=user_id,
        days_open=days_open,
        hour=hour,
        weekend=weekend,
        guests=bool(state_of(view, ids.GUESTS).get("selected_options")),
        first_on=first_on,
        manner=manner,
    )


def _manner(view: Body) -> Manner:
    """A form that an older version opened does not ask. Raises ValueError, StalePress."""
    if ids.MANNER not in values_of(view):
        return Manner.APART
    manner = Manner(chosen(view, ids.MANNER))
    if manner not in together.MANNERS:
        raise StalePress
    return manner


def _has(view: Body, field: str) -> bool:
    """User groups are offered only where there are some; then one need not be chosen."""
    return field in values_of(view) and bool(state_of(view, field).get("selected_option"))


def as_opened(view: Body) -> Body:
    """The same form as nobody has touched it yet."""
    values = {
        block["block_id"]: {ids.INPUT: _initial(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {"state": {"values": values}}


def _initial(element: Body) -> Body:
    return {name: element.get(initial) for initial, name in INITIAL.items()}
