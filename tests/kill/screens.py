"""All that ever hung on a screen, written down when it appeared: some is taken away later."""

from dataclasses import dataclass

from sandbox import Message, Workspace

WATCHED_FOR = 600.0  # seconds, longer than any test
KEY_PARTS = 4  # kind, round, recipient, number


@dataclass(frozen=True)
class Sight:
    """`key` is the outbox's, as the message carries it; a picture has none, but a file's name."""

    to: str
    key: str
    ts: str
    thread_ts: str | None

    @property
    def keyed(self) -> bool:
        return len(self.key.split(".")) == KEY_PARTS

    @property
    def what(self) -> str:
        """Its kind, or the picture."""
        return self.key.partition(".")[0]


class Screens:
    def __init__(self, workspace: Workspace) -> None:
        self.sights: list[Sight] = []
        self._workspace = workspace
        self._known: set[tuple[str, str]] = set()

    async def watch(self) -> None:
        """Until it is cancelled."""
        await self._workspace.changes.until(self._look, WATCHED_FOR)

    async def shows(self, key: str) -> None:
        """Wait until such a message has appeared."""
        await self._workspace.until(lambda: any(one.key == key for one in self.sights), WATCHED_FOR)

    def of(self, to: str) -> list[Sight]:
        """What a person or a channel was shown, in order."""
        return [sight for sight in self.sights if sight.to == to]

    def _look(self) -> bool:
        for conversation in self._workspace.directory.conversations.values():
            to = conversation.name if conversation.kind == "im" else conversation.id
            for message in conversation.messages:
                if not message.ephemeral and (message.channel, message.ts) not in self._known:
                    self._known.add((message.channel, message.ts))
                    self.sights.append(Sight(to, _key(message), message.ts, message.thread_ts))
        return False


def _key(message: Message) -> str:
    if message.files:
        return message.files[0].name
    return str(message.blocks[0]["block_id"]) if message.blocks else ""
