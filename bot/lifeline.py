"""Whether Slack still takes our token. Without it nothing is done; with it, it goes on."""

from collections.abc import Callable
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.verdicts import DEAD, TROUBLE, verdict

TRY_AGAIN = timedelta(minutes=5)


class Lifeline:
    """Hears whatever may mean that our token is dead; what auth.test says then is what counts.

    An event may be old, and one call refused by mistake. Slack being away says nothing at all.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._doubts, self._settled = 0, 0
        self._asked_at = now()
        self._sure = False
        self.dead: str | None = None  # Slack's word for it

    def refused(self, problem: str) -> None:
        """An error of Slack's, by its name."""
        if problem in DEAD:
            self.doubt()

    def doubt(self) -> None:
        """Until Slack was asked, nothing more goes out."""
        self._doubts += 1

    @property
    def is_cut(self) -> bool:
        return self.dead is not None or self._doubts != self._settled

    @property
    def is_dead_for_sure(self) -> bool:
        """Whether Slack itself said so, and when it was asked last: that is no guess."""
        return self._sure and self._was_asked_lately()

    async def holds(self, calling: AsyncWebClient) -> bool:
        """Whether there is anything to do now; a dead token is tried again every five minutes."""
        if not self.is_cut:
            return True
        if self.dead is not None and self._was_asked_lately():
            return False
        doubts, self._asked_at = self._doubts, self._now()
        try:
            await calling.auth_test()
        except TROUBLE as error:
            problem = verdict(error).problem
            self._sure = problem in DEAD
            if self._sure:
                self.dead = problem
            return False
        self.dead, self._sure, self._settled = None, False, doubts
        return not self.is_cut

    def _was_asked_lately(self) -> bool:
        """A clock may be set back: then it was not."""
        return timedelta() <= self._now() - self._asked_at < TRY_AGAIN
