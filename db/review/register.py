"""Where the findings of a whole file are, small enough for millions: sixteen bytes each, and never changed in place."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from db.models import BY_TABLE
from db.models.vocabulary import FindingKind

_ID = 16
_KINDS = {kind: rank for rank, kind in enumerate(FindingKind)}
_TABLES = {table: rank for rank, table in enumerate(BY_TABLE)}


class Slot(NamedTuple):
    """What the findings of one run have in common."""

    kind: FindingKind
    table: str
    field: str

    @property
    def rank(self) -> tuple[int, int, str]:
        """The gravest kinds first."""
        return _KINDS[self.kind], _TABLES[self.table], self.field


class Spot(NamedTuple):
    """Where one finding is: there is at most one of a kind at a field of a record."""

    kind: FindingKind
    table: str
    field: str
    record: bytes


Runs = tuple[bytes, ...]
"""Sorted ids, one after the other; several runs, so that none need be sorted again when more are found."""


@dataclass(frozen=True)
class Register:
    """The spots of many findings, in order: by kind, then by table and field."""

    slots: Mapping[Slot, Runs] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Mapping[Slot, Collection[bytes]]) -> "Register":
        """What was found, by slot."""
        return cls({slot: (b"".join(sorted(records)),) for slot, records in found.items() if records})

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, index: int) -> Spot:
        """The spot at a row. Raises IndexError."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        position = bisect_left(self._ends, index + 1)
        slot, run = self._pieces[position]
        start = (index - (self._ends[position - 1] if position else 0)) * _ID
        return Spot(*slot, run[start : start + _ID])

    def row_of(self, spot: Spot) -> int | None:
        """The row of a spot, if it is there."""
        for (slot, run), end in zip(self._pieces, self._ends, strict=True):
            place = _place(run, spot.record) if slot == spot[:3] else None
            if place is not None:
                return end - (len(run) - place) // _ID
        return None

    def between(self, start: int, end: int) -> list[Spot]:
        """The spots of some rows."""
        return [self[index] for index in range(start, end)]

    def __iter__(self) -> Iterator[Spot]:
        for slot, run in self._pieces:
            yield from (Spot(*slot, record) for record in _ids(run))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Register) and set(self) == set(other)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _pieces(self) -> list[tuple[Slot, bytes]]:
        return [(slot, run) for slot in sorted(self.slots, key=lambda slot: slot.rank) for run in self.slots[slot]]

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(run) // _ID for _, run in self._pieces))

    def counts(self) -> dict[FindingKind, int]:
        """How many there are of each kind, the gravest first; kinds without any are left out."""
        found: Counter[FindingKind] = Counter()
        for slot, run in self._pieces:
            found[slot.kind] += len(run) // _ID
        return dict(found)

    def of_kinds(self, kinds: Collection[FindingKind]) -> "Register":
        """Only these kinds."""
        return Register({slot: runs for slot, runs in self.slots.items() if slot.kind in kinds})

    def plus(self, other: "Register") -> "Register":
        """All spots of both, which have none in common."""
        slots = dict(self.slots)
        for slot, runs in other.slots.items():
            slots[slot] = (*slots.get(slot, ()), *runs)
        return Register(slots)

    def joined(self) -> "Register":
        """The same with a single run for each slot."""
        return Register({slot: (_sorted(runs),) for slot, runs in self.slots.items()})

    def without(self, records: Iterable[bytes]) -> "Register":
        """All but the spots of some records."""
        gone = list(records)
        slots = {slot: tuple(filter(None, (_without(run, gone) for run in runs))) for slot, runs in self.slots.items()}
        return Register({slot: runs for slot, runs in slots.items() if runs})

    def within(self, allowed: Mapping[Slot, Collection[bytes] | None]) -> "Register":
        """The spots of those records that are allowed in a slot; None allows all, a slot that is not named none."""
        slots: dict[Slot, Runs] = {}
        for slot, runs in self.slots.items():
            if slot in allowed:
                records = allowed[slot]
                slots[slot] = runs if records is None else tuple(filter(None, (_within(run, records) for run in runs)))
        return Register({slot: runs for slot, runs in slots.items() if runs})


def _ids(run: bytes) -> Iterator[bytes]:
    return (run[start : start + _ID] for start in range(0, len(run), _ID))


def _sorted(runs: Runs) -> bytes:
    return runs[0] if len(runs) == 1 else b"".join(sorted(record for run in runs for record in _ids(run)))


def _within(run: bytes, records: Collection[bytes]) -> bytes:
    return b"".join(record for record in _ids(run) if record in records)


def _without(run: bytes, records: Iterable[bytes]) -> bytes:
    places = sorted({place for record in records if (place := _place(run, record)) is not None})
    if not places:
        return run
    starts, ends = [0, *(place + _ID for place in places)], [*places, len(run)]
    return b"".join(run[start:end] for start, end in zip(starts, ends, strict=True))


def _place(run: bytes, record: bytes) -> int | None:
    """Where an id begins in a sorted run."""
    place = _ID * bisect_left(range(len(run) // _ID), record, key=lambda index: run[index * _ID : index * _ID + _ID])
    return place if run[place : place + _ID] == record else None
