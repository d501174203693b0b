"""Results of rounds that are over: the teams one can read about, a team's rounds, one of them."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.blocks import ids, post_again, result, wording
from bot.blocks.ids import Spot
from bot.blocks.message import TEXT_MOST, Content
from questionnaires.past import Coming, Past, PastRound
from questionnaires.results import Result, ShownScore
from questionnaires.rounds import Round, RoundState

TEAMS_MOST = 45


def teams(seen: Sequence[Past], facilitators: Sequence[str]) -> Content:
    """Everybody's own list. `facilitators`: whom to ask where it is empty."""
    if not seen:
        who = wording.people(facilitators)
        text = (
            "There are no results for you to read yet. You can read those of the teams that ask "
            "you, once they are posted. For another team's, type `/scorecard results` in the "
            f"channel where they are posted, or ask a facilitator: {who}."
        )
        return Content.of(text, SectionBlock(text=text))
    head = SectionBlock(text="*Results you can read*, the latest of each team:")
    left = len(seen) - TEAMS_MOST
    more = f"_and {left} more: type the team's name behind_ `/scorecard results`"
    foot = [SectionBlock(text=more)] if left > 0 else []
    return Content.read_out(head, *(_team(one) for one in seen[:TEAMS_MOST]), *foot)


def team(seen: Past, shown: Result | None, round_id: int | None = None) -> Content:
    """One result, and below it the rounds of its team; without one, when the first comes."""
    if shown is None:
        text = none_yet(seen)
        return Content.of(text, SectionBlock(text=text))
    summary = _summary(seen, shown, round_id)
    others = Content.read_out(DividerBlock(), *_rounds(seen, round_id), *_actions(seen, round_id))
    text = wording.within(f"{summary.text}\n{others.text}", TEXT_MOST)
    return Content(text, [*summary.blocks, *others.blocks])


def rounds_modal(seen: Past) -> View:
    """The same rounds on the Home tab, each with its own modal above this one."""
    if not seen.rounds:
        return _modal(Content.read_out(SectionBlock(text=none_yet(seen))))
    return _modal(Content.read_out(*_rounds(seen), *_actions(seen)))


def one_modal(seen: Past, shown: Result, round_id: int) -> View:
    summary = _summary(seen, shown, round_id)
    ways = Content.of("", *_actions(replace(seen, may_compare=False), round_id))
    return _modal(Content(summary.text, [*summary.blocks, *ways.blocks]))


def _summary(seen: Past, shown: Result, round_id: int | None) -> Content:
    """As it was posted; the day of the next round is news under the latest one only."""
    is_latest = bool(seen.rounds) and seen.rounds[0].round.id == round_id
    next_on = seen.coming.opens_on if is_latest and seen.coming else None
    return result.summary(shown, next_on)


def none_yet(seen: Past) -> str:
    team = wording.plain(seen.team_name)
    return f"*{team}* has no result for you to read yet.{_first_comes(seen.coming)}"


def button(scorecard_id: int) -> ButtonElement:
    """All results of a team, wherever it is named."""
    return ButtonElement(
        text="Results", action_id=ids.RESULTS, value=ids.of_scorecard(scorecard_id)
    )


def compare(scorecard_id: int) -> ButtonElement:
    return ButtonElement(
        text="Compare", action_id=ids.COMPARE, value=ids.of_scorecard(scorecard_id)
    )


def score(overall: ShownScore | None, round_: Round) -> str:
    """53 of 100; and why there is none."""
    if overall is not None:
        return f"*{overall.text} of 100*"
    return "not finished" if round_.together else "too few answers for a score"


def _first_comes(coming: Coming | None) -> str:
    if coming is None:
        return ""
    if coming.closes_at is not None:
        closes = wording.moment(coming.closes_at, coming.zone)
        return (
            f" A round is open until {closes}, or until everybody has answered; "
            "the result comes when its facilitators have seen it."
        )
    assert coming.opens_on is not None
    return f" Its next round opens on {wording.date_(coming.opens_on)}."


def _team(one: Past) -> Block:
    if not one.rounds:
        return SectionBlock(text=none_yet(one))
    (latest, *_) = one.rounds
    text = f"*{wording.plain(one.team_name)}*, {_told(latest)}"
    return SectionBlock(text=text, accessory=button(one.scorecard_id))


def _rounds(seen: Past, shown: int | None = None) -> list[Block]:
    """`shown`: the one that stands above, and needs no button."""
    head = f"*All results of {wording.plain(seen.team_name)}*, the latest first:"
    foot = f"_and {seen.older} older: type a round's number behind the team's name_"
    return [
        SectionBlock(text=head),
        *(_round(one, shown=shown) for one in seen.rounds),
        *([SectionBlock(text=foot)] if seen.older else []),
    ]


def _actions(seen: Past, round_id: int | None = None) -> list[Block]:
    """`round_id`: the one that is shown, which facilitators can post again."""
    ways = [compare(seen.scorecard_id)] if seen.may_compare else []
    if seen.may_act and round_id is not None:
        ways.append(post_again.button(round_id))
    return [ActionsBlock(elements=ways)] if ways else []


def _round(one: PastRound, *, shown: int | None) -> Block:
    text = f"{one.round.number} · {_told(one)}"
    if one.round.id == shown:
        return SectionBlock(text=f"{text} · _shown above_")
    show = ButtonElement(text="Show", action_id=ids.SHOW_RESULT, value=Spot(one.round.id).value)
    return SectionBlock(text=text, accessory=show)


def _told(one: PastRound) -> str:
    """January 2027: 53 of 100 · 5 of 6 answered"""
    round_ = one.round
    who = f"{one.respondents} of {one.invited} answered"
    waits = () if round_.state is RoundState.PUBLISHED else ("_not posted yet_",)
    answered = "filled in together" if round_.together else who
    return " · ".join((f"{round_.title}: {score(one.overall, round_)}", answered, *waits))


def _modal(content: Content) -> View:
    return View(type="modal", title="Results", close="Close", blocks=content.blocks)
