"""What a person reads: blocks and Slack's markup as plain text, one line per thing.

Nothing here knows what can be pressed; that is `controls`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

NameOf = Callable[[str], str | None]

_REFERENCE = re.compile(r"<([^<>\n]+)>")
_MARKS = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^{mark}\n]+?)(?<=\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~", "`")
]


def plain(text: str, name_of: NameOf) -> str:
    """Turn Slack's markup into what is seen: names for ids, labels for links, no marks."""
    if "<" in text:
        text = _REFERENCE.sub(lambda found: _reference(found[1], name_of), text)
    for mark in _MARKS:
        text = mark.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _reference(inside: str, name_of: NameOf) -> str:
    target, _, label = inside.partition("|")
    if target.startswith("@"):
        return f"@{name_of(target[1:]) or label or target[1:]}"
    if target.startswith("#"):
        return f"#{name_of(target[1:]) or label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target


def words(value: Any, name_of: NameOf) -> str:
    """The words of a text object; plain_text is shown as it is."""
    if not isinstance(value, dict):
        return ""
    text = str(value.get("text", ""))
    return plain(text, name_of) if value.get("type") == "mrkdwn" else text


def lines(blocks: Iterable[dict[str, Any]], name_of: NameOf) -> list[str]:
    return [line for block in blocks for line in _block(block, name_of) if line]


def _block(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    show = _BLOCKS.get(block["type"])
    return iter(()) if show is None else show(block, name_of)


def _said(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    yield words(block.get("text"), name_of)
    for field in block.get("fields", ()):
        yield words(field, name_of)
    if "accessory" in block:
        yield element(block["accessory"], name_of)


def _row(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    yield " ".join(element(item, name_of) for item in block["elements"])


def _input(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    yield words(block["label"], name_of)
    yield element(block["element"], name_of)
    yield words(block.get("hint"), name_of)


def _picture(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    yield words(block.get("title"), name_of)
    yield f"(picture: {block['alt_text']})"


def _markdown(block: dict[str, Any], _name_of: NameOf) -> Iterator[str]:
    yield str(block["text"])


def _rich_text(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    return _rich(block["elements"], name_of)


def _table(block: dict[str, Any], name_of: NameOf) -> Iterator[str]:
    for row in block["rows"]:
        yield " | ".join(_cell(cell, name_of) for cell in row)


_BLOCKS: dict[str, Callable[[dict[str, Any], NameOf], Iterator[str]]] = {
    "section": _said,
    "header": _said,
    "alert": _said,
    "context": _row,
    "actions": _row,
    "context_actions": _row,
    "input": _input,
    "image": _picture,
    "video": _picture,
    "markdown": _markdown,
    "rich_text": _rich_text,
    "table": _table,
}


def _cell(cell: dict[str, Any], name_of: NameOf) -> str:
    if cell["type"] == "rich_text":
        return " ".join(_rich(cell.get("elements", ()), name_of))
    return str(cell.get("text", ""))


def _rich(elements: Iterable[dict[str, Any]], name_of: NameOf) -> Iterator[str]:
    for part in elements:
        if part["type"] == "rich_text_list":
            yield from (f"- {line}" for line in _rich(part["elements"], name_of))
        else:
            yield "".join(_rich_word(word, name_of) for word in part.get("elements", ()))


def _rich_word(word: dict[str, Any], name_of: NameOf) -> str:
    if word["type"] == "user":
        return f"@{name_of(word['user_id']) or word['user_id']}"
    if word["type"] == "channel":
        return f"#{name_of(word['channel_id']) or word['channel_id']}"
    if word["type"] == "emoji":
        return f":{word['name']}:"
    return str(word.get("text") or word.get("url") or "")


def element(item: dict[str, Any], name_of: NameOf) -> str:
    """One element of a block: a button as [label], a choice with its options."""
    kind = item["type"]
    if kind in ("plain_text", "mrkdwn"):
        return words(item, name_of)
    if kind == "image":
        return f"(picture: {item['alt_text']})"
    if kind in ("radio_buttons", "checkboxes"):
        return "\n".join(_option(option, name_of) for option in item["options"])
    return f"[{_label(item, name_of)}]"


def _label(item: dict[str, Any], name_of: NameOf) -> str:
    kind = item["type"]
    if kind == "overflow":
        return "..."
    if kind == "feedback_buttons":
        both = (item["positive_button"], item["negative_button"])
        return "] [".join(words(button["text"], name_of) for button in both)
    return words(item.get("text") or item.get("placeholder"), name_of) or kind


def _option(option: dict[str, Any], name_of: NameOf) -> str:
    said = words(option["text"], name_of)
    more = words(option.get("description"), name_of)
    return f"( ) {said}: {more}" if more else f"( ) {said}"
