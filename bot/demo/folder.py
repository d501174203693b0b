"""The folder with what a demo leaves behind; nothing else in it is ever touched."""

import json
from collections.abc import Iterable
from pathlib import Path

from sandbox import Call

CALLS = "calls.jsonl"
DATABASE = "scorecard.sqlite3"
RESULT, RESULT_BEFORE = "result.json", "result-before.json"
FILES = {
    "radar.png": "the radar of the second quarter, as the bot uploaded it",
    "dots.png": "its scores from high to low, with their ranges",
    "stellar.png": "its scores as a star, colour by score",
    RESULT: "its result, with what changed",
    RESULT_BEFORE: "the first quarter's result",
    "channel.txt": "all that the channel reads, threads included",
    CALLS: "every call that the bot made to Slack",
    DATABASE: "the bot's database",
}
BESIDE_DATABASE = ("-wal", "-shm", "-journal")


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.path / DATABASE}"

    def make_ready(self) -> None:
        """Take away what an earlier demo left. SystemExit with a sentence where that can't be.

        A file of ours without the calls beside it is somebody else's: a demo begins with those.
        """
        try:
            if self.path.exists() and not self.path.is_dir():
                raise SystemExit(f"{self.path} is a file. Give a folder: --output demo-output")
            self.path.mkdir(parents=True, exist_ok=True)
            self._refuse_what_is_not_ours()
            for name in (*FILES, *(DATABASE + ending for ending in BESIDE_DATABASE)):
                (self.path / name).unlink(missing_ok=True)
            self.write(CALLS, "")
        except OSError as error:
            raise SystemExit(
                f"{self.path} cannot be used ({error.strerror}). "
                "Give another folder: --output demo-output"
            ) from None

    def _refuse_what_is_not_ours(self) -> None:
        there = [name for name in FILES if (self.path / name).exists()]
        if there and CALLS not in there:
            raise SystemExit(
                f"{self.path} holds {there[0]}, and no demo has left it there. "
                "Give another folder: --output demo-output"
            )

    def write(self, name: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.path / name).write_bytes(data)

    def write_calls(self, calls: Iterable[Call], address: str) -> None:
        """One JSON object a line; the port, different each time, is left out of addresses."""
        lines = [
            json.dumps(
                {"method": call.method, "params": call.params, "response": call.response},
                ensure_ascii=False,
            ).replace(address, "slack.invalid")
            for call in calls
        ]
        self.write(CALLS, "\n".join((*lines, "")))
