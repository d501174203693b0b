"""What is read on a screen, and what in it could mean something to Slack."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.reading import lines

NAMES = {"U01AMARA": "Amara Okafor", "U02BEN": "Ben Carter", "C02RESULTS": "mlops-results"}


def words(blocks: list[dict[str, Any]]) -> int:
    """Words to read: buttons are not counted, nor the number before a level, which repeats one.

    A person's name counts as two words, a channel's as one, signs alone (· →) as none.
    """
    to_read = [block for block in blocks if block["type"] != "actions"]
    read = "\n".join(lines(to_read, NAMES.get))
    read = re.sub(r"^\d  ", "", read, flags=re.MULTILINE)
    return sum(bool(re.search(r"\w", word)) for word in read.split())


def marked_up(payload: dict[str, Any]) -> Iterator[str]:
    """Every text in which Slack looks for marks: mrkdwn objects, and a message's own text."""
    if isinstance(payload.get("text"), str) and payload.get("type") != "plain_text":
        yield payload["text"]
    for value in payload.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from marked_up(inner)


def unsafe(payload: dict[str, Any]) -> list[str]:
    """What could ping, link or break: a reference that is not ours, an entity left half."""
    stray = re.compile(r"<(?!@U0\w+>|#C0\w+>)[^>]*>?|&(?!amp;|lt;|gt;)\w*")
    return [found for text in marked_up(payload) for found in stray.findall(text)]


def ids(payload: Any, name: str) -> set[str]:
    """Every action_id or callback_id that Slack would send back."""
    if isinstance(payload, list):
        return {found for part in payload for found in ids(part, name)}
    if not isinstance(payload, dict) or payload.get("type") == "input":
        return set()
    own = {payload[name]} if name in payload else set()
    return own | {found for part in payload.values() for found in ids(part, name)}
