"""Views: what is open in front of whom, its state and its hash.

Here are the rules of the stack; the person's side is in `modal`, the methods in `web_api.views`.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from sandbox.block_kit import VIEW_BYTES, sentences, view_problems
from sandbox.controls import controls
from sandbox.errors import Refusal
from sandbox.fields import FIELDS, initial
from sandbox.screen import State
from sandbox.stamps import Stamps

STACK = 3


@dataclass(slots=True, eq=False)
class View:
    """One modal or Home tab. `state` holds what is entered, by block_id and action_id."""

    id: str
    member: str
    root: str
    previous: str | None
    spec: dict[str, Any]
    hash: str
    conversation: str | None = None
    state: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = self.spec["blocks"]
        return blocks


class Views:
    def __init__(self, stamps: Stamps) -> None:
        self._stamps = stamps
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, member: str) -> list[View]:
        """The modals open in front of a person, the one they see last."""
        return self._stacks.setdefault(member, [])

    def home(self, member: str) -> View | None:
        return self._homes.get(member)

    def find(self, view_id: str | None, external_id: str | None) -> View | None:
        if view_id is not None:
            return self._views.get(view_id)
        return next(
            (v for v in self._views.values() if v.spec.get("external_id") == external_id), None
        )

    def open(self, member: str, spec: dict[str, Any], conversation: str | None) -> View:
        """Open a first modal; one that is already open gives way to it."""
        self._accept(spec, "modal")
        self.clear(member)
        return self._put_on_top(member, spec, conversation)

    def push(self, member: str, spec: dict[str, Any], conversation: str | None) -> View:
        self._accept(spec, "modal")
        if len(self.stack(member)) >= STACK:
            raise Refusal("push_limit_reached")
        return self._put_on_top(member, spec, conversation)

    def _put_on_top(self, member: str, spec: dict[str, Any], conversation: str | None) -> View:
        stack = self.stack(member)
        view_id = self._stamps.id("V")
        root, previous = (stack[0].id, stack[-1].id) if stack else (view_id, None)
        view = View(view_id, member, root, previous, spec, self._new_hash(), conversation)
        self._start_state(view)
        stack.append(view)
        self._views[view_id] = view
        return view

    def update(self, view: View, spec: dict[str, Any], given_hash: str | None) -> View:
        self._accept(spec, view.spec["type"], replacing=view)
        self._same_hash(view, given_hash)
        view.spec, view.hash, view.errors = spec, self._new_hash(), {}
        self._start_state(view)
        return view

    def publish(self, member: str, spec: dict[str, Any], given_hash: str | None) -> View:
        self._accept(spec, "home", replacing=self._homes.get(member))
        if (home := self._homes.get(member)) is not None:
            return self.update(home, spec, given_hash)
        if given_hash is not None:
            raise Refusal("hash_conflict")  # nothing is stored that it could match
        view_id = self._stamps.id("V")
        home = View(view_id, member, view_id, None, spec, self._new_hash())
        self._start_state(home)
        self._homes[member] = self._views[view_id] = home
        return home

    def pop(self, view: View) -> None:
        self.stack(view.member).remove(view)
        del self._views[view.id]

    def clear(self, member: str) -> None:
        for view in list(self.stack(member)):
            self.pop(view)

    def _same_hash(self, view: View, given_hash: str | None) -> None:
        if given_hash is not None and given_hash != view.hash:
            raise Refusal("hash_conflict")

    def _new_hash(self) -> str:
        return f"{int(self._stamps.seconds())}.H{self._stamps.next('hash'):06d}"

    def _accept(self, spec: Any, kind: str, replacing: View | None = None) -> None:
        problems = view_problems(spec)
        if not problems and spec["type"] != kind:
            problems = [("/view/type", f"must be {kind}")]
        if problems:
            said = [f"[ERROR] {sentence}" for sentence in sentences(problems)]
            raise Refusal("invalid_arguments", response_metadata={"messages": said})
        if len(json.dumps(spec, ensure_ascii=False).encode()) > VIEW_BYTES:
            raise Refusal("view_too_large")
        external = spec.get("external_id")
        if external and self.find(None, external) not in (None, replacing):
            raise Refusal("duplicate_external_id")

    def _start_state(self, view: View) -> None:
        """Ids and first values; what was entered stays where block_id and action_id stay."""
        view.spec = {**view.spec, "blocks": named(view.blocks, self._stamps)}
        before, view.state = view.state, {}
        for control in controls(view.blocks):
            if control.kind in FIELDS:
                element = control.element
                kept = before.get(control.key)
                if kept is None or kept["type"] != control.kind:
                    kept = initial(self._with_default(view, element))
                view.state[control.key] = kept

    def _with_default(self, view: View, element: dict[str, Any]) -> dict[str, Any]:
        if not element.get("default_to_current_conversation") or view.conversation is None:
            return element
        many = element["type"].startswith("multi_")
        first = [view.conversation] if many else view.conversation
        return {f"initial_conversation{'s' if many else ''}": first, **element}


def named(blocks: list[dict[str, Any]], stamps: Stamps) -> list[dict[str, Any]]:
    """The blocks with the ids that Slack makes up where the app gave none.

    What has to change is copied: the record keeps what the app really sent.
    """
    return [_named_block(block, stamps) for block in blocks]


def _named_block(block: dict[str, Any], stamps: Stamps) -> dict[str, Any]:
    if "block_id" not in block:
        block = {**block, "block_id": f"b{stamps.next('block'):05d}"}
    elements = block.get("elements")
    if elements and any(_nameless(element) for element in elements):
        block = {**block, "elements": [_named_element(element, stamps) for element in elements]}
    for place in ("accessory", "element"):
        if place in block and _nameless(block[place]):
            block = {**block, place: _named_element(block[place], stamps)}
    return block


def _named_element(element: dict[str, Any], stamps: Stamps) -> dict[str, Any]:
    if not _nameless(element):
        return element
    return {**element, "action_id": f"a{stamps.next('action'):05d}"}


def _nameless(element: dict[str, Any]) -> bool:
    return "action_id" not in element and _acts(element)


def _acts(element: dict[str, Any]) -> bool:
    kind = element["type"]
    return kind in FIELDS or kind in ("button", "overflow", "feedback_buttons", "icon_button")
