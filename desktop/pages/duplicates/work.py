"""What the back room does for the page: looking for likely duplicates, piece by piece. Without Qt."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.duplicates.search import Spot, Step, search
from db.opening import read_again
from db.snapshot import begin_unlocked

_searches: dict[int, Iterator[Step]] = {}
"""What is being searched in this process, by number: all that is compared by stays here between two pieces."""


@dataclass(frozen=True, slots=True)
class Piece:
    """How far a search is, from 0 to 1, and what the last piece of it found."""

    share: float
    spots: tuple[Spot, ...]
    seconds: float
    """How long this piece took."""


def go_on(number: int, path: Path, among: frozenset[bytes] | None, seconds: float) -> Piece:
    """Begin a search, or go on with it, for about so long; with `among`, only of pairs with one of these records."""
    steps = _searches.pop(number, None) or _steps(path, among)
    begun, found = time.monotonic(), list[Spot]()
    for step in steps:
        found += step.spots
        if step.share < 1.0 and time.monotonic() - begun >= seconds:
            _searches[number] = steps
            return Piece(step.share, tuple(found), time.monotonic() - begun)
    return Piece(1.0, tuple(found), time.monotonic() - begun)


def leave(number: int) -> None:
    """Forget a search that nobody waits for any more."""
    _searches.pop(number, None)


def _steps(path: Path, among: frozenset[bytes] | None) -> Iterator[Step]:
    with read_again(path) as session:
        begin_unlocked(session)
        yield from search(session, among=among)
