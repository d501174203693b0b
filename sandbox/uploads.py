"""Files on their way into Slack: announced, uploaded, completed once, then processed for a while.

The methods that move a file along are in `web_api.files`.
"""

from dataclasses import dataclass, field
from typing import Any

PROCESSING_SECONDS = 3.0
PROCESSING_POLLS = 1  # so many files.info answers come without a mimetype

_MIMETYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "csv": "text/csv",
    "json": "application/json",
    "txt": "text/plain",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


@dataclass(slots=True, eq=False)
class File:
    """`content` is None until it was uploaded; `title` follows the name until completion."""

    id: str
    name: str
    length: int
    user: str
    alt_text: str = ""
    title: str = ""
    content: bytes | None = field(default=None, repr=False)
    completed_at: float | None = None
    processed: bool = False
    polls: int = 0
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        ending = self.name.rpartition(".")[2].lower()
        return _MIMETYPES.get(ending, "application/octet-stream")

    @property
    def is_picture(self) -> bool:
        return self.mimetype.startswith("image/")

    def settle(self, now: float) -> None:
        """Slack scans and converts in the background: done after a while or a poll."""
        if self.completed_at is None:
            return
        waited = now - self.completed_at >= PROCESSING_SECONDS
        self.processed = self.processed or waited or self.polls > PROCESSING_POLLS

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": self.mimetype if self.processed else "",
            "filetype": self.name.rpartition(".")[2] if self.processed else "",
            "size": self.length,
            "user": self.user,
            "alt_txt": self.alt_text,
            "url_private": f"https://files.sandbox.invalid/{self.id}/{self.name}",
            "permalink": f"https://sandbox.invalid/files/{self.user}/{self.id}/{self.name}",
            "channels": list(self.channels) if self.processed else [],
            "shares": {},
        }


class Uploads:
    def __init__(self) -> None:
        self._files: dict[str, File] = {}

    def add(self, file: File) -> None:
        self._files[file.id] = file

    def get(self, file_id: str) -> File | None:
        return self._files.get(file_id)

    def remove(self, file: File) -> None:
        del self._files[file.id]

    def by_any_name(self, slack_file: dict[str, Any]) -> File | None:
        """Find what an image block's `slack_file` points at: by id, or by one of its urls."""
        if "id" in slack_file:
            return self.get(str(slack_file["id"]))
        url = slack_file.get("url")
        for file in self._files.values():
            if url in (file.as_json()["url_private"], file.as_json()["permalink"]):
                return file
        return None
