"""What comes with every interaction and is good for a while: a trigger_id and a response_url."""

from dataclasses import dataclass, field

from sandbox.errors import Refusal
from sandbox.screen import Message
from sandbox.stamps import Stamps

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass(slots=True)
class Trigger:
    """`view_id` is the modal it was pressed in, `conversation` where the person is looking."""

    member: str
    issued_at: float
    conversation: str | None = None
    view_id: str | None = None
    exchanged: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """`origin` is the message that was pressed; None for a command."""

    member: str
    conversation: str
    issued_at: float
    origin: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class Permits:
    stamps: Stamps
    _triggers: dict[str, Trigger] = field(default_factory=dict)
    _urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, member: str, conversation: str | None, view_id: str | None = None) -> str:
        trigger_id = f"{self.stamps.next('trigger')}.{int(self.stamps.seconds())}.sandbox"
        self._triggers[trigger_id] = Trigger(member, self.stamps.seconds(), conversation, view_id)
        return trigger_id

    def exchange(self, trigger_id: str) -> Trigger:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.exchanged:
            raise Refusal("trigger_exchanged")
        if self.stamps.seconds() - trigger.issued_at > TRIGGER_SECONDS:
            raise Refusal("trigger_expired")
        return trigger

    def response_url(self, member: str, conversation: str, origin: Message | None) -> str:
        url_id = f"R{self.stamps.next('response_url'):06d}"
        now = self.stamps.seconds()
        self._urls[url_id] = ResponseUrl(member, conversation, now, origin)
        return url_id

    def redeem(self, url_id: str) -> ResponseUrl:
        """Find an open response_url; the caller counts the use once it was good for something."""
        url = self._urls.get(url_id)
        if url is None:
            raise Refusal("invalid_url")
        if self.stamps.seconds() - url.issued_at > RESPONSE_URL_SECONDS:
            raise Refusal("expired_url")
        if url.uses >= RESPONSE_URL_USES:
            raise Refusal("used_url")
        return url
