"""How much room words need, without looking at fonts: never less than any bundled face takes."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

_NARROW, _SLIM, _USUAL, _CAPITAL, _BROAD = 0.34, 0.46, 0.62, 0.74, 0.95
_STRONG = 1.08
_OTHER = 1.0
"""A character that is neither Latin, Greek nor Cyrillic, and is not narrow in East Asian text."""


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, *, strong: bool = False) -> float:
    """More than the width of a text in points; 0 for none."""
    return sum(map(_share, text)) * size * (_STRONG if strong else 1.0)


@cache
def _share(letter: str) -> float:
    if letter in "iIjl.,:;'’‘|! ·":
        return _NARROW
    if letter in 'frt()[]-/“”"':
        return _SLIM
    if letter in "mwMWQ@%—…–ŒÆŊ":
        return _BROAD
    if unicodedata.combining(letter):
        return 0.0
    if ord(letter) < 0x250:
        return _CAPITAL if letter.isupper() else _USUAL
    if ord(letter) < 0x530:
        return _BROAD if letter in "ЖМФШЩЮЫжмфшщыюΩω" else _OTHER if letter.isupper() else _CAPITAL
    return _OTHER


def elided(text: str, room: float, size: float, *, strong: bool = False) -> str:
    """As much of a text as there is room for; the alternative text of a figure says all of it."""
    if text_width(text, size, strong=strong) <= room:
        return text
    fitting = _fitting(text, 0, room - text_width("…", size, strong=strong), size, strong)
    return f"{text[:fitting].rstrip(' ,')}…"


def wrapped(text: str, room: float, size: float, most: int, *, strong: bool = False) -> list[str]:
    """The text in at most so many lines, broken between words, or within one that is wider than a line."""
    lines = list(_lines(text.split(), room, size, strong))
    if len(lines) <= most:
        return lines
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], elided(rest, room, size, strong=strong)]


def balanced(text: str, room: float, size: float, most: int) -> list[str]:
    """The same with lines of about one length, so that no word stands alone on the last."""
    lines = wrapped(text, room, size, most)
    while len(lines) > 1:
        room -= size
        narrower = wrapped(text, room, size, most)
        if len(narrower) > len(lines) or "".join(narrower).replace(" ", "") != "".join(lines).replace(" ", ""):
            break
        lines = narrower
    return lines


def _lines(words: list[str], room: float, size: float, strong: bool) -> Iterator[str]:
    line = ""
    for word in words:
        longer = f"{line} {word}".strip()
        if text_width(longer, size, strong=strong) <= room:
            line = longer
            continue
        if line:
            yield line
        start = 0
        while (fitting := _fitting(word, start, room, size, strong)) < len(word) - start:
            yield word[start : start + max(fitting, 1)]
            start += max(fitting, 1)
        line = word[start:]
    if line:
        yield line


def _fitting(text: str, start: int, room: float, size: float, strong: bool) -> int:
    """How many letters from there on have room; looking at no more than these, however long the text is."""
    scale = size * (_STRONG if strong else 1.0)
    width = 0.0
    for count, letter in enumerate(islice(text, start, None)):
        width += _share(letter)
        if width * scale > room:
            return count
    return len(text) - start
