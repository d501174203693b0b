"""What facilitators do with a scorecard from /scorecard status, and what is said then."""

from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    Option,
    OverflowMenuElement,
    SectionBlock,
)

from bot.blocks import ids, set_up, wording
from bot.blocks.ids import Errand, Verb
from bot.blocks.message import Content
from questionnaires.rounds import Round, RoundState, Scorecard, ScorecardState
from questionnaires.standings import Draft, ScorecardStanding


def menu(standing: ScorecardStanding) -> OverflowMenuElement:
    """What can be done with it as it is now."""
    scorecard, latest = standing.scorecard, standing.latest
    if scorecard.state is ScorecardState.PAUSED:
        options = [_option("Resume", Errand(scorecard.id, Verb.RESUME))]
        return OverflowMenuElement(action_id=ids.MANAGE, options=options)
    if latest is not None and latest.round.state is RoundState.OPEN:
        options = [_option("Remind now", Errand(scorecard.id, Verb.REMIND))]
    else:
        options = [_option("Open a round now", Errand(scorecard.id, Verb.RUN))]
    if scorecard.next_on is not None:
        skip = Errand(scorecard.id, Verb.SKIP, scorecard.next_on)
        options.append(_option(f"Skip {wording.date_(scorecard.next_on)}", skip))
    options.append(_option("Pause", Errand(scorecard.id, Verb.PAUSE)))
    return OverflowMenuElement(action_id=ids.MANAGE, options=options)


def ask_run(draft: Draft) -> Content:
    """ "This messages 8 people", before a round is opened by hand."""
    return _ask(
        "\n".join(set_up.plan(draft)),
        "Open it now",
        ids.RUN_NOW,
        Errand(draft.scorecard_id, Verb.RUN),
    )


def ask_skip(errand: Errand, team_name: str, following: date | None) -> Content:
    """Before the round of the errand's day is left out; `following` is the one after it."""
    assert errand.day is not None
    day = wording.date_(errand.day)
    then = f" The next one opens on {wording.date_(following)}." if following else ""
    text = (
        f"*{wording.plain(team_name)}*: leave out the round of {day}?{then} "
        "Nobody is told of it. A skipped round does not come back."
    )
    return _ask(text, f"Skip {day}", ids.SKIP_NEXT, errand)


def ask_remind(round_: Round, people: int) -> Content:
    """Before people are written to."""
    who = wording.count(people, "person", "people")
    text = (
        f"*This reminds {who}* of *{wording.plain(round_.team_name)}*, each in their working "
        "hours. It is one of the two reminders that everybody gets at most."
    )
    return _ask(text, "Remind now", ids.REMIND_NOW, Errand(round_.scorecard_id, Verb.REMIND))


def reminded(round_: Round, people: int) -> Content:
    who = wording.count(people, "person is", "people are")
    return _say(f"{who} reminded of *{wording.plain(round_.team_name)}* in their working hours.")


def skipped(scorecard: Scorecard) -> Content:
    return _say(f"Skipped. {_coming(scorecard)}")


def paused(scorecard: Scorecard) -> Content:
    return _say(
        f"*{wording.plain(scorecard.set_up.team_name)}* is paused: no round opens and nobody is "
        "reminded until you resume it in `/scorecard status`. An open round can still be answered."
    )


def resumed(scorecard: Scorecard) -> Content:
    return _say(f"Resumed. {_coming(scorecard)}")


def _coming(scorecard: Scorecard) -> str:
    name = wording.plain(scorecard.set_up.team_name)
    if not scorecard.upcoming:
        return f"*{name}* has no more rounds to come."
    dates = wording.listed([wording.date_(day) for day in scorecard.upcoming])
    return f"Next rounds of *{name}*: {dates}."


def _option(text: str, errand: Errand) -> Option:
    return Option(text=text, value=errand.value)


def _ask(text: str, label: str, action_id: str, errand: Errand) -> Content:
    button = ButtonElement(text=label, action_id=action_id, value=errand.value, style="primary")
    return Content.of(text, SectionBlock(text=text), ActionsBlock(elements=[button]))


def _say(text: str) -> Content:
    return Content.of(text, SectionBlock(text=text))
