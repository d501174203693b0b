"""Scripted trouble: which call fails next, and how. How a failure is sent is `server`'s work."""

from dataclasses import dataclass

from sandbox.errors import SandboxError

WEBSOCKET = "websocket"


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


class Troubles:
    def __init__(self) -> None:
        self._scripted: list[Trouble] = []

    def script(self, trouble: Trouble) -> None:
        self._scripted.append(trouble)

    def heal(self, method: str | None = None) -> None:
        self._scripted = [t for t in self._scripted if method not in (None, t.method)]

    def next_for(self, method: str) -> Trouble | None:
        """Take the trouble that strikes this call, if any; "*" strikes every method."""
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
