"""Our own blocks as plain text: what a person reads, one line for each thing."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

_MARKS = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]+?)(?<=\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~", "`")
]
_LEVEL_NUMBER = re.compile(r"^\d  ", re.MULTILINE)

Block = dict[str, Any]


def lines(blocks: Iterable[Block]) -> list[str]:
    """Of sections, contexts and rows of buttons: a card is made of nothing else."""
    return [line for block in blocks for text in _texts(block) for line in text.splitlines()]


def words(blocks: Iterable[Block]) -> int:
    """Words to read: buttons are not counted, nor the number before a level, nor signs (· →)."""
    read = "\n".join(lines(block for block in blocks if block["type"] != "actions"))
    counted = _LEVEL_NUMBER.sub("", read).split()
    return sum(any(map(str.isalnum, word)) for word in counted)


def _texts(block: Block) -> Iterator[str]:
    if block["type"] == "actions":
        yield " ".join(f"[{button['text']['text']}]" for button in block["elements"])
    elif block["type"] == "context":
        yield " ".join(_seen(one["text"]) for one in block["elements"])
    else:
        yield _seen(block["text"]["text"])


def _seen(text: str) -> str:
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
