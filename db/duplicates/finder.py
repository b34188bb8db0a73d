"""The likely duplicates of a file as rows: which two records, how likely, why, and what somebody said of it."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from db.duplicates import agreements, officials, organizations, sources
from db.duplicates.classes import Classes, classes_of, rank
from db.duplicates.likeness import LEAST, Key, Likeness, neighbours
from db.duplicates.profiles import Reading
from db.errors import InvalidValue
from db.log import driver_connection
from db.models import Agreement, Entity, Organization, Person, Source
from db.models.base import Duplicable
from db.queries.titles import class_of, titles


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records of one kind that may be one."""

    kind: str
    """The plural of their kind."""
    first: uuid.UUID
    """The one that would stand for both."""
    second: uuid.UUID
    titles: tuple[str, str]
    score: float
    """From 0 to 1: an order of what to look at first, and no probability."""
    reasons: tuple[str, ...]
    """What speaks for it and against it in sentences, the strongest first."""
    state: str
    """A short hash of what makes them alike: a judgement holds for this and no other."""
    distinction: uuid.UUID | None = None
    """The record that says that they are not the same."""
    why_not: str = ""
    """Why somebody said that they are not the same."""


@dataclass(frozen=True)
class _Kind:
    """How records of one kind are read, found and compared."""

    read: Callable[[Reading], Mapping[bytes, Any]]
    keys: Callable[[Any], Iterator[Key]]
    compare: Callable[[Any, Any], Likeness]


_KINDS: Mapping[type[Entity], _Kind] = {
    Person: _Kind(officials.read, officials.keys, officials.compare),
    Organization: _Kind(organizations.read, organizations.keys, organizations.compare),
    Agreement: _Kind(agreements.read, agreements.keys, agreements.compare),
    Source: _Kind(sources.read, sources.keys, sources.compare),
}
KINDS: tuple[type[Entity], ...] = tuple(_KINDS)
"""The kinds whose duplicates are looked for."""
_Judged = Mapping[tuple[bytes, bytes], Mapping[str, tuple[uuid.UUID, str]]]


def duplicates(session: Session, kinds: Collection[type[Entity]] = KINDS, *, judged: bool = False) -> list[Pair]:
    """The likely duplicates of some kinds, the likeliest first; with `judged`, those that somebody told apart instead.

    Joined records count as one. Takes some seconds for 100,000 records of a kind.
    """
    found = [pair for cls in kinds for pair in _duplicates_of(session, cls, judged)]
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def pair_of(session: Session, first: uuid.UUID, second: uuid.UUID) -> Pair:
    """What speaks for two records being the same, likely or not.

    Raises RecordNotFound, and InvalidValue where the two cannot be one, or are one already.
    """
    cls = kind_of_both(session, first, second)
    classes = classes_of(session, cls)
    ends = _ordered(classes.of(first.bytes), classes.of(second.bytes))
    if ends[0] == ends[1]:
        raise InvalidValue("These two are the same record already. Nothing was changed.")
    return _in_words(session, cls, {ends: _likeness(session, cls, [first, second], ends)}, _judged(session, classes))[0]


def kind_of_both(session: Session, *records: uuid.UUID) -> type[Entity]:
    """The kind of records that may have been entered twice. Raises RecordNotFound, InvalidValue."""
    kinds = dict.fromkeys(class_of(session, record) for record in records)
    cls = next(iter(kinds))
    if len(kinds) > 1:
        raise InvalidValue(f"They are of different kinds: {', '.join(kind.PLURAL for kind in kinds)}.")
    if not issubclass(cls, Duplicable):
        raise InvalidValue(f"{cls.PLURAL} cannot be joined: what they are about tells them apart.")
    return cls


def _duplicates_of(session: Session, cls: type[Entity], judged: bool) -> list[Pair]:
    reading, kind = Reading.of(session, cls), _KINDS[cls]
    profiles = kind.read(reading)
    blocks: dict[Hashable, list[tuple[str | None, bytes]]] = defaultdict(list)
    for record, profile in profiles.items():
        for key, order in kind.keys(profile):
            blocks[key].append((order, record))
    apart = _judged(session, reading.classes)
    found: dict[tuple[bytes, bytes], Likeness] = {}
    for ends in neighbours(blocks):
        likeness = kind.compare(profiles[ends[0]], profiles[ends[1]])
        if likeness.score >= LEAST and (likeness.state in apart.get(ends, ())) == judged:
            found[ends] = likeness
    return _in_words(session, cls, found, apart)


def _likeness(session: Session, cls: type[Entity], records: Sequence[uuid.UUID], ends: tuple[bytes, bytes]) -> Likeness:
    if cls not in _KINDS:
        return Likeness()
    profiles = _KINDS[cls].read(Reading.of(session, cls, records))
    return _KINDS[cls].compare(profiles[ends[0]], profiles[ends[1]])


def _judged(session: Session, classes: Classes) -> _Judged:
    """What was said of pairs of records, by what stands for them now, and by the state that it was said of."""
    found: dict[tuple[bytes, bytes], dict[str, tuple[uuid.UUID, str]]] = {}
    query = "SELECT first_id, second_id, state, id, reason FROM distinction"
    for first, second, state, key, reason in driver_connection(session.connection()).execute(query):
        ends = _ordered(classes.of(first), classes.of(second))
        found.setdefault(ends, {})[state] = (uuid.UUID(bytes=key), reason or "")
    return found


def _ordered(first: bytes, second: bytes) -> tuple[bytes, bytes]:
    return (first, second) if first < second else (second, first)


def _in_words(
    session: Session, cls: type[Entity], found: Mapping[tuple[bytes, bytes], Likeness], apart: _Judged
) -> list[Pair]:
    names = titles(session, {uuid.UUID(bytes=end) for ends in found for end in ends})
    rows = []
    for ends, likeness in found.items():
        first, second = (uuid.UUID(bytes=end) for end in sorted(ends, key=rank))
        distinction, why = apart.get(ends, {}).get(likeness.state, (None, ""))
        rows.append(
            Pair(
                kind=cls.PLURAL,
                first=first,
                second=second,
                titles=(names.get(first, ""), names.get(second, "")),
                score=likeness.score,
                reasons=tuple(reason.words for reason in likeness.reasons),
                state=likeness.state,
                distinction=distinction,
                why_not=why,
            )
        )
    return rows
