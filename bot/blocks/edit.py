"""Editing a scorecard: the form as it is now, what is about to change, and what was saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.views import View

from bot.blocks import form, ids, set_up, together, wording
from bot.blocks.carried import packed, row_id, unpacked
from bot.blocks.form import Groups
from bot.blocks.message import Content
from questionnaires.model import Questionnaire
from questionnaires.rounds import Audience, Scorecard, SetUp
from questionnaires.standings import Edit


@dataclass(frozen=True, slots=True)
class Edited:
    """What the form carries: which scorecard, as of which change, and where to answer."""

    scorecard_id: int
    revision: int
    response_url: str

    @property
    def metadata(self) -> str:
        return packed(self.scorecard_id, self.revision, self.response_url)

    @classmethod
    def parse(cls, metadata: str) -> "Edited":
        """Raises StalePress."""
        scorecard_id, revision, response_url = unpacked(metadata, int, int, str)
        return cls(row_id(scorecard_id), revision, response_url)


def edit_form(
    scorecard: Scorecard,
    choices: Sequence[Questionnaire],
    groups: Groups,
    response_url: str,
    *,
    before: SetUp | None = None,
) -> View:
    """The set-up's form, filled in with the scorecard as it is.

    `before`: what somebody was editing when it was changed; what they entered stays as it is.
    """
    edited = Edited(scorecard.id, scorecard.revision, response_url)
    told = [_changed_meanwhile(scorecard, before, groups)] if before else []
    return View(
        type="modal",
        callback_id=ids.EDIT_MODAL,
        title="Edit scorecard",
        submit="Next",
        close="Cancel",
        private_metadata=edited.metadata,
        blocks=[
            *(SectionBlock(text=text) for text in told),
            *form.fields(choices, groups, first_on=scorecard.next_on, edited=scorecard.set_up),
        ],
    )


def confirm(edit: Edit, back: set_up.Return, groups: Groups) -> View:
    """What changes, and what the next round will be like."""
    draft = edit.draft
    found = changes(_with_next(edit.before), draft.set_up, groups)
    lines = [
        "*What changes:*\n" + "\n".join(f"• {line}" for line in found)
        if found
        else "*Nothing changes.*",
        _next_round(edit),
    ]
    if edit.is_open:
        lines.append(
            "The open round keeps its name, its questions, its deadline and its results channel. "
            "Whoever is new in the team joins it during its first half."
        )
    blocks: list[Block] = [SectionBlock(text=line) for line in lines]
    return View(
        type="modal",
        callback_id=ids.EDIT_CONFIRM_MODAL,
        title="Save these changes?",
        submit="Save",
        close="Back",
        private_metadata=back.metadata,
        blocks=blocks,
    )


def saved(scorecard: Scorecard) -> Content:
    dates = [wording.date_(day) for day in scorecard.upcoming]
    coming = f"Next rounds: {wording.listed(dates)}." if dates else "No more rounds are planned."
    text = f"*{wording.plain(scorecard.set_up.team_name)}* is saved. {coming}"
    return Content.of(text, SectionBlock(text=text))


def changes(before: SetUp, after: SetUp, groups: Groups) -> list[str]:
    """A line for each field that differs: Repeat: every quarter → every month."""
    was, becomes = _told(before, groups), _told(after, groups)
    return [
        f"{label}: {was[label]} → {becomes[label]}" for label in was if was[label] != becomes[label]
    ]


def _told(one: SetUp, groups: Groups) -> dict[str, str]:
    """What each field says, by its label."""
    return {
        form.TEAM_NAME: wording.plain(one.team_name),
        "Who is asked": _audience(one.audience, groups),
        form.MANNER: together.MANNERS[one.manner].lower(),
        form.RESULTS_CHANNEL: f"<#{one.results_channel}>",
        form.QUESTIONNAIRE: wording.plain(one.questionnaire_id),
        form.NEXT_ON: wording.date_(one.first_on) if one.first_on else "none",
        form.HOUR: form.hour(one.hour),
        form.DAYS_OPEN: form.days_open(one.days_open),
        form.CADENCE: form.CADENCES[one.cadence].lower(),
        form.WEEKEND: form.WEEKENDS[one.weekend],
        form.GUESTS: "asked" if one.guests else "not asked",
    }


def _changed_meanwhile(scorecard: Scorecard, before: SetUp, groups: Groups) -> str:
    who = f"<@{scorecard.changed_by}> has" if scorecard.changed_by else "A round that opened has"
    found = changes(before, _with_next(scorecard), groups) or ["nothing that this form shows"]
    lines = "\n".join(f"• {line}" for line in found)
    return (
        f"⚠️ *{who} changed this scorecard while you were editing it:*\n{lines}\n"
        "What you entered still stands below. *Next* goes on with it."
    )


def _with_next(scorecard: Scorecard) -> SetUp:
    """The set-up with the next round's day, as the form shows it."""
    return replace(scorecard.set_up, first_on=scorecard.next_on)


def _next_round(edit: Edit) -> str:
    draft = edit.draft
    who = wording.count(draft.people, "person", "people")
    asks = (
        f"*The next round asks one person to fill in what {who} agreed.*"
        if draft.set_up.together
        else f"*The next round messages {who}.*{set_up.left_out(draft)}"
    )
    dates = [wording.date_(day) for day in draft.upcoming]
    coming = f"Next rounds: {wording.listed(dates)}." if dates else "No more rounds are planned."
    shows = "" if draft.set_up.together else f"\n{set_up.what_it_can_show(draft.people, draft.k)}"
    return f"{asks}\n{coming}\nThe result goes to {set_up.where(draft)}{shows}"


def _audience(audience: Audience, groups: Groups) -> str:
    parts = []
    if audience.channel:
        parts.append(f"<#{audience.channel}>")
    if audience.group:
        parts.append(wording.plain(dict(groups).get(audience.group, "a user group")))
    return wording.people(audience.people, *parts)
