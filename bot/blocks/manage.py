"""What facilitators do with a scorecard: buttons, what is asked first, what is said then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    InputBlock,
    Option,
    OverflowMenuElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import ids, past, set_up, wording
from bot.blocks.carried import packed, unpacked
from bot.blocks.ids import Errand, Spot, Verb
from bot.blocks.message import Content
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.rounds import Round, RoundState, Scorecard, ScorecardState
from questionnaires.standings import Draft, Extension, OpenRound, ScorecardStanding


@dataclass(frozen=True, slots=True)
class Asked:
    """What a modal of this file carries: the errand, and where its answer is said.

    `revision`: of the scorecard that was shown, where a change since then matters.
    """

    errand: Errand
    response_url: str
    revision: int | None = None

    @property
    def metadata(self) -> str:
        return packed(self.errand.value, self.response_url, self.revision)

    @classmethod
    def parse(cls, metadata: str) -> "Asked":
        """Raises StalePress."""
        errand, response_url, revision = unpacked(metadata, str, str, int | None)
        return cls(Errand.parse(errand), response_url, revision)


def menu(standing: ScorecardStanding) -> OverflowMenuElement:
    """What is done with it now and then."""
    scorecard, latest = standing.scorecard, standing.latest
    is_open = latest is not None and latest.round.state is RoundState.OPEN
    wishes: list[tuple[str, Errand]] = []
    always = (
        ("Edit", Errand(scorecard.id, Verb.EDIT)),
        ("See facilitators", Errand(scorecard.id, Verb.FACILITATORS)),
    )
    if scorecard.state is ScorecardState.PAUSED:
        return _menu(*always)
    if latest is not None and latest.round.state is RoundState.CLOSED:
        wishes.append(("Open a round now", Errand(scorecard.id, Verb.RUN)))
    if is_open and latest is not None:
        closes_on = latest.round.closes_on
        wishes.append(("Extend this round", Errand(scorecard.id, Verb.EXTEND, closes_on)))
    if scorecard.next_on is not None:
        skip = Errand(scorecard.id, Verb.SKIP, scorecard.next_on)
        wishes.append((f"Skip {wording.date_(scorecard.next_on)}", skip))
    wishes.append(("Pause", Errand(scorecard.id, Verb.PAUSE)))
    return _menu(*wishes, *always)


def buttons(standing: ScorecardStanding) -> ActionsBlock:
    """What is done with it next."""
    scorecard, latest = standing.scorecard, standing.latest
    state = latest.round.state if latest is not None else None
    if scorecard.state is ScorecardState.PAUSED:
        found = [_button("Resume", Errand(scorecard.id, Verb.RESUME))]
    elif state is RoundState.OPEN:
        found = [_button("Remind now", Errand(scorecard.id, Verb.REMIND))]
    elif state is RoundState.CLOSED:
        found = []
    else:
        found = [_button("Open a round now", Errand(scorecard.id, Verb.RUN))]
    if latest is not None and state is RoundState.OPEN:
        found.append(close(latest))
    if latest is not None and state is RoundState.CLOSED:
        found += [preview(latest.round), post(latest.round)]
    found.append(_button("Questions", Errand(scorecard.id, Verb.TAILOR)))
    # A menu takes five choices, and that of an open round has them.
    found.append(_button("History", Errand(scorecard.id, Verb.HISTORY)))
    if latest is not None and (state is not RoundState.OPEN or latest.round.number > 1):
        found.append(_button("Export", Errand(scorecard.id, Verb.EXPORT)))
        found.append(past.button(scorecard.id))
    return ActionsBlock(elements=found)


def close(one: OpenRound) -> ButtonElement:
    """A press by mistake would end it for everybody, so it is asked once more."""
    sure = ConfirmObject(
        title="Close this round?",
        text=f"{_how_far(one)} It can't be opened again.",
        confirm="Close this round",
        deny="Keep it open",
        style="danger",
    )
    value = Spot(one.round.id).value
    return ButtonElement(
        text="Close this round", action_id=ids.CLOSE_ROUND, value=value, confirm=sure
    )


def _how_far(one: OpenRound) -> str:
    seen = one.participation
    if one.round.together:
        return "All is filled in." if seen.finished else "It is not filled in yet."
    few = ", too few for any score" if seen.finished < LEAST_RESPONDENTS else ""
    return f"{seen.finished} of {seen.invited} have finished{few}."


def preview(round_: Round) -> ButtonElement:
    value = Spot(round_.id).value
    return ButtonElement(text="Preview result", action_id=ids.PREVIEW_RESULT, value=value)


def post(round_: Round) -> ButtonElement:
    """Everybody in the channel reads it at once, so it is asked once more."""
    members = round_.results_readers
    readers = f" Its {wording.count(members, 'member', 'members')} will see it." if members else ""
    sure = ConfirmObject(
        title="Post this result?",
        text=f"It goes to <#{round_.results_channel}> at once.{readers}",
        confirm="Post now",
        deny="Not yet",
    )
    return ButtonElement(
        text="Post now",
        action_id=ids.POST_RESULT,
        value=Spot(round_.id).value,
        style="primary",
        confirm=sure,
    )


# What is asked before it is done


def ask_run(draft: Draft, asked: Asked) -> View:
    """ "This messages 8 people", before a round is opened by hand."""
    return _ask(asked, "Open a round now?", "Open now", *set_up.plan(draft))


def ask_skip(asked: Asked, team_name: str, following: date | None) -> View:
    """Before the round of the errand's day is left out; `following` is the one after it."""
    assert asked.errand.day is not None
    then = f" The next one opens on {wording.date_(following)}." if following else ""
    text = (
        f"*{wording.plain(team_name)}*: skip the round of "
        f"{wording.date_(asked.errand.day)}?{then} "
        "I tell nobody about it. A skipped round doesn't come back."
    )
    return _ask(asked, "Skip a round?", "Skip", text)


def ask_remind(asked: Asked, round_: Round, people: int) -> View:
    """Before people are written to."""
    who = wording.count(people, "person", "people")
    text = (
        f"*This reminds {who}* of *{wording.plain(round_.team_name)}*, each in their working "
        "hours. Everybody gets two reminders at most; this is one of them. I leave out whoever "
        "was written to today or wants no reminders."
    )
    return _ask(asked, "Remind now?", "Remind now", text)


def ask_pause(asked: Asked, team_name: str) -> View:
    text = (
        f"*{wording.plain(team_name)}*: no round opens and nobody is reminded until you resume it. "
        "An open round can still be answered, and closes as planned."
    )
    return _ask(asked, "Pause this scorecard?", "Pause", text)


def ask_resume(asked: Asked, scorecard: Scorecard) -> View:
    """`scorecard` as it will be."""
    return _ask(asked, "Resume this scorecard?", "Resume", _coming(scorecard))


def ask_extend(asked: Asked, extension: Extension) -> View:
    """Until when an open round could go on; the first choice is the nearest."""
    round_ = extension.round
    text = (
        f"*{wording.plain(round_.team_name)}*, {round_.title}, closes on "
        f"*{wording.moment(round_.closes_at, round_.zone)}*. I write to nobody about this; "
        "reminders come as planned, two at most."
    )
    options = [Option(text=wording.near_day(day), value=day.isoformat()) for day in extension.days]
    field = InputBlock(
        block_id=ids.CLOSES_ON,
        label="Close it on",
        hint="At 18:00, or earlier when everybody has answered.",
        element=StaticSelectElement(
            action_id=ids.INPUT, options=options, initial_option=options[0]
        ),
    )
    return _ask(asked, "Extend this round", "Extend", text, field)


# What is said when it is done


def one_moment() -> Content:
    return _say("One moment, I'm looking up who is in the team.")


def reminded(round_: Round, people: int) -> Content:
    who = wording.count(people, "person", "people")
    team = wording.plain(round_.team_name)
    return _say(f"I'll remind {who} of *{team}* in their working hours.")


def extended(round_: Round) -> Content:
    until = wording.moment(round_.closes_at, round_.zone)
    return _say(f"*{wording.plain(round_.team_name)}* is now open until *{until}*.")


def skipped(scorecard: Scorecard) -> Content:
    return _say(f"Skipped. {_coming(scorecard)}")


def paused(scorecard: Scorecard) -> Content:
    return _say(
        f"*{wording.plain(scorecard.set_up.team_name)}* is paused: no round opens and nobody is "
        "reminded until you resume it, on my Home tab or in `/scorecard status`. "
        "An open round can still be answered."
    )


def resumed(scorecard: Scorecard) -> Content:
    return _say(f"Resumed. {_coming(scorecard)}")


def _coming(scorecard: Scorecard) -> str:
    name = wording.plain(scorecard.set_up.team_name)
    if not scorecard.upcoming:
        return f"No more rounds of *{name}* are planned."
    dates = wording.listed([wording.date_(day) for day in scorecard.upcoming])
    return f"Next rounds of *{name}*: {dates}."


def _menu(*wishes: tuple[str, Errand]) -> OverflowMenuElement:
    options = [Option(text=text, value=errand.value) for text, errand in wishes]
    return OverflowMenuElement(action_id=ids.MANAGE, options=options)


def _button(text: str, errand: Errand) -> ButtonElement:
    return ButtonElement(text=text, action_id=f"{ids.MANAGE}.{errand.verb}", value=errand.value)


def _ask(asked: Asked, title: str, submit: str, *parts: str | Block) -> View:
    blocks: Sequence[Block] = [
        SectionBlock(text=part) if isinstance(part, str) else part for part in parts
    ]
    return View(
        type="modal",
        callback_id=ids.MANAGE_MODAL,
        title=title,
        submit=submit,
        close="Cancel",
        private_metadata=asked.metadata,
        blocks=blocks,
    )


def _say(text: str) -> Content:
    return Content.of(text, SectionBlock(text=text))
