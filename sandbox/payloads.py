"""The payloads that reach the app: their shape only, no decisions."""

from typing import TYPE_CHECKING, Any

from sandbox.controls import Control
from sandbox.directory import Account, Conversation
from sandbox.fields import FIELDS, value_of
from sandbox.screen import Message, State
from sandbox.views import View

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

Payload = dict[str, Any]


def state_values(state: State) -> Payload:
    values: Payload = {}
    for (block_id, action_id), value in state.items():
        values.setdefault(block_id, {})[action_id] = value
    return {"values": values}


def action(control: Control, chosen: Any, ts: str) -> Payload:
    """One entry of ``actions``; `chosen` is what a select holds now, None for a button."""
    element = control.element
    block_id, action_id = control.key
    shown: Payload = {
        "type": control.kind,
        "block_id": block_id,
        "action_id": action_id,
        "action_ts": ts,
    }
    for key in ("text", "value", "style", "url", "placeholder"):
        if key in element:
            shown[key] = element[key]
    if control.kind == "overflow":
        shown["selected_option"] = chosen
    elif control.kind in FIELDS:
        shown.update(value_of(element, chosen))
    return shown


class Payloads:
    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._team = {"id": workspace.team_id, "domain": workspace.domain}

    def _from(self, kind: str, account: Account) -> Payload:
        handle = account.handle
        return {
            "type": kind,
            "team": self._team,
            "api_app_id": self._workspace.app_id,
            "token": "legacy-verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": account.id,
                "username": handle,
                "name": handle,
                "team_id": self._workspace.team_id,
            },
        }

    def press_on_message(
        self, account: Account, message: Message, conversation: Conversation, action: Payload
    ) -> Payload:
        workspace = self._workspace
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": conversation.id,
            "is_ephemeral": message.ephemeral,
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = self._from("block_actions", account)
        payload.update(
            container=container,
            channel={"id": conversation.id, "name": conversation.slash_name},
            trigger_id=workspace.permits.trigger(account.id, conversation.id),
            response_url=workspace.response_url(account.id, conversation.id, message),
            state=state_values(message.picked.get(account.id, {})),
            actions=[action],
        )
        if not message.ephemeral:  # Slack does not send back what it has not kept
            payload["message"] = message.as_json(workspace.team_id)
        return payload

    def press_on_view(self, account: Account, view: View, action: Payload) -> Payload:
        payload = self._from("block_actions", account)
        payload.update(
            container={"type": "view", "view_id": view.id},
            trigger_id=self._workspace.permits.trigger(account.id, view.conversation, view.id),
            view=self.view(view),
            actions=[action],
        )
        return payload

    def submission(self, account: Account, view: View, response_urls: list[Payload]) -> Payload:
        payload = self._from("view_submission", account)
        trigger = self._workspace.permits.trigger(account.id, view.conversation, view.id)
        payload.update(trigger_id=trigger, view=self.view(view), response_urls=response_urls)
        return payload

    def closed(self, account: Account, view: View, *, cleared: bool) -> Payload:
        return {
            **self._from("view_closed", account),
            "view": self.view(view),
            "is_cleared": cleared,
        }

    def command(
        self, account: Account, command: str, text: str, conversation: Conversation
    ) -> Payload:
        workspace = self._workspace
        return {
            "token": "legacy-verification-token",
            "team_id": workspace.team_id,
            "team_domain": workspace.domain,
            "channel_id": conversation.id,
            "channel_name": conversation.slash_name,
            "user_id": account.id,
            "user_name": account.handle,
            "command": command,
            "text": text,
            "api_app_id": workspace.app_id,
            "is_enterprise_install": "false",
            "response_url": workspace.response_url(account.id, conversation.id, None),
            "trigger_id": workspace.permits.trigger(account.id, conversation.id),
        }

    def shortcut(self, account: Account, callback_id: str) -> Payload:
        """A global shortcut knows who picked it, not where: no channel, no response_url."""
        workspace = self._workspace
        return {
            "type": "shortcut",
            "token": "legacy-verification-token",
            "action_ts": workspace.stamps.ts(),
            "team": self._team,
            "user": {
                "id": account.id,
                "username": account.handle,
                "team_id": workspace.team_id,
            },
            "is_enterprise_install": False,
            "enterprise": None,
            "callback_id": callback_id,
            "trigger_id": workspace.permits.trigger(account.id, None),
        }

    def event(self, event: Payload) -> Payload:
        workspace = self._workspace
        number = workspace.stamps.next("event")
        return {
            "token": "legacy-verification-token",
            "team_id": workspace.team_id,
            "api_app_id": workspace.app_id,
            "type": "event_callback",
            "event": {"event_ts": workspace.stamps.ts(), **event},
            "event_id": f"Ev0SBX{number:06d}",
            "event_time": int(workspace.stamps.seconds()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }

    def view(self, view: View) -> Payload:
        workspace = self._workspace
        spec = view.spec
        return {
            "id": view.id,
            "team_id": workspace.team_id,
            "type": spec["type"],
            "blocks": spec["blocks"],
            "private_metadata": spec.get("private_metadata", ""),
            "callback_id": spec.get("callback_id", ""),
            "state": state_values(view.state),
            "hash": view.hash,
            "title": spec.get("title"),
            "submit": spec.get("submit"),
            "close": spec.get("close"),
            "clear_on_close": spec.get("clear_on_close", False),
            "notify_on_close": spec.get("notify_on_close", False),
            "previous_view_id": view.previous,
            "root_view_id": view.root,
            "external_id": spec.get("external_id", ""),
            "app_id": workspace.app_id,
            "app_installed_team_id": workspace.team_id,
            "bot_id": workspace.bot_id,
        }
