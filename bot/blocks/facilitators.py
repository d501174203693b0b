"""Facilitators: who they are and where they come from, to be changed; and what is said to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    SectionBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.blocks import ids, wording
from bot.blocks.carried import any_row_id, packed, unpacked
from bot.blocks.message import Content
from questionnaires.errors import StalePress
from questionnaires.facilitating import NAMED_MOST, Facilitating, Meanwhile, News

NO_ANSWERS = "Nobody in Slack sees who answered what."


@dataclass(frozen=True, slots=True)
class Opened:
    """What the modal carries: whose facilitators, and who was named when it was opened."""

    scorecard_id: int | None
    named: tuple[str, ...]

    @property
    def metadata(self) -> str:
        return packed(self.scorecard_id, self.named)

    @classmethod
    def parse(cls, metadata: str) -> "Opened":
        """Raises StalePress."""
        scorecard_id, named = unpacked(metadata, int | None, list)
        if not all(isinstance(one, str) for one in named):
            raise StalePress
        return cls(any_row_id(scorecard_id), tuple(named))


def modal(seen: Facilitating) -> View:
    """Who may act for a scorecard or for all of them, and those of them who can be changed."""
    return _modal(seen, seen.here)


def modal_again(found: Meanwhile, chosen: Sequence[str]) -> View:
    """The same with what was chosen, when others changed the list since it was opened."""
    return _modal(found.now, chosen, SectionBlock(text=_changed(found)))


def named(news: News) -> Content:
    """To somebody who was named: what they may do from now on, and by whom."""
    if news.team_name is None:
        text = (
            f"<@{news.by}> made you a facilitator of all scorecards here. You can set up teams, "
            "open, remind and close rounds, look at results first and post them, and name other "
            f"facilitators. You see how many have answered. {NO_ANSWERS}\n"
            "My Home tab and `/scorecard status` show how they stand."
        )
    else:
        text = (
            f"<@{news.by}> made you a facilitator of *{wording.plain(news.team_name)}*. You can "
            "open, remind and close its rounds, look at its results first and post them, and name "
            f"other facilitators for it. You see how many have answered. {NO_ANSWERS}\n"
            "My Home tab and `/scorecard status` show how it stands."
        )
    button = ButtonElement(
        text="See facilitators",
        action_id=ids.FACILITATORS,
        value=ids.of_scorecard(news.scorecard_id),
    )
    return Content.of(text, SectionBlock(text=text), ActionsBlock(elements=[button]))


def _modal(seen: Facilitating, chosen: Sequence[str], *notice: Block) -> View:
    people = UserMultiSelectElement(
        action_id=ids.INPUT,
        placeholder="Choose people",
        initial_users=list(chosen) or None,
        max_selected_items=NAMED_MOST,
    )
    field = InputBlock(
        block_id=ids.FACILITATORS_FIELD,
        label="And these people",
        hint="I tell people when you add them, not when you take them out.",
        optional=True,
        element=people,
    )
    return View(
        type="modal",
        callback_id=ids.FACILITATORS_MODAL,
        title="Facilitators",
        submit="Save",
        close="Cancel",
        private_metadata=Opened(seen.scorecard_id, seen.named).metadata,
        blocks=[*notice, *(SectionBlock(text=line) for line in _fixed(seen)), field],
    )


def _fixed(seen: Facilitating) -> list[str]:
    """What they do, and those who are not changed here, each with where they come from."""
    if seen.team_name is None:
        return [
            "*For all scorecards here:* set up teams, open, remind and close rounds, see how many "
            f"have answered, look at results first and post them. {NO_ANSWERS}",
            f"*Always:* {_first(seen)}",
        ]
    lines = [
        f"*For {wording.plain(seen.team_name)}:* open, remind and close its rounds, see how many "
        f"have answered, look at its results first and post them. {NO_ANSWERS}",
    ]
    if seen.creator is not None:
        lines.append(f"*Always:* <@{seen.creator}>, who set it up.")
    also = f" Added in Slack: {wording.people(seen.everywhere)}." if seen.everywhere else ""
    lines.append(f"*For all scorecards here:* {_first(seen)}{also}")
    return lines


def _first(seen: Facilitating) -> str:
    if seen.configured:
        return (
            f"{wording.people(seen.first)}, from my settings (`SCORECARD_FACILITATORS`). "
            "Whoever runs me can change them."
        )
    return (
        f"the owners and admins of this workspace ({wording.people(seen.first)}). Whoever runs me "
        "can choose others in my settings (`SCORECARD_FACILITATORS`)."
    )


def _changed(found: Meanwhile) -> str:
    """⚠️ @Ben changed this list while you had it open: added @Chiara, took out @Deepa."""
    done = []
    if found.added:
        done.append(f"added {wording.people(found.added)}")
    if found.taken_out:
        done.append(f"took out {wording.people(found.taken_out)}")
    return (
        f"⚠️ {wording.people(found.by)} changed this list while you had it open: "
        f"{', '.join(done)}. Your change isn't saved yet: press *Save* again to make the list as "
        "below, or *Cancel* to leave it."
    )
