"""The order of last changes, read off the log from its end: what was edited last comes first, without any index."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections.abc import Iterator

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.marks import touching
from db.models import Change, Entity
from db.triggers import table_of

_STRETCH = 20_000
"""Changes that are read in one go."""


def by_last_change(
    session: Session, cls: type[Entity], where: ColumnElement[bool], descending: bool
) -> Iterator[array[int]]:
    """The pks of the records that a condition lets through, by the last change of each or of its parts.

    Where the oldest come first, nothing is known before the whole log is read.
    """
    newest = _newest_first(session, cls, where)
    if descending:
        yield from newest
        return
    whole = array("q")
    for piece in newest:
        whole.extend(piece)
    whole.reverse()
    yield whole


def _newest_first(session: Session, cls: type[Entity], where: ColumnElement[bool]) -> Iterator[array[int]]:
    table = table_of(cls)
    last: int = session.scalar(select(func.max(Change.n))) or 0
    seen = bytearray(1 + (session.scalar(select(func.max(table.c.pk))) or 0))
    while last > 0:
        first = last - _STRETCH
        found: dict[int, int] = {}
        for pk, n in _changed(session, cls, where, first, last):
            if not seen[pk]:
                found[pk] = max(n, found.get(pk, 0))
        for pk in found:
            seen[pk] = 1
        yield array("q", sorted(found, key=lambda pk: (-found[pk], -pk)))
        last = first


def _changed(
    session: Session, cls: type[Entity], where: ColumnElement[bool], first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The records touched by a stretch of the log, themselves or through a part, with the number of the change."""
    table = table_of(cls)
    stretch = (Change.n > first, Change.n <= last)
    own = select(table.c.pk, func.max(Change.n)).join(Change, Change.record == table.c.id)
    yield from session.execute(own.where(*stretch, Change.kind == cls.__tablename__, where).group_by(table.c.pk))
    for part, path in touching(cls).items():
        query = select(table.c.pk, func.max(Change.n)).select_from(Change)
        query = query.join(table_of(part), table_of(part).c.id == Change.record)
        for column, target in zip(path, [*(step.table for step in path[1:]), table], strict=True):
            query = query.join(target, target.c.id == column)
        query = query.where(*stretch, Change.kind == part.__tablename__, where).group_by(table.c.pk)
        yield from session.execute(query)
