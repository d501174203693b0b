"""views.*: modals and Home tabs. The rules of the stack are in `sandbox.views`."""

from typing import TYPE_CHECKING, Any

from sandbox.errors import Refusal
from sandbox.views import View
from sandbox.web_api import places
from sandbox.web_api.arguments import Arguments

if TYPE_CHECKING:
    from sandbox.workspace import Workspace


def _answer(workspace: "Workspace", view: View) -> dict[str, Any]:
    workspace.changes.happened()
    return {"view": workspace.payloads.view(view)}


def open_view(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    spec = given.structure("view")
    trigger = workspace.permits.exchange(given.text("trigger_id"))
    view = workspace.views.open(trigger.member, spec, trigger.conversation)
    trigger.exchanged = True
    return _answer(workspace, view)


def push(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    spec = given.structure("view")
    trigger = workspace.permits.exchange(given.text("trigger_id"))
    if trigger.view_id not in {view.id for view in workspace.views.stack(trigger.member)}:
        raise Refusal("invalid_trigger_id")  # only a press inside a modal can push another
    view = workspace.views.push(trigger.member, spec, trigger.conversation)
    trigger.exchanged = True
    return _answer(workspace, view)


def update(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    view_id, external_id = given.maybe("view_id"), given.maybe("external_id")
    if view_id is None and external_id is None:
        raise Refusal("invalid_arguments")
    view = workspace.views.find(view_id, external_id)
    if view is None:
        raise Refusal("not_found")
    workspace.views.update(view, given.structure("view"), given.maybe("hash"))
    return _answer(workspace, view)


def publish(workspace: "Workspace", given: Arguments) -> dict[str, Any]:
    if not workspace.manifest.home_tab:
        raise Refusal("not_enabled")
    account = places.account(workspace, given.text("user_id"))
    spec = given.structure("view")
    view = workspace.views.publish(account.id, spec, given.maybe("hash"))
    return _answer(workspace, view)


METHODS = {
    "views.open": open_view,
    "views.push": push,
    "views.update": update,
    "views.publish": publish,
}
