"""What people do in the team: how roles are called, and the question that asks for one."""

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, SectionBlock

from bot.blocks import ids
from bot.blocks.ids import Spot
from bot.blocks.message import Content
from questionnaires.conversation import RoleQuestion
from questionnaires.roles import Role

NAMES = {
    Role.DATA_SCIENCE: "data science",
    Role.ML_ENGINEERING: "ML engineering",
    Role.DATA_ENGINEERING: "data engineering",
    Role.PLATFORM: "platform and operations",
    Role.PRODUCT: "product and leadership",
}
ASKS = "Which is closest to your work?"
WHY = (
    "Then each kind of work can count the same, however many people do it, and the result can "
    "show a score for each that enough people do. Nobody else in Slack sees your answer."
)
ONCE = "I ask once; you can change it later."


def question(shown: RoleQuestion) -> Content:
    """One press on what is closest; what was said before is marked."""
    now = [f"Your answer: {NAMES[shown.role]}."] if shown.role else []
    why = WHY if shown.first is None else f"{WHY} {ONCE}"
    choices = f"{', '.join(map(label, Role))}{', or skip this' if shown.first else ''}."
    return Content.of(
        " ".join([ASKS, choices, *now, why]),
        SectionBlock(text="\n".join([f"*{ASKS}*", why, *(f"_{one}_" for one in now)])),
        ActionsBlock(elements=[_button(shown, role) for role in Role]),
        ActionsBlock(elements=[_way_on(shown)]),
    )


def label(role: Role) -> str:
    """What stands on its button: Data science."""
    name = NAMES[role]
    return name[0].upper() + name[1:]


def _button(shown: RoleQuestion, role: Role) -> ButtonElement:
    return ButtonElement(
        text=label(role),
        action_id=f"{ids.ROLE}.{role.place}",
        value=Spot(shown.round_id, None, role.place).value,
        style="primary" if role is shown.role else None,
    )


def _way_on(shown: RoleQuestion) -> ButtonElement:
    """Saying nothing shows the first card; later, like Start, whatever comes next: the end."""
    if shown.first is None:
        return ButtonElement(text="Back", action_id=ids.START, value=Spot(shown.round_id).value)
    spot = Spot(shown.round_id, shown.first)
    return ButtonElement(text="Skip this", action_id=ids.SHOW_CARD, value=spot.value)
