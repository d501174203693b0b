"""How fast the bot speaks: Slack's limits for each method, and what it said about waiting.

A limit counts for all of a workspace's calls of a method; one more holds for each conversation.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.verdicts import TOO_MANY_REQUESTS, Fate, verdict

Clock = Callable[[], datetime]
Sleep = Callable[[float], Awaitable[Any]]
Key = tuple[str, str]

POST: Final = "chat.postMessage"
CONNECT: Final = "apps.connections.open"
A_CONVERSATION_A_MINUTE = 60

# Calls a minute: Slack's tiers 2, 3 and 4. What is not here is free, above all what opens a
# modal: it has three seconds in which waiting would not help.
A_MINUTE: Final[Mapping[str, int]] = {
    "users.list": 20,
    "usergroups.list": 20,
    "usergroups.users.list": 20,
    "chat.update": 50,
    "chat.delete": 50,
    "conversations.info": 50,
    "conversations.join": 50,
    "conversations.open": 50,
    "conversations.history": 50,
    "conversations.members": 100,
    "files.getUploadURLExternal": 100,
    "files.completeUploadExternal": 100,
}
BURST_SHARE = 4
FIRST_HOLD, LONGEST_HOLD = 2.0, 60.0
KEPT_MOST = 1_000


class Pace:
    """Says when the next call may go out, and lets it wait until then."""

    def __init__(self, now: Clock, sleep: Sleep, posts_a_minute: int) -> None:
        self._now = now
        self._sleep = sleep
        self._posts_a_minute = posts_a_minute
        self._next: dict[Key, datetime] = {}
        self._held: dict[str, datetime] = {}
        self._failed: Counter[str] = Counter()

    async def turn(self, method: str, conversation: str) -> None:
        """Wait until this call may go out; from then on it counts."""
        while (wait := self._wait(method, conversation)) > timedelta():
            await self._sleep(wait.total_seconds())
        self._spend(method, conversation)

    def is_held(self, method: str) -> bool:
        """Whether Slack wants no call of this method for a while, or fails all of them."""
        until = self._held.get(method)
        return until is not None and self._now() < until

    def hold(self, method: str, seconds: float) -> None:
        """Slack said how long to wait (Retry-After); it counts for this method alone."""
        self._held[method] = self._now() + timedelta(seconds=seconds)

    def worked(self, method: str) -> None:
        self._failed.pop(method, None)

    def failed(self, method: str) -> None:
        """An error of Slack's own. One says little; from the second in a row on, back off."""
        self._failed[method] += 1
        doublings = self._failed[method] - 2
        if doublings >= 0:
            self.hold(method, min(FIRST_HOLD * 2 ** min(doublings, 10), LONGEST_HOLD))

    def _wait(self, method: str, conversation: str) -> timedelta:
        now = self._now()
        waits = [self._held.get(method, now) - now]
        for key, interval, burst in self._limits(method, conversation):
            waits.append(self._next.get(key, now) - now - interval * (burst - 1))
        return max(waits)

    def _spend(self, method: str, conversation: str) -> None:
        """Each call moves the time at which its limit is used up (the leaky bucket as a meter)."""
        now = self._now()
        if len(self._next) > KEPT_MOST:
            self._next = {key: at for key, at in self._next.items() if at > now}
        for key, interval, _ in self._limits(method, conversation):
            self._next[key] = max(self._next.get(key, now), now) + interval

    def _limits(self, method: str, conversation: str) -> Iterator[tuple[Key, timedelta, int]]:
        """What counts for a call: under which key, how far apart, and how many at once.

        A burst and a minute at the pace behind it are together what Slack allows in a minute.
        """
        if method == POST:
            yield (POST, ""), timedelta(minutes=1) / self._posts_a_minute, 1
            yield (POST, conversation), timedelta(minutes=1) / A_CONVERSATION_A_MINUTE, 1
        elif (most := A_MINUTE.get(method)) is not None:
            burst = most // BURST_SHARE
            yield (method, ""), timedelta(minutes=1) / (most - burst), burst


class PacedClient(AsyncWebClient):
    """A client that waits for its turn, and remembers what Slack says about waiting.

    `tries`: how often a call that Slack refused as one too many is made in all. `refused` hears
    every error that the bot token met, by Slack's name for it.
    """

    def __init__(
        self, pace: Pace, *, tries: int, refused: Callable[[str], None], **client: Any
    ) -> None:
        super().__init__(**client)
        self._pace = pace
        self._tries = tries
        self._refused = refused

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """Raises what slack_sdk raises."""
        for left in reversed(range(self._tries)):
            await self._pace.turn(api_method, _conversation(call))
            try:
                answer = await super().api_call(api_method, **call)
            except SlackApiError as error:
                self._note(api_method, error)
                if not (left and _is_one_too_many(error)):
                    raise
            else:
                self._pace.worked(api_method)
                return answer
        raise AssertionError("a call is tried at least once")

    def _note(self, method: str, error: SlackApiError) -> None:
        found = verdict(error)
        if method != CONNECT:  # it is made with the app-level token: the socket's own affair
            self._refused(found.problem)
        if found.seconds is not None:
            self._pace.hold(method, found.seconds)
        elif found.fate is not Fate.NEVER:
            self._pace.failed(method)


def _is_one_too_many(error: SlackApiError) -> bool:
    return getattr(error.response, "status_code", None) == TOO_MANY_REQUESTS


def _conversation(call: Mapping[str, Any]) -> str:
    """The channel that a call names, wherever slack_sdk has put it."""
    for part in ("json", "params", "data"):
        given = call.get(part)
        if isinstance(given, Mapping) and given.get("channel"):
            return str(given["channel"])
    return ""
