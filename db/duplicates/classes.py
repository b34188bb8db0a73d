"""Which records of a kind were joined: each class of them, and the one that stands for it.

A class is whatever `merged_into` holds together. Rivals of a conflict count too: where one analyst joined a record with
one other and a colleague with another one, all three are the same, and merging their files must not take one away.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.models import Entity


@dataclass(frozen=True, slots=True)
class Classes:
    """The joined records of one kind, by their 16 bytes. A record that was never joined stands for itself."""

    canonical: Mapping[bytes, bytes] = field(default_factory=dict)
    """The one that stands for each joined record, itself included."""
    members: Mapping[bytes, tuple[bytes, ...]] = field(default_factory=dict)
    """All of a class, the canonical one first, by the canonical one."""

    def of(self, record: bytes) -> bytes:
        """The record that stands for this one."""
        return self.canonical.get(record, record)

    def all_of(self, record: bytes) -> tuple[bytes, ...]:
        """The whole class of a record, the canonical one first."""
        return self.members.get(self.of(record), (record,))

    def others(self) -> Iterator[bytes]:
        """The records that another one stands for."""
        return (record for record, canonical in self.canonical.items() if record != canonical)


def rank(record: bytes) -> tuple[bool, bytes]:
    """The canonical record of a class is the smallest by this: an id that all files share (a state's), else the id."""
    return uuid.UUID(bytes=record).version != 5, record


def classes_of(session: Session, cls: type[Entity]) -> Classes:
    """All joined records of a kind."""
    return joined(_edges(session, cls))


def joined(edges: Iterable[tuple[bytes, bytes]]) -> Classes:
    """The classes that pairs of records make up together, whichever way round and in whatever order they come."""
    towards: dict[bytes, bytes] = {}
    for first, second in edges:
        roots = sorted((_root(towards, first), _root(towards, second)), key=rank)
        towards[roots[1]] = roots[0]
    canonical = {record: _root(towards, record) for record in sorted(towards, key=rank)}
    members: dict[bytes, list[bytes]] = {}
    for record, stands in canonical.items():
        members.setdefault(stands, []).append(record)
    return Classes(canonical, {stands: tuple(records) for stands, records in members.items()})


def _root(towards: dict[bytes, bytes], record: bytes) -> bytes:
    towards.setdefault(record, record)
    while towards[record] != record:
        towards[record] = towards[towards[record]]
        record = towards[record]
    return record


def _edges(session: Session, cls: type[Entity]) -> Iterator[tuple[bytes, bytes]]:
    connection = driver_connection(session.connection())
    table = cls.__tablename__
    # a range, where IS NOT NULL would read the whole table: SQLite takes most columns to be filled in
    yield from connection.execute(f"SELECT id, merged_into_id FROM {table} WHERE merged_into_id > x''")
    yield from connection.execute(
        f"""SELECT h.record, c.value FROM head h JOIN change c ON c.n = h.n JOIN {table} t ON t.id = c.value
            WHERE h.field = 'merged_into_id' AND c.kind = ?""",
        (table,),
    )
