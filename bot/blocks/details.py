"""What stands in a result's thread: every question, what would help, and how it was computed."""

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

from bot.blocks import change_words, roles, wording
from bot.blocks.message import Content
from questionnaires.disclosure.blunting import low_end
from questionnaires.model import LEVEL_WORDS, Scale
from questionnaires.results import (
    LEAST_RESPONDENTS,
    Proposal,
    ProposalKind,
    QuestionResult,
    Result,
    ShownComment,
)
from questionnaires.rounds import Manner

SECTION_MOST = 3_000
COMMENT_SHOWN = 550
COMMENTS_MOST = 20
PROPOSALS_MOST = 6
PROPOSALS_LONGEST = 2_000
LEVELS_COUNT = {
    Scale.FIVE_LEVELS: "25 points a level",
    Scale.YES_PARTLY_NO: "where yes is level 4 (100 points), partly 2 (50) and no 0",
}
OWN_QUESTIONS = (
    "The questions are tailored to the team: importance 3 counts one and a half times as much as "
    "2, 1 half as much. "
)
EVENLY = ", averaged first within each role, so that each role counts the same"


def details(result: Result) -> Content:
    """How each question came out, what would help, comments, what is not shown, and how it was
    computed."""
    blocks: list[Block] = [
        SectionBlock(text=paragraph)
        for dimension in result.dimensions
        if (paragraph := _questions(result, dimension.id))
    ]
    further = (_proposals(result), _roles(result), *_comments(result), _not_shown(result))
    blocks += [SectionBlock(text=paragraph) for paragraph in further if paragraph]
    how = MarkdownTextObject(text=f"_{_how(result)}_")
    return Content.read_out(*blocks, ContextBlock(elements=[how]))


def _questions(result: Result, dimension_id: str) -> str:
    shown = [one for one in result.questions if one.dimension_id == dimension_id]
    dimension = result.dimension(dimension_id)
    if not shown and dimension.score is None:
        return ""
    score = dimension.score.text if dimension.score else "too few answers"
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
    dive = f" · deep dive: {dimension.deep_dive.text}" if dimension.deep_dive else ""
    lines = [
        f"*{title}: {score}*{span}{floor}{target}{dive}",
        *change_words.besides(dimension),
        *(_question(one, result.manner) + _tailored(one) for one in shown),
        *(
            f"• {wording.plain(name)}: not asked: {wording.plain(reason)}"
            for name, reason in dimension.not_asked
        ),
    ]
    return wording.within("\n".join(lines), SECTION_MOST)


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


def _proposals(result: Result) -> str:
    """The post has three steps of these at most."""
    shown = result.proposals[:PROPOSALS_MOST]
    if not shown:
        return ""
    ranked = any(one.urgency for one in shown)
    head = "most urgent first" if ranked else "in the order of the questions"
    lines = [f"*What would help*, {head}:"]
    lines += [f"{place}. {_proposal(one)}" for place, one in enumerate(shown, 1)]
    more = len(result.proposals) - len(shown)
    if more:
        lines.append(f"_and {more} more below their target_")
    return wording.within("\n".join(lines), PROPOSALS_LONGEST)


BEFORE_A_STEP = {
    ProposalKind.FIND_OUT_FIRST: " · find out first, many don't know",
    ProposalKind.AGREE_FIRST: " · talk first, views differ",
    ProposalKind.DO_NEXT: "",
}


def _proposal(one: Proposal) -> str:
    step = f": {wording.escaped(one.step)}" if one.step else ""
    return f"*{wording.plain(one.short_title)}*{BEFORE_A_STEP[one.kind]}{step}"


def _roles(result: Result) -> str:
    """*By role*, to the nearest 5: data science 60 (6 people) · platform and operations 45 (5)"""
    if not result.roles:
        return ""
    named = (
        f"{roles.NAMES[one.role]} {one.score.text} "
        f"({wording.count(one.people, 'person', 'people')})"
        for one in result.roles
    )
    return f"*By role*, over all dimensions and to the nearest 5: {' · '.join(named)}"


def _comments(result: Result) -> list[str]:
    """Of more than fit, how many; and how many were hidden, also where all were."""
    comments, paragraphs = result.comments, []
    if comments:
        head = (
            "*The team's notes*, as they were entered:"
            if result.together
            else "*Comments*, in shuffled order and without names:"
        )
        paragraphs = [head, *map(remark, comments[:COMMENTS_MOST])]
    left = len(comments) - COMMENTS_MOST
    if left > 0:
        paragraphs.append(f"_and {left} more_")
    if result.comments_hidden:
        many = notes(result.comments_hidden, together=result.together)
        were = "was" if result.comments_hidden == 1 else "were"
        paragraphs.append(f"_{many} {were} hidden by a facilitator._")
    return paragraphs


def remark(comment: ShownComment, mark: str = "") -> str:
    """What it is about, and below it the words; `mark`: of ours, before both."""
    about = f"{mark}_{wording.plain(comment.about or 'What to fix first')}_\n"
    text = wording.quoted(wording.cut(comment.text, COMMENT_SHOWN))
    return wording.within(about + text, SECTION_MOST)


def notes(number: int, *, together: bool) -> str:
    """2 comments, 1 note"""
    if together:
        return wording.count(number, "note", "notes")
    return wording.count(number, "comment", "comments")


def _not_shown(result: Result) -> str:
    """Nothing where all of it is shown."""
    lines = [*_hidden(result), *change_words.why_not(result)]
    if not lines:
        return ""
    text = "\n".join(("*Not shown, and why*", *(f"• {line}" for line in lines)))
    return wording.within(text, SECTION_MOST)


def _hidden(result: Result) -> list[str]:
    if result.together or result.overall is None:
        return []
    lines = []
    if result.respondents < result.k:
        lines.append(
            f"Single questions and comments, and scores to the point: from {result.k} people on."
        )
    else:
        hidden = sum(one.applicable and one.level is None for one in result.questions)
        questions = wording.count(hidden, "question", "questions")
        if hidden:
            lines.append(
                f"The level of {questions}: fewer than {result.k} gave one, or beside the score "
                "it would tell what everybody said."
            )
    if not any(one.range for one in result.dimensions):
        lines.append(
            "How sure a score is: a range needs five people, three questions, five levels and a "
            "score that is not near 0 or 100."
        )
    if result.by_role and not result.roles:
        lines.append(f"Scores by role: some role, or everybody else, has fewer than {result.k}.")
    return lines


def _how(result: Result) -> str:
    own = OWN_QUESTIONS if result.tailored else ""
    if result.together:
        return (
            "How it is computed: the team agreed on a level for each question, "
            f"{LEVELS_COUNT[result.scale]}, and one person entered them; a dimension's score is "
            "the average of its questions. Filled in together: every level is shown as it was "
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
        f"{own}Method version {result.method_version}; more under How to read this."
    )


def _range_meaning(result: Result) -> str:
    """What a range says, where one is shown."""
    if not any(dimension.range for dimension in result.dimensions):
        return ""
    return " A 95 % range says where the score would probably lie if others like you were asked."
