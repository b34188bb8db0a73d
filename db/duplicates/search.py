"""Looking through a whole file for likely duplicates, step by step: each step is short, and none holds a lock."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.duplicates.classes import Classes
from db.duplicates.kinds import COMPARING, KINDS
from db.duplicates.likeness import LEAST, neighbours
from db.duplicates.profiles import Reading
from db.log import driver_connection
from db.models import Entity
from db.models.base import Duplicable

_CHUNK = 500
"""Records that are read in one step, and blocks or pairs that are compared."""
_READING = 0.6
"""How much of the work reading is, about; the rest is comparing."""
Judgements = Mapping[tuple[bytes, bytes], Mapping[str, tuple[uuid.UUID, str]]]


class Spot(NamedTuple):
    """A likely duplicate without its words: 60 bytes, of which there may be very many."""

    kind: str
    """The plural of their kind."""
    first: bytes
    second: bytes
    """The ids, the smaller one first."""
    score: float
    is_judged: bool
    """Whether somebody told them apart."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far the search is, from 0 to 1, and what it found since the step before."""

    share: float
    spots: tuple[Spot, ...] = ()


def search(
    session: Session, kinds: Collection[type[Entity]] = KINDS, among: Collection[bytes] | None = None
) -> Iterator[Step]:
    """Find the likely duplicates of some kinds, in no order; with `among`, only those of which one is one of these.

    Joined records count as one. The file may be written between the steps: then what was found is of both moments.
    """
    counts = {cls: _count(session, cls) for cls in kinds}
    total, done = sum(counts.values()) or 1, 0
    for cls in kinds:
        for step in _search(session, cls, counts[cls], among) if counts[cls] > 1 else ():
            yield replace(step, share=(done + step.share * counts[cls]) / total)
        done += counts[cls]
    yield Step(1.0)


def _search(session: Session, cls: type[Entity], count: int, among: Collection[bytes] | None) -> Iterator[Step]:
    reading, comparing = Reading.of(session, cls), COMPARING[cls]
    wanted = None if among is None else {reading.classes.of(record) for record in among}
    profiles: dict[bytes, object] = {}
    blocks: dict[Hashable, list[tuple[str | None, bytes]]] = defaultdict(list)
    for part in reading.parts(_CHUNK):
        found = comparing.read(part)
        profiles.update(found)
        for record, profile in found.items():
            for key, order in comparing.keys(profile):
                blocks[key].append((order, record))
        yield Step(_READING * min(1.0, len(profiles) / count))
    apart = judgements(session, reading.classes)
    spots: list[Spot] = []
    for number, (share, ends) in enumerate(_pairs(blocks)):
        pair = profiles[ends[0]], profiles[ends[1]]
        if (wanted is None or not wanted.isdisjoint(ends)) and not comparing.excludes(*pair):
            likeness = comparing.compare(*pair)
            if likeness.score >= LEAST:
                spots.append(Spot(cls.PLURAL, *ends, likeness.score, likeness.state in apart.get(ends, ())))
        if number % _CHUNK == 0 or len(spots) >= _CHUNK:
            yield Step(_READING + (1 - _READING) * share, tuple(spots))
            spots.clear()
    yield Step(1.0, tuple(spots))


def _pairs(
    blocks: Mapping[Hashable, Sequence[tuple[str | None, bytes]]],
) -> Iterator[tuple[float, tuple[bytes, bytes]]]:
    """The pairs of records to compare, each with how far that is."""
    place = 0

    def counted() -> Iterator[Sequence[tuple[str | None, bytes]]]:
        nonlocal place
        for place, block in enumerate(blocks.values()):  # noqa: B007
            yield block

    for ends in neighbours(counted()):
        yield place / len(blocks), ends


def judgements(session: Session, classes: Classes) -> Judgements:
    """What was said of pairs of records, by what stands for them now, and by the state that it was said of."""
    found: dict[tuple[bytes, bytes], dict[str, tuple[uuid.UUID, str]]] = {}
    query = "SELECT first_id, second_id, state, id, reason FROM distinction"
    for first, second, state, key, reason in driver_connection(session.connection()).execute(query).fetchall():
        ends = in_order(classes.of(first), classes.of(second))
        found.setdefault(ends, {})[state] = (uuid.UUID(bytes=key), reason or "")
    return found


def in_order(first: bytes, second: bytes) -> tuple[bytes, bytes]:
    """Two ids, the smaller one first."""
    return (first, second) if first < second else (second, first)


def _count(session: Session, cls: type[Entity]) -> int:
    assert issubclass(cls, Duplicable)
    query = f"SELECT count(*) FROM {cls.__tablename__}"
    return int(driver_connection(session.connection()).execute(query).fetchone()[0])
