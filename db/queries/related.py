"""What else of the file is connected with a record: groups with a count and the first few, however many there are."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, func, select
from sqlalchemy.orm import Session

from db.models import BY_TABLE, ENTITIES, LINKS, Acceptance, Claim, Entity, Link, Tagging
from db.models.annotations import CONCERNING, Concern
from db.queries.titles import class_of, titles
from db.triggers import references, table_of

SHOWN = 25
_OF_EVIDENCE: tuple[type[Entity], ...] = (Claim, Acceptance)
_TOLD_ELSEWHERE: tuple[type[Link], ...] = (Tagging,)


@dataclass(frozen=True, slots=True)
class RelatedRow:
    """A connected record by its title."""

    id: uuid.UUID
    title: str


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Connected records of one kind (plural) by the field that connects them. `owned`: they are parts of the record."""

    kind: str
    field: str
    owned: bool
    count: int
    rows: tuple[RelatedRow, ...]


def related(session: Session, record: uuid.UUID, *, limit: int = SHOWN) -> list[RelatedGroup]:
    """Every group with something in it. Raises RecordNotFound."""
    kind = class_of(session, record).__tablename__
    found = [
        (cls, field, owned, count, tuple(session.scalars(query.limit(limit))))
        for cls, field, owned, query in _queries(kind, record)
        if (count := session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0)
    ]
    names = titles(session, {key for *_, keys in found for key in keys})
    return [
        RelatedGroup(cls.PLURAL, field, owned, count, tuple(RelatedRow(key, names.get(key, "")) for key in keys))
        for cls, field, owned, count, keys in found
    ]


_Query = tuple[type[Entity], str, bool, Select[Any]]


def _queries(kind: str, record: uuid.UUID) -> Iterator[_Query]:
    for cls in ENTITIES:
        if cls not in _OF_EVIDENCE:
            for column in references(cls):
                if _may_mean(column, kind) and not _is_a_field(cls, column):
                    yield _of_entity(cls, column, record)
    for link in LINKS:
        if link not in _TOLD_ELSEWHERE:
            yield from _of_link(link, kind, record)


def _may_mean(column: Column[object], kind: str) -> bool:
    kinds = column.info["kinds"] or (kind,)
    return column.info["target"] in ("record", kind) and kind in kinds


def _is_a_field(cls: type[Entity], column: Column[object]) -> bool:
    """Whether what points here are the members of a set, which their owner shows as a field of its own."""
    return bool(cls.MEMBERS) and column.name == cls.ENDS[0]


def _of_entity(cls: type[Entity], column: Column[object], record: uuid.UUID) -> _Query:
    """The records that point here; where those are only the members of a set, the records that own it."""
    table, name = table_of(cls), column.name.removesuffix("_id")
    first = table.c[cls.ENDS[0]] if cls.ENDS else None
    if cls.MEMBERS and first is not None and column.name != first.name and first.info["target"] in BY_TABLE:
        owner = BY_TABLE[first.info["target"]]
        assert issubclass(owner, Entity)
        return owner, name, False, select(first).where(column == record).order_by(table.c.pk.desc())
    return cls, name, bool(column.info["owner"]), select(table.c.id).where(column == record).order_by(table.c.pk)


def _of_link(link: type[Link], kind: str, record: uuid.UUID) -> Iterator[_Query]:
    table = table_of(link)
    owner, member = (table.c[name] for name in link.ENDS[:2])
    if "target" not in member.info or not _may_mean(member, kind):
        return
    owners: Sequence[str] = CONCERNING if link is Concern else (owner.info["target"],)
    for name in owners:
        cls = BY_TABLE[name]
        assert issubclass(cls, Entity)
        rows = table_of(cls)
        query = select(rows.c.id).join(table, owner == rows.c.id).where(member == record).order_by(rows.c.pk)
        yield cls, link.FIELD, False, query
