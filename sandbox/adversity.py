"""What a test can do to the app: verbs of a workspace that bring trouble, and that end it.

What each of them means for a call is in `trouble` and `tiers`.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection
from random import Random
from typing import TYPE_CHECKING, Any

from sandbox.directory import Directory
from sandbox.errors import SandboxError
from sandbox.manifest import Manifest
from sandbox.socket_mode import Ack
from sandbox.tiers import KNOWN, Limits
from sandbox.trouble import AMBIGUOUS, RETRYABLE, Disturbance, Trouble, Troubles

if TYPE_CHECKING:
    from sandbox.payloads import Payloads

GONE = ("app_uninstalled", "tokens_revoked")


class Adversity(ABC):
    """Part of `Workspace`. `limits` is None while calls are not counted."""

    directory: Directory
    manifest: Manifest
    payloads: "Payloads"
    bot_user_id: str
    bot_token: str

    @abstractmethod
    async def send(self, kind: str, payload: dict[str, Any]) -> Ack:
        """A payload to the app, as `Workspace` sends it."""

    def __init__(self) -> None:
        self.troubles = Troubles()
        self.limits: Limits | None = None

    def fail(
        self,
        method: str,
        error: str | None = None,
        *,
        times: int | None = 1,
        after: int = 0,
        effect: bool = False,
        status: int | None = None,
        retry_after: int | None = None,
        drop: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Script trouble for the next calls of a method; `sandbox.trouble` explains the words.

        `method` may also be response_url, upload, websocket, or "*" for whatever comes next.
        """
        self.troubles.script(
            Trouble(method, error, times, after, effect, status, retry_after, drop, delay)
        )

    def disturb(
        self,
        share: float,
        *,
        dice: Random,
        methods: Collection[str] | None = None,
        kinds: Collection[str] = RETRYABLE + AMBIGUOUS,
    ) -> None:
        """From now on a share of the Web API calls fails, as the dice decide.

        `kinds` come from `RETRYABLE` (nothing was done) and `AMBIGUOUS` (perhaps it was done).
        """
        which = None if methods is None else frozenset(methods)
        if which is not None and (unknown := which - KNOWN):
            raise SandboxError(f"no such methods: {sorted(unknown)}")
        chosen = tuple(sorted(kinds))  # a set has no order, and the dice shall repeat themselves
        self.troubles.disturb(Disturbance(share, dice, which, chosen))

    def refuse(self, member: str, error: str = "user_not_found") -> None:
        """Whatever is posted or opened to this person is refused, until `accept` or `heal`."""
        self.troubles.refuse(self.directory.account(member).id, error)

    def accept(self, member: str) -> None:
        """The person can be reached again."""
        self.troubles.accept(self.directory.account(member).id)

    def heal(self, method: str | None = None) -> None:
        """End the trouble that is still to come, or only what was meant for this method.

        A revoked token stays revoked, and limits stay enforced.
        """
        self.troubles.heal(method)

    def revoke_token(self, error: str = "token_revoked") -> None:
        """The installation is dead: each call with the bot token is answered with the error."""
        self.troubles.revoked = error

    def restore_token(self) -> None:
        self.troubles.revoked = None

    async def uninstall(self, *told: str, error: str = "account_inactive", times: int = 1) -> None:
        """Somebody takes the app out of the workspace; the bot is in no channel any more.

        `told`: what the app hears of it, in this order, which Slack does not promise; each
        comes so many times.
        """
        self.revoke_token(error)
        for channel in self.directory.of_kinds(("public", "private")):
            channel.members.pop(self.bot_user_id, None)
        for event in (told or GONE) * times:
            await self.tell_gone(event)

    async def tell_gone(self, event: str, *, users: Collection[str] = ()) -> None:
        """Say app_uninstalled or tokens_revoked, be it true, late, or about `users`' tokens.

        No installation is named in it, for there is none any more.
        """
        if not self.manifest.wants_event(event):
            return
        facts: dict[str, Any] = {"type": event}
        if event == "tokens_revoked":
            bot = [] if users else [self.bot_user_id]
            facts["tokens"] = {"oauth": list(users), "bot": bot}
        payload = self.payloads.event(facts)
        del payload["authorizations"]
        await self.send("events_api", payload)

    def reinstall(self, token: str | None = None) -> None:
        """Somebody installs the app again: the same token works again, or only the new one."""
        self.restore_token()
        self.bot_token = token or self.bot_token

    def enforce_limits(self, *, posts_a_minute: int = 240) -> None:
        """Count calls from now on and refuse those over the budget; `sandbox.tiers` has it."""
        self.limits = Limits(posts_a_minute)
