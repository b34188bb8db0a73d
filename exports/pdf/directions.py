"""Which way each part of a paragraph runs: spans, with languages of their own, under one bidirectional order.

A right-to-left value in a paragraph that also has left-to-right words is isolated (UAX #9, 6.3): it stays at its place,
and the note numbers and marks after it stay after it. Where everything runs from right to left, the paragraph does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from exports.pdf.bidi import LEFT_TO_RIGHT, MARKS, RIGHT_TO_LEFT, text_levels, turns
from exports.pdf.scripts import direction

_RTL_ISOLATE, _ISOLATE, _END = "\u2067", "\u2068", "\u2069"
_CONTROL = re.compile(f"[{MARKS}]")
_OPENERS = frozenset("\u2066\u2067\u2068")


def paragraph_levels(texts: Sequence[tuple[str, str]]) -> tuple[list[list[int]], int]:
    """The levels of the characters of each (text, language), and the paragraph's own.

    Marks that only direct are obeyed and have no level in the answer; a line end ends their effect.
    """
    directions = [direction(text, language) for text, language in texts]
    known = {found for found in directions if found is not None}
    base = RIGHT_TO_LEFT if known == {RIGHT_TO_LEFT} else LEFT_TO_RIGHT
    setting = _Setting(base, len(texts))
    for index, (text, _) in enumerate(texts):
        opener = "" if base == RIGHT_TO_LEFT else _opener(text, index, directions)
        told = _balanced(text)
        if opener:  # spaces at the edges part the value from its neighbours, and stay there
            setting.add(index, told[: -len(told.lstrip(" "))])
            told = told.lstrip(" ")
            setting.open(opener)
        if setting.is_open and not _goes_on(index, directions):
            value = told.rstrip(" ")
            setting.add(index, value)
            setting.close()
            told = told[len(value) :]
        setting.add(index, told)
    setting.end()
    return setting.levels, base


def _opener(text: str, index: int, directions: Sequence[int | None]) -> str:
    """The isolate that begins with a text, if one does."""
    if directions[index] == RIGHT_TO_LEFT:
        before = next((found for found in reversed(directions[:index]) if found is not None), LEFT_TO_RIGHT)
        return "" if before == RIGHT_TO_LEFT else _RTL_ISOLATE
    return _ISOLATE if turns(text) else ""


def _goes_on(index: int, directions: Sequence[int | None]) -> bool:
    """Whether an isolate that is open at a text goes on to a later one."""
    following = next((found for found in directions[index + 1 :] if found is not None), None)
    before = next((found for found in reversed(directions[: index + 1]) if found is not None), None)
    return before == following == RIGHT_TO_LEFT


def _balanced(text: str) -> str:
    """A text whose isolates are all closed in it, so that they reach no further."""
    if not _CONTROL.search(text):
        return text
    kept, depth = [], 0
    for character in text:
        if character == _END and not depth:
            continue
        depth += (character in _OPENERS) - (character == _END)
        kept.append(character)
    return "".join(kept) + _END * depth


class _Setting:
    """Collects the characters of paragraphs, then resolves each paragraph's levels."""

    def __init__(self, base: int, count: int) -> None:
        self.levels: list[list[int]] = [[] for _ in range(count)]
        self.is_open = False
        self._opener = ""
        self._base = base
        self._characters: list[str] = []
        self._owners: list[int] = []

    def open(self, opener: str) -> None:
        self.is_open, self._opener = True, opener
        self._put(opener, -1)

    def close(self) -> None:
        self._put(_END, -1)
        self.is_open = False

    def add(self, owner: int, text: str) -> None:
        for character in text:
            self._put(character, -1 if _CONTROL.match(character) else owner)
            if character == "\n":
                self.end()
                if self.is_open:
                    self._put(self._opener, -1)

    def end(self) -> None:
        """Resolve the paragraph that was collected."""
        levels = text_levels("".join(self._characters), self._base)
        for owner, level in zip(self._owners, levels, strict=True):
            if owner >= 0:
                self.levels[owner].append(level)
        self._characters, self._owners = [], []

    def _put(self, character: str, owner: int) -> None:
        self._characters.append(character)
        self._owners.append(owner)
