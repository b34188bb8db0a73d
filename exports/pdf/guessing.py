"""How readers of a PDF guess the order of text that runs both ways, and how to write a line so that they guess right.

A PDF says where glyphs stand, not in which order they are read. PDFium (and what is built on it) takes a line's
characters from left to right, parts them by their Bidi_Class, and turns parts and their order around where most of them
run from right to left. Two Hebrew words in an English line so change places. A line is therefore written in parts that
are guessed right by themselves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from exports.pdf.bidi import mirrored, visual_order

_WEAK = frozenset(("AN", "EN", "NSM", "CS", "ES", "ET", "BN"))
_LEFT, _RIGHT, _NUMBER, _NEUTRAL = "left", "right", "number", "neutral"
_BLANK = " \u200b"
_AT_SPACE, _ELSEWHERE = 1, 20  # what it costs to begin a part


class Directed(Protocol):
    """A token of a line."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens by their places, in the order they are read. `told`: the text to tell readers, who would not guess it."""

    places: list[int]
    told: str = ""


def reading_parts(tokens: Sequence[Directed]) -> list[Part]:
    """A line's tokens in the fewest parts that are read right, in the order they are read, each beside each other.

    Parts end at spaces, and elsewhere only where the text could not be read otherwise.
    """
    ranks = {place: rank for rank, place in enumerate(visual_order([token.level for token in tokens]))}
    whole = _part(tokens, range(len(tokens)), ranks) if tokens else None
    if whole:
        return [whole]
    best: list[tuple[int, Part | None, int]] = [(0, None, 0)]  # the cost up to a place, the last part, where it begins
    for end in range(1, len(tokens) + 1):
        choices = []
        lowest = highest = ranks[end - 1]
        for start in range(end - 1, -1, -1):
            lowest, highest = min(lowest, ranks[start]), max(highest, ranks[start])
            if highest - lowest >= end - start:
                continue  # others stand between them
            part = _part(tokens, range(start, end), ranks)
            if part:
                is_free = start == 0 or tokens[start - 1].text in _BLANK or tokens[start].text in _BLANK
                choices.append((best[start][0] + (_AT_SPACE if is_free else _ELSEWHERE), part, start))
        best.append(min(choices, key=itemgetter(0)))
    parts, place = [], len(tokens)
    while place:
        _, chosen, place = best[place]
        parts += [chosen] if chosen else []
    return parts[::-1]


def _part(tokens: Sequence[Directed], places: Sequence[int], ranks: dict[int, int]) -> Part | None:
    """Tokens that stand beside each other as one part, if they can be read as one; a single token always can."""
    if len(places) == 1 or _is_read(tokens, places, ranks):
        return Part(list(places))
    said = "".join(tokens[place].text for place in places)
    if " " in said or any(_direction(c) in (_LEFT, _RIGHT) for c in said):
        return None
    return Part(list(places), said)


def guessed(seen: str) -> str:
    """The text that PDFium makes of characters seen from left to right."""
    runs = [(name, list(group)) for name, group in groupby(seen, key=_direction)]
    rights = sum(name == _RIGHT for name, _ in runs)
    is_right = rights > sum(name == _LEFT for name, _ in runs)
    told: list[str] = []
    for name, characters in reversed(runs) if is_right else runs:
        if name == _RIGHT or (name == _NEUTRAL and is_right):
            is_right = True
            told += map(mirrored, reversed(characters))
        else:
            is_right = is_right and name == _NUMBER
            told += characters
    return "".join(told)


def _is_read(tokens: Sequence[Directed], places: Sequence[int], ranks: dict[int, int]) -> bool:
    """Whether tokens that stand beside each other are guessed right."""
    said = "".join(tokens[place].text for place in places)
    seen = "".join(
        _seen(tokens[place].text, tokens[place].level % 2) for place in sorted(places, key=ranks.__getitem__)
    )
    return _compact(guessed(seen)) == _compact(said)


def _compact(text: str) -> str:
    return text.replace("\u200b", "").strip()


@lru_cache(maxsize=4096)
def _seen(text: str, turned: int) -> str:
    return "".join(map(mirrored, reversed(text))) if turned else text


@lru_cache(maxsize=4096)
def _direction(character: str) -> str:
    name = unicodedata.bidirectional(character)
    if name in ("R", "AL"):
        return _RIGHT
    return _LEFT if name in ("L", "") else _NUMBER if name in _WEAK else _NEUTRAL
