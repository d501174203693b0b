"""What a score looks like as a colour: the same in every picture, and readable with text on it."""

from typing import Final

from matplotlib import colormaps
from matplotlib.colors import to_hex

from bot.charts import style

_SCALE: Final = colormaps["cividis"]
_LINEAR_BELOW: Final = 0.04045
_DARK_BELOW: Final = 0.179  # relative luminance where white and black text are equally readable


def colour(value: float) -> str:
    """Cividis on the fixed scale 0..100, as "#rrggbb"."""
    return to_hex(_SCALE(value / 100))


def text_colour(ground: str) -> str:
    """Black or white, whichever reads better on the ground ("#rrggbb")."""
    return style.PAPER if _luminance(ground) < _DARK_BELOW else style.INK


def _luminance(ground: str) -> float:
    """Relative luminance 0..1 as WCAG 2 defines it."""
    channels = (int(ground[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
