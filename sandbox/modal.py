"""Modals and Home tabs in front of a person: reading them, filling them in, submitting."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.controls import Control, controls, labels, pick_or_say
from sandbox.directory import Account
from sandbox.errors import NotOnScreen, Refusal, SandboxError, Unknown
from sandbox.fields import FIELDS, complaint, entered, moment, value_of
from sandbox.outcome import Outcome
from sandbox.payloads import Payload
from sandbox.reading import lines, words
from sandbox.views import View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


class _Pane:
    """What a modal and a Home tab have in common: blocks that can be read and pressed."""

    def __init__(self, workspace: "Workspace", account: Account, view: View) -> None:
        self._workspace = workspace
        self._account = account
        self.view = view

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.view.blocks

    @property
    def reads(self) -> str:
        """All that can be read, one line per thing; buttons as [label]."""
        said = lines(self.blocks, self._workspace.directory.name_of)
        return "\n".join([*said, *self.view.errors.values()])

    @property
    def buttons(self) -> list[str]:
        return labels(self.blocks)

    @property
    def private_metadata(self) -> str:
        return str(self.view.spec.get("private_metadata", ""))


class Home(_Pane):
    """The app's Home tab. Press on it with `member.press(label, on=member.home)`.

    Alive like a message: when the app publishes again, this turns too. `copy()` stands still.
    """

    def copy(self) -> "Home":
        """What the person still sees who has not got the next version of the tab."""
        return Home(self._workspace, self._account, replace(self.view, state=dict(self.view.state)))


class Modal(_Pane):
    @property
    def title(self) -> str:
        return str(self.view.spec["title"]["text"])

    @property
    def labels(self) -> list[str]:
        """The labels of the inputs, in order."""
        name_of = self._workspace.directory.name_of
        return [words(c.block["label"], name_of) for c in self._inputs()]

    @property
    def errors(self) -> dict[str, str]:
        """The sentences under the fields, by block_id."""
        return self.view.errors

    @property
    def is_open(self) -> bool:
        return self.view in self._workspace.views.stack(self._account.id)

    def value(self, label: str) -> Any:
        """What the field holds now, as Slack would send it."""
        return entered(self.view.state[self._control(label).key])

    def options(self, label: str) -> list[str]:
        name_of = self._workspace.directory.name_of
        return [words(o["text"], name_of) for o in self._control(label).options()]

    def fill(self, label: str, text: str) -> "Modal":
        """Type into a field: text, a number, a date (2026-01-31) or a time (10:00)."""
        return self._enter(label, (text,))

    def choose(self, label: str, *options: str) -> "Modal":
        """Choose in a field by what is to be read: option texts, people's or channels' names.

        Several for a field that takes several; none empties it.
        """
        return self._enter(label, options)

    def _enter(self, label: str, given: tuple[str, ...]) -> "Modal":
        self._must_be_in_front()
        control = self._control(label)
        if control.tells_the_app:
            raise SandboxError(f"{label!r} tells the app at once: use `await member.select(...)`")
        chosen = choose(self._workspace, self._account, control, given)
        self.view.state[control.key] = value_of(control.element, chosen)
        self.view.errors.pop(control.block["block_id"], None)
        return self

    async def submit(self) -> Outcome:
        """Press the submit button. Slack checks the fields first; then the app is asked."""
        self._must_be_in_front()
        workspace = self._workspace
        if "submit" not in self.view.spec:
            raise NotOnScreen("submit", self.buttons, f"in {self.title!r}")
        self.view.errors = self._complaints()
        if self.view.errors:
            return self._outcome(errors=dict(self.view.errors))
        if not workspace.manifest.interactivity:
            return self._outcome(error="interactivity_disabled")
        payload = workspace.payloads.submission(self._account, self.view, self._response_urls())
        outcome = self._outcome()
        ack = await workspace.send("interactive", payload)
        outcome.ack, outcome.error = ack.payload, ack.error
        if ack.error is None and self.is_open:
            self._obey(ack.payload or {}, outcome)
            workspace.changes.happened()
        return outcome

    async def close(self, *, everything: bool = False) -> Outcome:
        """Press cancel; with `everything`, the X that closes the whole stack."""
        self._must_be_in_front()
        workspace = self._workspace
        views = workspace.views
        cleared = everything or bool(self.view.spec.get("clear_on_close"))
        stack = views.stack(self._account.id)
        told = stack[0] if cleared else self.view
        payload = workspace.payloads.closed(self._account, told, cleared=cleared)
        if cleared:
            views.clear(self._account.id)
        else:
            views.pop(self.view)
        workspace.changes.happened()
        outcome = self._outcome()
        if told.spec.get("notify_on_close"):
            ack = await workspace.send("interactive", payload)
            outcome.ack, outcome.error = ack.payload, ack.error
        return outcome

    def _obey(self, answer: Payload, outcome: Outcome) -> None:
        """Do what the app's acknowledgement says, if Slack would."""
        views = self._workspace.views
        wish = answer.get("response_action")
        try:
            match wish:
                case None:
                    views.pop(self.view)
                case "clear":
                    views.clear(self._account.id)
                case "update":
                    views.update(self.view, answer.get("view") or {}, None)
                case "push":
                    views.push(self._account.id, answer.get("view") or {}, self.view.conversation)
                case "errors":
                    outcome.errors = self._show_errors(answer.get("errors"))
                case _:
                    outcome.error = f"invalid_response: unknown response_action {wish!r}"
        except Refusal as refusal:
            said = refusal.details.get("response_metadata", {}).get("messages", "")
            outcome.error = f"invalid_response: {refusal.error} {said}".rstrip()

    def _show_errors(self, errors: Any) -> dict[str, str]:
        inputs = {control.block["block_id"] for control in self._inputs()}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            raise Refusal(f"errors {errors!r} must name input blocks out of {sorted(inputs)}")
        self.view.errors = dict(errors)
        return dict(errors)

    def _inputs(self) -> list[Control]:
        return [c for c in controls(self.blocks) if c.block["type"] == "input"]

    def _control(self, label: str) -> Control:
        name_of = self._workspace.directory.name_of
        known = [c for c in controls(self.blocks) if c.kind in FIELDS]
        for control in known:
            if label in control.names(name_of):
                return control
        there = [next(iter(control.names(name_of)), control.kind) for control in known]
        raise NotOnScreen(label, there, f"among the fields of {self.title!r}")

    def _complaints(self) -> dict[str, str]:
        found = {}
        for control in self._inputs():
            optional = bool(control.block.get("optional"))
            said = complaint(control.element, self.view.state[control.key], optional=optional)
            if said is not None:
                found[control.block["block_id"]] = said
        return found

    def _response_urls(self) -> list[Payload]:
        urls = []
        for control in self._inputs():
            chosen = entered(self.view.state[control.key])
            if control.element.get("response_url_enabled") and chosen:
                block_id, action_id = control.key
                url = self._workspace.response_url(self._account.id, chosen, None)
                urls.append(
                    {
                        "block_id": block_id,
                        "action_id": action_id,
                        "channel_id": chosen,
                        "response_url": url,
                    }
                )
        return urls

    def _must_be_in_front(self) -> None:
        stack = self._workspace.views.stack(self._account.id)
        if not stack or stack[-1] is not self.view:
            raise NotOnScreen(self.title, [v.spec["title"]["text"] for v in stack], "in front")

    def _outcome(self, error: str | None = None, errors: dict[str, str] | None = None) -> Outcome:
        outcome = self._workspace.posts.outcome(self._account.id)
        outcome.error, outcome.errors = error, errors or {}
        return outcome


def choose(
    workspace: "Workspace", account: Account, control: Control, given: tuple[str, ...]
) -> Any:
    """What an element holds after a person entered or chose these words."""
    known = FIELDS[control.kind]
    if known.how == "option":
        name_of = workspace.directory.name_of
        chosen: list[Any] = [pick_or_say(control.options(), text, name_of) for text in given]
    elif known.how == "user":
        chosen = [workspace.directory.account(name).id for name in given]
    elif known.how in ("conversation", "channel"):
        chosen = [_conversation(workspace, account, control, name) for name in given]
    elif known.how == "moment":
        chosen = [moment(text) for text in given]
    else:
        chosen = list(given)
    if known.many:
        return chosen
    if len(chosen) > 1:
        raise SandboxError(f"{control.kind} takes one, not {list(given)}")
    return chosen[0] if chosen else None


def _conversation(workspace: "Workspace", account: Account, control: Control, name: str) -> str:
    """A conversation the person can see and the element's filter lets through."""
    found = workspace.directory.channel(name)
    include = control.element.get("filter", {}).get("include")
    if control.kind.endswith("channels_select"):
        include = ["public"]
    hidden = found.kind != "public" and account.id not in found.members
    external = control.element.get("filter", {}).get("exclude_external_shared_channels")
    if hidden or found.archived or (external and found.shared):
        raise Unknown(f"#{name} is not offered to {account.real_name}")
    if include is not None and found.kind not in include:
        raise Unknown(f"#{name} is not offered: only {include}")
    return found.id
