"""Trouble: scripted for the next calls, drawn by dice, or lasting until it is healed.

How a failure is sent is `server`'s work; the verbs of a test are in `adversity`.
"""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from sandbox.errors import Refusal, SandboxError

WEBSOCKET = "websocket"
DONE = " after doing it"
DROPPED, HTTP = "dropped", "HTTP "
LONGEST_WAIT = 30  # seconds, of a Retry-After that the dice decide

RETRYABLE = ("ratelimited", "service_unavailable", "request_timeout")
AMBIGUOUS = tuple(
    kind + done
    for kind in (DROPPED, "internal_error", "fatal_error", f"{HTTP}500", f"{HTTP}503")
    for done in ("", DONE)
)


@dataclass(slots=True)
class Trouble:
    """What happens to the next `times` calls after `after` good ones.

    `effect`: the thing is done first, then the answer is lost (or `error`/`status` is given).
    `delay`: seconds on the event loop before the answer; alone it only makes the call slow.
    """

    method: str
    error: str | None = None
    times: int | None = 1
    after: int = 0
    effect: bool = False
    status: int | None = None
    retry_after: int | None = None
    drop: bool = False
    delay: float = 0.0

    def __post_init__(self) -> None:
        if self.method == WEBSOCKET and not self.drop:
            self.status = self.status or 503
        if not (self.error or self.effect or self.status or self.drop or self.delay):
            raise SandboxError(f"say what goes wrong with {self.method}")
        if self.effect and not (self.error or self.status):
            self.drop = True

    @property
    def only_slow(self) -> bool:
        return not (self.error or self.status or self.drop)

    @property
    def kind(self) -> str:
        """What the app gets to see of it, and whether the thing was done all the same."""
        if self.only_slow:
            return "slow"
        what = DROPPED if self.drop else self.error or f"{HTTP}{self.status}"
        return what + (DONE if self.effect else "")


def drawn(method: str, kind: str, dice: Random) -> Trouble:
    """One of the RETRYABLE or AMBIGUOUS kinds, as trouble for one call."""
    what, effect = kind.removesuffix(DONE), kind.endswith(DONE)
    if what == DROPPED:
        return Trouble(method, effect=effect, drop=True)
    if what.startswith(HTTP):
        return Trouble(method, effect=effect, status=int(what.removeprefix(HTTP)))
    retry_after = dice.randint(1, LONGEST_WAIT) if what == "ratelimited" else None
    return Trouble(method, what, effect=effect, retry_after=retry_after)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A share (0.0-1.0) of the calls fails; no `methods` are all of the Web API."""

    share: float
    dice: Random
    methods: frozenset[str] | None = None
    kinds: tuple[str, ...] = RETRYABLE + AMBIGUOUS

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise SandboxError(f"a share is a number from 0 to 1, not {self.share}")
        strange = set(self.kinds) - {*RETRYABLE, *AMBIGUOUS}
        if strange or not self.kinds:
            raise SandboxError(f"no such kinds of trouble: {sorted(strange)}")

    def strike(self, method: str) -> Trouble | None:
        concerned = self.methods is None or method in self.methods
        if not concerned or self.dice.random() >= self.share:
            return None
        return drawn(method, self.dice.choice(self.kinds), self.dice)

    def without(self, method: str) -> "Disturbance":
        return self if self.methods is None else replace(self, methods=self.methods - {method})


class Troubles:
    """All that is the matter. `played` counts by kind what the app really met."""

    def __init__(self) -> None:
        self.played: Counter[str] = Counter()
        self.revoked: str | None = None  # what every call with the bot token is answered
        self._scripted: list[Trouble] = []
        self._disturbances: list[Disturbance] = []
        self._refused: dict[str, str] = {}

    def script(self, trouble: Trouble) -> None:
        self._scripted.append(trouble)

    def disturb(self, disturbance: Disturbance) -> None:
        self._disturbances.append(disturbance)

    def refuse(self, member_id: str, error: str) -> None:
        self._refused[member_id] = error

    def accept(self, member_id: str) -> None:
        self._refused.pop(member_id, None)

    def heal(self, method: str | None = None) -> None:
        """A method's own trouble, or everything but a revoked token."""
        self._scripted = [t for t in self._scripted if method not in (None, t.method)]
        self._disturbances = [d.without(method) for d in self._disturbances if method is not None]
        if method is None:
            self._refused.clear()

    def next_for(self, method: str) -> Trouble | None:
        """Take the scripted trouble that strikes this call, if any; "*" strikes every method."""
        return self._met(self._take(method))

    def by_chance(self, method: str) -> Trouble | None:
        """Let the dice decide over this call. Disturbances that come together are independent."""
        struck = (disturbance.strike(method) for disturbance in self._disturbances)
        return self._met(next((trouble for trouble in struck if trouble is not None), None))

    def require_reachable(self, member_id: str) -> None:
        """Raises Refusal for a person whom messages no longer reach."""
        if (error := self._refused.get(member_id)) is not None:
            raise self._refusal(error)

    def require_installation(self) -> None:
        """Raises Refusal once the bot token was revoked."""
        if self.revoked is not None:
            raise self._refusal(self.revoked)

    def _refusal(self, error: str) -> Refusal:
        self.played[error] += 1
        return Refusal(error)

    def _met(self, trouble: Trouble | None) -> Trouble | None:
        if trouble is not None:
            self.played[trouble.kind] += 1
        return trouble

    def _take(self, method: str) -> Trouble | None:
        for trouble in self._scripted:
            if trouble.method not in (method, "*"):
                continue
            if trouble.after > 0:
                trouble.after -= 1
                continue
            if trouble.times is not None:
                trouble.times -= 1
                if trouble.times <= 0:
                    self._scripted.remove(trouble)
            return trouble
        return None
