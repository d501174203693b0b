"""What the bundled font can draw, how wide it is, and where lines break.

The font is named by its file: the same picture whatever fonts a host has or prefers.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font

ELLIPSIS: Final = "…"
_FOLDER: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
_DPI: Final = 200
_POINTS_TO_INCHES: Final = 1 / 100
_TYPOGRAPHIC: Final = 72  # typographic points to the inch, which fonts count in
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # bidi overrides, joiners, ...


@dataclass(frozen=True, slots=True)
class Face:
    """A kind of lettering; `size` in points of the sheet."""

    size: float
    bold: bool = False


@cache
def font(face: Face) -> FontProperties:
    """The face as matplotlib wants it; shared, so never change it."""
    return FontProperties(fname=_file(bold=face.bold), size=_size(face))


def drawable(text: str, face: Face) -> str:
    """The text on one line without what the font has no glyph for (emoji, Chinese, ...).

    May be empty. Punctuation left over at either end goes as well.
    """
    known = _glyphs(bold=face.bold)
    words = "".join(
        " " if char.isspace() else char if _is_drawn(char, known) else "" for char in text
    ).split()
    kept = " ".join(words)
    return kept if kept == " ".join(text.split()) else kept.strip(" ,·-")


def first_drawable(texts: Iterable[str], face: Face) -> str:
    """The first text of which anything can be drawn, else "?"."""
    return next((drawn for text in texts if (drawn := drawable(text, face))), "?")


@lru_cache(maxsize=4096)
def width(text: str, face: Face) -> float:
    """Points that one line of drawable text takes."""
    measured = get_font(_file(bold=face.bold))
    measured.set_size(_size(face), _DPI)
    measured.set_text(text, 0.0)
    pixels = measured.get_width_height()[0] / 64
    return float(pixels / (_DPI * _POINTS_TO_INCHES))


def wrap(
    text: str, limit: float, face: Face, *, most: int, separator: str = " "
) -> tuple[str, ...]:
    """Break into at most `most` lines of at most `limit` points; the last may end in "…".

    Breaks at separators, else between words, else inside a word.
    """
    lines = _break(drawable(text, face), limit, face, separator)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _shorten(lines[most - 1], limit, face))


def wrap_evenly(text: str, limit: float, face: Face, *, most: int) -> tuple[str, ...]:
    """As wrap, with no more lines, but lines of about the same width."""
    lines = wrap(text, limit, face, most=most)
    if len(lines) == 1 or lines[-1].endswith(ELLIPSIS):
        return lines
    widest_word = max(width(word, face) for word in text.split())
    narrow = max(min(widest_word, limit), limit / 3)
    while narrow < limit:
        narrower = wrap(text, narrow, face, most=most + 1)
        if len(narrower) <= len(lines):
            return narrower
        narrow += 4
    return lines


def _break(text: str, limit: float, face: Face, separator: str) -> list[str]:
    lines: list[str] = []
    for piece in text.split(separator):
        joined = f"{lines[-1]}{separator}{piece}" if lines else piece
        if lines and width(joined, face) <= limit:
            lines[-1] = joined
        elif width(piece, face) <= limit:
            lines.append(piece)
        elif separator != " ":
            lines.extend(_break(piece, limit, face, " "))
        else:
            lines.extend(_break_word(piece, limit, face))
    return lines


def _break_word(word: str, limit: float, face: Face) -> list[str]:
    """After a hyphen or slash of its own where possible, else with a hyphen added."""
    parts = []
    while width(word, face) > limit:
        fitting = _fitting(word, limit, face)
        own = max(word.rfind(mark, 0, fitting) for mark in "-/") + 1
        parts.append(word[:own] if own else word[:fitting] + "-")
        word = word[own or fitting :]
    return [*parts, word]


def _fitting(word: str, limit: float, face: Face) -> int:
    """How many characters fit with a hyphen after them; at least one."""
    end = 1
    while end + 1 < len(word) and width(word[: end + 1] + "-", face) <= limit:
        end += 1
    return end


def _shorten(line: str, limit: float, face: Face) -> str:
    while line and width(line + ELLIPSIS, face) > limit:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS


def _is_drawn(char: str, known: frozenset[int]) -> bool:
    is_selector = "\ufe00" <= char <= "\ufe0f"
    return ord(char) in known and not is_selector and unicodedata.category(char) not in _INVISIBLE


@cache
def _glyphs(*, bold: bool) -> frozenset[int]:
    return frozenset(get_font(_file(bold=bold)).get_charmap())


def _file(*, bold: bool) -> str:
    return str(_FOLDER / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"))


def _size(face: Face) -> float:
    return face.size * _TYPOGRAPHIC * _POINTS_TO_INCHES
