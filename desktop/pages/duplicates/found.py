"""What was found, what of it is wanted, and what becomes of it when records are joined or told apart."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from db.duplicates.finder import likeliest_first
from db.duplicates.search import Spot, in_order


@dataclass(frozen=True, slots=True)
class Scope:
    """Only pairs among some records, and why these, in words."""

    words: str
    records: frozenset[bytes]


class Found:
    """All likely duplicates of a file, the likeliest first."""

    def __init__(self, spots: Iterable[Spot] = ()) -> None:
        self.spots = sorted(spots, key=likeliest_first)

    def of(self, *, judged: bool, scope: Scope | None = None) -> list[Spot]:
        """Those that were told apart or not, of all records or some."""
        among = None if scope is None else scope.records
        return [
            spot
            for spot in self.spots
            if spot.is_judged == judged and (among is None or (spot.first in among and spot.second in among))
        ]

    def count(self, *, judged: bool) -> int:
        """How many were told apart, or not."""
        return sum(spot.is_judged == judged for spot in self.spots)

    def drop(self, gone: Collection[Spot]) -> None:
        """These are none any more."""
        self.spots = [spot for spot in self.spots if spot not in gone]

    def judge(self, ends: tuple[bytes, bytes], *, judged: bool) -> None:
        """Somebody told two apart, or took that back."""
        ends = in_order(*ends)
        self.spots = [spot._replace(is_judged=judged) if spot[1:3] == ends else spot for spot in self.spots]

    def join(self, canonical: bytes, others: Collection[bytes]) -> None:
        """Some records are one now: what looked like one of them looks like the canonical one."""
        joined: dict[tuple[bytes, bytes, bool], Spot] = {}
        for spot in self.spots:
            ends = in_order(*(canonical if end in others else end for end in spot[1:3]))
            if ends[0] != ends[1]:
                joined.setdefault((*ends, spot.is_judged), spot._replace(first=ends[0], second=ends[1]))
        self.spots = list(joined.values())


def counted(spots: Iterable[Spot]) -> Counter[str]:
    """How many there are of each kind."""
    return Counter(spot.kind for spot in spots)
