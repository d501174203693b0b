"""Cells of a CSV file: what people wrote stays text, also in a spreadsheet that runs formulas."""

import re

# What begins a formula somewhere: = + - @, also as they are typed wide or small in East Asia.
_FORMULA = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
# What is not seen, and skipped by programs that trim cells before they look at them; and quotes.
_UNSEEN = (
    "\\x00-\\x08\\x0b\\x0c\\x0e-\\x20\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u1160\\u1680\\u180e"
    "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufeff\\uffa0"
)
_QUOTES = "\"'`\u2018\u2019\u201c\u201d\u00ab\u00bb"
_BEGINS = re.compile(f"(^|[;\t\r\n])(?=[{_UNSEEN}{_QUOTES}]*[{_FORMULA}])")


def text(written: str) -> str:
    """With an apostrophe before whatever a spreadsheet would take for a formula.

    Also after a line break, a tab and a semicolon inside the text: where lists are separated by
    semicolons, as in much of Europe, Excel takes our quoted cell apart there and reads what
    follows as cells of their own.
    """
    safe = _BEGINS.sub(r"\1'", written)
    return f"'{safe}" if safe[:1] in ("\t", "\r", "\n") else safe
