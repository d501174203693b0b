"""Who sees what: the answer to the first question a respondent has."""

from collections.abc import Sequence

from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.blocks import wording
from questionnaires.disclosure.floors import K_LEAST_OF_THREE
from questionnaires.kept import COPIES_KEPT_DAYS, WORKSPACE_KEPT_DAYS
from questionnaires.results import LEAST_RESPONDENTS
from questionnaires.roles import ASKED_FROM
from questionnaires.rounds import Round

WHO_ELSE = (
    "Once it is posted, whoever was asked for this team, in any round, reads it too, beside those "
    "of other rounds: on their Home tab and with `/scorecard results`. The facilitators can post "
    "it in other channels as well, and take it along as a file; *History* tells them who did. "
    "Later results also show what changed."
)


def who_sees_what(
    *,
    k: int,
    results_channel: str | None,
    facilitators: tuple[str, ...],
    operator: str,
    months_kept: int,
) -> View:
    """What is stored and for how long, who sees which figures from how many people on, who runs
    the database.

    `results_channel` None: about no round in particular.
    """
    channel = f"<#{results_channel}>" if results_channel else "the channel named in the invitation"
    who = wording.escaped(operator)
    more = results_channel is None and k < K_LEAST_OF_THREE
    three = (
        f"\n• in a quick check (yes, partly, no): {K_LEAST_OF_THREE} instead of {k}" if more else ""
    )
    paragraphs = (
        "*You* see your own answers and scores. Nobody else in Slack does: no message and no "
        "command shows an answer with a name. They stand in this conversation, so if your "
        "company exports direct messages from Slack, they are in that export.",
        f"*The facilitators* ({wording.people(facilitators)}) see how many people have started, "
        "finished, skipped or cannot be reached, never who, and no answers. When it has "
        "closed, they may get the result before the channel does: the same, nothing more.",
        f"*Readers of* {channel} see the group's result:\n{_by_number(k)}{three}\n{WHO_ELSE}",
        "*Comments* and what you would fix first stand there without names, in shuffled order; "
        "the facilitators may hide some, and how many is said. "
        "Your words can still give you away: write them with that in mind. "
        "The reason why something doesn't apply is not shown.",
        *_kept(who, months_kept),
    )
    return _view(paragraphs)


def who_sees_a_round(
    round_: Round, *, facilitators: tuple[str, ...], operator: str, months_kept: int
) -> View:
    """In a round that somebody is asked in."""
    if round_.together:
        return who_sees_together(
            results_channel=round_.results_channel,
            facilitators=facilitators,
            operator=operator,
            months_kept=months_kept,
        )
    return who_sees_what(
        k=round_.k,
        results_channel=round_.results_channel or None,
        facilitators=facilitators,
        operator=operator,
        months_kept=months_kept,
    )


def who_sees_together(
    *, results_channel: str, facilitators: tuple[str, ...], operator: str, months_kept: int
) -> View:
    """The same for who fills in for a team: nothing of it is anonymous."""
    return _view(
        (
            "*This round is filled in together.* You enter what your team agreed. There is one "
            "set of answers, the team's, and none of it is anonymous.",
            "*You* see the answers and scores here while the round is open. They stand in this "
            "conversation, so if your company exports direct messages from Slack, they are in "
            "that export.",
            f"*The facilitators* ({wording.people(facilitators)}) see whether it is begun, "
            "finished or skipped, and no answers. When it has closed, they may get the result "
            "before the channel does: the same, nothing more.",
            f"*Readers of* <#{results_channel}> see every level that was agreed, all scores, "
            f'and that the round was "filled in together". {WHO_ELSE}',
            "*Comments* and what you would fix first stand there as the team's notes, as you "
            "write them; the facilitators may hide some, and how many is said. The reason why "
            "something doesn't apply is not shown.",
            *_kept(wording.escaped(operator), months_kept, together=True),
        )
    )


def _kept(who: str, months: int, *, together: bool = False) -> tuple[str, str, str]:
    """What is stored, for how long, and who could read it."""
    how = "`/scorecard data`, or on my Home tab"
    own = (
        f"you can get what you entered as a file ({how}). It is the team's, and stays until then."
        if together
        else f"you can get yours as a file, or erase them: {how}."
    )
    return (
        "*Stored* are your answers with their time, your reasons, comments and what you would fix "
        "first, that you were asked and how far you came, which messages you got, the results, and "
        "your Slack id, name, time zone and kind of account (Slack gives these for everybody). In "
        f"rounds of {ASKED_FROM} or more also your role, if you tell it: to count each role "
        "evenly, and to show scores of whole roles. Of facilitators also which of them did what "
        "and when, for example closed a round or named somebody; the facilitators see that.",
        f"*For how long:* {wording.count(months, 'month', 'months')} after a round has closed, "
        "what was said in it is erased (answers, reasons, comments, what to fix first, roles); "
        f"the rest stays, the result too. Before that {own} What facilitators did stays as long "
        f"as the scorecards, also when they erase their answers. {WORKSPACE_KEPT_DAYS} days after "
        "I was removed from Slack everything is erased, results too: by me, or by "
        f"{who} if I don't run any more. A copy of the database that an upgrade made may hold it "
        f"for {COPIES_KEPT_DAYS} days more; about backups ask {who}.",
        f"*The database* is run by {who}, who could read it. "
        "When I am not sure whether a message reached you, I look for it among the latest "
        "messages of this conversation.",
    )


def _view(paragraphs: Sequence[str]) -> View:
    return View(
        type="modal",
        title="Who sees what?",
        close="Close",
        blocks=[SectionBlock(text=paragraph) for paragraph in paragraphs],
    )


def _by_number(k: int) -> str:
    """What is shown from how many people on, as disclosure does it."""
    steps = [f"fewer than {LEAST_RESPONDENTS} people answer: only how many"]
    if k > LEAST_RESPONDENTS:
        below = f"{LEAST_RESPONDENTS} to {k - 1}" if k - 1 > LEAST_RESPONDENTS else str(k - 1)
        steps.append(f"{below}: scores rounded to 5, how many answered each question, no comments")
    steps.append(
        f"{k} or more: scores, comments, and for each question with {k} answers its level to "
        "the nearest half, and whether views differ or many don't know"
    )
    steps.append(
        f"a role with {k} or more people (and {k} or more, or nobody, outside it): its overall "
        "score, to the nearest 5"
    )
    return "\n".join(f"• {step}" for step in steps)
