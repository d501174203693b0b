"""What the app's manifest allows: scopes, commands, surfaces, events. None allows everything."""

from typing import Any

from sandbox.checks import many, one_of, record, string
from sandbox.errors import SandboxError
from sandbox.scopes import EVERY_SCOPE

SHORTCUTS = many(
    record(
        {
            "name": string(24, 1),
            "type": one_of("global", "message"),
            "callback_id": string(255, 1),
            "description": string(150, 1),
        }
    ),
    1,
    10,
)


class Manifest:
    """Raises SandboxError for shortcuts that Slack would not save."""

    def __init__(self, manifest: dict[str, Any] | None) -> None:
        self._given = manifest is not None
        self._raw = manifest or {}
        shortcuts = self._at("features", "shortcuts")
        if shortcuts is not None and (problems := SHORTCUTS(shortcuts)):
            where, what = problems[0]
            raise SandboxError(f"the manifest is refused: /features/shortcuts{where} {what}")

    def _at(self, *path: str) -> Any:
        place: Any = self._raw
        for key in path:
            place = place.get(key) if isinstance(place, dict) else None
        return place

    def _allows(self, *path: str) -> bool:
        return not self._given or self._at(*path) is True

    @property
    def app_name(self) -> str:
        return str(self._at("features", "bot_user", "display_name") or "Sandbox Bot")

    @property
    def scopes(self) -> set[str]:
        """Every bot scope that can be granted; optional ones count as granted.

        `bot_optional` only marks some of those under `bot`: alone there, nobody is asked for it.
        """
        if not self._given:
            return set(EVERY_SCOPE)
        return set(self._at("oauth_config", "scopes", "bot") or ())

    @property
    def socket_mode(self) -> bool:
        return self._allows("settings", "socket_mode_enabled")

    def request_url(self, kind: str, payload: dict[str, Any]) -> str | None:
        """Where a payload goes over HTTP, when there is no Socket Mode; None: nowhere."""
        if kind == "slash_commands":
            found = (self._command(payload["command"]) or {}).get("url")
        elif kind == "events_api":
            found = self._at("settings", "event_subscriptions", "request_url")
        else:
            found = self._at("settings", "interactivity", "request_url")
        return found if isinstance(found, str) else None

    @property
    def interactivity(self) -> bool:
        return self._allows("settings", "interactivity", "is_enabled")

    @property
    def home_tab(self) -> bool:
        return self._allows("features", "app_home", "home_tab_enabled")

    @property
    def messages_tab(self) -> bool:
        return self._allows("features", "app_home", "messages_tab_enabled")

    @property
    def read_only_messages(self) -> bool:
        return self._at("features", "app_home", "messages_tab_read_only_enabled") is True

    def has_command(self, command: str) -> bool:
        return not self._given or self._command(command) is not None

    def escapes(self, command: str) -> bool:
        return bool((self._command(command) or {}).get("should_escape"))

    def _command(self, command: str) -> dict[str, Any] | None:
        commands = self._at("features", "slash_commands") or ()
        return next((c for c in commands if c.get("command") == command), None)

    def global_shortcut(self, name: str) -> str | None:
        """The callback_id behind the name in the shortcuts menu; None: it is not there."""
        if not self._given:
            return name
        shortcuts = self._at("features", "shortcuts") or ()
        found = (s for s in shortcuts if (s["type"], s["name"]) == ("global", name))
        return next((str(s["callback_id"]) for s in found), None)

    def wants_event(self, event: str) -> bool:
        wanted = self._at("settings", "event_subscriptions", "bot_events") or ()
        return not self._given or event in wanted
