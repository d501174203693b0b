"""Who sees what: the answer to the first question a respondent has."""

from slack_sdk.models.blocks import SectionBlock
from slack_sdk.models.views import View

from bot.blocks import wording


def who_sees_what(
    *, k: int, results_channel: str, facilitators: tuple[str, ...], operator: str
) -> View:
    """What is stored, who sees which figures from how many people on, who runs the database."""
    named = wording.listed([f"<@{user_id}>" for user_id in facilitators[:10]] or ["nobody yet"])
    paragraphs = (
        "*You* see your own answers and scores. Nobody else in Slack does: there is no list "
        "of answers with names anywhere, for anyone.",
        f"*The facilitators* ({named}) see how many have answered while the round is open, "
        "never who or what. When it has closed they see the result first, exactly as it will "
        "be posted.",
        f"*Readers of* <#{results_channel}> see the group's scores. Fewer than 3 people: only "
        f"how many answered. From 3 on: dimension scores, rounded to 5. From {k} on: scores, "
        "the level of each question to the nearest half, and comments in shuffled order "
        "without names. Words can give you away: write comments with that in mind.",
        "*Stored* are your answers with your Slack id, your comments, your name and time zone "
        "as Slack gives them, and the results. They stay until they are deleted from the "
        "database.",
        f"*The database* is run by {wording.escaped(operator)}, who could read it. "
        "If the bot is not sure whether a message reached you, it looks for it among its own "
        "messages in this conversation.",
    )
    return View(
        type="modal",
        title="Who sees what?",
        close="Close",
        blocks=[SectionBlock(text=paragraph) for paragraph in paragraphs],
    )
