"""The result as it is posted: summary, details in the thread, and the facilitators' look before."""

from datetime import datetime

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

from bot.blocks import ids, roles, wording
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.disclosure.blunting import low_end
from questionnaires.model import LEVEL_WORDS, Scale
from questionnaires.results import LEAST_RESPONDENTS, ProposalKind, QuestionResult, Result
from questionnaires.rounds import Manner, Round

SECTION_MOST = 3_000
COMMENT_SHOWN = 600
COMMENTS_MOST = 20
STEPS_MOST = 3


def summary(result: Result) -> Content:
    """At most 14 lines on a phone; the same numbers stand in the text for screen readers."""
    if result.overall is None:
        return _too_few(result)
    blocks: list[Block] = [
        SectionBlock(text="\n".join((_headline(result), _who(result)))),
        SectionBlock(text=wording.score_lines(result.dimensions)),
    ]
    if steps_ := _next_steps(result):
        steps = (f"{n}. {wording.escaped(step)}" for n, step in enumerate(steps_, 1))
        blocks.append(SectionBlock(text="*Do next:*\n" + "\n".join(steps)))
    blocks.append(_context("For our own planning, not for comparing teams."))
    return Content.of(_spoken(result), *blocks)


def details(result: Result) -> Content:
    """How each question came out, what to find out first, comments, and how it was computed."""
    blocks: list[Block] = [
        SectionBlock(text=paragraph)
        for dimension in result.dimensions
        if (paragraph := _questions(result, dimension.id))
    ]
    if result.roles:
        blocks.append(SectionBlock(text=_roles(result)))
    blocks += [SectionBlock(text=text) for text in _comments(result)]
    blocks.append(_context(_how(result)))
    return Content.read_out(*blocks)


def preview(
    result: Result, *, round_id: int, channel: str, posts_at: datetime | None, zone: str
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
    shown = summary(result)
    button = ButtonElement(
        text="Post now", action_id=ids.POST_RESULT, value=Spot(round_id).value, style="primary"
    )
    head = Content.of(
        f"{before} {shown.text}",
        SectionBlock(text=before),
        ActionsBlock(elements=[button]),
        DividerBlock(),
    )
    return Content(head.text, [*head.blocks, *shown.blocks])


def preview_modal(result: Result, round_: Round) -> View:
    """The same in a modal, opened from where the scorecard stands."""
    channel = f"<#{round_.results_channel}>"
    before = f"This is how the result will look in {channel}.{_what_follows(result)}"
    return View(
        type="modal",
        callback_id=ids.PREVIEW_MODAL,
        title="Preview result",
        submit="Post now",
        close="Not yet",
        private_metadata=Spot(round_.id).value,
        blocks=[
            *Content.of(before, SectionBlock(text=before), DividerBlock()).blocks,
            *summary(result).blocks,
        ],
    )


def _what_follows(result: Result) -> str:
    """Pictures come only where there are scores."""
    return " The radar comes below it, the details in its thread." if result.overall else ""


def posted(result: Result, channel: str) -> Content:
    """The preview after Post now."""
    follows = " The pictures and the details follow there." if result.overall else ""
    before = f"*Posted to* <#{channel}>.{follows}"
    shown = summary(result)
    head = Content.of(before, SectionBlock(text=before), DividerBlock())
    return Content(head.text, [*head.blocks, *shown.blocks])


def not_posted(team_name: str, round_id: int, channel: str) -> Content:
    """Slack refused the post: what to do, and the button again."""
    text = (
        f"I couldn't post the result of *{wording.plain(team_name)}* to <#{channel}>. "
        "Nothing is lost: type `/invite` with my name there, then press Post now."
    )
    button = ButtonElement(
        text="Post now", action_id=ids.POST_RESULT, value=Spot(round_id).value, style="primary"
    )
    return Content.of(text, SectionBlock(text=text), ActionsBlock(elements=[button]))


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
    score = f", {weakest.score.text}" if weakest.score else ""
    return f"{answered} · weakest: *{wording.plain(weakest.short_title)}{score}*"


def _spoken(result: Result) -> str:
    scores = ", ".join(
        f"{wording.plain(one.title)} {one.score.text if one.score else 'not enough answers'}"
        for one in result.dimensions
    )
    found = _next_steps(result)
    steps = f" Do next: {' '.join(found)}" if found else ""
    head = _headline(result).replace("*", "")
    return f"{head}. {_who(result).replace('*', '')}. {scores}.{wording.escaped(steps)}"


def _next_steps(result: Result) -> list[str]:
    proposed = result.proposed(ProposalKind.DO_NEXT)
    return [one.step for one in proposed if one.step is not None][:STEPS_MOST]


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


def _questions(result: Result, dimension_id: str) -> str:
    shown = [one for one in result.questions if one.dimension_id == dimension_id]
    dimension = result.dimension(dimension_id)
    if not shown and dimension.score is None:
        return ""
    score = dimension.score.text if dimension.score else "not enough answers"
    span = (
        f" (95 % range {dimension.range.low} to {dimension.range.high})" if dimension.range else ""
    )
    floor = (
        f" · counting what doesn't apply as 0: {dimension.floor_score.text}"
        if dimension.floor_score
        else ""
    )
    target = "" if dimension.target is None else f" · target: {LEVEL_WORDS[dimension.target]}"
    title = wording.plain(dimension.title)
    lines = [
        f"*{title}: {score}*{span}{floor}{target}",
        *(_question(one, result.manner) + _tailored(one) for one in shown),
        *(
            f"• {wording.plain(name)}: not asked: {wording.plain(reason)}"
            for name, reason in dimension.not_asked
        ),
    ]
    return wording.within("\n".join(lines), SECTION_MOST)


def _roles(result: Result) -> str:
    """*By role*, to the nearest 5: data science 60 (6 people) · platform and operations 45 (5)"""
    named = (
        f"{roles.NAMES[one.role]} {one.score.text} "
        f"({wording.count(one.people, 'person', 'people')})"
        for one in result.roles
    )
    return f"*By role*, over all dimensions and to the nearest 5: {' · '.join(named)}"


def _question(one: QuestionResult, manner: Manner) -> str:
    name = wording.plain(one.short_title)
    if not one.applicable:
        return f"• {name}: doesn't apply"
    if manner is Manner.TOGETHER:
        agreed = f"*level {one.level}*" if one.level else "no answer"
        unknown = "find out first: the team doesn't know"
        return f"• {name}: {unknown if one.find_out_first else agreed}"
    level = f"*level {one.level}*" if one.level else f"{one.answered} answered"
    differ = " · views differ" if one.agreement == "low" else ""
    find_out = " · find out first: many don't know" if one.find_out_first else ""
    return f"• {name}: {level}{differ}{find_out}"


def _tailored(one: QuestionResult) -> str:
    if one.deep_dive:
        return " · deep dive, in no score"
    return "" if one.importance is None else f" · importance {one.importance}"


def _comments(result: Result) -> list[str]:
    comments = result.comments
    if not comments:
        return []
    paragraphs = ["*Comments*, in shuffled order and without names:"]
    if result.together:
        paragraphs = ["*The team's notes*, as they were entered:"]
    for comment in comments[:COMMENTS_MOST]:
        about = f"_{wording.plain(comment.about or 'What to fix first')}_\n"
        text = wording.quoted(wording.cut(comment.text, COMMENT_SHOWN))
        paragraphs.append(wording.within(about + text, SECTION_MOST))
    left = len(comments) - COMMENTS_MOST
    if left > 0:
        paragraphs.append(f"_and {left} more_")
    return paragraphs


LEVELS_COUNT = {
    Scale.FIVE_LEVELS: "25 points a level",
    Scale.YES_PARTLY_NO: "where yes is level 4 (100 points), partly 2 (50) and no 0",
}


OWN_QUESTIONS = (
    "The questions are tailored to the team: importance 3 counts one and a half times as much as "
    "2, 1 half as much. "
)
EVENLY = ", averaged first within each role, so that each role counts the same"


def _how(result: Result) -> str:
    own = OWN_QUESTIONS if result.tailored else ""
    if result.together:
        return (
            "How it is computed: the team agreed on a level for each question, "
            f"{LEVELS_COUNT[result.scale]}, and one person entered them; a dimension's score is "
            "the average of its questions. Filled in together: everything is shown as it was "
            "entered, and one set of answers can't say how sure a score is or where views differ. "
            f"{own}Method version {result.method_version}."
        )
    return (
        "How it is computed: a question's score is the average of its levels, "
        f"{LEVELS_COUNT[result.scale]}{EVENLY if result.by_role else ''}; "
        "a dimension's score is the average of its questions. Scores are shown from "
        f"{LEAST_RESPONDENTS} people on, single questions and comments from {result.k}. The very "
        f'lowest and highest are shown roughly ("{low_end(result.scale).text}", "about 4"), so '
        f"that nobody's answers can be worked out.{_range_meaning(result)} "
        f"{own}Method version {result.method_version}."
    )


def _range_meaning(result: Result) -> str:
    """What a range says, where one is shown."""
    if not any(dimension.range for dimension in result.dimensions):
        return ""
    return " A 95 % range says where the score would probably lie if others like you were asked."


def _context(text: str) -> ContextBlock:
    return ContextBlock(elements=[MarkdownTextObject(text=f"_{text}_")])
