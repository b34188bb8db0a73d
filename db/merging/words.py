"""How two texts differ, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

_PIECES = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
_UNSPACED = re.compile(
    "[\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff\u0e00-\u0e7f]"
)
"""Han with its marks and extensions, kana of either width, Thai."""
_MOST = 4_000
"""Pieces of which texts are compared word by word; longer ones by lines, whose time grows less."""


class Fate(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text that stayed, went or came."""

    text: str
    fate: Fate = Fate.SAME


def word_difference(before: str, after: str) -> tuple[Stretch, ...]:
    """The text after with what is gone in its place: all but ADDED is `before`, all but GONE is `after`."""
    first, second = pieces(before), pieces(after)
    if len(first) + len(second) > _MOST:
        first, second = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return tuple(_joined(_stretches(first, second)))


def shortened(stretch: Stretch, around: int) -> Stretch:
    """What both texts say, as far as one needs to find the place: so many characters on either side of a change."""
    if stretch.fate is not Fate.SAME or len(stretch.text) <= 3 * around:
        return stretch
    begin, end = stretch.text[:around].rsplit(" ", 1)[0], stretch.text[-around:].split(" ", 1)[-1]
    return replace(stretch, text=f"{begin} […] {end}")


def pieces(text: str) -> list[str]:
    """Words, stretches of space and single signs; of scripts without spaces, single letters."""
    return [letter for piece in _PIECES.findall(text) for letter in (piece if _UNSPACED.search(piece) else (piece,))]


def _stretches(first: list[str], second: list[str]) -> Iterator[Stretch]:
    for _, start, end, begin, stop in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        gone, added = "".join(first[start:end]), "".join(second[begin:stop])
        if gone == added:
            yield Stretch(gone)
        else:
            yield Stretch(gone, Fate.GONE)
            yield Stretch(added, Fate.ADDED)


def _joined(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Without empty ones; a lone space between two changes counts as changed, so that marks do not flicker."""
    run: list[Stretch] = []
    for stretch in (each for each in stretches if each.text):
        if stretch.fate is Fate.SAME and stretch.text.strip():
            yield from _run(run)
            run = []
            yield stretch
        else:
            run.append(stretch)
    yield from _run(run)


def _run(run: list[Stretch]) -> Iterator[Stretch]:
    """Changes and the space between them, as one that goes and one that comes."""
    while run and run[0].fate is Fate.SAME:
        yield run.pop(0)
    after = []
    while run and run[-1].fate is Fate.SAME:
        after.append(run.pop())
    gone = "".join(each.text for each in run if each.fate is not Fate.ADDED)
    added = "".join(each.text for each in run if each.fate is not Fate.GONE)
    if gone:
        yield Stretch(gone, Fate.GONE)
    if added:
        yield Stretch(added, Fate.ADDED)
    yield from reversed(after)
