"""My data: getting it as a file, and erasing it. Each says what goes and what stays."""

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import ids, invitation, wording
from bot.blocks.message import Content
from bot.blocks.set_up import Return
from questionnaires.kept import COPIES_KEPT_DAYS, Held, TakenOut

NAMED_MOST = 3


def offer() -> list[Block]:
    """On the Home tab, and where somebody asks for it."""
    buttons = [
        ButtonElement(text="Get my answers", action_id=ids.GET_MY_DATA, value="get"),
        ButtonElement(text="Erase my answers", action_id=ids.ERASE_MY_DATA, value="erase"),
        ButtonElement(text="Who sees what?", action_id=ids.WHO_SEES_WHAT_HERE, value="data"),
    ]
    return [SectionBlock(text="*My data*"), ActionsBlock(elements=buttons)]


def whisper() -> Content:
    return Content.of("My data: get my answers, or erase them.", *offer())


def on_its_way() -> Content:
    return _say("Your file comes in our direct messages: everything I keep about you.")


def nothing_to_erase() -> Content:
    return _say("I keep no answers of yours, so there is nothing to erase.")


def ask(held: Held, operator: str, back: Return) -> View:
    """What exactly goes, and what stays, before it is gone for good."""
    parts = (
        f"*This erases for good:* {_listed(held)}.",
        *_open(held),
        "*This stays:* results, and what stands in Slack (posts, my messages to you). A result is "
        "not computed anew, since the difference would show your answers. I also keep your name "
        "and account as Slack gives them, that you were asked, how far you came, which messages "
        "you got, and what you did as a facilitator.",
        *_together(held),
        f"*Copies:* the one an upgrade makes of the database is removed after {COPIES_KEPT_DAYS} "
        f"days. About other backups ask {wording.escaped(operator)}.",
    )
    return View(
        type="modal",
        callback_id=ids.ERASE_MODAL,
        title="Erase my answers?",
        submit="Erase for good",
        close="Keep them",
        private_metadata=back.metadata,
        blocks=[SectionBlock(text=part) for part in parts],
    )


def erased(held: Held) -> Content:
    """What was erased; when somebody pressed twice, the second time nothing was left."""
    if not held.anything:
        return nothing_to_erase()
    return _say(f"Erased for good: {_listed(held)}.")


def taken_out(seen: TakenOut) -> Content:
    """In the place of the card, in a round that is still open."""
    sentence = (
        f"Your answers for *{wording.plain(seen.team_name)}* are erased, and nothing more comes "
        f"this round. You can still take part until {wording.moment(seen.closes_at, seen.zone)}."
    )
    return invitation.turned(seen.round_id, sentence)


def _open(held: Held) -> list[str]:
    """In which open rounds they count no more, and how to begin anew."""
    if not held.open_teams:
        return []
    named = [wording.plain(name) for name in held.open_teams[:NAMED_MOST]]
    more = len(held.open_teams) - len(named)
    teams = wording.listed([*named, *([f"{more} more"] if more else [])])
    return [
        f"*Still open:* {teams}. You count as if you had not answered, and nothing more comes "
        "unless you press *Answer now* in our direct messages."
    ]


def _together(held: Held) -> list[str]:
    text = "*What you filled in for a team stays:* it is the team's."
    return [text] if held.together else []


def _listed(held: Held) -> str:
    """54 answers with their reasons, 2 comments and your role, from 3 rounds"""
    parts = [
        (held.answers, wording.count(held.answers, "answer", "answers with their reasons")),
        (held.comments, wording.count(held.comments, "comment", "comments")),
        (held.wishes, "what you would fix first"),
        (held.role, "your role"),
    ]
    said = wording.listed([text for number, text in parts if number])
    rounds = wording.count(held.rounds, "round", "rounds")
    return f"{said}, from {rounds}" if held.rounds else said


def _say(text: str) -> Content:
    return Content.of(text, SectionBlock(text=text))
