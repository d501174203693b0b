"""How often the app may call: Slack's tiers as sliding windows. Who is counted: `web_api.to_wait`.

Stricter than Slack, which tolerates bursts: one call over the budget is refused.
"""

from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from sandbox.errors import SandboxError

POST = "chat.postMessage"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
TIER_1, TIER_2, TIER_3, TIER_4, HUNDREDS = 1, 20, 50, 100, 600

_TIERS: Mapping[int, tuple[str, ...]] = {
    TIER_1: ("apps.connections.open",),
    TIER_2: (
        "conversations.list",
        "usergroups.list",
        "usergroups.users.list",
        "users.conversations",
        "users.list",
    ),
    TIER_3: (
        "chat.delete",
        "chat.update",
        "conversations.history",
        "conversations.info",
        "conversations.join",
        "conversations.open",
        "conversations.replies",
        "files.delete",
        "team.info",
    ),
    TIER_4: (
        "chat.postEphemeral",
        "conversations.members",
        "files.completeUploadExternal",
        "files.getUploadURLExternal",
        "files.info",
        "users.info",
        "views.open",
        "views.publish",
        "views.push",
        "views.update",
    ),
    HUNDREDS: ("auth.test", "chat.getPermalink"),
}
A_MINUTE: Mapping[str, int] = MappingProxyType(
    {method: most for most, methods in _TIERS.items() for method in methods}
)
KNOWN = frozenset({POST, *A_MINUTE})


class Window:
    """At most so many calls within any minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: deque[datetime] = deque()

    def wait(self, now: datetime) -> timedelta:
        while self._taken and now - self._taken[0] >= MINUTE:
            self._taken.popleft()
        full = len(self._taken) >= self._most
        return self._taken[0] + MINUTE - now if full else timedelta()

    def take(self, now: datetime) -> None:
        self._taken.append(now)


class Posts:
    """chat.postMessage: one a second for each conversation, and so many a minute in all."""

    def __init__(self, a_minute: int) -> None:
        self._all = Window(a_minute)
        self._latest: dict[str, datetime] = {}  # of the last second only, the oldest first

    def wait(self, conversation: str, now: datetime) -> timedelta:
        while self._latest and now - next(iter(self._latest.values())) >= SECOND:
            del self._latest[next(iter(self._latest))]
        latest = self._latest.get(conversation)
        own = latest + SECOND - now if latest is not None else timedelta()
        return max(own, self._all.wait(now))

    def take(self, conversation: str, now: datetime) -> None:
        self._all.take(now)
        self._latest[conversation] = now


class Limits:
    """What one app may ask of one workspace. Only calls that were let through are counted."""

    def __init__(self, posts_a_minute: int) -> None:
        if posts_a_minute < 1:
            raise SandboxError("the app has to be able to post now and then")
        self._posts = Posts(posts_a_minute)
        self._windows = {method: Window(most) for method, most in A_MINUTE.items()}

    def admit(self, method: str, conversation: str, now: datetime) -> int:
        """Whole seconds after which this call would pass; 0 lets it pass now and counts it.

        `conversation` is looked at for posts only, and has one name for each conversation.
        """
        if method == POST:
            wait = self._posts.wait(conversation, now)
        elif method in self._windows:
            wait = self._windows[method].wait(now)
        else:  # no method of Slack's: it is refused by name
            return 0
        if wait:
            return -(-wait // SECOND)
        if method == POST:
            self._posts.take(conversation, now)
        else:
            self._windows[method].take(now)
        return 0
