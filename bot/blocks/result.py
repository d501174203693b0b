"""The result as it is posted, and the facilitators' look before. Its thread is in details."""

from datetime import date, datetime

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    MarkdownTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View

from bot.blocks import change_words, ids, post_again, scores, wording
from bot.blocks.hide import see_comments
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.model import LEVEL_WORDS
from questionnaires.results import LEAST_RESPONDENTS, ProposalKind, Result
from questionnaires.rounds import Round

STEPS_MOST = 2
HOW_TO_READ = ButtonElement(text="How to read this", action_id=ids.HOW_TO_READ, value="post")


def summary(result: Result, next_on: date | None = None) -> Content:
    """At most 14 lines on a phone; the same numbers stand in the text for screen readers.

    `next_on`: the day of the next round, said under a first result.
    """
    if result.overall is None:
        return _too_few(result)
    change = change_words.sentence(result, next_on)
    blocks: list[Block] = [
        SectionBlock(text="\n".join((_headline(result), _who(result), *_few(result)))),
        SectionBlock(text=scores.score_lines(result.dimensions)),
        SectionBlock(text="\n".join((change, *_talk_first(result), *_do_next(result)))),
        _context("For our own planning, not for comparing teams."),
        ActionsBlock(elements=[HOW_TO_READ]),
    ]
    return Content.of(_spoken(result, change), *blocks)


def preview(
    result: Result,
    *,
    round_id: int,
    channel: str,
    posts_at: datetime | None,
    zone: str,
    next_on: date | None = None,
) -> Content:
    """The summary as it will look, for the facilitators alone, with Post now."""
    when = (
        f"I post it on {wording.moment(posts_at, zone)}, or as soon as you press Post now."
        if posts_at
        else "It waits until you press Post now."
    )
    follows = _what_follows(result)
    before = (
        f"*{wording.plain(result.team_name)} is closed.* This is how the result will look in "
        f"<#{channel}>.{follows} {when}"
    )
    shown = summary(result, next_on)
    button = ButtonElement(
        text="Post now", action_id=ids.POST_RESULT, value=Spot(round_id).value, style="primary"
    )
    head = Content.of(
        f"{before} {shown.text}",
        SectionBlock(text=before),
        ActionsBlock(
            elements=[
                button,
                post_again.button(round_id, again=False),
                *see_comments(result, round_id),
            ]
        ),
        DividerBlock(),
    )
    return Content(head.text, [*head.blocks, *shown.blocks])


def preview_modal(result: Result, round_: Round, next_on: date | None = None) -> View:
    """The same in a modal, opened from where the scorecard stands."""
    channel = f"<#{round_.results_channel}>"
    before = f"This is how the result will look in {channel}.{_what_follows(result)}"
    comments = see_comments(result, round_.id)
    ways = [ActionsBlock(elements=comments)] if comments else []
    return View(
        type="modal",
        callback_id=ids.PREVIEW_MODAL,
        title="Preview result",
        submit="Post now",
        close="Not yet",
        private_metadata=Spot(round_.id).value,
        blocks=[
            *Content.of(before, SectionBlock(text=before), *ways, DividerBlock()).blocks,
            *summary(result, next_on).blocks,
        ],
    )


def _what_follows(result: Result) -> str:
    """Pictures come only where there are scores."""
    return " The radar comes below it, the details in its thread." if result.overall else ""


def posted(result: Result, channel: str, next_on: date | None = None) -> Content:
    """The preview after Post now."""
    follows = " The pictures and the details follow there." if result.overall else ""
    before = f"*Posted to* <#{channel}>.{follows}"
    shown = summary(result, next_on)
    head = Content.of(before, SectionBlock(text=before), DividerBlock())
    return Content(head.text, [*head.blocks, *shown.blocks])


def not_posted(
    team_name: str,
    round_id: int,
    channel: str,
    *,
    shared: bool = False,
    again: bool = False,
    promised: str | None = None,
) -> Content:
    """Slack refused the post: what to do, and the button again.

    `shared`: another organisation would have read it there. `again`: it stands elsewhere already.
    `promised`: the channel that it was posted elsewhere than.
    """
    invite = "type `/invite` with my name there, then press Post now"
    if promised:
        invite = f"press Post elsewhere to try again, or Post now to post it to <#{promised}>"
    why = (
        "That channel is shared with another organisation now, which would read it. "
        "Nothing is lost: press Post elsewhere and choose a channel of your own."
        if shared
        else f"Nothing is lost: {'press Post elsewhere' if again else invite}."
    )
    text = f"I couldn't post the result of *{wording.plain(team_name)}* to <#{channel}>. {why}"
    post_now = ButtonElement(
        text="Post now", action_id=ids.POST_RESULT, value=Spot(round_id).value, style="primary"
    )
    elsewhere = post_again.button(round_id, again=False)
    ways = [elsewhere] if again or (shared and not promised) else [post_now, elsewhere]
    return Content.of(text, SectionBlock(text=text), ActionsBlock(elements=ways))


def maybe_twice(team_name: str, channel: str) -> Content:
    """The answer to a post was lost, so it was sent once more."""
    text = (
        f"Slack didn't tell me whether a part of the result of *{wording.plain(team_name)}* "
        f"arrived in <#{channel}>, so I posted it again. "
        "If you see something twice there, delete one of the two."
    )
    return Content.of(text, SectionBlock(text=text))


def _headline(result: Result) -> str:
    assert result.overall is not None
    words = f', "{LEVEL_WORDS[result.overall_level]}"' if result.overall_level is not None else ""
    team = wording.plain(result.team_name)
    title = wording.plain(result.round_title)
    return f"*{team}, {title}: {result.overall.text} of 100{words}*"


def _who(result: Result) -> str:
    answered = f"{result.respondents} of {result.invited} answered"
    if result.together:
        answered = "Filled in together by the team"
    if result.weakest is None:
        return answered
    weakest = result.dimension(result.weakest)
    score = f" {weakest.score.text}" if weakest.score else ""
    return f"{answered} · weakest *{wording.plain(weakest.short_title)}{score}*"


def _spoken(result: Result, change: str) -> str:
    each = ", ".join(
        f"{wording.plain(one.title)} {one.score.text if one.score else 'too few answers'}"
        f"{change_words.in_line(one.change)}"
        for one in result.dimensions
    )
    below = " ".join((change, *_talk_first(result), *_do_next(result)))
    head = f"{_headline(result)}. {_who(result)}. {each}."
    return f"{head} {below}".replace("*", "")


def _few(result: Result) -> list[str]:
    """Kindly what so few answers mean, and what would help."""
    if result.together or result.respondents >= result.k:
        return []
    more = result.k - result.respondents
    return [
        f"_Few answers, so scores are rounded to 5. {more} more next time show questions, too: "
        "five minutes in a team meeting help._"
    ]


def _talk_first(result: Result) -> list[str]:
    """The most urgent question on which views differ, in one line."""
    topics = result.proposed(ProposalKind.AGREE_FIRST)[:1]
    return [f"*Talk first:* {wording.plain(one.short_title)}" for one in topics]


def _do_next(result: Result) -> list[str]:
    """A step or two, which take two lines each on a phone; more of them stand in the thread."""
    proposed = result.proposed(ProposalKind.DO_NEXT)
    steps = [wording.escaped(one.step) for one in proposed if one.step is not None]
    shown = steps[: 1 if _few(result) or _talk_first(result) else STEPS_MOST]
    if len(shown) <= 1:
        return [f"*Do next:* {step}" for step in shown]
    first, *others = (f"{place}. {step}" for place, step in enumerate(shown, 1))
    return [f"*Do next:* {first}", *others]


def _too_few(result: Result) -> Content:
    team = wording.plain(result.team_name)
    few = result.respondents < LEAST_RESPONDENTS
    why = (
        f"With fewer than {LEAST_RESPONDENTS} answers a score would give people away: "
        "none is shown."
        if few
        else "Too many questions were left open for a score."
    )
    text = (
        f"*{team}, {result.round_title}: {result.respondents} of {result.invited} answered*\n{why} "
        "What helps next time: five minutes at the end of a team meeting, "
        "a longer round, or asking a few more people."
    )
    if result.together:
        text = (
            f"*{team}, {result.round_title}: filled in together, not finished*\n"
            "Too many questions were left open for a score. "
            "What helps next time: going through them in a team meeting, or a longer round."
        )
    return Content.of(text.replace("*", ""), SectionBlock(text=text))


def _context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=f"_{text}_")])
