"""How hard a text is to read: Flesch's reading ease, with syllables counted by their vowels."""

import re
from collections.abc import Iterable

# An e at the end is silent, but for "table", and so is the one in most endings -ed and -es.
_SILENT = re.compile(r"(?<![^aeiouy]l)e$|(?<![td])e(?=d$)|(?<![sxzcgh])e(?=s$)")
_VOWELS = re.compile(r"[aeiouy]+")


def syllables(word: str) -> int:
    return max(1, len(_VOWELS.findall(_SILENT.sub("", word.lower()))))


def reading_ease(sentences: Iterable[str]) -> float:
    """About 0 (a law) to 100 (a children's book); from 60 on it is plain English.

    Flesch, "A new readability yardstick", Journal of Applied Psychology 32 (1948), 221-233.
    """
    texts = list(sentences)
    words = [word for text in texts for word in re.findall(r"[A-Za-z]+(?:'[a-z]+)?", text)]
    ends = sum(max(1, len(re.findall(r"[.?!:;](?=\s|$)", text))) for text in texts)
    spoken = sum(map(syllables, words))
    return 206.835 - 1.015 * len(words) / ends - 84.6 * spoken / len(words)
