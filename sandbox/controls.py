"""What can be pressed, chosen or filled in on a message or a view, and by which words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sandbox.errors import NotOnScreen
from sandbox.fields import FIELDS
from sandbox.reading import NameOf, words

_CHOICES = frozenset(FIELDS) | {"overflow"}


@dataclass(frozen=True, slots=True)
class Control:
    """One interactive element and the block it sits in."""

    block: dict[str, Any]
    element: dict[str, Any]

    @property
    def kind(self) -> str:
        return str(self.element["type"])

    @property
    def key(self) -> tuple[str, str]:
        return self.block["block_id"], self.element["action_id"]

    @property
    def is_choice(self) -> bool:
        return self.kind in _CHOICES

    @property
    def tells_the_app(self) -> bool:
        """Whether using it sends block_actions at once; inputs wait for the submit."""
        return self.block["type"] != "input" or bool(self.block.get("dispatch_action"))

    def names(self, name_of: NameOf) -> list[str]:
        """The words a person would call it by, the most natural first."""
        said = [
            words(part, name_of)
            for part in (
                self.element.get("text"),
                self.block.get("label"),
                self.element.get("placeholder"),
                self.block.get("text"),
            )
        ]
        return [name for name in said if name]

    def options(self) -> list[dict[str, Any]]:
        groups = self.element.get("option_groups", ())
        return [*self.element.get("options", ()), *(o for g in groups for o in g["options"])]


def controls(blocks: Iterable[dict[str, Any]]) -> Iterator[Control]:
    for block in blocks:
        kind = block["type"]
        if kind in ("actions", "context_actions"):
            for element in block["elements"]:
                yield Control(block, element)
        elif kind == "section" and "action_id" in block.get("accessory", ()):
            yield Control(block, block["accessory"])
        elif kind == "input":
            yield Control(block, block["element"])


def buttons(blocks: Iterable[dict[str, Any]]) -> Iterator[Control]:
    return (control for control in controls(blocks) if control.kind == "button")


def labels(blocks: Iterable[dict[str, Any]]) -> list[str]:
    return [control.element["text"]["text"] for control in buttons(blocks)]


def find_button(blocks: Iterable[dict[str, Any]], label: str) -> Control | None:
    for control in buttons(blocks):
        if control.element["text"]["text"] == label:
            return control
    return None


def find_choice(
    blocks: Iterable[dict[str, Any]], wanted: str, option: str | None, name_of: NameOf
) -> Control | None:
    """Find a select by its words; with no option given, by the words of one of its options."""
    for control in controls(blocks):
        if not (control.is_choice and control.tells_the_app):
            continue
        if option is None:
            if pick(control.options(), wanted, name_of) is not None:
                return control
        elif any(_same(name, wanted) for name in control.names(name_of)):
            return control
    return None


def pick(options: list[dict[str, Any]], wanted: str, name_of: NameOf) -> dict[str, Any] | None:
    """Pick by the whole text, or by a beginning that only one option has."""
    said = [(words(option["text"], name_of), option) for option in options]
    for text, option in said:
        if text == wanted:
            return option
    beginning = wanted.removesuffix("...").rstrip()
    fitting = [option for text, option in said if beginning and text.startswith(beginning)]
    return fitting[0] if len(fitting) == 1 else None


def pick_or_say(options: list[dict[str, Any]], wanted: str, name_of: NameOf) -> dict[str, Any]:
    found = pick(options, wanted, name_of)
    if found is None:
        there = [words(option["text"], name_of) for option in options]
        raise NotOnScreen(wanted, there, "among the options")
    return found


def _same(name: str, wanted: str) -> bool:
    return name == wanted or name.removesuffix(":") == wanted
